-- Assumptions as they stand on a day; a measured one has the value measurable then.
SELECT a.assumption_code, a.kind, a.subject, a.value, a.unit, a.basis, a.sample_size, a.reason_en, a.reason_ja, a.source_id, a.known_on
FROM history.assumption AS a
WHERE (a.known_on IS NULL OR a.known_on <= as_of) AND (a.known_until IS NULL OR a.known_until > as_of)
