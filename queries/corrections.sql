-- title: Corrections made to the facts
-- title_ja: 事実データの訂正
-- returns: correction_id | key | 識別子
-- returns: table_name | table corrected | 表
-- returns: row_key | row corrected | 行
-- returns: field | column corrected | 列
-- returns: expected_old | value that was expected and found; null for an empty cell | 訂正前の値。空欄は null
-- returns: new_value | value set; null for an empty cell | 訂正後の値
-- returns: reason_en | reason, English | 理由（英語）
-- returns: reason_ja | reason, Japanese | 理由（日本語）
-- returns: source_id | source | 出典
SELECT correction_id, table_name, row_key, field, expected_old, new_value, reason_en, reason_ja, source_id
FROM record.correction
ORDER BY correction_id
