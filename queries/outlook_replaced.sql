-- title: Expected tonnes that verified ones took the place of, by project and fiscal year
-- title_ja: 検証済みの量に置き換えられた見込量（案件・年度別）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: project_id | project | 案件
-- returns: fiscal_year | fiscal year of the expectation | 見込みの年度
-- returns: replaced_tco2 | expected tonnes that are no longer counted, tCO2 | 置き換えられた見込量、tCO2
SELECT r.project_id, r.fiscal_year, CAST(sum(r.expected_tco2 - r.tco2_low) AS BIGINT) AS replaced_tco2
FROM reduction_as_of(CAST($as_of AS DATE)) AS r
WHERE r.rung <> 'notified' AND r.expected_tco2 <> r.tco2_low
  /* filters: r */
GROUP BY r.project_id, r.fiscal_year
ORDER BY r.project_id, r.fiscal_year
