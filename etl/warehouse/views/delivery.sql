-- What was expected for the days of each event, as the estimate in force on a day has it.
SELECT d.issuance_id, d.annual_tco2, d.expected_tco2, d.lacks
FROM history.delivery AS d
WHERE d.known_on <= as_of AND (d.known_until IS NULL OR d.known_until > as_of)
