-- title: NDC periods: added by partners, used by Japan
-- title_ja: NDC期間別の加算（パートナー国）及び使用（日本）
-- param: as_of DATE = data | entries up to this day; default is the day of the data | この日までの記載。既定値はデータの基準日
-- fragment: filters
-- returns: ndc_first_year | first year of Japan's NDC period; null where not known | 日本のNDC期間の最初の年。不明は null
-- returns: ndc_last_year | its last year; null where not known | 同期間の最後の年。不明は null
-- returns: added_tco2 | first transferred, added by the partners, tCO2; null where no amount is known | 初回移転量（パートナー国の加算）、tCO2。量の判明分がない場合は null
-- returns: reported_tco2 | of these, tonnes that rest on weak sources alone, tCO2 | うち単独では用いない出典のみに基づく量、tCO2
-- returns: used_tco2 | used towards Japan's NDC, tCO2; null where no amount is known | 日本のNDCへの使用量、tCO2。量の判明分がない場合は null
-- returns: transfers | first transfers | 初回移転の件数
-- returns: uses | uses towards the NDC | NDCへの使用の件数
-- returns: without_amount | of both, without an amount | 両者のうち量が不明な件数
SELECT
  CAST(l.ndc_first_year AS INTEGER) AS ndc_first_year,
  CAST(l.ndc_last_year AS INTEGER) AS ndc_last_year,
  CAST(sum(CASE WHEN l.action = 'transfer' THEN l.quantity_tco2 END) AS BIGINT) AS added_tco2,
  CAST(sum(CASE WHEN l.action = 'transfer' AND r.is_reported THEN l.quantity_tco2 ELSE 0 END) AS BIGINT) AS reported_tco2,
  CAST(sum(CASE WHEN l.action = 'use_ndc' THEN l.quantity_tco2 END) AS BIGINT) AS used_tco2,
  CAST(count(DISTINCT CASE WHEN l.action = 'transfer' THEN l.article6_event_id END) AS INTEGER) AS transfers,
  CAST(count(DISTINCT CASE WHEN l.action = 'use_ndc' THEN l.article6_event_id END) AS INTEGER) AS uses,
  CAST(count(DISTINCT CASE WHEN l.quantity_tco2 IS NULL THEN l.article6_event_id END) AS INTEGER) AS without_amount
FROM history.ledger_entry AS l
INNER JOIN issuance_as_of(CAST($as_of AS DATE)) AS r ON r.issuance_id = l.issuance_id
WHERE l.is_booked AND l.action IN ('transfer', 'use_ndc') AND l.occurred_on <= CAST($as_of AS DATE)
  /* filters: r */
GROUP BY 1, 2
ORDER BY ndc_first_year NULLS LAST
