-- title: Sources of one project
-- title_ja: 案件の出典
-- param: project VARCHAR = '' | project_id | 案件の識別子
-- choices: project = @project
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: source_id | source | 出典
-- returns: publisher | publisher | 公表者
-- returns: kind | official, press, third-party copy or research | official（公的機関）、press（報道等）、third-party copy（第三者による写し）又は research（研究機関）
-- returns: reliability | official, press, research, copy or weak | official（公的機関）、press（報道等）、research（研究機関）、copy（写し）又は weak（単独では用いない）
-- returns: as_of_on | date of the page; null where it states none | 資料の日付。記載なしは null
-- returns: as_of_precision | precision of that date; null where it states none | 日付の精度。記載なしは null
-- returns: url | address | 所在
SELECT s.source_id, s.publisher, s.kind, s.reliability, s.as_of_on, s.as_of_precision, s.url
FROM project_source AS l
INNER JOIN source AS s ON s.source_id = l.source_id
-- An undated page is taken to be known with its project.
WHERE l.project_id = $project
  AND coalesce(
    s.as_of_on, (SELECT min(g.known_on) FROM history.project_state AS g WHERE g.project_id = $project)
  ) <= CAST($as_of AS DATE)
ORDER BY s.as_of_on DESC NULLS LAST, s.source_id
