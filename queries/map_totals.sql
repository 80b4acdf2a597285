-- title: How many projects and sites the map has, by precision
-- title_ja: 地図上の案件数及び地点数（精度別）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: precision | site, town, province or country, of the best known site of a project | 案件の最も精度の高い地点の精度
-- returns: projects | projects | 案件数
-- returns: sites | sites | 地点数
WITH best AS (
  SELECT
    r.project_id,
    min(CASE s.precision WHEN 'site' THEN 1 WHEN 'town' THEN 2 WHEN 'province' THEN 3 ELSE 4 END) AS position,
    count(*) AS sites
  FROM project_site AS s
  INNER JOIN project_as_of(CAST($as_of AS DATE)) AS r ON r.project_id = s.project_id
  WHERE true
    /* filters: r */
  GROUP BY r.project_id
)
SELECT
  CASE position WHEN 1 THEN 'site' WHEN 2 THEN 'town' WHEN 3 THEN 'province' ELSE 'country' END AS precision,
  CAST(count(*) AS INTEGER) AS projects, CAST(sum(sites) AS INTEGER) AS sites
FROM best
GROUP BY position
ORDER BY position
