-- title: Sources of the annual estimate and of the project, project by project
-- title_ja: 各案件の見込量の出典及び主な出典
-- returns: project_id | project | 案件
-- returns: estimate_url | source of the annual estimate; null where none is known | 年間見込量の出典。不明は null
-- returns: first_url | first source of the project; null where none is named | 主な出典。記載なしは null
SELECT p.project_id, e.url AS estimate_url, f.url AS first_url
FROM project AS p
LEFT JOIN source AS e ON e.source_id = p.annual_source_id
LEFT JOIN project_source AS l ON l.project_id = p.project_id AND l.position = 1
LEFT JOIN source AS f ON f.source_id = l.source_id
ORDER BY p.project_id
