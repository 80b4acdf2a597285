-- title: Milestones of the JCM
-- title_ja: JCMの主な出来事
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: milestone_on | day, or first day of the month or year stated | 日付（月・年のみの場合はその初日）
-- returns: milestone_precision | day, month or year | 日付の精度
-- returns: kind | target, rule, institution, agreement, meeting, guidance or issuance | 種別
-- returns: title_en | what happened, English | 英語の説明
-- returns: title_ja | what happened, Japanese; null where no Japanese wording is known | 日本語の説明。不明は null
-- returns: source_id | source | 出典
-- returns: url | address of the source | 出典の所在
SELECT m.milestone_on, m.milestone_precision, m.kind, m.title_en, m.title_ja, m.source_id, s.url
FROM milestone AS m
INNER JOIN source AS s ON s.source_id = m.source_id
WHERE m.known_on <= CAST($as_of AS DATE)
ORDER BY m.milestone_on, m.title_en
