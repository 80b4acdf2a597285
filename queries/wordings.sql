-- title: Wordings that the record keeps in English, with our Japanese
-- title_ja: 英語で記録している表記とその和訳（編者による）
-- returns: text_en | wording in the record, English | 記録における表記（英語）
-- returns: text_ja | our translation, Japanese | 編者による和訳
SELECT text_en, text_ja
FROM record.wording
ORDER BY text_en
