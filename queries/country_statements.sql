-- title: What officials and others stated about one country
-- title_ja: 国別の公表値
-- param: country VARCHAR = '' | ISO 3166-1 alpha-3 | ISO 3166-1 alpha-3 コード
-- choices: country = @country
-- param: as_of DATE = data | statements made by this day; default is the day of the data | この日までの公表値。既定値はデータの基準日
-- returns: metric | what was stated | 指標
-- returns: scope | what it counts | 対象範囲
-- returns: stated_value | figure stated | 公表値
-- returns: unit | unit | 単位
-- returns: our_value | our figure for the same; null where none can be made | 当方の値。算出不可は null
-- returns: our_high_value | high end of ours, equal to it unless a range; null where none can be made | 当方の値の上限（幅がない場合は同じ）。算出不可は null
-- returns: coverage | ours divided by the stated; null where not comparable | 当方の値÷公表値。比較不可は null
-- returns: as_of_on | date of the statement; null where it states none | 公表時点。記載なしは null
-- returns: as_of_precision | its precision; null where it states none | 精度。記載なしは null
-- returns: url | address of the source | 出典の所在
SELECT r.metric, r.scope, r.stated_value, r.unit, r.our_value, r.our_high_value, r.coverage, r.as_of_on, r.as_of_precision, s.url
FROM reconciliation AS r
INNER JOIN source AS s ON s.source_id = r.source_id
WHERE (r.iso3 = $country OR r.scope IN (
    SELECT c.scope FROM statement_scope AS c INNER JOIN history.project AS p ON p.project_id = c.project_id WHERE p.iso3 = $country
  ))
  AND r.known_on <= CAST($as_of AS DATE)
UNION ALL
SELECT
  a.kind, a.label, CAST(coalesce(a.total_tco2, a.est_total_tco2, a.est_annual_tco2) AS DOUBLE),
  CASE WHEN a.total_tco2 IS NULL AND a.est_total_tco2 IS NULL THEN 'tCO2/yr' ELSE 'tCO2' END,
  CAST(NULL AS DOUBLE), CAST(NULL AS DOUBLE), CAST(NULL AS DOUBLE), s.as_of_on, s.as_of_precision, s.url
FROM history.aggregate_statement AS a
INNER JOIN source AS s ON s.source_id = a.source_id
WHERE a.iso3 = $country AND a.known_on <= CAST($as_of AS DATE)
ORDER BY as_of_on NULLS LAST, metric, scope, stated_value, url
