-- title: How the credits decided for issuance were shared: Japan, partner, and what is not known
-- title_ja: 発行決定量の配分（日本側、パートナー国側及び不明分）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- param: by VARCHAR = 'country' | country, year (fiscal year of the decision) or event | country（国）、year（発行決定の年度）又は event（発行）
-- choices: by = country, year, event
-- returns: value | country, fiscal year or event; null where the year is not known | 国、年度又は発行。年度不明は null
-- returns: events | events | 件数
-- returns: events_without_amount | of these, events without an amount | うち量が不明な件数
-- returns: tco2_low | tonnes of the events, low end, tCO2; null where none is known | 発行量の合計（下限）、tCO2。判明分がない場合は null
-- returns: tco2_high | the same, high end as far as known, tCO2 | 同じく上限（判明している範囲）、tCO2
-- returns: reported_tco2 | of tco2_low, tonnes that rest on weak sources alone, tCO2 | tco2_lowのうち単独では用いない出典のみに基づく量、tCO2
-- returns: government_tco2 | of these, Japanese government, tCO2 | うち日本政府、tCO2
-- returns: company_tco2 | of these, Japanese companies, where both the Japanese side and the government's part are known, tCO2 | うち日本企業（日本側と政府分の両方が判明している場合）、tCO2
-- returns: unsplit_tco2 | of these, Japanese side without a known division, tCO2 | うち日本側（内訳不明）、tCO2
-- returns: partner_tco2 | of these, partner side, tCO2 | うちパートナー国側、tCO2
-- returns: unknown_tco2 | of tco2_high, tonnes whose holder is not known, tCO2 | うち配分先不明、tCO2
-- returns: japan_least_tco2 | Japanese side at least, tCO2 | 日本側の下限、tCO2
-- returns: japan_most_tco2 | Japanese side at most, tCO2 | 日本側の上限、tCO2
WITH parts AS (
  SELECT
    r.issuance_id,
    r.iso3,
    CAST(coalesce(r.fiscal_year_decided, r.fiscal_year_issued) AS INTEGER) AS fiscal_year,
    r.tco2_low,
    r.tco2_high,
    r.is_reported,
    r.japan_share_low_tco2 AS japan_least_tco2,
    r.japan_share_high_tco2 AS japan_most_tco2,
    CASE WHEN r.tco2_low IS NULL THEN NULL ELSE coalesce(r.japan_government_tco2, 0) END AS government_tco2,
    CASE WHEN r.tco2_low IS NULL THEN NULL ELSE coalesce(r.japan_stated_tco2 - r.japan_government_tco2, 0) END AS company_tco2,
    CASE
      WHEN r.tco2_low IS NULL THEN NULL
      WHEN r.japan_government_tco2 IS NULL THEN coalesce(r.japan_stated_tco2, 0)
      ELSE 0
    END AS unsplit_tco2,
    CASE
      WHEN r.tco2_low IS NULL THEN NULL
      WHEN r.partner_stated_tco2 IS NOT NULL THEN r.partner_stated_tco2
      WHEN r.amount_basis = 'exact' THEN coalesce(r.tco2_low - r.japan_stated_tco2, 0)
      ELSE 0
    END AS partner_tco2
  FROM issuance_as_of(CAST($as_of AS DATE)) AS r
  WHERE true
    /* filters: r */
),
ranges AS (
  SELECT
    *,
    tco2_high - government_tco2 - company_tco2 - unsplit_tco2 - partner_tco2 AS unknown_tco2,
    CASE
      WHEN $by = 'event' THEN issuance_id
      WHEN $by = 'year' THEN CAST(fiscal_year AS VARCHAR)
      ELSE iso3
    END AS value
  FROM parts
)
SELECT
  value,
  CAST(count(*) AS INTEGER) AS events,
  CAST(sum(CASE WHEN tco2_low IS NULL THEN 1 ELSE 0 END) AS INTEGER) AS events_without_amount,
  CAST(sum(tco2_low) AS BIGINT) AS tco2_low,
  CAST(sum(tco2_high) AS BIGINT) AS tco2_high,
  CAST(sum(CASE WHEN is_reported THEN tco2_low ELSE 0 END) AS BIGINT) AS reported_tco2,
  CAST(coalesce(sum(government_tco2), 0) AS BIGINT) AS government_tco2,
  CAST(coalesce(sum(company_tco2), 0) AS BIGINT) AS company_tco2,
  CAST(coalesce(sum(unsplit_tco2), 0) AS BIGINT) AS unsplit_tco2,
  CAST(coalesce(sum(partner_tco2), 0) AS BIGINT) AS partner_tco2,
  CAST(coalesce(sum(unknown_tco2), 0) AS BIGINT) AS unknown_tco2,
  CAST(coalesce(sum(japan_least_tco2), 0) AS BIGINT) AS japan_least_tco2,
  CAST(coalesce(sum(japan_most_tco2), 0) AS BIGINT) AS japan_most_tco2
FROM ranges
GROUP BY value
ORDER BY value NULLS LAST
