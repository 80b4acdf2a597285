-- title: How the credits decided for issuance were shared: Japan, partner, and what is not known
-- title_ja: 発行決定量の配分(日本側、パートナー国側及び不明分)
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- param: by VARCHAR = 'country' | country, year (fiscal year of the decision) or event | country(国)、year(発行決定の年度)又は event(発行)
-- choices: by = country, year, event
-- returns: value | country, fiscal year or event; null where the year is not known | 国、年度又は発行。年度不明は null
-- returns: events | events | 件数
-- returns: events_without_amount | of these, events without an amount | うち量が不明な件数
-- returns: total_tco2 | tonnes of the events with an amount, tCO2; null where none is known | 量が判明している発行の合計、tCO2。判明分がない場合は null
-- returns: government_tco2 | of these, Japanese government, tCO2 | うち日本政府、tCO2
-- returns: company_tco2 | of these, Japanese companies, where both the Japanese side and the government's part are known, tCO2 | うち日本企業(日本側と政府分の両方が判明している場合)、tCO2
-- returns: unsplit_tco2 | of these, Japanese side without a known division, tCO2 | うち日本側(内訳不明)、tCO2
-- returns: partner_tco2 | of these, partner side, tCO2 | うちパートナー国側、tCO2
-- returns: unknown_tco2 | of these, tonnes whose holder is not known, tCO2 | うち配分先不明、tCO2
-- returns: japan_least_tco2 | Japanese side at least, tCO2 | 日本側の下限、tCO2
-- returns: japan_most_tco2 | Japanese side at most, tCO2 | 日本側の上限、tCO2
WITH parts AS (
  SELECT
    r.issuance_id,
    r.iso3,
    CAST(year(r.day) - CASE WHEN month(r.day) < 4 THEN 1 ELSE 0 END AS INTEGER) AS fiscal_year,
    r.total_tco2,
    CASE WHEN r.total_tco2 IS NULL THEN NULL ELSE coalesce(r.japan_government_tco2, 0) END AS government_tco2,
    CASE WHEN r.total_tco2 IS NULL THEN NULL ELSE coalesce(r.japan_tco2 - r.japan_government_tco2, 0) END AS company_tco2,
    CASE
      WHEN r.total_tco2 IS NULL THEN NULL
      WHEN r.japan_government_tco2 IS NULL THEN coalesce(r.japan_tco2, 0)
      ELSE 0
    END AS unsplit_tco2,
    CASE WHEN r.total_tco2 IS NULL THEN NULL ELSE coalesce(r.partner_tco2, r.total_tco2 - r.japan_tco2, 0) END AS partner_tco2
  FROM (
    SELECT
      e.*, i.project_id, i.total_tco2, i.japan_tco2, i.japan_government_tco2, i.partner_tco2,
      coalesce(i.decided_on, i.issued_on) AS day
    FROM issuance_stage AS e
    INNER JOIN issuance AS i ON i.issuance_id = e.issuance_id
  ) AS r
  WHERE r.rung = 'notified'
    AND r.known_on <= CAST($as_of AS DATE)
    /* filters: r */
),
ranges AS (
  SELECT
    *,
    total_tco2 - government_tco2 - company_tco2 - unsplit_tco2 - partner_tco2 AS unknown_tco2,
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
  CAST(sum(CASE WHEN total_tco2 IS NULL THEN 1 ELSE 0 END) AS INTEGER) AS events_without_amount,
  CAST(sum(total_tco2) AS BIGINT) AS total_tco2,
  CAST(coalesce(sum(government_tco2), 0) AS BIGINT) AS government_tco2,
  CAST(coalesce(sum(company_tco2), 0) AS BIGINT) AS company_tco2,
  CAST(coalesce(sum(unsplit_tco2), 0) AS BIGINT) AS unsplit_tco2,
  CAST(coalesce(sum(partner_tco2), 0) AS BIGINT) AS partner_tco2,
  CAST(coalesce(sum(unknown_tco2), 0) AS BIGINT) AS unknown_tco2,
  CAST(coalesce(sum(government_tco2 + company_tco2 + unsplit_tco2), 0) AS BIGINT) AS japan_least_tco2,
  CAST(coalesce(sum(government_tco2 + company_tco2 + unsplit_tco2 + unknown_tco2), 0) AS BIGINT) AS japan_most_tco2
FROM ranges
GROUP BY value
ORDER BY value NULLS LAST
