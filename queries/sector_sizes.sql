-- title: Mean and median annual estimate of a project, by sector or technology
-- title_ja: 分野・技術別の1案件当たり年間削減見込量（平均及び中央値）
-- param: by VARCHAR = 'sector' | sector or technology | sector（分野）又は technology（技術）
-- choices: by = sector, technology
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: value | scope number, 0 for none stated, or technology; null for all together | セクトラルスコープ番号（0は記載なし）又は技術。全体は null
-- returns: projects_with_estimate | projects that count and state an annual estimate | 年間削減見込量の記載がある案件数
-- returns: sum_tco2 | sum of the annual estimates, tCO2 a year | 年間削減見込量の合計、tCO2/年
-- returns: mean_tco2 | mean annual estimate, tCO2 a year | 平均、tCO2/年
-- returns: median_tco2 | median annual estimate, tCO2 a year | 中央値、tCO2/年
WITH estimates AS (
  SELECT
    /* group: r */
    r.project_id,
    r.annual_tco2
  FROM project_as_of(CAST($as_of AS DATE)) AS r
  WHERE r.annual_tco2 IS NOT NULL
    /* filters: r */
),
members AS (
  SELECT value, project_id, annual_tco2 FROM estimates
  UNION ALL
  SELECT CAST(NULL AS VARCHAR), project_id, annual_tco2 FROM estimates
),
ranked AS (
  SELECT
    value,
    annual_tco2,
    row_number() OVER (PARTITION BY value ORDER BY annual_tco2, project_id) AS place,
    count(*) OVER (PARTITION BY value) AS members
  FROM members
)
SELECT
  value,
  CAST(max(members) AS INTEGER) AS projects_with_estimate,
  CAST(sum(annual_tco2) AS BIGINT) AS sum_tco2,
  CAST(sum(annual_tco2) AS DOUBLE) / max(members) AS mean_tco2,
  -- The one in the middle, or the mean of the two.
  avg(CASE WHEN 2 * place BETWEEN members AND members + 2 THEN CAST(annual_tco2 AS DOUBLE) END) AS median_tco2
FROM ranked
GROUP BY value
ORDER BY value NULLS LAST
