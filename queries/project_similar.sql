-- title: Projects like one project
-- title_ja: 類似案件
-- param: project VARCHAR = '' | project_id | 案件の識別子
-- choices: project = @project
-- param: as_of DATE = data | projects known on this day; default is the day of the data | この日までに判明していた案件。既定値はデータの基準日
-- param: rows_at_most INTEGER = 6 | rows given | 行数の上限
-- returns: project_id | project | 案件
-- returns: title_en | title, English | 題名（英語）
-- returns: title_ja | title, Japanese; null where there is none | 題名（日本語）。ない場合は null
-- returns: iso3 | host country | パートナー国
-- returns: technology | technology | 技術
-- returns: stage | stage on the day | 段階
-- returns: annual_tco2 | annual estimate, tCO2; null where none is known | 年間見込量、tCO2。不明は null
WITH known AS (
  SELECT p.*, coalesce(p.annual_tco2, p.annual_not_counted_tco2) AS stated_tco2 FROM project_as_of(CAST($as_of AS DATE)) AS p
)
SELECT r.project_id, r.title_en, r.title_ja, r.iso3, r.technology, r.stage, r.stated_tco2 AS annual_tco2
FROM known AS r
INNER JOIN known AS o ON o.project_id = $project
WHERE r.project_id <> o.project_id AND (r.technology = o.technology OR r.sector_number = o.sector_number)
ORDER BY
  CASE WHEN r.technology = o.technology AND r.iso3 = o.iso3 THEN 1 WHEN r.technology = o.technology THEN 2 WHEN r.iso3 = o.iso3 THEN 3 ELSE 4 END,
  abs(ln(CAST(r.stated_tco2 AS DOUBLE)) - ln(CAST(o.stated_tco2 AS DOUBLE))) NULLS LAST,
  r.project_id
LIMIT $rows_at_most
