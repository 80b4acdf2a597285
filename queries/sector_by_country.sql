-- title: Projects, expected and decided tonnes of each country in each sector or technology
-- title_ja: 国・分野（技術）別の案件数、削減見込量及び発行決定量
-- param: by VARCHAR = 'sector' | sector or technology | sector（分野）又は technology（技術）
-- choices: by = sector, technology
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- param: until_fiscal_year INTEGER = 2030 | tonnes up to the end of this fiscal year | この年度末までの量
-- param: dated_by VARCHAR = 'monitoring_period' | issued tonnes by monitoring_period or by decision | 発行量の計上時点。monitoring_period（モニタリング期間）又は decision（発行決定日）
-- choices: dated_by = monitoring_period, decision
-- param: share VARCHAR = 'total' | total, or japan for the Japanese side where the share is known | total（全体）又は japan（日本側。配分が判明している分）
-- choices: share = total, japan
-- returns: iso3 | country, ISO 3166-1 alpha-3 | 国（ISO 3166-1 alpha-3）
-- returns: value | scope number, 0 for none stated or several, or technology | セクトラルスコープ番号（0は記載なし又は複数）又は技術
-- returns: projects | projects that count: selected, under validation or registered | 集計対象の案件数（採択・計画、妥当性確認中、登録済み）
-- returns: projects_with_estimate | of these, projects with an annual estimate | うち年間見込量の記載がある案件数
-- returns: expected_tco2 | expected tonnes up to the end of the fiscal year, tCO2; null where no project has an estimate and a schedule or no share is known | 当該年度末までの見込量、tCO2。見込量の記載若しくは稼働期間がない場合又は配分が一切不明の場合は null
-- returns: events | issuance decisions known | 発行決定の件数
-- returns: events_without_amount | of these, decisions whose amount is not known | うち量が不明な件数
-- returns: notified_low_tco2 | tonnes decided for issuance, with those that have no date, low end, tCO2; null where no amount or no share is known | 発行決定量（日付不明分を含む、下限）、tCO2。量が不明な場合又は配分が一切不明の場合は null
-- returns: notified_high_tco2 | the same, high end as far as known, tCO2 | 同じく上限（判明している範囲）、tCO2
WITH tonnes AS (
  SELECT
    r.iso3,
    /* group: r */
    CASE WHEN r.rung = 'notified' THEN 'notified' ELSE 'expected' END AS kind,
    CAST(sum(CASE WHEN $share = 'japan' THEN r.japan_low_tco2 ELSE r.tco2_low END) AS BIGINT) AS low_tco2,
    CAST(sum(CASE WHEN $share = 'japan' THEN r.japan_high_tco2 ELSE r.tco2_high END) AS BIGINT) AS high_tco2
  FROM history.rung_tonnes_as_of(CAST($as_of AS DATE)) AS r
  WHERE r.rung IN ('pipeline', 'validation', 'registered', 'notified')
    AND (
      CASE WHEN $dated_by = 'decision' THEN r.fiscal_year_dated ELSE r.fiscal_year END IS NULL
      OR CASE WHEN $dated_by = 'decision' THEN r.fiscal_year_dated ELSE r.fiscal_year END <= $until_fiscal_year
    )
    /* filters: r */
  GROUP BY 1, 2, 3
),
counts AS (
  SELECT
    r.iso3,
    /* group: r */
    count(*) AS projects,
    count(r.annual_tco2) AS projects_with_estimate,
    sum(CASE WHEN r.annual_tco2 IS NOT NULL AND r.start_on IS NOT NULL THEN 1 ELSE 0 END) AS projects_with_schedule
  FROM project_as_of(CAST($as_of AS DATE)) AS r
  WHERE r.is_counted
    /* filters: r */
  GROUP BY 1, 2
),
decisions AS (
  SELECT
    r.iso3,
    /* group: r */
    count(*) AS events,
    sum(CASE WHEN r.has_amount THEN 0 ELSE 1 END) AS events_without_amount
  FROM history.issuance_rung_as_of(CAST($as_of AS DATE)) AS r
  WHERE r.rung = 'notified'
    /* filters: r */
  GROUP BY 1, 2
),
found AS (
  SELECT iso3, value FROM tonnes UNION SELECT iso3, value FROM counts UNION SELECT iso3, value FROM decisions
)
SELECT
  f.iso3,
  f.value,
  CAST(coalesce(c.projects, 0) AS INTEGER) AS projects,
  CAST(coalesce(c.projects_with_estimate, 0) AS INTEGER) AS projects_with_estimate,
  CASE WHEN c.projects_with_schedule > 0 THEN CASE WHEN e.iso3 IS NULL THEN 0 ELSE e.low_tco2 END END AS expected_tco2,
  CAST(coalesce(d.events, 0) AS INTEGER) AS events,
  CAST(coalesce(d.events_without_amount, 0) AS INTEGER) AS events_without_amount,
  CASE WHEN d.events > d.events_without_amount THEN CASE WHEN n.iso3 IS NULL THEN 0 ELSE n.low_tco2 END END AS notified_low_tco2,
  CASE WHEN d.events > d.events_without_amount THEN CASE WHEN n.iso3 IS NULL THEN 0 ELSE n.high_tco2 END END AS notified_high_tco2
FROM found AS f
LEFT JOIN counts AS c ON c.iso3 = f.iso3 AND c.value = f.value
LEFT JOIN decisions AS d ON d.iso3 = f.iso3 AND d.value = f.value
LEFT JOIN tonnes AS e ON e.iso3 = f.iso3 AND e.value = f.value AND e.kind = 'expected'
LEFT JOIN tonnes AS n ON n.iso3 = f.iso3 AND n.value = f.value AND n.kind = 'notified'
ORDER BY f.iso3, f.value
