-- title: Corresponding adjustments by Party and year: added by the host for the vintage, subtracted by Japan for the use
-- title_ja: 相当調整（締約国別・年別）：削減年における相手国の加算及び使用年における日本の減算
-- param: as_of DATE = data | entries up to this day; default is the day of the data | この日までの記載。既定値はデータの基準日
-- fragment: filters
-- returns: party | Party, ISO 3166-1 alpha-3 | 締約国（ISO 3166-1 alpha-3）
-- returns: ndc_first_year | first year of Japan's NDC period that it belongs to; null where not known | 属する日本のNDC期間の最初の年。不明は null
-- returns: ndc_last_year | its last year; null where not known | 同期間の最後の年。不明は null
-- returns: year | calendar year of the adjustment: the vintage of what was first transferred, the year of use; null where not known | 相当調整の暦年（初回移転は削減年、NDCへの使用は使用年）。不明は null
-- returns: added_tco2 | added to the emissions balance: first transferred, tCO2; null where no amount is known | 排出バランスへの加算（初回移転）、tCO2。量の判明分がない場合は null
-- returns: reported_tco2 | of the added, tonnes that rest on weak sources alone, tCO2 | うち単独では用いない出典のみに基づく加算、tCO2
-- returns: subtracted_tco2 | subtracted from it: used towards the NDC, tCO2; null where no amount is known | 減算（NDCへの使用）、tCO2。量の判明分がない場合は null
-- returns: events | transfers or uses | 件数
-- returns: without_amount | of these, without an amount | うち量が不明な件数
SELECT
  CASE WHEN l.action = 'transfer' THEN r.iso3 ELSE 'JPN' END AS party,
  CAST(l.ndc_first_year AS INTEGER) AS ndc_first_year,
  CAST(l.ndc_last_year AS INTEGER) AS ndc_last_year,
  CAST(l.adjustment_year AS INTEGER) AS year,
  CAST(sum(CASE WHEN l.action = 'transfer' THEN l.quantity_tco2 END) AS BIGINT) AS added_tco2,
  CAST(sum(CASE WHEN l.action = 'transfer' AND r.is_reported THEN l.quantity_tco2 ELSE 0 END) AS BIGINT) AS reported_tco2,
  CAST(sum(CASE WHEN l.action = 'use_ndc' THEN l.quantity_tco2 END) AS BIGINT) AS subtracted_tco2,
  CAST(count(DISTINCT l.article6_event_id) AS INTEGER) AS events,
  CAST(count(DISTINCT CASE WHEN l.quantity_tco2 IS NULL THEN l.article6_event_id END) AS INTEGER) AS without_amount
FROM history.ledger_entry AS l
INNER JOIN issuance_as_of(CAST($as_of AS DATE)) AS r ON r.issuance_id = l.issuance_id
WHERE l.is_booked AND l.action IN ('transfer', 'use_ndc') AND l.occurred_on <= CAST($as_of AS DATE)
  /* filters: r */
GROUP BY 1, 2, 3, 4
ORDER BY party, ndc_first_year NULLS LAST, year NULLS LAST
