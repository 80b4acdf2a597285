-- title: The host's side: kept, to be adjusted, waiting and expected to follow, by partner, within the NDC period
-- title_ja: パートナー国側の状況（保持分、相当調整の対象、移転前及び今後の見込み。NDC期間内）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: iso3 | partner country | パートナー国
-- returns: ndc_first_year | first year of Japan's NDC period | 日本のNDC期間の最初の年
-- returns: ndc_last_year | its last year | 同期間の最後の年
-- returns: kept_low_tco2 | issued to the partner side, of all years, at least, tCO2 | パートナー国側への発行量（全期間、少なくとも）、tCO2
-- returns: kept_high_tco2 | the same, at most: all that is decided and not known to be Japan's, tCO2 | 同じく多くとも（発行決定量のうち日本側と判明していない量）、tCO2
-- returns: adjusted_tco2 | first transferred to Japan, to be added to the host's emissions, tCO2; null where no amount is known | 日本への初回移転量（相手国の排出量への加算対象）、tCO2。量の判明分がない場合は null
-- returns: adjusted_without_amount | first transfers without an amount | 量が不明な初回移転の件数
-- returns: reported_tco2 | of adjusted_tco2, tonnes that rest on weak sources alone, tCO2 | adjusted_tco2のうち単独では用いない出典のみに基づく量、tCO2
-- returns: waiting_low_tco2 | of the period, with the Japanese side and not transferred yet, at least, tCO2 | 対象期間の削減分のうち日本側が保有し移転前の量（少なくとも）、tCO2
-- returns: waiting_high_tco2 | the same, at most: with what has no known holder or year, tCO2 | 同じく多くとも（保有者又は削減年が不明な量を含む）、tCO2
-- returns: expected_low_tco2 | expected further transfers: Japanese part of registered projects' expected tonnes of the period, at the least share observed where none is known; an expectation, tCO2 | 今後の移転の見込み（下限）：登録済み案件の期間内の見込量の日本側分。割合が不明な場合は実績の最小値による。見込みであり実績ではない、tCO2
-- returns: expected_high_tco2 | the same of all listed and selected projects at the greatest share observed; an expectation, tCO2 | 同じく（上限）：掲載済み及び選定済みの全案件について、割合が不明な場合は実績の最大値による、tCO2
-- returns: least_share | least Japanese share observed over the issuances of a partner; null where none is known | 国別の発行実績における日本側割合の最小値。不明は null
-- returns: greatest_share | greatest Japanese share observed; null where none is known | 同じく最大値。不明は null
WITH period AS (
  SELECT b.first_vintage AS first_year, CAST(a.value AS INTEGER) AS last_year
  FROM record.build AS b
  CROSS JOIN assumption AS a
  WHERE a.assumption_code = 'NDC-PERIOD'
),
shares AS (
  SELECT
    i.iso3,
    sum(i.japan_share_low_tco2) * 1.0 / sum(i.tco2_low) AS least,
    sum(CASE WHEN i.japan_share_low_tco2 = i.japan_share_high_tco2 THEN i.japan_share_high_tco2 END) * 1.0
    / sum(CASE WHEN i.japan_share_low_tco2 = i.japan_share_high_tco2 THEN i.tco2_low END) AS greatest
  FROM issuance_as_of(CAST($as_of AS DATE)) AS i
  WHERE i.amount_basis = 'exact' AND i.tco2_low > 0 AND i.japan_share_low_tco2 > 0
  GROUP BY i.iso3
),
observed AS (
  SELECT min(s.least) AS least, max(coalesce(s.greatest, s.least)) AS greatest FROM shares AS s
),
credits AS (
  SELECT
    r.iso3,
    sum(CASE WHEN r.side = 'partner' THEN r.tco2_low ELSE 0 END) AS kept_low,
    sum(CASE WHEN r.side = 'Japan' AND r.state IN ('issued', 'authorised') AND r.vintage BETWEEN p.first_year AND p.last_year
      THEN r.tco2_low ELSE 0 END) AS waiting_low,
    sum(CASE WHEN r.side <> 'partner' AND r.state IN ('decided', 'issued', 'authorised') AND coalesce(r.gx_why, '') <> 'early'
      AND coalesce(r.vintage, p.first_year) <= p.last_year THEN r.tco2_high ELSE 0 END) AS waiting_high
  FROM credit_as_of(CAST($as_of AS DATE)) AS r
  CROSS JOIN period AS p
  WHERE true
    /* filters: r */
  GROUP BY r.iso3
),
decided AS (
  SELECT r.iso3, sum(r.tco2_high - r.japan_share_low_tco2) AS kept_high
  FROM issuance_as_of(CAST($as_of AS DATE)) AS r
  WHERE r.tco2_high IS NOT NULL
    /* filters: r */
  GROUP BY r.iso3
),
adjusted AS (
  SELECT
    r.iso3,
    sum(l.quantity_tco2) AS tco2,
    count(DISTINCT CASE WHEN l.quantity_tco2 IS NULL THEN l.article6_event_id END) AS without_amount,
    sum(CASE WHEN r.is_reported THEN l.quantity_tco2 ELSE 0 END) AS reported
  FROM history.ledger_entry AS l
  INNER JOIN issuance_as_of(CAST($as_of AS DATE)) AS r ON r.issuance_id = l.issuance_id
  WHERE l.is_booked AND l.action = 'transfer' AND l.occurred_on <= CAST($as_of AS DATE) AND l.ndc_first_year IS NOT NULL
    /* filters: r */
  GROUP BY r.iso3
),
expected AS (
  SELECT
    r.iso3,
    sum(CASE WHEN r.rung = 'registered' THEN coalesce(r.counted_japan_low_tco2, r.counted_low_tco2 * o.least) ELSE 0 END) AS low,
    sum(coalesce(r.counted_japan_low_tco2, r.counted_low_tco2 * o.greatest)) AS high
  FROM history.rung_tonnes_as_of(CAST($as_of AS DATE)) AS r
  CROSS JOIN period AS p
  CROSS JOIN observed AS o
  WHERE r.rung IN ('pipeline', 'validation', 'registered') AND r.calendar_year BETWEEN p.first_year AND p.last_year
    /* filters: r */
  GROUP BY r.iso3
)
SELECT
  c.iso3,
  p.first_year AS ndc_first_year,
  p.last_year AS ndc_last_year,
  CAST(coalesce(k.kept_low, 0) AS BIGINT) AS kept_low_tco2,
  CAST(coalesce(d.kept_high, 0) AS BIGINT) AS kept_high_tco2,
  CAST(a.tco2 AS BIGINT) AS adjusted_tco2,
  CAST(coalesce(a.without_amount, 0) AS INTEGER) AS adjusted_without_amount,
  CAST(coalesce(a.reported, 0) AS BIGINT) AS reported_tco2,
  CAST(coalesce(k.waiting_low, 0) AS BIGINT) AS waiting_low_tco2,
  CAST(coalesce(k.waiting_high, 0) AS BIGINT) AS waiting_high_tco2,
  CAST(round(x.low) AS BIGINT) AS expected_low_tco2,
  CAST(round(x.high) AS BIGINT) AS expected_high_tco2,
  CAST(o.least AS DOUBLE) AS least_share,
  CAST(o.greatest AS DOUBLE) AS greatest_share
FROM partner_country AS c
CROSS JOIN period AS p
CROSS JOIN observed AS o
LEFT JOIN credits AS k ON k.iso3 = c.iso3
LEFT JOIN decided AS d ON d.iso3 = c.iso3
LEFT JOIN adjusted AS a ON a.iso3 = c.iso3
LEFT JOIN expected AS x ON x.iso3 = c.iso3
WHERE k.iso3 IS NOT NULL OR x.iso3 IS NOT NULL
ORDER BY c.iso3
