-- title: A project on the lists of the JCM: since when each status was seen there, and until when
-- title_ja: プロジェクト一覧への掲載状況（各状況を最初と最後に確認した日）
-- param: project VARCHAR = '' | project_id | 案件の識別子
-- choices: project = @project
-- param: as_of DATE = data | copies of lists known on this day; default is the day of the data | この日までに確認した一覧の写し。既定値はデータの基準日
-- returns: status | registered, validation or withdrawn | registered（登録済み）、validation（妥当性確認中）又は withdrawn（取下げ）
-- returns: first_on | day of the first copy with this status | この状況を最初に確認した写しの日
-- returns: last_on | day of the last copy with this status | この状況を最後に確認した写しの日
-- returns: gone_on | day of the first copy without the project; null while it is listed | 掲載がなくなった最初の写しの日。掲載中は null
SELECT
  l.status,
  f.known_on AS first_on,
  least(n.known_on, CAST($as_of AS DATE)) AS last_on,
  CASE WHEN g.known_on <= CAST($as_of AS DATE) THEN g.known_on END AS gone_on
FROM history.list_sighting AS l
INNER JOIN source AS f ON f.source_id = l.first_source_id
INNER JOIN source AS n ON n.source_id = l.last_source_id
LEFT JOIN source AS g ON g.source_id = l.gone_source_id
WHERE l.project_id = $project AND f.known_on <= CAST($as_of AS DATE)
ORDER BY f.known_on, l.status
