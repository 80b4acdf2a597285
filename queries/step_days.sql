-- title: Days in each step, from a proposed methodology to the first transfer, one row a methodology, project or event
-- title_ja: 提案方法論から初回移転までの各手続の所要日数（方法論・案件・発行別）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- param: countries VARCHAR[] = null | partner countries; null for all | 対象国。null は全て
-- choices: countries = @country
-- param: sectors INTEGER[] = null | JCM scope numbers, 0 for none stated; null for all | 対象分野の番号。0は記載なし。null は全て
-- choices: sectors = @sector
-- returns: step | methodology_public_input, methodology_decision, selection_to_registration, listing_to_registration, registration_to_decision, period_to_decision, decision_to_issuance or issuance_to_transfer | 手続（定められた用語）
-- returns: subject | methodology, project or event | 方法論、案件又は発行
-- returns: iso3 | country, ISO 3166-1 alpha-3 | 国（ISO 3166-1 alpha-3）
-- returns: from_on | first day | 始期
-- returns: to_on | last day | 終期
-- returns: days | days of the step | 所要日数
WITH projects AS (
  SELECT * FROM project_as_of(CAST($as_of AS DATE)) AS p WHERE p.registered_on IS NOT NULL
),
issued AS (
  SELECT * FROM issuance_as_of(CAST($as_of AS DATE))
),
steps AS (
  -- Both ends of a public input are days on which one could write in.
  SELECT 'methodology_public_input' AS step, m.methodology_code AS subject, m.iso3, CAST(NULL AS BIGINT) AS sector_number,
    m.public_input_start_on AS from_on, m.public_input_end_on AS to_on, 1 AS more
  FROM methodology_as_of(CAST($as_of AS DATE)) AS m
  UNION ALL
  SELECT 'methodology_decision', a.methodology_code, a.iso3, NULL, a.public_input_end_on, a.approved_on, 0
  FROM methodology_as_of(CAST($as_of AS DATE)) AS a
  UNION ALL
  SELECT 'selection_to_registration', p.project_id, p.iso3, p.sector_number, p.selected_from_on, p.registered_on, 0
  FROM projects AS p
  UNION ALL
  SELECT 'listing_to_registration', q.project_id, q.iso3, q.sector_number, min(f.known_on), q.registered_on, 0
  FROM projects AS q
  INNER JOIN history.list_sighting AS l ON l.project_id = q.project_id AND l.status = 'validation'
  INNER JOIN source AS f ON f.source_id = l.first_source_id
  WHERE f.known_on <= q.registered_on
  GROUP BY q.project_id, q.iso3, q.sector_number, q.registered_on
  UNION ALL
  SELECT 'registration_to_decision', r.project_id, r.iso3, r.sector_number, r.registered_on, min(i.decided_on), 0
  FROM projects AS r
  INNER JOIN issuance_project AS b ON b.project_id = r.project_id
  INNER JOIN issued AS i ON i.issuance_id = b.issuance_id
  WHERE i.decided_precision = 'day'
  GROUP BY r.project_id, r.iso3, r.sector_number, r.registered_on
  UNION ALL
  SELECT 'period_to_decision', e.issuance_id, e.iso3, e.sector_number, e.period_end_on, e.decided_on, 0
  FROM issued AS e
  WHERE e.decided_precision = 'day'
  UNION ALL
  SELECT 'decision_to_issuance', d.issuance_id, d.iso3, d.sector_number, d.decided_on, d.issued_on, 0
  FROM issued AS d
  WHERE d.decided_precision = 'day' AND d.issued_precision = 'day'
  UNION ALL
  SELECT 'issuance_to_transfer', g.issuance_id, g.iso3, g.sector_number, g.issued_on, min(x.occurred_on), 0
  FROM issued AS g
  INNER JOIN history.article6_event AS x ON x.issuance_id = g.issuance_id
  WHERE g.issued_precision = 'day' AND x.action = 'first transfer' AND x.occurred_on <= CAST($as_of AS DATE)
  GROUP BY g.issuance_id, g.iso3, g.sector_number, g.issued_on
)
SELECT s.step, s.subject, s.iso3, s.from_on, s.to_on, CAST(date_diff('day', s.from_on, s.to_on) + s.more AS INTEGER) AS days
FROM steps AS s
WHERE s.from_on IS NOT NULL AND s.to_on IS NOT NULL
  AND (CAST($countries AS VARCHAR[]) IS NULL OR array_contains(CAST($countries AS VARCHAR[]), s.iso3))
  AND (CAST($sectors AS INTEGER[]) IS NULL OR array_contains(CAST($sectors AS INTEGER[]), coalesce(s.sector_number, 0)))
ORDER BY s.step, s.subject
