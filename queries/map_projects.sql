-- title: Projects on the map: place, stage, estimate and the fiscal year they were known from
-- title_ja: 地図上の案件（所在地、段階、見込量及び判明年度）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- param: until_fiscal_year INTEGER = 2030 | expected tonnes up to the end of this fiscal year | この年度末までの見込量
-- returns: project_id | project | 案件
-- returns: site_number | number of the site | 地点番号
-- returns: sites | sites of the project | 地点数
-- returns: title_en | title, English | 題名（英語）
-- returns: title_ja | title, Japanese; null where there is none | 題名（日本語）。ない場合は null
-- returns: iso3 | host country | パートナー国
-- returns: technology | technology | 技術
-- returns: stage | stage on the day | 段階
-- returns: in_target_scope | whether it counts as a JCM project | JCMプロジェクトとして数えるか
-- returns: annual_tco2 | annual estimate, tCO2; null where none is known | 年間見込量、tCO2。不明は null
-- returns: expected_tco2 | expected tonnes up to the end of the fiscal year, tCO2; null where nothing is expected or known and for a dormant project | 当該年度末までの見込量、tCO2。見込みなし、不明又は選定後長期未掲載の場合は null
-- returns: from_fiscal_year | fiscal year of selection, else of registration, else the one in which it became known | 採択年度。不明の場合は登録年度、それも不明の場合は判明年度
-- returns: precision | site, town, province or country | 精度
-- returns: doubt | why it stands at country level; null for a place taken | 国単位とした理由。特定済みは null
-- returns: place_text | place as stated; null where none is | 所在地の記載。記載なしは null
-- returns: map_x | place on the map, eastwards, km; null where the country has no outline | 地図座標（東）、km。国の輪郭がない場合は null
-- returns: map_y | place on the map, northwards, km; null where the country has no outline | 地図座標（北）、km。国の輪郭がない場合は null
WITH expected AS (
  SELECT e.project_id, CAST(sum(e.tco2) AS BIGINT) AS tco2
  FROM history.expected AS e
  WHERE e.rung <> 'dormant' AND e.known_on <= CAST($as_of AS DATE) AND (e.known_until IS NULL OR e.known_until > CAST($as_of AS DATE))
    AND e.fiscal_year <= $until_fiscal_year
  GROUP BY e.project_id
),
sites AS (
  SELECT n.project_id, count(*) AS sites FROM project_site AS n GROUP BY n.project_id
)
SELECT
  r.project_id, s.site_number, CAST(c.sites AS INTEGER) AS sites, r.title_en, r.title_ja, r.iso3, r.technology, r.stage,
  r.in_target_scope, coalesce(r.annual_tco2, r.annual_not_counted_tco2) AS annual_tco2, e.tco2 AS expected_tco2,
  CAST(coalesce(r.fy_selected, r.fiscal_year_registered, r.fiscal_year_known) AS INTEGER) AS from_fiscal_year,
  s.precision, s.doubt, s.place_text, s.map_x, s.map_y
FROM project_site AS s
INNER JOIN project_as_of(CAST($as_of AS DATE)) AS r ON r.project_id = s.project_id
INNER JOIN sites AS c ON c.project_id = s.project_id
LEFT JOIN expected AS e ON e.project_id = s.project_id
WHERE true
  /* filters: r */
ORDER BY r.iso3, r.project_id, s.site_number
