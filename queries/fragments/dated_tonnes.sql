-- param: year_basis VARCHAR = 'fiscal' | fiscal (April to March) or calendar | fiscal（年度、4月から翌年3月）又は calendar（暦年）
-- choices: year_basis = fiscal, calendar
-- param: dated_by VARCHAR = 'monitoring_period' | issued tonnes by monitoring_period or by decision | 発行量の計上時点。monitoring_period（モニタリング期間）又は decision（発行決定日）
-- choices: dated_by = monitoring_period, decision
-- param: share VARCHAR = 'total' | total, or japan for the Japanese side where the share is known | total（全体）又は japan（日本側。配分が判明している分）
-- choices: share = total, japan
-- param: measure VARCHAR = 'rungs' | rungs: each stage by itself; combined: verified replaces expected for the days it covers | rungs（段階ごと）又は combined（検証済みの期間は見込みに代えて計上）
-- choices: measure = rungs, combined
CASE
  WHEN $dated_by = 'decision' AND $year_basis = 'calendar' THEN r.calendar_year_dated
  WHEN $dated_by = 'decision' THEN r.fiscal_year_dated
  WHEN $year_basis = 'calendar' THEN r.calendar_year
  ELSE r.fiscal_year
END AS year,
r.rung,
CASE
  WHEN $measure = 'combined' AND $share = 'japan' THEN coalesce(r.counted_japan_low_tco2, 0)
  WHEN $measure = 'combined' THEN r.counted_low_tco2
  WHEN $share = 'japan' THEN coalesce(r.japan_low_tco2, 0)
  ELSE r.tco2_low
END AS tco2_low,
CASE
  WHEN $measure = 'combined' AND $share = 'japan' THEN coalesce(r.counted_japan_high_tco2, 0)
  WHEN $measure = 'combined' THEN r.counted_high_tco2
  WHEN $share = 'japan' THEN coalesce(r.japan_high_tco2, 0)
  ELSE r.tco2_high
END AS tco2_high
