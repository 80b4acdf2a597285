-- Rungs that each event reached by a day, with what its projects share.
SELECT
  r.issuance_id, r.rung, e.project_id, i.iso3, e.sector_number, e.technology, e.programme, e.funding, r.has_amount,
  e.fiscal_year_decided IS NOT NULL OR e.fiscal_year_issued IS NOT NULL OR e.fiscal_year_period_end IS NOT NULL
    OR e.announced_known_on <= as_of AS is_dated,
  r.known_on, r.assumption_codes
FROM history.issuance_rung AS r
INNER JOIN history.issuance_event AS e ON e.issuance_id = r.issuance_id
INNER JOIN history.issuance AS i ON i.issuance_id = r.issuance_id
WHERE r.known_on <= as_of AND (r.known_until IS NULL OR r.known_until > as_of)
