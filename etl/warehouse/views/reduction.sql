-- Expected tonnes net of verified ones, and verified tonnes: every tonne once, as known on a day.
SELECT
  p.project_id, CAST(NULL AS VARCHAR) AS issuance_id, p.iso3, p.sector_number, p.technology, p.programme, p.funding,
  x.rung, x.fiscal_year, x.calendar_year, x.net_tco2 AS tco2_low, x.net_tco2 AS tco2_high,
  x.japan_net_tco2 AS japan_low_tco2, x.japan_net_tco2 AS japan_high_tco2, x.tco2 AS expected_tco2,
  false AS is_reported, x.assumption_codes
FROM history.expected AS x
INNER JOIN history.project AS p ON p.project_id = x.project_id
WHERE x.rung <> 'dormant' AND x.known_on <= as_of AND (x.known_until IS NULL OR x.known_until > as_of)
UNION ALL
SELECT
  e.project_id, v.issuance_id, i.iso3, e.sector_number, e.technology, e.programme, e.funding,
  'notified' AS rung, v.fiscal_year, v.calendar_year, v.notified_low_tco2 AS tco2_low, v.notified_high_tco2 AS tco2_high,
  v.japan_share_low_tco2 AS japan_low_tco2, v.japan_share_high_tco2 AS japan_high_tco2, NULL AS expected_tco2,
  e.is_reported, v.assumption_codes
FROM history.verified AS v
INNER JOIN history.issuance_event AS e ON e.issuance_id = v.issuance_id
INNER JOIN history.issuance AS i ON i.issuance_id = v.issuance_id
WHERE v.known_on <= as_of AND (v.known_until IS NULL OR v.known_until > as_of)
