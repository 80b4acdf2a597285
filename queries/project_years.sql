-- title: Expected and verified tonnes of one project by fiscal year
-- title_ja: プロジェクトの年度別の見込量及び検証済みの量
-- param: project VARCHAR = '' | project_id | プロジェクトの識別子
-- choices: project = @project
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: fiscal_year | fiscal year; null for verified tonnes without a date | 年度。日付不明の検証済みの量は null
-- returns: expected_tco2 | expected, tCO2 | 見込量、tCO2
-- returns: notified_tco2 | decided for issuance, by monitoring period, tCO2 | 発行決定量(モニタリング期間による)、tCO2
SELECT
  r.fiscal_year,
  CAST(sum(CASE WHEN r.dated_by = 'operation' THEN r.tco2 ELSE 0 END) AS BIGINT) AS expected_tco2,
  CAST(sum(CASE WHEN r.rung = 'notified' THEN r.tco2 ELSE 0 END) AS BIGINT) AS notified_tco2
FROM reduction AS r
WHERE r.project_id = $project
  AND (r.dated_by = 'operation' OR (r.rung = 'notified' AND r.dated_by = 'monitoring_period'))
  AND r.known_on <= CAST($as_of AS DATE) AND (r.known_until IS NULL OR r.known_until > CAST($as_of AS DATE))
GROUP BY r.fiscal_year
ORDER BY r.fiscal_year NULLS LAST
