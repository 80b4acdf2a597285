-- Where every tonne of the credits stands on a day: one vintage, one state, one holder. Sums to what was decided for issuance.
WITH entry AS (
  SELECT l.*, i.iso3, e.project_id, e.sector_number, e.technology, e.programme, e.funding, e.is_reported
  FROM history.ledger_entry AS l
  INNER JOIN history.issuance_event AS e ON e.issuance_id = l.issuance_id
  INNER JOIN history.issuance AS i ON i.issuance_id = l.issuance_id
  WHERE l.is_booked AND l.occurred_on <= as_of
),
leg AS (
  SELECT
    n.issuance_id, n.vintage, n.state_to AS state, n.holder_to AS holder, coalesce(n.quantity_tco2, 0) AS low,
    coalesce(n.quantity_high_tco2, 0) AS high, CASE WHEN n.quantity_tco2 IS NULL THEN 1 ELSE 0 END AS without_amount
  FROM entry AS n
  UNION ALL
  SELECT
    n.issuance_id, n.vintage, n.state_from, n.holder_from, -coalesce(n.quantity_tco2, 0), -coalesce(n.quantity_high_tco2, 0),
    CASE WHEN n.quantity_tco2 IS NULL THEN -1 ELSE 0 END
  FROM entry AS n
  WHERE n.state_from IS NOT NULL
),
account AS (
  SELECT g.issuance_id, g.vintage, g.state, g.holder, sum(g.low) AS low, sum(g.high) AS high, sum(g.without_amount) AS without_amount
  FROM leg AS g
  GROUP BY g.issuance_id, g.vintage, g.state, g.holder
),
decided AS (
  SELECT n.issuance_id, year(min(n.occurred_on)) AS latest_vintage FROM entry AS n GROUP BY n.issuance_id
),
standing AS (
  SELECT DISTINCT
    a.issuance_id, n.project_id, n.iso3, n.sector_number, n.technology, n.programme, n.funding, a.vintage, a.state, a.holder,
    CASE WHEN a.holder IN ('JPN government', 'JPN companies', 'JPN') THEN 'Japan' WHEN a.holder = n.iso3 THEN 'partner'
      WHEN a.holder = 'unallocated' THEN 'unallocated' ELSE 'not known' END AS side,
    CAST(greatest(a.low, 0) AS BIGINT) AS tco2_low, CAST(greatest(a.high, a.low, 0) AS BIGINT) AS tco2_high,
    CAST(greatest(a.without_amount, 0) AS BIGINT) AS without_amount, n.is_reported
  FROM account AS a
  INNER JOIN entry AS n ON n.issuance_id = a.issuance_id
  WHERE a.low <> 0 OR a.high <> 0 OR a.without_amount > 0
)
SELECT
  s.issuance_id, s.project_id, s.iso3, s.sector_number, s.technology, s.programme, s.funding, s.vintage, s.state, s.holder, s.side,
  s.tco2_low, s.tco2_high, s.without_amount, g.gx_use, g.gx_why, s.is_reported
FROM standing AS s
INNER JOIN decided AS d ON d.issuance_id = s.issuance_id
CROSS JOIN record.build AS b
INNER JOIN record.gx_rule AS g
  ON g.state = s.state
  AND g.holder = CASE WHEN s.side = 'partner' THEN 'partner' ELSE s.holder END
  -- Reductions came before the decision, whatever their year.
  AND g.vintage = CASE WHEN coalesce(s.vintage, d.latest_vintage) < b.first_vintage THEN 'before' WHEN s.vintage IS NULL THEN 'not_known' ELSE 'since' END
  AND as_of BETWEEN g.from_on AND g.until_on
