-- title: Stated expectation of each project to a fiscal year, and what its estimate and its start rest on
-- title_ja: 案件別の見込量（指定年度末まで）並びに見込量及び稼働開始日の根拠
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- param: until_fiscal_year INTEGER = 2030 | tonnes up to the end of this fiscal year | この年度末までの量
-- param: share VARCHAR = 'total' | total, or japan for the Japanese side where the share is known | total（全体）又は japan（日本側。配分が判明している分）
-- choices: share = total, japan
-- returns: project_id | project | 案件
-- returns: title_en | title, English | 題名（英語）
-- returns: title_ja | title, Japanese; null where not known | 題名（日本語）。不明は null
-- returns: iso3 | partner country | パートナー国
-- returns: stage | pipeline, validation or registered | 段階
-- returns: annual_tco2 | annual estimate, tCO2; null where none is known | 年間見込量、tCO2。不明は null
-- returns: annual_basis | basis of the estimate: project document, selection, company or press; null where none is known | 見込量の根拠。不明は null
-- returns: start_basis | stated, verified, selection or registration; null for no schedule | 稼働開始日の根拠。稼働期間なしは null
-- returns: expected_tco2 | stated expectation up to the end of the fiscal year, tCO2; null without an estimate or a schedule | 当該年度末までの見込量、tCO2。見込量又は稼働期間がない場合は null
WITH tonnes AS (
  SELECT
    r.project_id,
    CAST(sum(CASE WHEN $share = 'japan' THEN coalesce(r.japan_low_tco2, 0) ELSE r.tco2_low END) AS BIGINT) AS expected_tco2
  FROM history.rung_tonnes_as_of(CAST($as_of AS DATE)) AS r
  WHERE r.rung IN ('pipeline', 'validation', 'registered') AND r.fiscal_year <= $until_fiscal_year
  GROUP BY r.project_id
)
SELECT
  r.project_id, r.title_en, r.title_ja, r.iso3, r.stage, r.annual_tco2, r.annual_basis, r.start_basis,
  CASE WHEN r.annual_tco2 IS NOT NULL AND r.start_on IS NOT NULL THEN coalesce(t.expected_tco2, 0) END AS expected_tco2
FROM project_as_of(CAST($as_of AS DATE)) AS r
LEFT JOIN tonnes AS t ON t.project_id = r.project_id
WHERE r.is_counted
  /* filters: r */
ORDER BY expected_tco2 DESC NULLS LAST, r.project_id
