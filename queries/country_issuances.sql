-- title: Issuance events of one country and how they were shared
-- title_ja: 国別の発行及び配分
-- param: country VARCHAR = '' | ISO 3166-1 alpha-3 | ISO 3166-1 alpha-3 コード
-- choices: country = @country
-- param: as_of DATE = data | events known on this day; default is the day of the data | この日までに判明していた発行。既定値はデータの基準日
-- returns: issuance_id | event | 発行
-- returns: project_id | project; null for several or none named | プロジェクト。複数又は記載なしは null
-- returns: project_ids | projects covered; null where not named | 対象案件。記載なしは null
-- returns: decided_on | decision; null where not known | 発行決定日。不明は null
-- returns: decided_precision | its precision; null where not known | 精度。不明は null
-- returns: issued_on | issuance in Japan; null where not known | 発行日。不明は null
-- returns: issued_precision | its precision; null where not known | 精度。不明は null
-- returns: period_start_on | start of the monitoring period; null where not known | モニタリング期間の始期。不明は null
-- returns: period_end_on | end of the monitoring period; null where not known | モニタリング期間の終期。不明は null
-- returns: total_tco2 | tonnes, tCO2; null where not known | 発行量、tCO2。不明は null
-- returns: japan_tco2 | Japanese side, tCO2; null where not known | 日本側、tCO2。不明は null
-- returns: japan_government_tco2 | Japanese government alone, tCO2; null where not known | 日本政府分、tCO2。不明は null
-- returns: partner_tco2 | partner side, tCO2; null where not known | パートナー国側、tCO2。不明は null
-- returns: url | address of the source | 出典の所在
SELECT
  i.issuance_id, i.project_id, i.project_ids, i.decided_on, i.decided_precision, i.issued_on, i.issued_precision,
  i.period_start_on, i.period_end_on, i.total_tco2, i.japan_tco2, i.japan_government_tco2, i.partner_tco2, s.url
FROM issuance AS i
INNER JOIN issuance_stage AS n ON n.issuance_id = i.issuance_id AND n.rung = 'notified'
INNER JOIN source AS s ON s.source_id = i.source_id
WHERE i.iso3 = $country AND n.known_on <= CAST($as_of AS DATE)
ORDER BY i.decided_on NULLS LAST, i.issuance_id
