-- Credits issued by calendar year as stated, beside the events of the record: itemised, open, or more than stated.
WITH stated AS (
  SELECT o.calendar_year, o.value, o.source_id, o.known_on,
    row_number() OVER (PARTITION BY o.calendar_year ORDER BY o.known_on DESC, o.source_id) AS place
  FROM main.official_total AS o
  WHERE o.metric = 'credits_issued_in_year' AND o.reliability <> 'weak' AND o.known_on <= as_of
),
itemised AS (
  SELECT
    coalesce(i.calendar_year_issued, i.calendar_year_decided) AS calendar_year, count(*) AS events,
    sum(CASE WHEN i.tco2_low IS NULL THEN 1 ELSE 0 END) AS events_without_amount,
    sum(CASE WHEN i.amount_basis = 'exact' THEN i.tco2_low ELSE 0 END) AS exact_tco2, sum(i.tco2_low) AS low_tco2,
    sum(i.tco2_high) AS high_tco2
  FROM main.issuance_as_of(as_of) AS i
  WHERE i.calendar_year_issued IS NOT NULL OR i.calendar_year_decided IS NOT NULL
  GROUP BY coalesce(i.calendar_year_issued, i.calendar_year_decided)
)
SELECT
  coalesce(s.calendar_year, m.calendar_year) AS calendar_year,
  CAST(s.value AS BIGINT) AS stated_tco2,
  CAST(coalesce(m.events, 0) AS BIGINT) AS events,
  CAST(coalesce(m.events_without_amount, 0) AS BIGINT) AS events_without_amount,
  CAST(coalesce(m.exact_tco2, 0) AS BIGINT) AS itemised_exact_tco2,
  CAST(coalesce(m.low_tco2, 0) AS BIGINT) AS itemised_low_tco2,
  CAST(coalesce(m.high_tco2, 0) AS BIGINT) AS itemised_high_tco2,
  CAST(CASE WHEN s.value IS NOT NULL THEN greatest(s.value - coalesce(m.high_tco2, 0), 0) END AS BIGINT) AS open_low_tco2,
  CAST(CASE WHEN s.value IS NOT NULL THEN greatest(s.value - coalesce(m.low_tco2, 0), 0) END AS BIGINT) AS open_high_tco2,
  CAST(CASE WHEN s.value IS NOT NULL THEN greatest(coalesce(m.low_tco2, 0) - s.value, 0) END AS BIGINT) AS more_than_stated_tco2,
  s.source_id, s.known_on
FROM (SELECT * FROM stated WHERE place = 1) AS s
FULL OUTER JOIN itemised AS m ON m.calendar_year = s.calendar_year
ORDER BY 1
