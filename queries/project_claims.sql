-- title: What sources say of one project, and which was taken
-- title_ja: 案件に関する各資料の記載と採用の別
-- param: project VARCHAR = '' | project_id | 案件の識別子
-- choices: project = @project
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: field | what the statement is on | 項目
-- returns: value | what the source says | 資料の記載
-- returns: is_taken | whether it was taken | 採用したか
-- returns: figure_basis | what an annual estimate rests on; null for other fields | 年間見込量の根拠。他の項目は null
-- returns: claim_scope | what it is said of | 記載の対象
-- returns: as_of_on | date of the source; null where it states none | 資料の日付。記載なしは null
-- returns: as_of_precision | precision of that date; null where it states none | 日付の精度。記載なしは null
-- returns: publisher | publisher | 公表者
-- returns: url | address | 所在
-- returns: source_id | source | 出典
SELECT
  c.field, c.value, c.is_taken, c.figure_basis, c.claim_scope, s.as_of_on, s.as_of_precision, s.publisher, s.url, c.source_id
FROM project_claim_as_of(CAST($as_of AS DATE)) AS c
INNER JOIN source AS s ON s.source_id = c.source_id
WHERE c.project_id = $project
ORDER BY c.field, c.is_taken DESC, s.as_of_on DESC NULLS LAST, c.source_id, c.value
