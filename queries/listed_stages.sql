-- title: Projects that a list named under validation or withdrawn, with the first day of each
-- title_ja: 一覧に妥当性確認中又は取下げとして掲載された案件と、その最初の日
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: project_id | project | 案件
-- returns: listed_on | first day known as under validation; null where not | 妥当性確認中と判明した最初の日。該当しない場合は null
-- returns: withdrawn_on | first day known as withdrawn; null where not | 取下げと判明した最初の日。該当しない場合は null
SELECT
  s.project_id,
  min(CASE WHEN s.stage = 'validation' THEN s.known_on END) AS listed_on,
  min(CASE WHEN s.stage = 'withdrawn' THEN s.known_on END) AS withdrawn_on
FROM history.project_state AS s
WHERE s.stage IN ('validation', 'withdrawn') AND s.known_on <= CAST($as_of AS DATE)
GROUP BY s.project_id
ORDER BY s.project_id
