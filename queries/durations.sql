-- title: Registered projects with the days from selection to registration to the first decision on issuance
-- title_ja: 登録済み案件の採択から登録、登録から最初の発行決定までの日数
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: project_id | project | 案件
-- returns: title_en | title, English | 題名（英語）
-- returns: title_ja | title, Japanese; null where not known | 題名（日本語）。不明は null
-- returns: iso3 | country, ISO 3166-1 alpha-3 | 国（ISO 3166-1 alpha-3）
-- returns: sector_number | sectoral scope, 0 for none stated | セクトラルスコープ番号。0は記載なし
-- returns: technology | technology | 技術
-- returns: fy_selected | fiscal year of the first selection; null where not known | 最初に採択された年度。不明は null
-- returns: registered_on | day of registration | 登録日
-- returns: first_decided_on | first decision on issuance in the record, or issuance where the decision has no date; null for none | 記録上最初の発行決定日（決定日不明の場合は発行日）。ない場合は null
-- returns: first_decided_precision | precision of that day: day, month or year | 同日の精度。day（日）、month（月）又は year（年）
-- returns: selection_to_registration_days | days from 1 April of the fiscal year of selection to registration; null where not known | 採択年度の4月1日から登録までの日数。不明は null
-- returns: registration_to_decision_days | days from registration to the first decision; null for none | 登録から最初の発行決定までの日数。ない場合は null
WITH first_decision AS (
  SELECT
    l.project_id,
    coalesce(i.decided_on, i.issued_on) AS decided_on,
    CASE WHEN i.decided_on IS NULL THEN i.issued_precision ELSE i.decided_precision END AS precision,
    row_number() OVER (PARTITION BY l.project_id ORDER BY coalesce(i.decided_on, i.issued_on), i.issuance_id) AS place
  FROM issuance_as_of(CAST($as_of AS DATE)) AS i
  INNER JOIN issuance_project AS l ON l.issuance_id = i.issuance_id
  WHERE i.decided_on IS NOT NULL OR i.issued_on IS NOT NULL
)
SELECT
  r.project_id,
  r.title_en,
  r.title_ja,
  r.iso3,
  CAST(coalesce(r.sector_number, 0) AS INTEGER) AS sector_number,
  coalesce(r.technology, 'unstated') AS technology,
  CAST(r.fy_selected AS INTEGER) AS fy_selected,
  r.registered_on,
  f.decided_on AS first_decided_on,
  f.precision AS first_decided_precision,
  CAST(date_diff('day', r.selected_from_on, r.registered_on) AS INTEGER)
    AS selection_to_registration_days,
  CAST(date_diff('day', r.registered_on, f.decided_on) AS INTEGER) AS registration_to_decision_days
FROM project_as_of(CAST($as_of AS DATE)) AS r
LEFT JOIN first_decision AS f ON f.project_id = r.project_id AND f.place = 1
WHERE r.in_target_scope
  AND r.stage = 'registered'
  /* filters: r */
ORDER BY r.project_id
