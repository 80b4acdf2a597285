-- title: Values of each filter
-- title_ja: 絞り込みの選択肢
-- param: as_of DATE = data | projects known on this day; default is the day of the data | この日までに判明していた案件。既定値はデータの基準日
-- returns: filter | key of the filter | 絞り込みの項目
-- returns: value | value as used in parameters | パラメーターの値
-- returns: name_en | name, English | 名称（英語）
-- returns: name_ja | name, Japanese | 名称（日本語）
-- returns: projects | projects known on the day with the value, any stage | 基準日までに判明していた該当案件数（全段階）
WITH options AS (
  SELECT 'country' AS filter, iso3 AS value, name_en, name_ja, sequence AS position FROM partner_country
  UNION ALL
  SELECT 'sector', CAST(s.sector_number AS VARCHAR), s.name_en, n.name_ja, s.sector_number
  FROM sector AS s
  INNER JOIN sector_name AS n ON n.sector_number = s.sector_number
  UNION ALL
  SELECT 'sector', '0', 'Not stated', '記載なし', 99
  UNION ALL
  SELECT 'technology', technology, name_en, name_ja, 0 FROM technology
  UNION ALL
  SELECT 'programme', programme, name_en, name_ja, 0 FROM programme
  UNION ALL
  SELECT 'programme', 'unstated', 'Not stated', '記載なし', 99
  UNION ALL
  SELECT 'participant', participant_id, name_en, coalesce(name_ja, name_en), 0 FROM participant
  UNION ALL
  SELECT * FROM (VALUES
    ('funding', 'government', 'Government', '政府支援', 1),
    ('funding', 'private', 'Private', '民間資金', 2),
    ('funding', 'unknown', 'Not known', '不明', 3),
    ('status', 'pipeline', 'Selected or planned', '採択・計画', 1),
    ('status', 'validation', 'Under validation', '妥当性確認中', 2),
    ('status', 'registered', 'Registered', '登録済み', 3),
    ('status', 'dormant', 'Selected long ago, never listed', '選定後長期未掲載', 4),
    ('status', 'withdrawn', 'Withdrawn', '取下げ', 5),
    ('status', 'study', 'Study', '調査', 6)
  ) AS v (filter, value, name_en, name_ja, position)
),
held AS (
  SELECT r.project_id, r.iso3, r.sector_number, r.technology, r.programme, r.funding, r.stage, 1 AS known
  FROM project_as_of(CAST($as_of AS DATE)) AS r
  UNION ALL
  -- Values of the latest day stay in the list on every day; they count nothing.
  SELECT p.project_id, p.iso3, p.sector_number, p.technology, p.programme, p.funding, p.stage, 0 FROM project AS p
),
values_held AS (
  /* project_values: h */
),
used AS (
  SELECT v.filter, v.value, count(DISTINCT CASE WHEN v.known = 1 THEN v.project_id END) AS projects
  FROM values_held AS v
  GROUP BY v.filter, v.value
)
SELECT
  coalesce(u.filter, o.filter) AS filter, coalesce(u.value, o.value) AS value,
  coalesce(o.name_en, u.value) AS name_en, coalesce(o.name_ja, u.value) AS name_ja,
  CAST(coalesce(u.projects, 0) AS INTEGER) AS projects
FROM options AS o
FULL JOIN used AS u ON u.filter = o.filter AND u.value = o.value
WHERE o.filter IN ('country', 'funding', 'status') OR u.value IS NOT NULL
ORDER BY 1, coalesce(o.position, 0), 3, 2
