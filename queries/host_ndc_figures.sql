-- title: Figures in tonnes that partners' NDCs state
-- title_ja: パートナー国のNDCのうち量（トン）で示された数値
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: iso3 | partner country | パートナー国
-- returns: first_year | first calendar year that the figure is for | 対象とする最初の暦年
-- returns: last_year | last calendar year that the figure is for | 対象とする最後の暦年
-- returns: measure | level (emissions of a year), budget (emissions of all years together), reduction (against business as usual) or not stated | level（単年の排出量）、budget（期間の総排出量）、reduction（対策なしの場合からの削減量）又は not stated（記載なし）
-- returns: condition | conditional or unconditional; null where the source does not say | conditional（支援を条件とする）又は unconditional（条件なし）。記載なしは null
-- returns: low_tco2 | figure, low end, tCO2 | 量（下限）、tCO2
-- returns: high_tco2 | figure, high end, tCO2 | 量（上限）、tCO2
-- returns: wording | the words that it was read from | 根拠とした記載
-- returns: url | address of the source | 出典の所在
SELECT
  f.iso3, CAST(f.first_year AS INTEGER) AS first_year, CAST(f.last_year AS INTEGER) AS last_year, f.measure, f.condition,
  f.low_tco2, f.high_tco2, f.wording, s.url
FROM history.ndc_figure AS f
INNER JOIN source AS s ON s.source_id = f.source_id
WHERE coalesce(s.known_on, s.retrieved_on) <= CAST($as_of AS DATE)
ORDER BY f.iso3, f.first_year, f.last_year, f.measure, f.condition
