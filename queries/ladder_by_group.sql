-- title: The ladder of each country, sector, technology, programme or funding
-- title_ja: 国・分野・技術・支援事業・資金別の段階別の件数と量
-- param: by VARCHAR = 'country' | country, sector, technology, programme or funding | country（国）、sector（分野）、technology（技術）、programme（支援事業）又は funding（資金）
-- choices: by = country, sector, technology, programme, funding
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- param: until_fiscal_year INTEGER = 2030 | tonnes up to the end of this fiscal year | この年度末までの量
-- param: dated_by VARCHAR = 'monitoring_period' | issued tonnes by monitoring_period or by decision | 発行量の計上時点。monitoring_period（モニタリング期間）又は decision（発行決定日）
-- choices: dated_by = monitoring_period, decision
-- param: share VARCHAR = 'total' | total, or japan for the Japanese side where the share is known | total（全体）又は japan（日本側。配分が判明している分）
-- choices: share = total, japan
-- returns: value | code of the group: ISO 3166-1 alpha-3, scope number (0 for none), technology, programme or funding (unstated, unknown where not stated or several) | 区分のコード。国はISO 3166-1 alpha-3、分野は番号（0は記載なし）。unstated・unknown は記載なし又は複数
-- returns: rung | stage, or dormant, withdrawn and study, which are kept and in no sum | 段階。dormant（選定後長期未掲載）、withdrawn（取下げ）及び study（調査）は件数のみで合計に含めない
-- returns: projects | projects at the stage; null for stages that count events | 案件数。発行の段階は null
-- returns: projects_with_estimate | of these, projects with an annual estimate | うち年間見込量の記載がある案件数
-- returns: projects_with_schedule | of these, projects whose time in operation is known or assumed too; without one there are no tonnes in any year | うち稼働期間も判明又は想定されている案件数。稼働期間のない案件の量はどの年度にも計上しない
-- returns: projects_outside_scope | projects of this stage that do not count as JCM projects | 集計対象外の案件数
-- returns: events | issuance events known at the stage; null for stages of projects | 発行件数。案件の段階は null
-- returns: events_without_amount | of these, events whose amount is not known | うち量が不明な件数
-- returns: tco2_low | tonnes up to the end of the fiscal year, with those that have no date, low end, tCO2; null where no amount is known or nothing is summed | 当該年度末までの量（日付不明分を含む、下限）、tCO2。量が不明又は集計対象外の場合は null
-- returns: tco2_high | the same, high end as far as known, tCO2 | 同じく上限（判明している範囲）、tCO2
-- returns: reported_tco2 | of tco2_low, tonnes that rest on weak sources alone, tCO2 | tco2_lowのうち単独では用いない出典のみに基づく量、tCO2
-- returns: unknown_share_tco2 | of all tonnes, those whose Japanese share is not known, tCO2 | うち日本側の配分が不明な量、tCO2
WITH tonnes AS (
  SELECT
    /* group: r */
    r.rung,
    CAST(sum(CASE WHEN $share = 'japan' THEN coalesce(r.japan_low_tco2, 0) ELSE r.tco2_low END) AS BIGINT) AS tco2_low,
    CAST(sum(CASE WHEN $share = 'japan' THEN coalesce(r.japan_high_tco2, 0) ELSE r.tco2_high END) AS BIGINT) AS tco2_high,
    CAST(sum(CASE WHEN NOT r.is_reported THEN 0 WHEN $share = 'japan' THEN coalesce(r.japan_low_tco2, 0) ELSE r.tco2_low END)
      AS BIGINT) AS reported_tco2,
    CAST(sum(CASE WHEN r.japan_low_tco2 IS NULL THEN r.tco2_high ELSE r.japan_high_tco2 - r.japan_low_tco2 END) AS BIGINT)
      AS unknown_share_tco2
  FROM history.rung_tonnes_as_of(CAST($as_of AS DATE)) AS r
  WHERE (
      CASE WHEN $dated_by = 'decision' THEN r.fiscal_year_dated ELSE r.fiscal_year END IS NULL
      OR CASE WHEN $dated_by = 'decision' THEN r.fiscal_year_dated ELSE r.fiscal_year END <= $until_fiscal_year
    )
    /* filters: r */
  GROUP BY 1, 2
),
counts AS (
  SELECT
    /* group: r */
    s.stage AS rung,
    sum(CASE WHEN s.in_target_scope THEN 1 ELSE 0 END) AS projects,
    sum(CASE WHEN s.in_target_scope AND s.annual_tco2 IS NOT NULL THEN 1 ELSE 0 END) AS projects_with_estimate,
    sum(CASE WHEN s.in_target_scope AND s.annual_tco2 IS NOT NULL AND s.start_on IS NOT NULL THEN 1 ELSE 0 END)
      AS projects_with_schedule,
    sum(CASE WHEN s.in_target_scope THEN 0 ELSE 1 END) AS projects_outside_scope
  FROM history.project_state AS s
  INNER JOIN history.project AS r ON r.project_id = s.project_id
  WHERE s.known_on <= CAST($as_of AS DATE)
    AND (s.known_until IS NULL OR s.known_until > CAST($as_of AS DATE))
    /* filters: r */
  GROUP BY 1, 2
),
events AS (
  SELECT
    /* group: r */
    r.rung,
    count(*) AS events,
    sum(CASE WHEN r.has_amount THEN 0 ELSE 1 END) AS events_without_amount
  FROM history.issuance_rung_as_of(CAST($as_of AS DATE)) AS r
  WHERE true
    /* filters: r */
  GROUP BY 1, 2
),
rungs AS (
  SELECT * FROM (VALUES
    (0, 'dormant', true), (1, 'pipeline', true), (2, 'validation', true), (3, 'registered', true), (4, 'notified', false), (5, 'issued', false),
    (6, 'japan', false), (7, 'itmo', false), (8, 'ndc', false), (9, 'withdrawn', true), (10, 'study', true)
  ) AS v (position, rung, counts_projects)
),
found AS (
  SELECT value FROM tonnes UNION SELECT value FROM counts UNION SELECT value FROM events
)
SELECT
  f.value,
  g.rung,
  CAST(CASE WHEN g.counts_projects THEN coalesce(c.projects, 0) END AS INTEGER) AS projects,
  CAST(CASE WHEN g.counts_projects THEN coalesce(c.projects_with_estimate, 0) END AS INTEGER) AS projects_with_estimate,
  CAST(CASE WHEN g.counts_projects THEN coalesce(c.projects_with_schedule, 0) END AS INTEGER) AS projects_with_schedule,
  CAST(CASE WHEN g.counts_projects THEN coalesce(c.projects_outside_scope, 0) END AS INTEGER) AS projects_outside_scope,
  CAST(CASE WHEN NOT g.counts_projects THEN coalesce(e.events, 0) END AS INTEGER) AS events,
  CAST(CASE WHEN NOT g.counts_projects THEN coalesce(e.events_without_amount, 0) END AS INTEGER) AS events_without_amount,
  CASE
    WHEN g.position < 4 THEN coalesce(t.tco2_low, 0)
    WHEN g.position < 9 AND e.events > e.events_without_amount THEN coalesce(t.tco2_low, 0)
  END AS tco2_low,
  CASE
    WHEN g.position < 4 THEN coalesce(t.tco2_high, 0)
    WHEN g.position < 9 AND e.events > e.events_without_amount THEN coalesce(t.tco2_high, 0)
  END AS tco2_high,
  CASE WHEN g.position < 9 THEN coalesce(t.reported_tco2, 0) END AS reported_tco2,
  CASE WHEN g.position < 9 THEN coalesce(t.unknown_share_tco2, 0) END AS unknown_share_tco2
FROM found AS f
CROSS JOIN rungs AS g
LEFT JOIN counts AS c ON c.rung = g.rung AND c.value = f.value
LEFT JOIN tonnes AS t ON t.rung = g.rung AND t.value = f.value
LEFT JOIN events AS e ON e.rung = g.rung AND e.value = f.value
ORDER BY f.value, g.position
