-- title: Files read
-- title_ja: 読み込んだファイル
-- returns: file | file | ファイル
-- returns: table_name | table it fills | 表
-- returns: rows_read | rows read | 読込行数
-- returns: rows_kept | rows kept | 採用行数
-- returns: rows_rejected | rows rejected | 除外行数
-- returns: retrieved_on | day of retrieval; null for our own tables | 取得日。自作の表は null
-- returns: sha256 | hash of the file | ハッシュ値
-- returns: terms | licence or terms | 利用条件
-- returns: facts_of_on | latest day that the sources state; null for our own tables | 出典に記載された最新の日付。自作の表は null
-- returns: cadence_days | days until the source is due again, 0 for one that does not change; null for our own tables | 更新間隔の日数。更新されないものは0、自作の表は null
-- returns: cadence_en | why that often, English | 更新間隔の理由（英語）
-- returns: cadence_ja | why that often, Japanese | 更新間隔の理由（日本語）
SELECT
  file, table_name, rows_read, rows_kept, rows_rejected, retrieved_on, sha256, terms, facts_of_on, CAST(cadence_days AS INTEGER) AS cadence_days,
  cadence_en, cadence_ja
FROM record.source_file
ORDER BY file, table_name
