-- title: Projects on the list with the methodologies and versions that they use
-- title_ja: 一覧掲載案件と適用方法論及びその版
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- param: countries VARCHAR[] = null | partner countries; null for all | 対象国。null は全て
-- choices: countries = @country
-- param: sectors INTEGER[] = null | JCM scope numbers, 0 for none stated; null for all | 対象分野の番号。0は記載なし。null は全て
-- choices: sectors = @sector
-- param: methodology VARCHAR = null | code of one methodology; null for all | 方法論番号。null は全て
-- returns: methodology_code | code | 方法論番号
-- returns: version | version used, as 1.0; null where not stated | 適用した版（1.0等）。記載なしは null
-- returns: project_id | project | 案件
-- returns: title_en | title, English | 題名（英語）
-- returns: title_ja | title, Japanese; null where there is none | 題名（日本語）。ない場合は null
-- returns: iso3 | country, ISO 3166-1 alpha-3 | 国（ISO 3166-1 alpha-3）
-- returns: stage | registered, validation or withdrawn | registered（登録済み）、validation（妥当性確認中）又は withdrawn（取下げ）
-- returns: registered_on | registration; null where not registered on the day | 登録日。基準日に未登録の場合は null
-- returns: annual_tco2 | annual estimate, tCO2; null where none is known or the project is not counted | 年間見込量、tCO2。不明又は集計対象外は null
SELECT n.methodology_code, n.version, p.project_id, p.title_en, p.title_ja, p.iso3, p.stage, p.registered_on, p.annual_tco2
FROM project_methodology AS n
INNER JOIN project_as_of(CAST($as_of AS DATE)) AS p ON p.project_id = n.project_id
WHERE p.stage IN ('validation', 'registered', 'withdrawn')
  AND (CAST($methodology AS VARCHAR) IS NULL OR n.methodology_code = CAST($methodology AS VARCHAR))
  AND (CAST($countries AS VARCHAR[]) IS NULL OR array_contains(CAST($countries AS VARCHAR[]), p.iso3))
  AND (CAST($sectors AS INTEGER[]) IS NULL OR array_contains(CAST($sectors AS INTEGER[]), coalesce(p.sector_number, 0)))
ORDER BY n.methodology_code, p.registered_on NULLS LAST, p.project_id
