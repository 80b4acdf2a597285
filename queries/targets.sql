-- title: Targets in force
-- title_ja: その時点の目標
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: target_id | key | 識別子
-- returns: fiscal_year | fiscal year at whose end the target is compared | 目標年度（年度末で比較）
-- returns: low_tco2 | lower end, tCO2 | 下限、tCO2
-- returns: high_tco2 | upper end, tCO2 | 上限、tCO2
-- returns: standing | discussed or decided | discussed（検討）又は decided（決定）
-- returns: wording_en | wording of the decision, English | 英語の記載
-- returns: wording_ja | wording of the decision, Japanese | 日本語の記載
-- returns: known_on | day of the announcement | 公表日
-- returns: source_id | source | 出典
-- returns: url | address of the source | 出典の所在
SELECT
  t.target_id, t.fiscal_year, t.low_tco2, t.high_tco2, t.standing, t.wording_en, t.wording_ja, t.known_on, t.source_id, s.url
FROM target_as_of(CAST($as_of AS DATE)) AS t
INNER JOIN source AS s ON s.source_id = t.source_id
ORDER BY t.fiscal_year, t.target_id
