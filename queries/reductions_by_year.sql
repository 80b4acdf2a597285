-- title: Reductions by year and stage, of the year and cumulative
-- title_ja: 年・段階別の削減・吸収量（各年及び累積）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- fragment: dated_tonnes
-- returns: year | the year the tonnes belong to; null where no date is known | 計上年。日付不明は null
-- returns: rung | stage | 段階
-- returns: tco2_low | tonnes of the year, low end, tCO2 | 当年の量（下限）、tCO2
-- returns: tco2_high | tonnes of the year, high end as far as known, tCO2 | 当年の量（判明している範囲の上限）、tCO2
-- returns: cumulative_low_tco2 | tonnes to the end of the year, low end, tCO2; null in the row without a year | 当年末までの累積（下限）、tCO2。日付不明の行は null
-- returns: cumulative_high_tco2 | the same, high end, tCO2 | 同じく上限、tCO2
-- returns: unknown_share_tco2 | tonnes of the year whose Japanese share is not known, tCO2 | 日本側の配分が不明な当年の量、tCO2
WITH years AS (
  SELECT DISTINCT CASE WHEN $year_basis = 'calendar' THEN calendar_year ELSE fiscal_year END AS year
  FROM history.expected
  UNION
  SELECT CASE WHEN $year_basis = 'calendar' THEN calendar_year ELSE fiscal_year END
  FROM history.verified
  WHERE fiscal_year IS NOT NULL
),
rungs AS (
  SELECT v.rung FROM (VALUES
    ('dormant'), ('pipeline'), ('validation'), ('registered'), ('notified'), ('issued'), ('japan'), ('itmo'), ('ndc')
  ) AS v (rung)
),
rows_in_force AS (
  SELECT
    CASE
      WHEN $measure = 'combined' AND r.japan_low_tco2 IS NULL THEN r.counted_high_tco2
      WHEN $measure = 'combined' THEN r.counted_japan_high_tco2 - r.counted_japan_low_tco2
      WHEN r.japan_low_tco2 IS NULL THEN r.tco2_high
      ELSE r.japan_high_tco2 - r.japan_low_tco2
    END AS unknown_share_tco2,
    /* dated_tonnes: r */
  FROM history.rung_tonnes_as_of(CAST($as_of AS DATE)) AS r
  WHERE true
    /* filters: r */
),
of_the_year AS (
  SELECT
    y.year,
    g.rung,
    CAST(coalesce(sum(f.tco2_low), 0) AS BIGINT) AS tco2_low,
    CAST(coalesce(sum(f.tco2_high), 0) AS BIGINT) AS tco2_high,
    CAST(coalesce(sum(f.unknown_share_tco2), 0) AS BIGINT) AS unknown_share_tco2
  FROM years AS y
  CROSS JOIN rungs AS g
  LEFT JOIN rows_in_force AS f ON f.year = y.year AND f.rung = g.rung
  GROUP BY y.year, g.rung
)
SELECT
  year,
  rung,
  tco2_low,
  tco2_high,
  CAST(sum(tco2_low) OVER (PARTITION BY rung ORDER BY year ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT)
    AS cumulative_low_tco2,
  CAST(sum(tco2_high) OVER (PARTITION BY rung ORDER BY year ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT)
    AS cumulative_high_tco2,
  unknown_share_tco2
FROM of_the_year
UNION ALL
SELECT
  CAST(NULL AS INTEGER) AS year,
  rung,
  CAST(sum(tco2_low) AS BIGINT) AS tco2_low, CAST(sum(tco2_high) AS BIGINT) AS tco2_high,
  CAST(NULL AS BIGINT) AS cumulative_low_tco2,
  CAST(NULL AS BIGINT) AS cumulative_high_tco2,
  CAST(sum(unknown_share_tco2) AS BIGINT) AS unknown_share_tco2
FROM rows_in_force
WHERE year IS NULL
GROUP BY rung
ORDER BY year NULLS LAST, rung
