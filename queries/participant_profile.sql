-- title: Who a participant is: its names, its group and the groups' members
-- title_ja: 参加者の名称、グループ及び同一グループの参加者
-- param: participant VARCHAR = '' | participant_id | 参加者の識別子
-- choices: participant = @participant
-- returns: participant_id | the participant, then the others of its group | 参加者。続いて同じグループの他の参加者
-- returns: name_en | name, English | 名称（英語）
-- returns: name_ja | name, Japanese; null where none is known for certain | 名称（日本語）。確実な名称がない場合は null
-- returns: iso3 | country of its seat; null where not known for certain | 所在国。確実には不明な場合は null
-- returns: is_resolved | whether it is in the vocabulary of participants | 用語表にあるか
-- returns: is_leader | whether it leads the group | グループの中心となる者か
-- returns: group_id | its group; null where none is known for certain | 属するグループ。確実に判明していない場合は null
-- returns: group_reason_en | why it belongs to the group, English; null without one | グループに属するとする理由（英語）。なしは null
-- returns: group_reason_ja | the same in Japanese | 同（日本語）
-- returns: note | remark; null where there is none | 備考。なしは null
WITH asked AS (
  SELECT p.participant_id, coalesce(p.group_id, p.participant_id) AS group_id FROM participant AS p WHERE p.participant_id = $participant
)
SELECT
  p.participant_id, p.name_en, p.name_ja, p.iso3, p.is_resolved, p.participant_id = a.group_id AS is_leader, p.group_id,
  p.group_reason_en, p.group_reason_ja, p.note
FROM participant AS p
INNER JOIN asked AS a ON p.participant_id = a.group_id OR p.group_id = a.group_id
ORDER BY CASE WHEN p.participant_id = a.participant_id THEN 0 WHEN p.participant_id = a.group_id THEN 1 ELSE 2 END, p.name_en, p.participant_id
