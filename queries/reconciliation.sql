-- title: Our totals beside official statements
-- title_ja: 公表値との照合
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- param: metrics VARCHAR[] = null | metrics to show; null for all | 対象の指標。null はすべて
-- returns: metric | what was stated | 指標
-- returns: as_of_on | date of the statement; null for undated pages | 公表時点。日付のない資料は null
-- returns: as_of_precision | day, month or year | 日付の精度
-- returns: calendar_year | calendar year that the figure is of; null for other figures | 対象の暦年。単年の値でない場合は null
-- returns: iso3 | country that the statement is of; null for all | 対象国。全体の場合は null
-- returns: scope | what the statement counts | 対象範囲
-- returns: stated_value | the figure stated | 公表値
-- returns: unit | unit of both figures | 単位
-- returns: qualifier | exact, about or at least | exact（確定）、about（約）、at least（以上）
-- returns: our_value | our figure for the same date and scope; null where none can be made | 同じ時点・範囲の当方の値。算出できない場合は null
-- returns: our_high_value | high end of ours, equal to it unless a range; null where none can be made | 当方の値の上限（幅がない場合は同じ）。算出不可は null
-- returns: coverage | our figure divided by the stated one; null where they cannot be compared | 当方の値÷公表値。比較できない場合は null
-- returns: is_comparable | whether both count the same thing | 比較可能か
-- returns: basis_en | how our figure was made, or why there is none, English | 算出方法又は比較できない理由（英語）
-- returns: basis_ja | the same, Japanese | 同（日本語）
-- returns: reliability | official, press or weak | 信頼度
-- returns: source_id | source | 出典
-- returns: url | address of the source | 出典の所在
SELECT
  c.metric, c.as_of_on, c.as_of_precision, c.calendar_year, c.iso3, c.scope, c.stated_value, c.unit, c.qualifier, c.our_value, c.our_high_value, c.coverage,
  c.is_comparable, c.basis_en, c.basis_ja, c.reliability, c.source_id, s.url
FROM reconciliation AS c
INNER JOIN source AS s ON s.source_id = c.source_id
WHERE c.known_on <= CAST($as_of AS DATE)
  AND (CAST($metrics AS VARCHAR[]) IS NULL OR array_contains(CAST($metrics AS VARCHAR[]), c.metric))
ORDER BY c.metric, c.as_of_on NULLS LAST, c.calendar_year NULLS LAST, c.scope, c.stated_value, c.source_id
