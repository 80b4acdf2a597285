-- title: Participants of one project
-- title_ja: 案件の参加者
-- param: project VARCHAR = '' | project_id | 案件の識別子
-- choices: project = @project
-- returns: side | Japan or partner | Japan（日本側）又は partner（パートナー国側）
-- returns: position | place in the list, from 1 | 記載順（1から）
-- returns: participant | name as recorded | 記録における名称
-- returns: participant_id | participant | 参加者
-- returns: name_en | name, English | 名称（英語）
-- returns: name_ja | name, Japanese; null where none is known for certain | 名称（日本語）。確実な名称がない場合は null
SELECT j.side, j.position, j.participant, j.participant_id, p.name_en, p.name_ja
FROM project_participant AS j
INNER JOIN participant AS p ON p.participant_id = j.participant_id
WHERE j.project_id = $project
ORDER BY j.side, j.position
