-- title: Sources, and how many statements rest on each
-- title_ja: 出典と、それに基づく記載の件数
-- param: countries VARCHAR[] = null | partner countries whose facts rest on it; null for all | 対象国。null は全て
-- choices: countries = @country
-- param: sectors INTEGER[] = null | JCM scope numbers of the projects; null for all | 対象分野の番号。null は全て
-- choices: sectors = @sector
-- param: participants VARCHAR[] = null | participants of the projects; null for all | 案件の参加者。null は全て
-- choices: participants = @participant
-- returns: source_id | source | 出典
-- returns: publisher | publisher | 公表者
-- returns: kind | official, press, third-party copy or research | official（公的機関）、press（報道等）、third-party copy（第三者による写し）又は research（研究機関）
-- returns: reliability | official, press, research, copy or weak | official（公的機関）、press（報道等）、research（研究機関）、copy（写し）又は weak（単独では用いない）
-- returns: as_of_on | date of the page; null where it states none | 資料の日付。記載なしは null
-- returns: as_of_precision | precision of that date; null where it states none | 日付の精度。記載なしは null
-- returns: retrieved_on | day the page was read | 取得日
-- returns: url | address | 所在
-- returns: statements | projects, issuance events and statements that name it | これを出典とする案件・発行・公表値の件数
WITH used AS (
  SELECT l.source_id
  FROM project_source AS l
  INNER JOIN history.project AS p ON p.project_id = l.project_id
  WHERE (CAST($countries AS VARCHAR[]) IS NULL OR array_contains(CAST($countries AS VARCHAR[]), p.iso3))
    AND (CAST($sectors AS INTEGER[]) IS NULL OR array_contains(CAST($sectors AS INTEGER[]), coalesce(p.sector_number, 0)))
    AND (CAST($participants AS VARCHAR[]) IS NULL OR l.project_id IN (
      SELECT j.project_id FROM project_participant AS j WHERE array_contains(CAST($participants AS VARCHAR[]), j.participant_id)
    ))
  UNION ALL
  SELECT l.source_id
  FROM issuance_source AS l
  INNER JOIN history.issuance AS i ON i.issuance_id = l.issuance_id
  LEFT JOIN history.project AS p ON p.project_id = i.project_id
  WHERE (CAST($countries AS VARCHAR[]) IS NULL OR array_contains(CAST($countries AS VARCHAR[]), i.iso3))
    AND (CAST($sectors AS INTEGER[]) IS NULL OR array_contains(CAST($sectors AS INTEGER[]), coalesce(p.sector_number, 0)))
    AND (CAST($participants AS VARCHAR[]) IS NULL OR i.project_id IN (
      SELECT j.project_id FROM project_participant AS j WHERE array_contains(CAST($participants AS VARCHAR[]), j.participant_id)
    ))
  UNION ALL
  SELECT o.source_id
  FROM official_total AS o
  WHERE CAST($sectors AS INTEGER[]) IS NULL AND CAST($participants AS VARCHAR[]) IS NULL
    AND (CAST($countries AS VARCHAR[]) IS NULL OR o.scope IN (
      SELECT c.scope FROM statement_scope AS c WHERE array_contains(CAST($countries AS VARCHAR[]), c.iso3)
    ))
  UNION ALL
  SELECT c.source_id
  FROM partner_country AS c
  WHERE CAST($sectors AS INTEGER[]) IS NULL AND CAST($participants AS VARCHAR[]) IS NULL
    AND (CAST($countries AS VARCHAR[]) IS NULL OR array_contains(CAST($countries AS VARCHAR[]), c.iso3))
  UNION ALL
  SELECT m.source_id
  FROM milestone AS m
  WHERE CAST($sectors AS INTEGER[]) IS NULL AND CAST($countries AS VARCHAR[]) IS NULL AND CAST($participants AS VARCHAR[]) IS NULL
)
SELECT
  s.source_id, s.publisher, s.kind, s.reliability, s.as_of_on, s.as_of_precision, s.retrieved_on, s.url,
  CAST(count(*) AS BIGINT) AS statements
FROM used AS u
INNER JOIN source AS s ON s.source_id = u.source_id
GROUP BY s.source_id, s.publisher, s.kind, s.reliability, s.as_of_on, s.as_of_precision, s.retrieved_on, s.url
ORDER BY statements DESC, s.source_id
