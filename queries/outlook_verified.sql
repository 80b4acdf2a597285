-- title: Issuance events with an amount, as known on a day
-- title_ja: 量が判明している発行(基準日時点)
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: issuance_id | event | 発行
-- returns: project_id | project; null for several or none named | プロジェクト。複数又は記載なしは null
-- returns: iso3 | host country | パートナー国
-- returns: sector_number | sectoral scope, 0 for none or several | セクトラルスコープ番号。0は記載なし又は複数
-- returns: period_start_on | start of the monitoring period; null where not known | モニタリング期間の始期。不明は null
-- returns: period_end_on | end of the monitoring period; null where not known | モニタリング期間の終期。不明は null
-- returns: total_tco2 | tonnes of the event, tCO2 | 発行量、tCO2
SELECT
  r.issuance_id, r.project_id, r.iso3, coalesce(r.sector_number, 0) AS sector_number,
  r.period_start_on, r.period_end_on, r.total_tco2
FROM (
  SELECT e.*, i.project_id, i.period_start_on, i.period_end_on, i.total_tco2
  FROM issuance_stage AS e
  INNER JOIN issuance AS i ON i.issuance_id = e.issuance_id
  WHERE e.rung = 'notified' AND i.total_tco2 IS NOT NULL
) AS r
WHERE r.known_on <= CAST($as_of AS DATE)
  /* filters: r */
ORDER BY r.issuance_id
