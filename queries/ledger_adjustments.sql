-- title: Corresponding adjustments by Party and year: added by the partner, subtracted by Japan
-- title_ja: 相当調整(締約国別・年別):パートナー国の加算及び日本の減算
-- param: as_of DATE = data | entries up to this day; default is the day of the data | この日までの記載。既定値はデータの基準日
-- fragment: filters
-- returns: party | Party, ISO 3166-1 alpha-3 | 締約国(ISO 3166-1 alpha-3)
-- returns: year | calendar year of the first transfer or the use | 初回移転又は使用の暦年
-- returns: vintage_from | first year of the monitoring periods; null where not known | モニタリング期間の最初の年。不明は null
-- returns: vintage_to | last year of the monitoring periods; null where not known | モニタリング期間の最後の年。不明は null
-- returns: added_tco2 | added to the emissions balance: first transferred, tCO2; null where no amount is known | 排出バランスへの加算(初回移転)、tCO2。量の判明分がない場合は null
-- returns: subtracted_tco2 | subtracted from it: used towards the NDC, tCO2; null where no amount is known | 減算(NDCへの使用)、tCO2。量の判明分がない場合は null
-- returns: events | transfers or uses | 件数
-- returns: without_amount | of these, without an amount | うち量が不明な件数
SELECT
  CASE WHEN l.action = 'transfer' THEN r.iso3 ELSE 'JPN' END AS party,
  CAST(year(l.occurred_on) AS INTEGER) AS year,
  CAST(year(min(r.period_start_on)) AS INTEGER) AS vintage_from,
  CAST(year(max(r.period_end_on)) AS INTEGER) AS vintage_to,
  CAST(sum(CASE WHEN l.action = 'transfer' THEN l.quantity_tco2 END) AS BIGINT) AS added_tco2,
  CAST(sum(CASE WHEN l.action = 'use_ndc' THEN l.quantity_tco2 END) AS BIGINT) AS subtracted_tco2,
  CAST(count(*) AS INTEGER) AS events,
  CAST(sum(CASE WHEN l.quantity_tco2 IS NULL THEN 1 ELSE 0 END) AS INTEGER) AS without_amount
FROM history.ledger_entry AS l
INNER JOIN issuance_as_of(CAST($as_of AS DATE)) AS r ON r.issuance_id = l.issuance_id
WHERE l.is_booked AND l.action IN ('transfer', 'use_ndc') AND l.occurred_on <= CAST($as_of AS DATE)
  /* filters: r */
GROUP BY 1, 2
ORDER BY party, year
