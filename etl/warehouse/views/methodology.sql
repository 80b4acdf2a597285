-- Methodologies as known on a day: those of the site's tables, and those that projects on its list name.
WITH named AS (
  SELECT n.methodology_code, min(p.iso3) AS iso3
  FROM main.project_methodology AS n
  INNER JOIN main.project_as_of(as_of) AS p ON p.project_id = n.project_id
  -- A project names its methodology in the document that is listed or registered.
  WHERE p.stage IN ('validation', 'registered', 'withdrawn')
  GROUP BY n.methodology_code
),
site AS (
  SELECT m.*, s.known_on <= as_of AS is_read
  FROM history.methodology AS m
  INNER JOIN main.source AS s ON s.source_id = m.source_id
  WHERE least(s.known_on, coalesce(m.public_input_start_on, s.known_on), coalesce(m.approved_on, s.known_on)) <= as_of
)
SELECT
  coalesce(t.methodology_code, n.methodology_code) AS methodology_code, coalesce(t.iso3, n.iso3) AS iso3, t.title_en,
  CASE WHEN t.is_read THEN t.status END AS status,
  CASE WHEN t.is_read THEN t.version END AS version,
  CASE WHEN t.approved_on <= as_of THEN t.approved_on END AS approved_on,
  t.proposed_code, t.proponent, t.sector_numbers,
  CASE WHEN t.public_input_start_on <= as_of THEN t.public_input_start_on END AS public_input_start_on,
  CASE WHEN t.public_input_end_on <= as_of THEN t.public_input_end_on END AS public_input_end_on,
  t.source_id
FROM site AS t
FULL OUTER JOIN named AS n ON n.methodology_code = t.methodology_code
