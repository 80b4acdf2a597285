-- title: Days of the copies of lists of projects that are on record
-- title_ja: 記録しているプロジェクト一覧の写しの日付
-- param: as_of DATE = data | copies known on this day; default is the day of the data | この日までに確認した一覧の写し。既定値はデータの基準日
-- returns: copy_on | day from which a copy is known | 写しの日
SELECT DISTINCT s.known_on AS copy_on
FROM source AS s
WHERE s.known_on <= CAST($as_of AS DATE) AND s.source_id IN (
  SELECT p.source_id FROM project_list AS p
  UNION ALL
  SELECT l.first_source_id FROM history.list_sighting AS l
  UNION ALL
  SELECT l.last_source_id FROM history.list_sighting AS l
  UNION ALL
  SELECT l.gone_source_id FROM history.list_sighting AS l WHERE l.gone_source_id IS NOT NULL
)
ORDER BY copy_on
