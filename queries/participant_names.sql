-- title: Recorded names of participants, and whose name each is
-- title_ja: 記録における参加者の名称と対応する参加者
-- returns: participant | name as recorded; null for one that no list names, which leads a group | 記録における名称。案件に記載がなくグループの中心となる者は null
-- returns: participant_id | participant | 参加者
-- returns: name_en | name of the participant, English | 参加者の名称（英語）
-- returns: name_ja | name of the participant, Japanese; null where none is known for certain | 参加者の名称（日本語）。確実な名称がない場合は null
-- returns: is_resolved | whether the participant is in the vocabulary | 用語表にあるか
-- returns: projects | projects whose lists have the name | この名称で記録されている案件数
-- returns: reason | what an alias is: spelling, abbreviation, renamed, merged, remark or country; null where the name itself tells | 別名の種別。名称から判別できる場合は null
-- returns: reason_en | the reason in words, English; null where the name itself tells | 理由（英語）。名称から判別できる場合は null
-- returns: reason_ja | the same in Japanese | 同（日本語）
SELECT
  j.participant, p.participant_id, p.name_en, p.name_ja, p.is_resolved, CAST(count(DISTINCT j.project_id) AS INTEGER) AS projects,
  max(a.reason) AS reason, max(a.reason_en) AS reason_en, max(a.reason_ja) AS reason_ja
FROM participant AS p
LEFT JOIN project_participant AS j ON j.participant_id = p.participant_id
LEFT JOIN participant_alias AS a ON a.alias = j.participant AND a.participant_id = j.participant_id
GROUP BY j.participant, p.participant_id, p.name_en, p.name_ja, p.is_resolved
ORDER BY lower(p.name_en), p.participant_id, j.participant
