-- title: Every project with its titles
-- title_ja: 全案件の識別子及び題名
-- returns: project_id | project | 案件
-- returns: title_en | title, English | 題名（英語）
-- returns: title_ja | title, Japanese; null where there is none | 題名（日本語）。ない場合は null
SELECT project_id, title_en, title_ja FROM history.project ORDER BY project_id
