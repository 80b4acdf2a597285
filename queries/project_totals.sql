-- title: Totals of the projects of a selection
-- title_ja: 選択したプロジェクトの合計
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- fragment: words
-- param: first_year INTEGER = 2030 | expected tonnes up to the end of this fiscal year | この年度末までの見込量
-- param: last_year INTEGER = 2040 | and up to the end of this one | 同じく後の年度
-- returns: projects | projects known on the day | 案件数
-- returns: counted | of these, projects that count as JCM projects | うち集計対象の案件数
-- returns: with_estimate | of these, projects with an annual estimate | うち年間見込量の記載がある案件数
-- returns: annual_tco2 | sum of their annual estimates, tCO2 | 年間見込量の合計、tCO2
-- returns: expected_first_tco2 | expected tonnes by first_year, tCO2 | first_year までの見込量、tCO2
-- returns: expected_last_tco2 | expected tonnes by last_year, tCO2 | last_year までの見込量、tCO2
-- returns: notified_tco2 | tonnes decided for issuance of these projects alone, tCO2 | 当該案件のみに係る発行決定量、tCO2
-- returns: shared_events_tco2 | tonnes decided for several projects together or for none named, tCO2; of no single project | 複数案件又は案件名不明の発行決定量、tCO2。個別の案件に帰属しない
WITH chosen AS (
  SELECT r.project_id, t.in_target_scope, p.annual_tco2
  FROM project AS r
  INNER JOIN project_stage AS t ON t.project_id = r.project_id
  LEFT JOIN project_schedule AS p ON p.project_id = r.project_id
    AND p.known_on <= CAST($as_of AS DATE) AND (p.known_until IS NULL OR p.known_until > CAST($as_of AS DATE))
  WHERE t.known_on <= CAST($as_of AS DATE) AND (t.known_until IS NULL OR t.known_until > CAST($as_of AS DATE))
    /* filters: r */
    /* words: r */
),
expected AS (
  SELECT
    CAST(sum(CASE WHEN e.fiscal_year <= $first_year THEN e.tco2 ELSE 0 END) AS BIGINT) AS first_tco2,
    CAST(sum(CASE WHEN e.fiscal_year <= $last_year THEN e.tco2 ELSE 0 END) AS BIGINT) AS last_tco2
  FROM reduction AS e
  WHERE e.dated_by = 'operation'
    AND e.known_on <= CAST($as_of AS DATE) AND (e.known_until IS NULL OR e.known_until > CAST($as_of AS DATE))
    AND e.project_id IN (SELECT project_id FROM chosen)
),
notified AS (
  SELECT CAST(sum(i.total_tco2) AS BIGINT) AS tco2
  FROM issuance AS i
  INNER JOIN issuance_stage AS n ON n.issuance_id = i.issuance_id AND n.rung = 'notified'
  WHERE n.known_on <= CAST($as_of AS DATE) AND i.project_id IN (SELECT project_id FROM chosen)
),
shared AS (
  SELECT CAST(sum(i.total_tco2) AS BIGINT) AS tco2
  FROM issuance AS i
  INNER JOIN issuance_stage AS n ON n.issuance_id = i.issuance_id AND n.rung = 'notified'
  WHERE n.known_on <= CAST($as_of AS DATE) AND i.project_id IS NULL
    AND (CAST($countries AS VARCHAR[]) IS NULL OR array_contains(CAST($countries AS VARCHAR[]), i.iso3))
),
counted AS (
  SELECT
    CAST(count(*) AS INTEGER) AS projects,
    CAST(coalesce(sum(CASE WHEN in_target_scope THEN 1 ELSE 0 END), 0) AS INTEGER) AS counted,
    CAST(count(annual_tco2) AS INTEGER) AS with_estimate,
    CAST(coalesce(sum(annual_tco2), 0) AS BIGINT) AS annual_tco2
  FROM chosen
)
SELECT
  c.projects, c.counted, c.with_estimate, c.annual_tco2, coalesce(e.first_tco2, 0) AS expected_first_tco2,
  coalesce(e.last_tco2, 0) AS expected_last_tco2, coalesce(n.tco2, 0) AS notified_tco2,
  coalesce(h.tco2, 0) AS shared_events_tco2
FROM counted AS c
CROSS JOIN expected AS e
CROSS JOIN notified AS n
CROSS JOIN shared AS h
ORDER BY c.projects
