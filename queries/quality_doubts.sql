-- title: Findings and rejected rows or cells, counted by rule
-- title_ja: 規則別の指摘件数と除外件数
-- returns: kind | finding (kept, but doubtful) or rejected (kept apart) | finding（収録しているが疑義あり）又は rejected（除外）
-- returns: rule_code | rule | 規則
-- returns: level | of a finding hold (needs an acknowledgement) or tell (is told only); of what is rejected row or cell | 指摘は hold（確認が必要）又は tell（通知のみ）、除外は row（行）又は cell（セル）
-- returns: total | findings, or rejected rows or cells | 件数
-- returns: open | those that nobody has acknowledged with a reason; all of what is rejected | うち理由を付した確認のないもの。除外は全て
-- returns: tables | tables concerned, separated by , | 対象の表（、区切り）
-- returns: example | what the first of them is about; null where it names nothing | 最初の指摘の対象。記載なしは null
-- returns: message_en | message of the first of them, English | 最初の指摘の内容（英語）
-- returns: message_ja | the same in Japanese | 同（日本語）
WITH doubts AS (
  SELECT
    'finding' AS kind, f.rule_code, f.level, f.table_name, f.subject, f.message_en, f.message_ja,
    CASE WHEN f.is_acknowledged THEN 0 ELSE 1 END AS open,
    row_number() OVER (PARTITION BY f.rule_code, f.level ORDER BY f.is_acknowledged, f.table_name, f.row_key, f.value) AS place
  FROM record.finding AS f
  UNION ALL
  SELECT
    'rejected' AS kind, q.rule AS rule_code, q.level, q.table_name, q.subject, q.message_en, q.message_ja, 1 AS open,
    row_number() OVER (PARTITION BY q.rule, q.level ORDER BY q.file, q.line, q."column") AS place
  FROM record.quarantine AS q
),
concerned AS (
  SELECT t.kind, t.rule_code, t.level, string_agg(t.table_name, ', ' ORDER BY t.table_name) AS tables
  FROM (SELECT DISTINCT d.kind, d.rule_code, d.level, d.table_name FROM doubts AS d) AS t
  GROUP BY t.kind, t.rule_code, t.level
)
SELECT
  d.kind, d.rule_code, d.level, CAST(count(*) AS INTEGER) AS total, CAST(sum(d.open) AS INTEGER) AS open, c.tables,
  max(CASE WHEN d.place = 1 THEN d.subject END) AS example,
  max(CASE WHEN d.place = 1 THEN d.message_en END) AS message_en,
  max(CASE WHEN d.place = 1 THEN d.message_ja END) AS message_ja
FROM doubts AS d
INNER JOIN concerned AS c ON c.kind = d.kind AND c.rule_code = d.rule_code AND c.level = d.level
GROUP BY d.kind, d.rule_code, d.level, c.tables
ORDER BY open DESC, total DESC, d.kind, d.rule_code, d.level
