-- title: Tables and columns of the data file, with their meaning
-- title_ja: データファイルの表及び列の定義
-- returns: table_name | table | 表の名称
-- returns: table_en | what the table holds, English | 表の内容（英語）
-- returns: table_ja | what the table holds, Japanese | 表の内容（日本語）
-- returns: table_rows | rows in the table; null for a view | 行数。ビューは null
-- returns: position | position of the column in its table, from 1 | 表の中の列の順番（1から）
-- returns: column_name | column | 列の名称
-- returns: sql_type | type in SQL | SQLの型
-- returns: is_key | whether the column is part of the key | キーの一部か
-- returns: unit | unit; null where there is none | 単位。ない場合は null
-- returns: refers_to | column of another table whose keys its values are; null for none | 参照先の列（表.列）。ない場合は null
-- returns: is_list | whether a cell holds several values, separated by semicolons | セミコロン区切りの複数値か
-- returns: terms | the values it can have, separated by semicolons; null where not closed | 取り得る値。限定なしは null
-- returns: least | smallest value allowed; null for no limit | 許容される最小値。限度なしは null
-- returns: most | largest value allowed; null for no limit | 許容される最大値。限度なしは null
-- returns: meaning_en | what the column is, English | 列の内容（英語）
-- returns: meaning_ja | what the column is, Japanese | 列の内容（日本語）
-- returns: null_en | what null means, English; null where the column never is | 空欄の意味（英語）。空欄にならない場合は null
-- returns: null_ja | what null means, Japanese; null where the column never is | 空欄の意味（日本語）。空欄にならない場合は null
SELECT
  table_name, table_en, table_ja, table_rows, position, column_name, sql_type, is_key, unit, refers_to,
  is_list, terms, least, most, meaning_en, meaning_ja, null_en, null_ja
FROM record.column_meaning
ORDER BY table_name, position
