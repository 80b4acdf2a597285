-- Tonnes on every rung as known on a day. Actual rungs nest, so that a sum over several counts tonnes twice.
WITH verified AS (
  SELECT v.*, e.project_id, i.iso3, e.sector_number, e.technology, e.programme, e.funding, e.is_reported,
    coalesce(e.fiscal_year_decided, e.fiscal_year_issued, e.fiscal_year_announced) AS fiscal_year_dated,
    coalesce(e.calendar_year_decided, e.calendar_year_issued, e.calendar_year_announced) AS calendar_year_dated,
    e.fiscal_year_issued, e.calendar_year_issued
  FROM history.verified AS v
  INNER JOIN history.issuance_event AS e ON e.issuance_id = v.issuance_id
  INNER JOIN history.issuance AS i ON i.issuance_id = v.issuance_id
  WHERE v.known_on <= as_of AND (v.known_until IS NULL OR v.known_until > as_of)
),
rungs AS (
  SELECT v.*, 'notified' AS rung, v.notified_low_tco2 AS tco2_low, v.notified_high_tco2 AS tco2_high,
    v.japan_share_low_tco2 AS japan_low, v.japan_share_high_tco2 AS japan_high, v.notified_low_tco2 AS counted_low_tco2,
    v.notified_high_tco2 AS counted_high_tco2
  FROM verified AS v
  UNION ALL
  SELECT v.*, 'issued', v.issued_low_tco2, v.issued_high_tco2, coalesce(v.japan_low_tco2, 0), coalesce(v.japan_high_tco2, 0), 0, 0
  FROM verified AS v WHERE v.issued_low_tco2 IS NOT NULL
  UNION ALL
  SELECT v.*, 'japan', v.japan_low_tco2, v.japan_high_tco2, v.japan_low_tco2, v.japan_high_tco2, 0, 0
  FROM verified AS v WHERE v.japan_low_tco2 IS NOT NULL
  UNION ALL
  SELECT v.*, 'itmo', v.itmo_low_tco2, v.itmo_high_tco2, v.itmo_low_tco2, v.itmo_high_tco2, 0, 0
  FROM verified AS v WHERE v.itmo_low_tco2 IS NOT NULL
  UNION ALL
  SELECT v.*, 'ndc', v.ndc_low_tco2, v.ndc_high_tco2, v.ndc_low_tco2, v.ndc_high_tco2, 0, 0
  FROM verified AS v WHERE v.ndc_low_tco2 IS NOT NULL
)
SELECT
  x.rung, p.project_id, CAST(NULL AS VARCHAR) AS issuance_id, p.iso3, p.sector_number, p.technology, p.programme, p.funding,
  x.fiscal_year, x.calendar_year, x.fiscal_year AS fiscal_year_dated, x.calendar_year AS calendar_year_dated,
  CAST(NULL AS BIGINT) AS fiscal_year_issued, CAST(NULL AS BIGINT) AS calendar_year_issued,
  x.tco2 AS tco2_low, x.tco2 AS tco2_high, x.japan_tco2 AS japan_low_tco2, x.japan_tco2 AS japan_high_tco2,
  CASE WHEN x.rung = 'dormant' THEN 0 ELSE x.net_tco2 END AS counted_low_tco2,
  CASE WHEN x.rung = 'dormant' THEN 0 ELSE x.net_tco2 END AS counted_high_tco2,
  CASE WHEN x.rung = 'dormant' THEN 0 ELSE x.japan_net_tco2 END AS counted_japan_low_tco2,
  CASE WHEN x.rung = 'dormant' THEN 0 ELSE x.japan_net_tco2 END AS counted_japan_high_tco2,
  false AS is_reported
FROM history.expected AS x
INNER JOIN history.project AS p ON p.project_id = x.project_id
WHERE x.known_on <= as_of AND (x.known_until IS NULL OR x.known_until > as_of)
UNION ALL
SELECT
  r.rung, r.project_id, r.issuance_id, r.iso3, r.sector_number, r.technology, r.programme, r.funding,
  r.fiscal_year, r.calendar_year, r.fiscal_year_dated, r.calendar_year_dated, r.fiscal_year_issued, r.calendar_year_issued,
  r.tco2_low, r.tco2_high, r.japan_low AS japan_low_tco2, r.japan_high AS japan_high_tco2, r.counted_low_tco2,
  r.counted_high_tco2,
  CASE WHEN r.rung = 'notified' THEN r.japan_low ELSE 0 END AS counted_japan_low_tco2,
  CASE WHEN r.rung = 'notified' THEN r.japan_high ELSE 0 END AS counted_japan_high_tco2,
  r.is_reported
FROM rungs AS r
