-- Which project or event rests on which assumption on a day, one row each.
SELECT DISTINCT u.project_id, u.issuance_id, u.assumption_code
FROM (
  SELECT s.project_id, CAST(NULL AS VARCHAR) AS issuance_id, unnest(string_split(s.assumption_codes, ';')) AS assumption_code
  FROM history.project_state AS s
  WHERE s.known_on <= as_of AND (s.known_until IS NULL OR s.known_until > as_of)
  UNION ALL
  SELECT x.project_id, NULL, unnest(string_split(x.assumption_codes, ';'))
  FROM history.expected AS x
  WHERE x.known_on <= as_of AND (x.known_until IS NULL OR x.known_until > as_of)
  UNION ALL
  SELECT NULL, v.issuance_id, unnest(string_split(v.assumption_codes, ';'))
  FROM history.verified AS v
  WHERE v.known_on <= as_of AND (v.known_until IS NULL OR v.known_until > as_of)
) AS u
