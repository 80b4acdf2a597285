-- title: Rows that failed a contract and are kept apart
-- title_ja: 検査に適合せず除外した行
-- returns: level | row (the row is in no table) or cell (the row is kept, the cell counts as empty) | row（行全体を除外）又は cell（行は保持し、当該セルを空欄として扱う）
-- returns: table_name | table | 表
-- returns: file | file | ファイル
-- returns: line | line in the file | 行番号
-- returns: column | column; null where the whole row is meant | 列。行全体の場合は null
-- returns: value | text of the cell; null where the whole row is meant | 値
-- returns: rule | rule that failed | 規則
-- returns: message_en | what was expected, English | 説明（英語）
-- returns: message_ja | what was expected, Japanese | 説明（日本語）
SELECT level, table_name, file, line, "column", value, rule, message_en, message_ja
FROM record.quarantine
ORDER BY file, line, "column" NULLS FIRST, rule
