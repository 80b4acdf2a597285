-- title: How far each partner is with Article 6: eight items, each with its state, date, source and reliability
-- title_ja: パートナー国別の6条への対応状況（8項目の状況、日付、出典及び信頼性）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- param: country VARCHAR = null | ISO 3166-1 alpha-3; null for all partners | ISO 3166-1 alpha-3 コード。null は全パートナー国
-- choices: country = @country
-- returns: iso3 | partner country | パートナー国
-- returns: sequence | order of signature | 署名の順番
-- returns: item | memorandum, rules_article_6, authorisation_arrangement, registry, initial_report, pin, first_decision or first_transfer | memorandum（協力覚書）、rules_article_6（6条に沿った規則）、authorisation_arrangement（承認の手続）、registry（登録簿）、initial_report（初期報告書）、pin（プロジェクト概要書）、first_decision（最初の発行決定）又は first_transfer（最初の移転）
-- returns: position | place of the item, from 1 | 項目の順番（1から）
-- returns: state | in place, in part or not yet by what is stated; null where nothing is known | in place（整備済み）、in part（一部）又は not yet（未整備）。不明は null
-- returns: value | the statement, or the event; null where there is none beside the date | 記載内容又は発行等。日付のほかに記載がない場合は null
-- returns: dated_on | date of the fact or the statement; null where not known | 事実又は記載の日付。不明は null
-- returns: dated_precision | day, month or year; null where not known | 日付の精度。不明は null
-- returns: reliability | official, press, research, copy or weak; null where nothing is known | official（公的機関）、press（報道等）、research（研究機関）、copy（写し）又は weak（単独では用いない）。不明は null
-- returns: url | address of the source; null where nothing is known | 出典の所在。不明は null
WITH items AS (
  SELECT 'memorandum' AS item, 1 AS position
  UNION ALL SELECT 'rules_article_6', 2
  UNION ALL SELECT 'authorisation_arrangement', 3
  UNION ALL SELECT 'registry', 4
  UNION ALL SELECT 'initial_report', 5
  UNION ALL SELECT 'pin', 6
  UNION ALL SELECT 'first_decision', 7
  UNION ALL SELECT 'first_transfer', 8
),
known AS (
  SELECT
    c.iso3, 'memorandum' AS item, 'in place' AS state, c.signed_place AS value, c.signed_to_on AS dated_on,
    CASE WHEN c.signed_precision = 'month' THEN 'month' ELSE 'day' END AS dated_precision, s.reliability, s.url, c.source_id AS row_key
  FROM partner_country AS c
  INNER JOIN source AS s ON s.source_id = c.source_id
  UNION ALL
  SELECT r.iso3, r.item, t.state, r.value, r.as_of_on, r.as_of_precision, s.reliability, s.url, r.value
  FROM readiness AS r
  INNER JOIN readiness_state AS t ON t.item = r.item AND t.value = r.value
  INNER JOIN source AS s ON s.source_id = r.source_id
  WHERE r.known_on <= CAST($as_of AS DATE)
  UNION ALL
  SELECT
    i.iso3, 'first_decision', 'in place', i.issuance_id, coalesce(i.decided_on, i.issued_on),
    CASE WHEN i.decided_on IS NULL THEN i.issued_precision ELSE i.decided_precision END,
    CASE WHEN i.is_reported THEN 'weak' ELSE s.reliability END, s.url, i.issuance_id
  FROM issuance_as_of(CAST($as_of AS DATE)) AS i
  INNER JOIN source AS s ON s.source_id = i.source_id
  UNION ALL
  SELECT e.iso3, 'first_transfer', 'in place', e.article6_event_id, e.occurred_on, 'day', s.reliability, s.url, e.article6_event_id
  FROM history.article6_event AS e
  INNER JOIN source AS s ON s.source_id = e.source_id
  WHERE e.action = 'first transfer' AND e.occurred_on <= CAST($as_of AS DATE)
),
placed AS (
  -- Of the record the first event; of statements the newest, one from a weak source only where there is no other.
  SELECT k.*, row_number() OVER (
    PARTITION BY k.iso3, k.item
    ORDER BY
      CASE WHEN k.item IN ('first_decision', 'first_transfer') THEN k.dated_on END NULLS LAST,
      CASE WHEN k.reliability = 'weak' THEN 1 ELSE 0 END,
      k.dated_on DESC NULLS LAST, k.row_key
  ) AS place
  FROM known AS k
)
SELECT
  p.iso3, CAST(p.sequence AS INTEGER) AS sequence, m.item, CAST(m.position AS INTEGER) AS position, f.state, f.value, f.dated_on,
  f.dated_precision, f.reliability, f.url
FROM partner_country AS p
CROSS JOIN items AS m
LEFT JOIN placed AS f ON f.iso3 = p.iso3 AND f.item = m.item AND f.place = 1
WHERE p.signed_to_on <= CAST($as_of AS DATE)
  AND (CAST($country AS VARCHAR) IS NULL OR p.iso3 = CAST($country AS VARCHAR))
ORDER BY p.sequence, m.position
