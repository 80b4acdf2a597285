-- title: Totals of the projects of a selection
-- title_ja: 選択した案件の合計
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
-- returns: notified_low_tco2 | tonnes decided for issuance of these projects alone, low end, tCO2 | 当該案件のみに係る発行決定量（下限）、tCO2
-- returns: notified_high_tco2 | the same, high end as far as known, tCO2 | 同じく上限（判明している範囲）、tCO2
-- returns: shared_events_low_tco2 | tonnes decided for several projects together or for none named, low end, tCO2; of no single project | 複数案件又は案件名不明の発行決定量（下限）、tCO2。個別の案件に帰属しない
-- returns: shared_events_high_tco2 | the same, high end as far as known, tCO2 | 同じく上限（判明している範囲）、tCO2
WITH chosen AS (
  SELECT r.project_id, r.is_counted, r.annual_tco2
  FROM project_as_of(CAST($as_of AS DATE)) AS r
  WHERE true
    /* filters: r */
    /* words: r */
),
expected AS (
  SELECT
    CAST(sum(CASE WHEN e.fiscal_year <= $first_year THEN e.tco2 ELSE 0 END) AS BIGINT) AS first_tco2,
    CAST(sum(CASE WHEN e.fiscal_year <= $last_year THEN e.tco2 ELSE 0 END) AS BIGINT) AS last_tco2
  FROM history.expected AS e
  WHERE e.rung <> 'dormant'
    AND e.known_on <= CAST($as_of AS DATE) AND (e.known_until IS NULL OR e.known_until > CAST($as_of AS DATE))
    AND e.project_id IN (SELECT project_id FROM chosen)
),
events AS (
  SELECT
    CAST(sum(CASE WHEN i.project_id IS NOT NULL THEN i.tco2_low END) AS BIGINT) AS low_tco2,
    CAST(sum(CASE WHEN i.project_id IS NOT NULL THEN i.tco2_high END) AS BIGINT) AS high_tco2,
    CAST(sum(CASE WHEN i.project_id IS NULL THEN i.tco2_low END) AS BIGINT) AS shared_low_tco2,
    CAST(sum(CASE WHEN i.project_id IS NULL THEN i.tco2_high END) AS BIGINT) AS shared_high_tco2
  FROM issuance_as_of(CAST($as_of AS DATE)) AS i
  WHERE i.project_id IN (SELECT project_id FROM chosen)
    OR (i.project_id IS NULL
      AND (CAST($countries AS VARCHAR[]) IS NULL OR array_contains(CAST($countries AS VARCHAR[]), i.iso3)))
),
counted AS (
  SELECT
    CAST(count(*) AS INTEGER) AS projects,
    CAST(coalesce(sum(CASE WHEN is_counted THEN 1 ELSE 0 END), 0) AS INTEGER) AS counted,
    CAST(count(annual_tco2) AS INTEGER) AS with_estimate,
    CAST(coalesce(sum(annual_tco2), 0) AS BIGINT) AS annual_tco2
  FROM chosen
)
SELECT
  c.projects, c.counted, c.with_estimate, c.annual_tco2, coalesce(e.first_tco2, 0) AS expected_first_tco2,
  coalesce(e.last_tco2, 0) AS expected_last_tco2, coalesce(n.low_tco2, 0) AS notified_low_tco2,
  coalesce(n.high_tco2, 0) AS notified_high_tco2, coalesce(n.shared_low_tco2, 0) AS shared_events_low_tco2,
  coalesce(n.shared_high_tco2, 0) AS shared_events_high_tco2
FROM counted AS c
CROSS JOIN expected AS e
CROSS JOIN events AS n
ORDER BY c.projects
