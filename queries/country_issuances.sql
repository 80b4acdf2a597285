-- title: Issuance events of one country and how they were shared
-- title_ja: 国別の発行及び配分
-- param: country VARCHAR = '' | ISO 3166-1 alpha-3 | ISO 3166-1 alpha-3 コード
-- choices: country = @country
-- param: as_of DATE = data | events known on this day; default is the day of the data | この日までに判明していた発行。既定値はデータの基準日
-- returns: issuance_id | event | 発行
-- returns: project_id | project; null for several or none named | 案件。複数又は記載なしは null
-- returns: project_ids | projects covered; null where not named | 対象案件。記載なしは null
-- returns: decided_on | decision; null where not known | 発行決定日。不明は null
-- returns: decided_precision | its precision; null where not known | 精度。不明は null
-- returns: issued_on | issuance in Japan; null where not known | 発行日。不明は null
-- returns: issued_precision | its precision; null where not known | 精度。不明は null
-- returns: period_start_on | start of the monitoring period; null where not known | モニタリング期間の始期。不明は null
-- returns: period_end_on | end of the monitoring period; null where not known | モニタリング期間の終期。不明は null
-- returns: amount_basis | exact, range, at least (only a part is known) or unknown | 量の判明状況。exact（確定）、range（幅）、at least（一部のみ判明）又は unknown（不明）
-- returns: tco2_low | tonnes, low end, tCO2; null where nothing is known | 発行量（下限）、tCO2。不明は null
-- returns: tco2_high | tonnes, high end as far as known, tCO2; null where nothing is known | 発行量（判明している範囲の上限）、tCO2。不明は null
-- returns: japan_low_tco2 | Japanese part, at least, tCO2; null where nothing is known | 日本側（少なくとも）、tCO2。不明は null
-- returns: japan_high_tco2 | Japanese part, at most, as far as known, tCO2; null where nothing is known | 日本側（多くとも。判明している範囲）、tCO2。不明は null
-- returns: japan_government_tco2 | Japanese government alone, tCO2; null where not known | 日本政府分、tCO2。不明は null
-- returns: partner_tco2 | partner side, tCO2; null where not known | パートナー国側、tCO2。不明は null
-- returns: is_reported | whether it rests on weak sources alone | 単独では用いない出典のみに基づくか
-- returns: url | address of the source | 出典の所在
SELECT
  i.issuance_id, i.project_id,
  (SELECT string_agg(l.project_id, ';' ORDER BY l.position) FROM issuance_project AS l WHERE l.issuance_id = i.issuance_id) AS project_ids,
  i.decided_on, i.decided_precision, i.issued_on, i.issued_precision, i.period_start_on, i.period_end_on, i.amount_basis,
  i.tco2_low, i.tco2_high, i.japan_share_low_tco2 AS japan_low_tco2, i.japan_share_high_tco2 AS japan_high_tco2,
  i.japan_government_tco2, i.partner_stated_tco2 AS partner_tco2, i.is_reported, s.url
FROM issuance_as_of(CAST($as_of AS DATE)) AS i
INNER JOIN source AS s ON s.source_id = i.source_id
WHERE i.iso3 = $country
ORDER BY i.decided_on NULLS LAST, i.issuance_id
