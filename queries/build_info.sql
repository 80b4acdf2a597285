-- title: The data behind the page: version, dates, rows, rejects
-- title_ja: データの版、基準日、行数、除外行数
-- returns: data_version | hash of the inputs and of the code that built the warehouse | 入力とコードから求めた版番号
-- returns: data_as_of_on | day of the data | データの基準日
-- returns: first_on | day on which the first partner country signed: no view is taken of a day before it | 最初のパートナー国が署名した日。これより前の日の状況は示さない
-- returns: sources | sources held | 出典数
-- returns: projects | projects held, all stages | 案件数（全段階）
-- returns: events | issuance events held | 発行件数
-- returns: partners | partner countries held | パートナー国数
-- returns: rows_read | rows read from the files | 読込行数
-- returns: rows_rejected | rows that failed a contract and are kept apart | 除外行数
-- returns: checks_passed | identities that hold | 合格した整合性検査の数
-- returns: checks | identities checked | 整合性検査の数
-- returns: list_of_on | day of the list of projects: of its last copy accepted, or of a later reading that agreed with the record | プロジェクト一覧の時点（採用した最新の写し、又は記録と一致した後の読込日）
-- returns: list_cadence_days | days until the list is due again | 一覧の更新間隔の日数
SELECT
  b.data_version,
  b.data_as_of_on,
  b.first_on,
  CAST((SELECT count(*) FROM source) AS INTEGER) AS sources,
  CAST((SELECT count(*) FROM history.project) AS INTEGER) AS projects,
  CAST((SELECT count(*) FROM history.issuance) AS INTEGER) AS events,
  CAST((SELECT count(*) FROM partner_country) AS INTEGER) AS partners,
  CAST((SELECT sum(rows_read) FROM record.source_file) AS INTEGER) AS rows_read,
  CAST((SELECT sum(rows_rejected) FROM record.source_file) AS INTEGER) AS rows_rejected,
  CAST((SELECT sum(CASE WHEN is_passed THEN 1 ELSE 0 END) FROM record.check_result) AS INTEGER) AS checks_passed,
  CAST((SELECT count(*) FROM record.check_result) AS INTEGER) AS checks,
  (
    SELECT max(seen_on)
    FROM (
      SELECT coalesce(s.as_of_on, s.retrieved_on) AS seen_on
      FROM history.list_sighting AS l
      JOIN source AS s ON s.source_id = l.last_source_id
      WHERE l.source_code = 'jcm-projects'
      UNION ALL
      SELECT a.read_on
      FROM record.refresh_attempt AS a
      WHERE a.source_code = 'jcm-projects' AND a.outcome IN ('read', 'unchanged') AND a.proposed = 0
    ) AS seen
  ) AS list_of_on,
  (SELECT cadence_days FROM record.refresh_source WHERE source_code = 'jcm-projects') AS list_cadence_days
FROM record.build AS b
ORDER BY b.data_version
