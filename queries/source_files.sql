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
SELECT file, table_name, rows_read, rows_kept, rows_rejected, retrieved_on, sha256, terms
FROM source_file
ORDER BY file, table_name
