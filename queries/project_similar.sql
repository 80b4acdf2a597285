-- title: Projects like one project
-- title_ja: 類似プロジェクト
-- param: project VARCHAR = '' | project_id | プロジェクトの識別子
-- choices: project = @project
-- param: as_of DATE = data | projects known on this day; default is the day of the data | この日までに判明していた案件。既定値はデータの基準日
-- param: rows_at_most INTEGER = 6 | rows given | 行数の上限
-- returns: project_id | project | プロジェクト
-- returns: title_en | title, English | 題名(英語)
-- returns: title_ja | title, Japanese; null where there is none | 題名(日本語)。ない場合は null
-- returns: iso3 | host country | パートナー国
-- returns: technology | technology | 技術
-- returns: stage | stage on the day | 段階
-- returns: annual_tco2 | annual estimate, tCO2; null where none is known | 年間見込量、tCO2。不明は null
WITH one AS (
  SELECT r.project_id, r.technology, r.iso3, r.sector_number, p.annual_tco2
  FROM project AS r
  LEFT JOIN project_schedule AS p ON p.project_id = r.project_id
    AND p.known_on <= CAST($as_of AS DATE) AND (p.known_until IS NULL OR p.known_until > CAST($as_of AS DATE))
  WHERE r.project_id = $project
)
SELECT
  r.project_id, r.title_en, r.title_ja, r.iso3, r.technology, t.stage,
  CASE WHEN t.in_target_scope THEN p.annual_tco2 ELSE r.est_annual_tco2 END AS annual_tco2
FROM project AS r
CROSS JOIN one AS o
INNER JOIN project_stage AS t ON t.project_id = r.project_id
LEFT JOIN project_schedule AS p ON p.project_id = r.project_id
  AND p.known_on <= CAST($as_of AS DATE) AND (p.known_until IS NULL OR p.known_until > CAST($as_of AS DATE))
WHERE r.project_id <> o.project_id
  AND t.known_on <= CAST($as_of AS DATE) AND (t.known_until IS NULL OR t.known_until > CAST($as_of AS DATE))
  AND (r.technology = o.technology OR r.sector_number = o.sector_number)
ORDER BY
  CASE WHEN r.technology = o.technology AND r.iso3 = o.iso3 THEN 1 WHEN r.technology = o.technology THEN 2 WHEN r.iso3 = o.iso3 THEN 3 ELSE 4 END,
  abs(ln(CAST(p.annual_tco2 AS DOUBLE)) - ln(CAST(o.annual_tco2 AS DOUBLE))) NULLS LAST,
  r.project_id
LIMIT $rows_at_most
