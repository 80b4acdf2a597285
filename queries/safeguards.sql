-- title: Safeguards, and what is known of them for each programme
-- title_ja: セーフガード及び支援事業別の適用状況
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: safeguard_id | document | 文書
-- returns: title_en | title, English | 表題（英語）
-- returns: title_ja | title, Japanese | 表題（日本語）
-- returns: issued_on | date, or first day of the month or year stated | 日付（月・年のみの場合はその初日）
-- returns: issued_precision | day, month or year | 日付の精度
-- returns: settles_en | what it settles, English | 定める内容（英語）
-- returns: settles_ja | what it settles, Japanese | 定める内容（日本語）
-- returns: programme | programme | 支援事業
-- returns: is_made_for | true where the document is made for the programme; null where it is not known whether it is applied | 当該事業を対象とする場合は true。適用の有無が不明な場合は null
-- returns: reliability | official, press, research, copy or weak | official（公的機関）、press（報道等）、research（研究機関）、copy（写し）又は weak（単独では用いない）
-- returns: publisher | publisher of the source | 出典の公表者
-- returns: url | address of the source | 出典の所在
SELECT
  g.safeguard_id, g.title_en, g.title_ja, g.issued_on, g.issued_precision, g.settles_en, g.settles_ja, p.programme,
  CASE WHEN g.programme = p.programme THEN true END AS is_made_for, s.reliability, s.publisher, s.url
FROM safeguard AS g
CROSS JOIN programme AS p
INNER JOIN source AS s ON s.source_id = g.source_id
WHERE g.known_on <= CAST($as_of AS DATE)
ORDER BY g.issued_on, g.safeguard_id, p.programme
