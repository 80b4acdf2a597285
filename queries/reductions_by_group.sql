-- title: Reductions by year and stage of each country, sector, technology, programme or funding
-- title_ja: 国・分野・技術・支援事業・資金別、年・段階別の削減・吸収量
-- param: by VARCHAR = 'country' | country, sector, technology, programme or funding | country（国）、sector（分野）、technology（技術）、programme（支援事業）又は funding（資金）
-- choices: by = country, sector, technology, programme, funding
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- fragment: dated_tonnes
-- returns: value | code of the group, as in ladder_by_group | 区分のコード（ladder_by_group と同じ）
-- returns: year | the year the tonnes belong to; null where no date is known | 計上年。日付不明は null
-- returns: rung | stage | 段階
-- returns: tco2_low | tonnes of the year, low end, tCO2 | 当年の量（下限）、tCO2
-- returns: tco2_high | tonnes of the year, high end as far as known, tCO2 | 当年の量（判明している範囲の上限）、tCO2
-- returns: cumulative_low_tco2 | tonnes to the end of the year, low end, tCO2; null in the row without a year | 当年末までの累積（下限）、tCO2。日付不明の行は null
-- returns: cumulative_high_tco2 | the same, high end, tCO2 | 同じく上限、tCO2
WITH years AS (
  SELECT DISTINCT CASE WHEN $year_basis = 'calendar' THEN calendar_year ELSE fiscal_year END AS year
  FROM history.expected
  UNION
  SELECT CASE WHEN $year_basis = 'calendar' THEN calendar_year ELSE fiscal_year END
  FROM history.verified
  WHERE fiscal_year IS NOT NULL
),
rows_in_force AS (
  SELECT
    /* group: r */
    /* dated_tonnes: r */
  FROM history.rung_tonnes_as_of(CAST($as_of AS DATE)) AS r
  WHERE true
    /* filters: r */
),
found AS (
  SELECT DISTINCT value, rung FROM rows_in_force
),
of_the_year AS (
  SELECT g.value, y.year, g.rung, CAST(coalesce(sum(f.tco2_low), 0) AS BIGINT) AS tco2_low,
    CAST(coalesce(sum(f.tco2_high), 0) AS BIGINT) AS tco2_high
  FROM years AS y
  CROSS JOIN found AS g
  LEFT JOIN rows_in_force AS f ON f.year = y.year AND f.rung = g.rung AND f.value = g.value
  GROUP BY g.value, y.year, g.rung
)
SELECT
  value,
  year,
  rung,
  tco2_low,
  tco2_high,
  CAST(sum(tco2_low) OVER (PARTITION BY value, rung ORDER BY year ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT)
    AS cumulative_low_tco2,
  CAST(sum(tco2_high) OVER (PARTITION BY value, rung ORDER BY year ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT)
    AS cumulative_high_tco2
FROM of_the_year
UNION ALL
SELECT
  value, CAST(NULL AS INTEGER) AS year, rung, CAST(sum(tco2_low) AS BIGINT) AS tco2_low, CAST(sum(tco2_high) AS BIGINT) AS tco2_high, CAST(NULL AS BIGINT) AS cumulative_low_tco2,
  CAST(NULL AS BIGINT) AS cumulative_high_tco2
FROM rows_in_force
WHERE year IS NULL
GROUP BY value, rung
ORDER BY value, year NULLS LAST, rung
