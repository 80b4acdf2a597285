-- The ladder as known on a day: tonnes of each rung up to the end of a fiscal year, by default that of the first target in
-- force. Actual rungs nest as is_part_of tells; the dormant rung is in no sum.
WITH until_year AS (
  SELECT coalesce(
    until_fiscal_year,
    (SELECT min(t.fiscal_year) FROM history.target AS t WHERE t.known_on <= as_of AND (t.known_until IS NULL OR t.known_until > as_of)),
    (SELECT max(x.fiscal_year) FROM history.expected AS x)
  ) AS fiscal_year
),
tonnes AS (
  SELECT
    r.rung, sum(r.tco2_low) AS tco2_low, sum(r.tco2_high) AS tco2_high,
    sum(CASE WHEN r.is_reported THEN r.tco2_low ELSE 0 END) AS reported_tco2,
    sum(CASE WHEN r.fiscal_year IS NULL THEN r.tco2_low ELSE 0 END) AS undated_tco2
  FROM history.rung_tonnes_as_of(as_of) AS r, until_year AS u
  WHERE r.fiscal_year IS NULL OR r.fiscal_year <= u.fiscal_year
  GROUP BY r.rung
),
projects AS (
  SELECT s.stage AS rung, count(*) AS projects, count(s.annual_tco2) AS with_estimate
  FROM history.project_state AS s
  WHERE s.in_target_scope AND s.known_on <= as_of AND (s.known_until IS NULL OR s.known_until > as_of)
  GROUP BY s.stage
),
events AS (
  SELECT e.rung, count(*) AS events, sum(CASE WHEN e.has_amount THEN 0 ELSE 1 END) AS without_amount
  FROM history.issuance_rung AS e
  WHERE e.known_on <= as_of AND (e.known_until IS NULL OR e.known_until > as_of)
  GROUP BY e.rung
),
rungs AS (
  SELECT v.rung, v.place, v.counts_projects, v.is_part_of FROM (VALUES
    ('dormant', 0, true, NULL), ('pipeline', 1, true, NULL), ('validation', 2, true, NULL), ('registered', 3, true, NULL),
    ('notified', 4, false, NULL), ('issued', 5, false, 'notified'), ('japan', 6, false, 'issued'), ('itmo', 7, false, 'japan'),
    ('ndc', 8, false, 'itmo')
  ) AS v (rung, place, counts_projects, is_part_of)
)
SELECT
  g.rung, CAST(g.place AS BIGINT) AS place, g.is_part_of, CAST(u.fiscal_year AS BIGINT) AS until_fiscal_year,
  CAST(CASE WHEN g.counts_projects THEN coalesce(p.projects, 0) END AS BIGINT) AS projects,
  CAST(CASE WHEN g.counts_projects THEN coalesce(p.with_estimate, 0) END AS BIGINT) AS projects_with_estimate,
  CAST(CASE WHEN NOT g.counts_projects THEN coalesce(e.events, 0) END AS BIGINT) AS events,
  CAST(CASE WHEN NOT g.counts_projects THEN coalesce(e.without_amount, 0) END AS BIGINT) AS events_without_amount,
  CAST(CASE WHEN g.counts_projects OR e.events > e.without_amount THEN coalesce(t.tco2_low, 0) END AS BIGINT) AS tco2_low,
  CAST(CASE WHEN g.counts_projects OR e.events > e.without_amount THEN coalesce(t.tco2_high, 0) END AS BIGINT) AS tco2_high,
  CAST(coalesce(t.reported_tco2, 0) AS BIGINT) AS reported_tco2,
  CAST(coalesce(t.undated_tco2, 0) AS BIGINT) AS undated_tco2
FROM rungs AS g
CROSS JOIN until_year AS u
LEFT JOIN tonnes AS t ON t.rung = g.rung
LEFT JOIN projects AS p ON p.rung = g.rung
LEFT JOIN events AS e ON e.rung = g.rung
ORDER BY g.place
