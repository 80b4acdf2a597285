-- Targets in force on a day.
SELECT t.target_id, t.fiscal_year, t.low_tco2, t.high_tco2, t.standing, t.qualifier, t.wording_en, t.wording_ja, t.known_on, t.source_id
FROM history.target AS t
WHERE t.known_on <= as_of AND (t.known_until IS NULL OR t.known_until > as_of)
