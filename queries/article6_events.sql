-- title: Authorisations, first transfers and uses under Article 6
-- title_ja: 6条に基づく承認・初回移転・使用
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: article6_event_id | key of the event | 識別子
-- returns: issuance_id | issuance it belongs to; null where not known | 対象の発行。不明は null
-- returns: iso3 | country, ISO 3166-1 alpha-3 | 国（ISO 3166-1 alpha-3）
-- returns: occurred_on | day of the event | 日付
-- returns: action | what was done | 行為
-- returns: quantity_tco2 | amount, tCO2; null where not stated | 量、tCO2。記載なしは null
-- returns: is_reported | whether it rests on weak sources alone | 単独では用いない出典のみに基づくか
-- returns: url | address of the source | 出典の所在
SELECT e.article6_event_id, e.issuance_id, e.iso3, e.occurred_on, e.action, e.quantity_tco2,
  s.reliability = 'weak' AND coalesce(i.is_reported, true) AS is_reported, s.url
FROM history.article6_event AS e
INNER JOIN source AS s ON s.source_id = e.source_id
LEFT JOIN history.issuance_event AS i ON i.issuance_id = e.issuance_id
WHERE e.occurred_on <= CAST($as_of AS DATE)
ORDER BY e.occurred_on, e.article6_event_id
