-- title: Participants of projects, with what the projects with their participation come to
-- title_ja: 参加者別の案件数及び参加案件の量
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- param: by VARCHAR = 'participant' | participant, or group for a group and all its members as one | participant（参加者）又は group（グループをまとめて1者とする）
-- choices: by = participant, group
-- param: side VARCHAR = 'both' | both, japan or partner: those who take part on this side | both（両方）、japan（日本側）又は partner（パートナー国側）として参加する者
-- choices: side = both, japan, partner
-- param: words VARCHAR[] = null | folded words that the names of the participant must all hold; null for all | 検索語（正規化済み）。名称に全てを含む参加者に限る。null はすべて
-- param: sort VARCHAR = 'projects' | projects, expected, notified or name | 並べ替え。projects（案件数）、expected（見込み累計）、notified（発行決定量）又は name（名称）
-- choices: sort = projects, expected, notified, name
-- param: first_year INTEGER = 2030 | expected tonnes up to the end of this fiscal year | この年度末までの見込量
-- param: last_year INTEGER = 2040 | and up to the end of this one | 同じく後の年度
-- returns: participant_id | participant, or the one that leads the group | 参加者。グループの場合は中心となる者
-- returns: name_en | name, English | 名称（英語）
-- returns: name_ja | name, Japanese; null where none is known for certain | 名称（日本語）。確実な名称がない場合は null
-- returns: is_resolved | whether it is in the vocabulary of participants | 用語表にあるか
-- returns: side | Japan, partner or both | Japan（日本側）、partner（パートナー国側）又は both（両方）
-- returns: group_id | its group; null where none is known for certain | 属するグループ。確実に判明していない場合は null
-- returns: group_name_en | name of its group, English; null without one | グループの名称（英語）。なしは null
-- returns: group_name_ja | name of its group, Japanese; null where none is known | グループの名称（日本語）。なしは null
-- returns: members | participants that are taken together | まとめた参加者の数
-- returns: projects | projects with its participation, any stage | 参加案件数（全段階）
-- returns: counted | of these, projects whose tonnes count | うち集計対象の案件数
-- returns: with_estimate | of these, projects with an annual estimate | うち年間見込量が判明している案件数
-- returns: iso3_codes | countries of the projects, codes separated by ; | 案件の国のコード（「;」区切り）
-- returns: technologies | technologies of the projects, separated by ; | 案件の技術（「;」区切り）
-- returns: fy_first | earliest fiscal year of selection; null where none is known | 最初の採択年度。不明は null
-- returns: fy_last | latest fiscal year of selection; null where none is known | 最後の採択年度。不明は null
-- returns: annual_tco2 | annual estimates of projects that count, tCO2; null where none is known | 集計対象案件の年間見込量、tCO2。不明は null
-- returns: expected_first_tco2 | expected tonnes of its projects by first_year, tCO2; null where nothing is known | 参加案件の first_year までの見込量、tCO2。不明は null
-- returns: expected_last_tco2 | expected tonnes of its projects by last_year, tCO2; null where nothing is known | 参加案件の last_year までの見込量、tCO2。不明は null
-- returns: events | issuance events of its projects, each of one project | 参加案件の発行件数（1案件のもの）
-- returns: shared_events | issuance events of several projects together, one of them its own; in no sum here | 参加案件を含む複数案件一括の発行件数。量には含めない
-- returns: notified_low_tco2 | tonnes of its projects decided for issuance, low end, tCO2; null where no amount is known | 参加案件の発行決定量（下限）、tCO2。量が判明していない場合は null
-- returns: notified_high_tco2 | the same, high end as far as known, tCO2 | 同じく上限（判明している範囲）、tCO2
-- returns: reported_tco2 | of notified_low_tco2, tonnes that rest on weak sources alone, tCO2 | notified_low_tco2 のうち単独では用いない出典のみに基づく量、tCO2
-- returns: issued_low_tco2 | of these, issued, low end, tCO2; null where none is known | うち発行済み（下限）、tCO2。不明は null
-- returns: issued_high_tco2 | the same, high end, tCO2 | 同じく上限、tCO2
-- returns: japan_low_tco2 | of these, of the Japanese side, where the share is stated, low end, tCO2; null where no share is | うち日本側（配分が公表されている分、下限）、tCO2。配分が不明な場合は null
-- returns: japan_high_tco2 | the same, high end, tCO2 | 同じく上限、tCO2
WITH held AS (
  SELECT r.project_id, r.iso3, r.technology, r.fy_selected, r.is_counted, r.annual_tco2
  FROM project_as_of(CAST($as_of AS DATE)) AS r
  WHERE true
    /* filters: r */
),
named AS (
  SELECT
    p.participant_id AS member_id,
    CASE WHEN $by = 'group' THEN coalesce(p.group_id, p.participant_id) ELSE p.participant_id END AS participant_id
  FROM participant AS p
  WHERE NOT EXISTS (
    SELECT 1 FROM (SELECT unnest(CAST($words AS VARCHAR[])) AS word) AS w, record.participant_search AS x
    WHERE x.participant_id = p.participant_id AND NOT contains(x.text, w.word)
  )
),
roles AS (
  SELECT n.participant_id, n.member_id, j.project_id, j.side
  FROM project_participant AS j
  INNER JOIN named AS n ON n.member_id = j.participant_id
  WHERE $side = 'both' OR lower(j.side) = $side
),
-- A project counts once, however many members of a group take part in it, and on whichever side.
taking_part AS (
  SELECT DISTINCT o.participant_id, h.project_id, h.iso3, h.technology, h.fy_selected, h.is_counted, h.annual_tco2
  FROM roles AS o
  INNER JOIN held AS h ON h.project_id = o.project_id
),
expected AS (
  SELECT
    e.project_id,
    CAST(sum(CASE WHEN e.fiscal_year <= $first_year THEN e.tco2 ELSE 0 END) AS BIGINT) AS first_tco2,
    CAST(sum(CASE WHEN e.fiscal_year <= $last_year THEN e.tco2 ELSE 0 END) AS BIGINT) AS last_tco2
  FROM history.expected AS e
  WHERE e.rung <> 'dormant' AND e.known_on <= CAST($as_of AS DATE) AND (e.known_until IS NULL OR e.known_until > CAST($as_of AS DATE))
  GROUP BY e.project_id
),
known AS (
  SELECT * FROM issuance_as_of(CAST($as_of AS DATE))
),
-- A Japanese part that may be nothing or the whole is not stated.
decided AS (
  SELECT
    i.project_id, count(*) AS events, sum(i.tco2_low) AS low, sum(i.tco2_high) AS high,
    sum(CASE WHEN i.tco2_low IS NULL THEN NULL WHEN i.is_reported THEN i.tco2_low ELSE 0 END) AS reported,
    sum(i.issued_low_tco2) AS issued_low, sum(i.issued_high_tco2) AS issued_high,
    sum(CASE WHEN i.japan_low_tco2 > 0 OR i.japan_high_tco2 < i.issued_high_tco2 THEN i.japan_low_tco2 END) AS japan_low,
    sum(CASE WHEN i.japan_low_tco2 > 0 OR i.japan_high_tco2 < i.issued_high_tco2 THEN i.japan_high_tco2 END) AS japan_high
  FROM known AS i
  GROUP BY i.project_id
),
shared AS (
  SELECT t.participant_id, count(DISTINCT i.issuance_id) AS events
  FROM known AS i
  INNER JOIN issuance_project AS l ON l.issuance_id = i.issuance_id
  INNER JOIN taking_part AS t ON t.project_id = l.project_id
  WHERE i.project_id IS NULL
  GROUP BY t.participant_id
),
sides AS (
  SELECT
    o.participant_id, count(DISTINCT o.member_id) AS members,
    CASE WHEN min(o.side) = max(o.side) THEN min(o.side) ELSE 'both' END AS side
  FROM roles AS o
  INNER JOIN held AS h ON h.project_id = o.project_id
  GROUP BY o.participant_id
),
countries AS (
  SELECT d.participant_id, string_agg(d.iso3, ';' ORDER BY d.iso3) AS iso3_codes
  FROM (SELECT DISTINCT t.participant_id, t.iso3 FROM taking_part AS t) AS d
  GROUP BY d.participant_id
),
technologies AS (
  SELECT d.participant_id, string_agg(d.technology, ';' ORDER BY d.technology) AS technologies
  FROM (SELECT DISTINCT t.participant_id, t.technology FROM taking_part AS t) AS d
  GROUP BY d.participant_id
),
sums AS (
  SELECT
    t.participant_id, count(*) AS projects, sum(CASE WHEN t.is_counted THEN 1 ELSE 0 END) AS counted,
    count(t.annual_tco2) AS with_estimate, min(t.fy_selected) AS fy_first, max(t.fy_selected) AS fy_last,
    sum(t.annual_tco2) AS annual, sum(e.first_tco2) AS expected_first, sum(e.last_tco2) AS expected_last, sum(d.events) AS events,
    sum(d.low) AS low, sum(d.high) AS high, sum(d.reported) AS reported, sum(d.issued_low) AS issued_low,
    sum(d.issued_high) AS issued_high, sum(d.japan_low) AS japan_low, sum(d.japan_high) AS japan_high
  FROM taking_part AS t
  LEFT JOIN expected AS e ON e.project_id = t.project_id
  LEFT JOIN decided AS d ON d.project_id = t.project_id
  GROUP BY t.participant_id
)
SELECT
  s.participant_id, p.name_en, p.name_ja, p.is_resolved, i.side, p.group_id, g.name_en AS group_name_en, g.name_ja AS group_name_ja,
  CAST(i.members AS INTEGER) AS members, CAST(s.projects AS INTEGER) AS projects, CAST(s.counted AS INTEGER) AS counted,
  CAST(s.with_estimate AS INTEGER) AS with_estimate, c.iso3_codes, h.technologies, s.fy_first, s.fy_last,
  CAST(s.annual AS BIGINT) AS annual_tco2, CAST(s.expected_first AS BIGINT) AS expected_first_tco2,
  CAST(s.expected_last AS BIGINT) AS expected_last_tco2, CAST(coalesce(s.events, 0) AS INTEGER) AS events,
  CAST(coalesce(a.events, 0) AS INTEGER) AS shared_events,
  CAST(s.low AS BIGINT) AS notified_low_tco2, CAST(s.high AS BIGINT) AS notified_high_tco2, CAST(s.reported AS BIGINT) AS reported_tco2,
  CAST(s.issued_low AS BIGINT) AS issued_low_tco2, CAST(s.issued_high AS BIGINT) AS issued_high_tco2,
  CAST(s.japan_low AS BIGINT) AS japan_low_tco2, CAST(s.japan_high AS BIGINT) AS japan_high_tco2
FROM sums AS s
INNER JOIN participant AS p ON p.participant_id = s.participant_id
INNER JOIN sides AS i ON i.participant_id = s.participant_id
INNER JOIN countries AS c ON c.participant_id = s.participant_id
INNER JOIN technologies AS h ON h.participant_id = s.participant_id
LEFT JOIN participant AS g ON g.participant_id = p.group_id
LEFT JOIN shared AS a ON a.participant_id = s.participant_id
ORDER BY
  CASE WHEN $sort = 'expected' THEN s.expected_first WHEN $sort = 'notified' THEN s.low WHEN $sort = 'projects' THEN s.projects END
    DESC NULLS LAST,
  p.name_en, s.participant_id
