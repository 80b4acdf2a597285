-- title: What the plausibility rules find doubtful, and why it stands
-- title_ja: 妥当性の規則による指摘と、そのまま収録する理由
-- returns: rule_code | rule | 規則
-- returns: level | hold: needs an acknowledgement with a reason; tell: is told | hold（理由を付した確認が必要）又は tell（通知のみ）
-- returns: table_name | table | 表
-- returns: row_key | row | 行
-- returns: subject | what the finding is about | 対象
-- returns: value | value found doubtful | 指摘された値
-- returns: tco2 | tonnes concerned, tCO2; null where none are | 関係する量、tCO2。該当しない場合は null
-- returns: message_en | what is doubtful, English | 指摘の内容（英語）
-- returns: message_ja | what is doubtful, Japanese | 指摘の内容（日本語）
-- returns: is_acknowledged | whether someone looked into it and gave a reason | 確認し、理由を記したか
-- returns: reason_en | why it stands, English; null where it is only told | そのまま収録する理由（英語）。通知のみの場合は null
-- returns: reason_ja | why it stands, Japanese; null where it is only told | 同（日本語）。通知のみの場合は null
SELECT rule_code, level, table_name, row_key, subject, value, tco2, message_en, message_ja, is_acknowledged, reason_en, reason_ja
FROM record.finding
ORDER BY rule_code, table_name, row_key, value
