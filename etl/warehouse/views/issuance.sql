-- Every issuance event known on a day, one row each, with both limits of its amount.
SELECT
  i.issuance_id, e.project_id, e.projects, i.iso3, e.sector_number, e.technology, e.programme, e.funding,
  i.decided_on, i.decided_precision,
  CASE WHEN e.issued_known_on <= as_of THEN i.issued_on END AS issued_on,
  CASE WHEN e.issued_known_on <= as_of THEN i.issued_precision END AS issued_precision,
  CASE WHEN i.partner_issued_on <= as_of THEN i.partner_issued_on END AS partner_issued_on,
  i.period_start_on, i.period_end_on,
  CASE WHEN e.announced_known_on <= as_of THEN e.announced_on END AS announced_on,
  e.fiscal_year_decided, e.calendar_year_decided,
  CASE WHEN e.issued_known_on <= as_of THEN e.fiscal_year_issued END AS fiscal_year_issued,
  CASE WHEN e.issued_known_on <= as_of THEN e.calendar_year_issued END AS calendar_year_issued,
  e.fiscal_year_period_end, e.calendar_year_period_end,
  coalesce(
    e.fiscal_year_decided, CASE WHEN e.issued_known_on <= as_of THEN e.fiscal_year_issued END,
    CASE WHEN e.announced_known_on <= as_of THEN e.fiscal_year_announced END
  ) AS fiscal_year_dated,
  coalesce(
    e.calendar_year_decided, CASE WHEN e.issued_known_on <= as_of THEN e.calendar_year_issued END,
    CASE WHEN e.announced_known_on <= as_of THEN e.calendar_year_announced END
  ) AS calendar_year_dated,
  CASE WHEN e.amount_basis = 'unknown' AND v.notified_low_tco2 IS NOT NULL THEN 'at least' ELSE e.amount_basis END
    AS amount_basis,
  v.notified_low_tco2 AS tco2_low, v.notified_high_tco2 AS tco2_high,
  v.issued_low_tco2, v.issued_high_tco2, v.japan_low_tco2, v.japan_high_tco2, v.itmo_low_tco2, v.itmo_high_tco2,
  v.ndc_low_tco2, v.ndc_high_tco2, v.japan_share_low_tco2, v.japan_share_high_tco2,
  i.japan_tco2 AS japan_stated_tco2, i.japan_government_tco2, i.partner_tco2 AS partner_stated_tco2, e.is_reported,
  CAST(CASE WHEN i.decided_precision = 'day' THEN date_diff('day', i.period_end_on, i.decided_on) END AS BIGINT)
    AS period_to_decision_days,
  CAST(CASE
    WHEN i.decided_precision = 'day' AND i.issued_precision = 'day' AND e.issued_known_on <= as_of
      THEN date_diff('day', i.decided_on, i.issued_on)
  END AS BIGINT) AS decision_to_issuance_days,
  CASE WHEN as_of >= (SELECT max(b.data_as_of_on) FROM record.build AS b) THEN i.note END AS note,
  i.source_id, e.known_on, e.assumption_codes
FROM history.issuance_event AS e
INNER JOIN history.issuance AS i ON i.issuance_id = e.issuance_id
LEFT JOIN (
  SELECT
    w.issuance_id,
    CAST(sum(w.notified_low_tco2) AS BIGINT) AS notified_low_tco2, CAST(sum(w.notified_high_tco2) AS BIGINT) AS notified_high_tco2,
    CAST(sum(w.japan_share_low_tco2) AS BIGINT) AS japan_share_low_tco2,
    CAST(sum(w.japan_share_high_tco2) AS BIGINT) AS japan_share_high_tco2,
    CAST(sum(w.issued_low_tco2) AS BIGINT) AS issued_low_tco2, CAST(sum(w.issued_high_tco2) AS BIGINT) AS issued_high_tco2,
    CAST(sum(w.japan_low_tco2) AS BIGINT) AS japan_low_tco2, CAST(sum(w.japan_high_tco2) AS BIGINT) AS japan_high_tco2,
    CAST(sum(w.itmo_low_tco2) AS BIGINT) AS itmo_low_tco2, CAST(sum(w.itmo_high_tco2) AS BIGINT) AS itmo_high_tco2,
    CAST(sum(w.ndc_low_tco2) AS BIGINT) AS ndc_low_tco2, CAST(sum(w.ndc_high_tco2) AS BIGINT) AS ndc_high_tco2
  FROM history.verified AS w
  WHERE w.known_on <= as_of AND (w.known_until IS NULL OR w.known_until > as_of)
  GROUP BY w.issuance_id
) AS v ON v.issuance_id = e.issuance_id
WHERE e.known_on <= as_of
