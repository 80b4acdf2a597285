-- title: Tonnes decided for issuance beside those expected for the same monitoring period, by event
-- title_ja: 発行決定量と同じモニタリング期間の見込量(発行ごと)
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: issuance_id | event | 発行
-- returns: project_id | project; null for several or none named | プロジェクト。複数又は記載なしは null
-- returns: iso3 | country, ISO 3166-1 alpha-3 | 国(ISO 3166-1 alpha-3)
-- returns: sector_number | sectoral scope, 0 for none stated or several | セクトラルスコープ番号。0は記載なし又は複数
-- returns: technology | technology, unstated for several or none named | 技術。unstated は複数又は記載なし
-- returns: period_start_on | start of the monitoring period; null where not known | モニタリング期間の始期。不明は null
-- returns: period_end_on | end of the monitoring period; null where not known | モニタリング期間の終期。不明は null
-- returns: period_days | days of the period, both ends included | モニタリング期間の日数(両端を含む)
-- returns: decided_tco2 | tonnes decided for issuance, both sides, tCO2; null where not known | 発行決定量(両国合計)、tCO2。不明は null
-- returns: annual_tco2 | annual estimate of the project, tCO2; null where not known | 案件の年間削減見込量、tCO2。不明は null
-- returns: expected_tco2 | annual estimate × days of the period ÷ 365, tCO2; null where not comparable | 年間削減見込量×期間の日数÷365、tCO2。比較できない場合は null
-- returns: ratio | decided ÷ expected; null where not comparable | 発行決定量÷見込量。比較できない場合は null
-- returns: lacks | why it cannot be compared: amount, project (several or none named), period or estimate; null where it can | 比較できない理由。amount(量が不明)、project(複数又は記載なし)、period(期間が不明)又は estimate(見込量が不明)。比較できる場合は null
WITH events AS (
  SELECT
    r.*,
    p.annual_tco2,
    CASE
      WHEN r.decided_tco2 IS NULL THEN 'amount'
      WHEN r.project_id IS NULL THEN 'project'
      WHEN r.period_days IS NULL THEN 'period'
      WHEN p.annual_tco2 IS NULL OR p.annual_tco2 = 0 THEN 'estimate'
    END AS lacks
  FROM (
    SELECT
      e.*, i.project_id, i.period_start_on, i.period_end_on, i.total_tco2 AS decided_tco2,
      date_diff('day', i.period_start_on, i.period_end_on) + 1 AS period_days
    FROM issuance_stage AS e
    INNER JOIN issuance AS i ON i.issuance_id = e.issuance_id
    WHERE e.rung = 'notified'
  ) AS r
  LEFT JOIN project_schedule AS p
    ON p.project_id = r.project_id
    AND p.known_on <= CAST($as_of AS DATE)
    AND (p.known_until IS NULL OR p.known_until > CAST($as_of AS DATE))
  WHERE r.known_on <= CAST($as_of AS DATE)
    /* filters: r */
)
SELECT
  issuance_id,
  project_id,
  iso3,
  CAST(coalesce(sector_number, 0) AS INTEGER) AS sector_number,
  coalesce(technology, 'unstated') AS technology,
  period_start_on,
  period_end_on,
  CAST(period_days AS INTEGER) AS period_days,
  decided_tco2,
  annual_tco2,
  CASE WHEN lacks IS NULL THEN CAST(annual_tco2 * period_days AS DOUBLE) / 365 END AS expected_tco2,
  CASE WHEN lacks IS NULL THEN CAST(decided_tco2 AS DOUBLE) * 365 / (annual_tco2 * period_days) END AS ratio,
  lacks
FROM events
ORDER BY issuance_id
