-- title: How much is known of the projects and issuance events of each partner country
-- title_ja: パートナー国別の案件及び発行に関する情報の充足状況
-- returns: iso3 | partner country | パートナー国
-- returns: sequence | order of signature | 署名の順番
-- returns: projects | projects in the record | 収録案件数
-- returns: listed | of these, projects on the latest list on record | うち収録している最新の一覧に掲載されている件数
-- returns: with_estimate | of these, projects with an annual estimate | うち年間見込量が判明している件数
-- returns: with_start | of these, projects whose start of operation is stated or verified | うち稼働開始日が公表又は検証されている件数
-- returns: events | issuance events in the record | 収録している発行の件数
-- returns: with_exact_amount | of these, events whose amount is known exactly | うち量が正確に判明している件数
-- returns: with_period | of these, events whose monitoring period is known at both ends | うちモニタリング期間の始期及び終期が判明している件数
-- returns: newest_on | day on which the newest fact of the country became known; null without any | 最新の事実が判明した日。なしは null
WITH listed AS (
  SELECT DISTINCT l.project_id FROM history.list_sighting AS l WHERE l.gone_source_id IS NULL
),
projects AS (
  SELECT
    p.iso3, count(*) AS projects, count(l.project_id) AS listed,
    count(coalesce(p.annual_tco2, p.annual_not_counted_tco2)) AS with_estimate,
    sum(CASE WHEN p.start_basis IN ('stated', 'verified') THEN 1 ELSE 0 END) AS with_start
  FROM project AS p
  LEFT JOIN listed AS l ON l.project_id = p.project_id
  GROUP BY p.iso3
),
events AS (
  SELECT
    i.iso3, count(*) AS events,
    sum(CASE WHEN i.amount_basis = 'exact' THEN 1 ELSE 0 END) AS with_exact_amount,
    sum(CASE WHEN i.period_start_on IS NOT NULL AND i.period_end_on IS NOT NULL THEN 1 ELSE 0 END) AS with_period
  FROM issuance AS i
  GROUP BY i.iso3
),
-- A project that lapses is no news: that state follows from time alone.
days AS (
  SELECT h.iso3, s.known_on
  FROM history.project_state AS s
  INNER JOIN history.project AS h ON h.project_id = s.project_id
  WHERE s.stage <> 'dormant'
  UNION ALL
  SELECT i.iso3, r.known_on
  FROM history.issuance_rung AS r
  INNER JOIN history.issuance AS i ON i.issuance_id = r.issuance_id
),
newest AS (
  SELECT d.iso3, max(d.known_on) AS newest_on
  FROM days AS d
  WHERE d.known_on <= (SELECT max(b.data_as_of_on) FROM record.build AS b)
  GROUP BY d.iso3
)
SELECT
  c.iso3, CAST(c.sequence AS INTEGER) AS sequence,
  CAST(coalesce(p.projects, 0) AS INTEGER) AS projects,
  CAST(coalesce(p.listed, 0) AS INTEGER) AS listed,
  CAST(coalesce(p.with_estimate, 0) AS INTEGER) AS with_estimate,
  CAST(coalesce(p.with_start, 0) AS INTEGER) AS with_start,
  CAST(coalesce(e.events, 0) AS INTEGER) AS events,
  CAST(coalesce(e.with_exact_amount, 0) AS INTEGER) AS with_exact_amount,
  CAST(coalesce(e.with_period, 0) AS INTEGER) AS with_period,
  n.newest_on
FROM partner_country AS c
LEFT JOIN projects AS p ON p.iso3 = c.iso3
LEFT JOIN events AS e ON e.iso3 = c.iso3
LEFT JOIN newest AS n ON n.iso3 = c.iso3
ORDER BY c.sequence
