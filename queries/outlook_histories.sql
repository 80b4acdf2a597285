-- title: Every project known on a day with its selection, listing, registration, first issuance decision and withdrawal
-- title_ja: 判明している全案件の採択・一覧掲載・登録・初回発行決定・取下げ（基準日時点）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: project_id | project | 案件
-- returns: stage | pipeline, dormant, validation, registered or withdrawn | 段階
-- returns: programme | programme, unstated for none | 支援事業。unstated は記載なし
-- returns: funding | government, private or unknown | government（政府）、private（民間）又は unknown（不明）
-- returns: fy_selected | fiscal year of selection; null where not known on the day | 採択年度。基準日に不明な場合は null
-- returns: listed_on | first day known on which the JCM list named it; null where not listed | 一覧掲載が確認できる最初の日。未掲載は null
-- returns: registered_on | registration; null where not registered on the day | 登録日。基準日に未登録の場合は null
-- returns: first_decided_on | first decision to have credits issued, else issue or announcement; null for none | 初回の発行決定日（不明な場合は発行日又は公表日）。なければ null
-- returns: withdrawn_on | first day known as withdrawn; null where not withdrawn | 取下げが確認できる最初の日。取下げでない場合は null
WITH listing AS (
  SELECT
    s.project_id,
    min(s.known_on) FILTER (WHERE s.stage IN ('validation', 'registered', 'withdrawn')) AS listed_on,
    min(s.known_on) FILTER (WHERE s.stage = 'withdrawn') AS withdrawn_on
  FROM history.project_state AS s
  WHERE s.known_on <= CAST($as_of AS DATE)
  GROUP BY s.project_id
), decisions AS (
  SELECT l.project_id, min(coalesce(i.decided_on, i.issued_on, i.announced_on)) AS first_decided_on
  FROM issuance_project AS l
  INNER JOIN issuance_as_of(CAST($as_of AS DATE)) AS i ON i.issuance_id = l.issuance_id
  GROUP BY l.project_id
)
SELECT
  r.project_id, r.stage, coalesce(r.programme, 'unstated') AS programme, coalesce(r.funding, 'unknown') AS funding,
  r.fy_selected, l.listed_on, r.registered_on, d.first_decided_on,
  CASE WHEN r.stage = 'withdrawn' THEN l.withdrawn_on END AS withdrawn_on
FROM project_as_of(CAST($as_of AS DATE)) AS r
INNER JOIN listing AS l ON l.project_id = r.project_id
LEFT JOIN decisions AS d ON d.project_id = r.project_id
WHERE (r.in_target_scope OR r.stage = 'withdrawn') AND r.stage <> 'study'
  /* filters: r */
ORDER BY r.project_id
