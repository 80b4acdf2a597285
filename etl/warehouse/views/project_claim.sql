-- What sources say of projects, as known on a day.
SELECT c.project_id, c.field, c.value, c.source_id, c.claim_scope, c.is_taken, c.figure_basis, c.known_on
FROM history.project_claim AS c
WHERE c.known_on <= as_of
