-- title: Expected and verified tonnes of one project by fiscal year
-- title_ja: 案件の年度別の見込量及び検証済みの量
-- param: project VARCHAR = '' | project_id | 案件の識別子
-- choices: project = @project
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: fiscal_year | fiscal year; null for verified tonnes without a date | 年度。日付不明の検証済みの量は null
-- returns: expected_tco2 | expected, tCO2 | 見込量、tCO2
-- returns: notified_low_tco2 | decided for issuance, by monitoring period, low end, tCO2 | 発行決定量（モニタリング期間による、下限）、tCO2
-- returns: notified_high_tco2 | the same, high end as far as known, tCO2 | 同じく上限（判明している範囲）、tCO2
SELECT
  r.fiscal_year,
  CAST(sum(CASE WHEN r.rung = 'notified' THEN 0 ELSE r.tco2_low END) AS BIGINT) AS expected_tco2,
  CAST(sum(CASE WHEN r.rung = 'notified' THEN r.tco2_low ELSE 0 END) AS BIGINT) AS notified_low_tco2,
  CAST(sum(CASE WHEN r.rung = 'notified' THEN r.tco2_high ELSE 0 END) AS BIGINT) AS notified_high_tco2
FROM history.rung_tonnes_as_of(CAST($as_of AS DATE)) AS r
WHERE r.project_id = $project AND r.rung NOT IN ('issued', 'japan', 'itmo', 'ndc')
GROUP BY r.fiscal_year
ORDER BY r.fiscal_year NULLS LAST
