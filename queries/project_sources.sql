-- title: Sources of one project
-- title_ja: プロジェクトの出典
-- param: project VARCHAR = '' | project_id | プロジェクトの識別子
-- choices: project = @project
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: source_id | source | 出典
-- returns: publisher | publisher | 公表者
-- returns: kind | official, press, third-party copy or research | official(公的機関)、press(報道等)、third-party copy(第三者による写し)又は research(研究機関)
-- returns: as_of_on | date of the page; null where it states none | 資料の日付。記載なしは null
-- returns: as_of_precision | precision of that date; null where it states none | 日付の精度。記載なしは null
-- returns: url | address | 所在
SELECT s.source_id, s.publisher, s.kind, s.as_of_on, s.as_of_precision, s.url
FROM (
  SELECT DISTINCT trim(unnest(string_split(source_ids, ';'))) AS source_id FROM project WHERE project_id = $project
) AS k
INNER JOIN source AS s ON s.source_id = k.source_id
WHERE coalesce(s.as_of_on, (SELECT min(g.known_on) FROM project_stage AS g WHERE g.project_id = $project)) <= CAST($as_of AS DATE)
ORDER BY s.as_of_on DESC NULLS LAST, s.source_id
