-- title: Reductions by year and rung of each country, sector, technology, programme or funding
-- title_ja: 国・分野・技術・支援事業・資金別、年・段階別の削減・吸収量
-- param: by VARCHAR = 'country' | country, sector, technology, programme or funding | country(国)、sector(分野)、technology(技術)、programme(支援事業)又は funding(資金)
-- choices: by = country, sector, technology, programme, funding
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- param: year_basis VARCHAR = 'fiscal' | fiscal (April to March) or calendar | fiscal(年度、4月から翌年3月)又は calendar(暦年)
-- choices: year_basis = fiscal, calendar
-- param: dated_by VARCHAR = 'monitoring_period' | issued tonnes by monitoring_period or by decision | 発行量の計上時点。monitoring_period(モニタリング期間)又は decision(発行決定日)
-- choices: dated_by = monitoring_period, decision
-- param: share VARCHAR = 'total' | total, or japan for the Japanese side where the share is known | total(全体)又は japan(日本側。配分が判明している分)
-- choices: share = total, japan
-- param: measure VARCHAR = 'rungs' | rungs: each rung by itself; combined: verified replaces expected for the days it covers | rungs(段階ごと)又は combined(検証済みの期間は見込みに代えて計上)
-- choices: measure = rungs, combined
-- returns: value | code of the group, as in ladder_by_group | 区分のコード(ladder_by_group と同じ)
-- returns: year | the year the tonnes belong to; null where no date is known | 計上年。日付不明は null
-- returns: rung | rung of the ladder | 段階
-- returns: tco2 | tonnes of the year, tCO2 | 当年の量、tCO2
-- returns: cumulative_tco2 | tonnes to the end of the year, tCO2; null in the row without a year | 当年末までの累積、tCO2。日付不明の行は null
WITH years AS (
  SELECT DISTINCT CASE WHEN $year_basis = 'calendar' THEN calendar_year ELSE fiscal_year END AS year
  FROM reduction
  WHERE fiscal_year IS NOT NULL
),
rows_in_force AS (
  SELECT
    CASE
      WHEN $by = 'sector' THEN CAST(coalesce(r.sector_number, 0) AS VARCHAR)
      WHEN $by = 'technology' THEN coalesce(r.technology, 'unstated')
      WHEN $by = 'programme' THEN coalesce(r.programme, 'unstated')
      WHEN $by = 'funding' THEN coalesce(r.funding, 'unknown')
      ELSE r.iso3
    END AS value,
    CASE WHEN $year_basis = 'calendar' THEN r.calendar_year ELSE r.fiscal_year END AS year,
    r.rung,
    CASE
      WHEN $measure = 'combined' AND $share = 'japan' THEN coalesce(r.combined_japan_tco2, 0)
      WHEN $measure = 'combined' THEN r.combined_tco2
      WHEN $share = 'japan' THEN coalesce(r.japan_tco2, 0)
      ELSE r.tco2
    END AS tco2
  FROM reduction AS r
  WHERE r.known_on <= CAST($as_of AS DATE)
    AND (r.known_until IS NULL OR r.known_until > CAST($as_of AS DATE))
    AND (r.dated_by = 'operation' OR r.dated_by = $dated_by)
    /* filters: r */
),
found AS (
  SELECT DISTINCT value, rung FROM rows_in_force
),
of_the_year AS (
  SELECT g.value, y.year, g.rung, CAST(coalesce(sum(f.tco2), 0) AS BIGINT) AS tco2
  FROM years AS y
  CROSS JOIN found AS g
  LEFT JOIN rows_in_force AS f ON f.year = y.year AND f.rung = g.rung AND f.value = g.value
  GROUP BY g.value, y.year, g.rung
)
SELECT
  value,
  year,
  rung,
  tco2,
  CAST(sum(tco2) OVER (PARTITION BY value, rung ORDER BY year ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT)
    AS cumulative_tco2
FROM of_the_year
UNION ALL
SELECT
  value, CAST(NULL AS INTEGER) AS year, rung, CAST(sum(tco2) AS BIGINT) AS tco2, CAST(NULL AS BIGINT) AS cumulative_tco2
FROM rows_in_force
WHERE year IS NULL
GROUP BY value, rung
ORDER BY value, year NULLS LAST, rung
