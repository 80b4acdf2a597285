-- What was known of every project on a day. Tonnes of projects that do not count stand in a column of their own.
SELECT
  p.project_id, p.ref_no, p.title_en, p.title_en_basis, p.title_ja, p.iso3, p.location, p.technology, p.sector_number,
  p.sector_basis, p.methodology, p.programme, p.funding, s.stage, s.in_target_scope,
  s.in_target_scope AND s.stage IN ('pipeline', 'validation', 'registered') AS is_counted,
  s.fy_selected, s.selected_from_on, s.registered_on, s.fiscal_year_registered, s.fiscal_year_known,
  CASE WHEN s.in_target_scope AND s.stage IN ('pipeline', 'validation', 'registered') THEN s.annual_tco2 END AS annual_tco2,
  CASE WHEN s.in_target_scope AND s.stage IN ('pipeline', 'validation', 'registered') THEN NULL ELSE s.annual_tco2 END
    AS annual_not_counted_tco2,
  s.annual_basis, s.annual_source_id, s.start_on, s.end_on, s.start_basis, s.lifetime_years,
  NOT EXISTS (
    SELECT 1 FROM main.project_source AS l INNER JOIN main.source AS o ON o.source_id = l.source_id
    WHERE l.project_id = p.project_id AND o.reliability <> 'weak'
  ) AS is_reported,
  -- A remark is of the latest record and may tell of later facts.
  CASE WHEN as_of >= (SELECT max(b.data_as_of_on) FROM record.build AS b) THEN p.note END AS note,
  k.known_on, s.assumption_codes
FROM history.project_state AS s
INNER JOIN history.project AS p ON p.project_id = s.project_id
INNER JOIN (
  SELECT f.project_id, min(f.known_on) AS known_on FROM history.project_state AS f GROUP BY f.project_id
) AS k ON k.project_id = s.project_id
WHERE s.known_on <= as_of AND (s.known_until IS NULL OR s.known_until > as_of)
