-- title: Credits by when the reductions took place: before the first vintage that may be used towards the NDC, from it, not known
-- title_ja: 削減が行われた時期別のクレジット（NDCに用い得る最初の年より前、同年以降、不明）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: vintage | before (the first vintage), since (from it on), across (the period has days of both; its tonnes are divided between the two) or not_known | before（最初の年より前）、since（同年以降）、across（両方にまたがる期間。量は日数で按分）又は not_known（期間不明）
-- returns: rung | stage | 段階
-- returns: events | events of the stage | 件数
-- returns: events_without_amount | of these, events without an amount | うち量が不明な件数
-- returns: tco2_low | tonnes, low end, tCO2; null where none is known | 量（下限）、tCO2。判明分がない場合は null
-- returns: tco2_high | the same, high end as far as known, tCO2 | 同じく上限（判明している範囲）、tCO2
WITH tonnes AS (
  SELECT
    CASE
      WHEN i.period_start_on IS NULL OR i.period_end_on IS NULL THEN 'not_known'
      WHEN r.calendar_year < b.first_vintage THEN 'before'
      ELSE 'since'
    END AS vintage,
    r.rung,
    r.tco2_low,
    r.tco2_high
  FROM history.rung_tonnes_as_of(CAST($as_of AS DATE)) AS r
  INNER JOIN history.issuance AS i ON i.issuance_id = r.issuance_id
  CROSS JOIN record.build AS b
  WHERE true
    /* filters: r */
),
events AS (
  SELECT
    CASE
      WHEN i.period_start_on IS NULL OR i.period_end_on IS NULL THEN 'not_known'
      WHEN year(i.period_end_on) < b.first_vintage THEN 'before'
      WHEN year(i.period_start_on) >= b.first_vintage THEN 'since'
      ELSE 'across'
    END AS vintage,
    r.rung,
    r.has_amount
  FROM history.issuance_rung_as_of(CAST($as_of AS DATE)) AS r
  INNER JOIN history.issuance AS i ON i.issuance_id = r.issuance_id
  CROSS JOIN record.build AS b
  WHERE true
    /* filters: r */
),
both_kinds AS (
  SELECT vintage, rung, tco2_low, tco2_high, 0 AS events, 0 AS events_without_amount FROM tonnes
  UNION ALL
  SELECT vintage, rung, NULL AS tco2_low, NULL AS tco2_high, 1 AS events, CASE WHEN has_amount THEN 0 ELSE 1 END AS events_without_amount FROM events
)
SELECT
  vintage,
  rung,
  CAST(sum(events) AS INTEGER) AS events,
  CAST(sum(events_without_amount) AS INTEGER) AS events_without_amount,
  CAST(sum(tco2_low) AS BIGINT) AS tco2_low,
  CAST(sum(tco2_high) AS BIGINT) AS tco2_high
FROM both_kinds
GROUP BY vintage, rung
ORDER BY vintage, rung
