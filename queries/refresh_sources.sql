-- title: Sources that a refresh reads: the day of what the record holds of each, and its last attempt
-- title_ja: 更新時に読み込む出典（収録内容の時点と直近の読み込み結果）
-- returns: source_code | code of the source | 出典のコード
-- returns: title_en | what it is, English | 名称（英語）
-- returns: title_ja | what it is, Japanese | 名称（日本語）
-- returns: publisher | who publishes it | 公表者
-- returns: url | address; {letters} stands for the letters of each partner | 所在。{letters}は各パートナー国の文字
-- returns: is_fetched | whether a refresh fetches it; else a person saves it | 自動で取得するか。取得しない場合は利用者が保存する
-- returns: cadence_days | days until it is due again | 更新間隔の日数
-- returns: cadence_en | why that often, English | 更新間隔の理由（英語）
-- returns: cadence_ja | why that often, Japanese | 更新間隔の理由（日本語）
-- returns: held_on | day of the latest state of the source that the record holds; null where not known | 収録している最新の内容の時点。不明は null
-- returns: held_basis | list (copy of the list that its rows were seen on), copy (accepted copy of the source), publisher (copy by somebody else) or table (newest day stated in the table it fills); null where not known | list（掲載を確認した一覧の写し）、copy（採用した写し）、publisher（第三者による写し）又は table（対象の表に記載された最新の日付）。不明は null
-- returns: agreed_on | day of the last reading, where the record agrees with it: nothing failed, was set aside or is open; null otherwise | 直近の読み込みの日（失敗、解釈できない行及び未決の提案がない場合）。それ以外は null
-- returns: open_proposals | proposals from it that nobody has decided on | 未決の提案の数
-- returns: tried_on | day of the last attempt; null where it was never tried | 直近の読み込みの実施日。未実施は null
-- returns: outcome | read, unchanged, partly (some documents were not read) or failed; null where it was never tried | read（読込済み）、unchanged（変更なし）、partly（一部のみ）又は failed（失敗）。未実施は null
-- returns: read_on | day on which it was last read; null where it never was | 最後に読み込んだ日。未実施は null
-- returns: documents | documents read; null where it was never tried | 読み込んだ資料数。未実施は null
-- returns: observed | rows read; null where it was never tried | 読み込んだ行数。未実施は null
-- returns: set_aside | rows not understood; null where it was never tried | 解釈できなかった行数。未実施は null
-- returns: message_en | what happened, English; null where it was never tried | 結果（英語）。未実施は null
-- returns: message_ja | what happened, Japanese; null where it was never tried | 結果（日本語）。未実施は null
WITH seen AS (
  SELECT l.source_code, l.last_source_id AS source_id FROM history.list_sighting AS l
  UNION
  SELECT g.source_code, g.gone_source_id AS source_id FROM history.list_sighting AS g WHERE g.gone_source_id IS NOT NULL
),
days AS (
  SELECT n.source_code, 'list' AS basis, max(coalesce(s.as_of_on, s.retrieved_on)) AS held_on
  FROM seen AS n
  INNER JOIN source AS s ON s.source_id = n.source_id
  GROUP BY n.source_code
  UNION ALL
  SELECT r.source_code, 'copy' AS basis, max(coalesce(s.as_of_on, s.retrieved_on)) AS held_on
  FROM record.refresh_source AS r
  INNER JOIN source AS s ON substr(s.source_id, 1, length(r.source_code) + 1) = r.source_code || '-'
  GROUP BY r.source_code
  UNION ALL
  -- Before the first refresh, the record took these from copies in public repositories.
  SELECT r.source_code, 'publisher' AS basis, max(s.as_of_on) AS held_on
  FROM record.refresh_source AS r
  INNER JOIN source AS s ON substr(s.publisher, 1, length(r.publisher) + 1) = r.publisher || ',' AND s.as_of_on IS NOT NULL
  GROUP BY r.source_code
  UNION ALL
  SELECT r.source_code, 'table' AS basis, max(f.facts_of_on) AS held_on
  FROM record.refresh_source AS r
  INNER JOIN record.source_file AS f
    ON f.table_name = CASE r.source_code
      WHEN 'jcm-projects' THEN 'project' WHEN 'jcm-issuances' THEN 'issuance' WHEN 'jcm-methodologies' THEN 'methodology'
    END
    AND f.facts_of_on IS NOT NULL
  GROUP BY r.source_code
),
-- What is of the source itself goes before what others say of it.
ranked AS (
  SELECT
    d.source_code, d.basis, d.held_on,
    row_number() OVER (
      PARTITION BY d.source_code
      ORDER BY
        CASE WHEN d.basis IN ('list', 'copy') THEN 1 WHEN d.basis = 'publisher' THEN 2 ELSE 3 END, d.held_on DESC, d.basis DESC
    ) AS place
  FROM days AS d
),
waiting AS (
  SELECT p.source_code, count(*) AS proposals FROM record.proposal AS p WHERE p.decided_on IS NULL GROUP BY p.source_code
)
SELECT
  r.source_code, r.title_en, r.title_ja, r.publisher, r.url, r.is_fetched, CAST(r.cadence_days AS INTEGER) AS cadence_days,
  r.cadence_en, r.cadence_ja, h.held_on, h.basis AS held_basis,
  CASE WHEN a.outcome IN ('read', 'unchanged') AND a.set_aside = 0 AND w.proposals IS NULL THEN a.read_on END AS agreed_on,
  CAST(coalesce(w.proposals, 0) AS INTEGER) AS open_proposals,
  a.tried_on, a.outcome, a.read_on, CAST(a.documents AS INTEGER) AS documents, CAST(a.observed AS INTEGER) AS observed,
  CAST(a.set_aside AS INTEGER) AS set_aside, a.message_en, a.message_ja
FROM record.refresh_source AS r
LEFT JOIN ranked AS h ON h.source_code = r.source_code AND h.place = 1
LEFT JOIN record.refresh_attempt AS a ON a.source_code = r.source_code
LEFT JOIN waiting AS w ON w.source_code = r.source_code
ORDER BY h.held_on NULLS LAST, r.source_code
