-- title: Credits by when the reductions took place: up to 2020, from 2021, not known
-- title_ja: 削減が行われた時期別のクレジット(2020年まで、2021年以降、不明)
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: vintage | up_to_2020, from_2021, across (the period has days of both; its tonnes are divided between the two) or not_known | up_to_2020(2020年まで)、from_2021(2021年以降)、across(両方にまたがる期間。量は日数で按分)又は not_known(期間不明)
-- returns: rung | rung | 段階
-- returns: events | events of the rung | 件数
-- returns: events_without_amount | of these, events without an amount | うち量が不明な件数
-- returns: tco2 | tonnes with a known amount, tCO2; null where none is known | 量が判明している分、tCO2。判明分がない場合は null
WITH tonnes AS (
  SELECT
    CASE
      WHEN i.period_start_on IS NULL OR i.period_end_on IS NULL THEN 'not_known'
      WHEN r.calendar_year <= 2020 THEN 'up_to_2020'
      ELSE 'from_2021'
    END AS vintage,
    r.rung,
    r.tco2
  FROM reduction AS r
  INNER JOIN issuance AS i ON i.issuance_id = r.issuance_id
  WHERE r.dated_by = 'monitoring_period'
    AND r.known_on <= CAST($as_of AS DATE)
    AND (r.known_until IS NULL OR r.known_until > CAST($as_of AS DATE))
    /* filters: r */
),
events AS (
  SELECT
    CASE
      WHEN r.period_start_on IS NULL OR r.period_end_on IS NULL THEN 'not_known'
      WHEN r.period_end_on < CAST('2021-01-01' AS DATE) THEN 'up_to_2020'
      WHEN r.period_start_on >= CAST('2021-01-01' AS DATE) THEN 'from_2021'
      ELSE 'across'
    END AS vintage,
    r.rung,
    r.has_amount
  FROM (
    SELECT e.*, i.project_id, i.period_start_on, i.period_end_on
    FROM issuance_stage AS e
    INNER JOIN issuance AS i ON i.issuance_id = e.issuance_id
  ) AS r
  WHERE r.known_on <= CAST($as_of AS DATE)
    /* filters: r */
),
both_kinds AS (
  SELECT vintage, rung, tco2, 0 AS events, 0 AS events_without_amount FROM tonnes
  UNION ALL
  SELECT vintage, rung, NULL AS tco2, 1 AS events, CASE WHEN has_amount THEN 0 ELSE 1 END AS events_without_amount FROM events
)
SELECT
  vintage,
  rung,
  CAST(sum(events) AS INTEGER) AS events,
  CAST(sum(events_without_amount) AS INTEGER) AS events_without_amount,
  CAST(sum(tco2) AS BIGINT) AS tco2
FROM both_kinds
GROUP BY vintage, rung
ORDER BY vintage, rung
