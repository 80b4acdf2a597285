-- title: Projects on the map: place, stage, estimate and the fiscal year they were known from
-- title_ja: 地図上のプロジェクト(所在地、段階、見込量及び判明年度)
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- param: until_fiscal_year INTEGER = 2030 | expected tonnes up to the end of this fiscal year | この年度末までの見込量
-- returns: project_id | project | プロジェクト
-- returns: site_number | number of the site | 地点番号
-- returns: sites | sites of the project | 地点数
-- returns: title_en | title, English | 題名(英語)
-- returns: title_ja | title, Japanese; null where there is none | 題名(日本語)。ない場合は null
-- returns: iso3 | host country | パートナー国
-- returns: technology | technology | 技術
-- returns: stage | stage on the day | 段階
-- returns: in_target_scope | whether it counts as a JCM project | JCMプロジェクトとして数えるか
-- returns: annual_tco2 | annual estimate, tCO2; null where none is known | 年間見込量、tCO2。不明は null
-- returns: expected_tco2 | expected tonnes up to the end of the fiscal year, tCO2; null where nothing is expected or known | 当該年度末までの見込量、tCO2。見込みなし又は不明は null
-- returns: from_fiscal_year | fiscal year of selection, else of registration, else the one in which it became known | 採択年度。不明の場合は登録年度、それも不明の場合は判明年度
-- returns: precision | site, town, province or country | 精度
-- returns: doubt | why it stands at country level; null for a place taken | 国単位とした理由。特定済みは null
-- returns: place_text | place as stated; null where none is | 所在地の記載。記載なしは null
-- returns: map_x | place on the map, eastwards, km; null where the country has no outline | 地図座標(東)、km。国の輪郭がない場合は null
-- returns: map_y | place on the map, northwards, km; null where the country has no outline | 地図座標(北)、km。国の輪郭がない場合は null
WITH expected AS (
  SELECT e.project_id, CAST(sum(e.tco2) AS BIGINT) AS tco2
  FROM reduction AS e
  WHERE e.dated_by = 'operation'
    AND e.known_on <= CAST($as_of AS DATE) AND (e.known_until IS NULL OR e.known_until > CAST($as_of AS DATE))
    AND e.fiscal_year <= $until_fiscal_year
  GROUP BY e.project_id
),
first_known AS (
  SELECT f.project_id, min(f.known_on) AS known_on FROM project_stage AS f GROUP BY f.project_id
),
sites AS (
  SELECT n.project_id, count(*) AS sites FROM project_site AS n GROUP BY n.project_id
)
SELECT
  r.project_id, s.site_number, CAST(c.sites AS INTEGER) AS sites, r.title_en, r.title_ja, r.iso3, r.technology, t.stage,
  t.in_target_scope, CASE WHEN t.in_target_scope THEN p.annual_tco2 ELSE r.est_annual_tco2 END AS annual_tco2, e.tco2 AS expected_tco2,
  CAST(coalesce(
    CASE WHEN r.fy_selected <= year(CAST($as_of AS DATE)) THEN r.fy_selected END,
    CASE WHEN r.registered_on <= CAST($as_of AS DATE)
      THEN CASE WHEN month(r.registered_on) < 4 THEN year(r.registered_on) - 1 ELSE year(r.registered_on) END END,
    CASE WHEN month(k.known_on) < 4 THEN year(k.known_on) - 1 ELSE year(k.known_on) END
  ) AS INTEGER) AS from_fiscal_year,
  s.precision, s.doubt, s.place_text, s.map_x, s.map_y
FROM project_site AS s
INNER JOIN project AS r ON r.project_id = s.project_id
INNER JOIN sites AS c ON c.project_id = s.project_id
INNER JOIN first_known AS k ON k.project_id = s.project_id
INNER JOIN project_stage AS t ON t.project_id = s.project_id
LEFT JOIN project_schedule AS p ON p.project_id = s.project_id
  AND p.known_on <= CAST($as_of AS DATE) AND (p.known_until IS NULL OR p.known_until > CAST($as_of AS DATE))
LEFT JOIN expected AS e ON e.project_id = s.project_id
WHERE t.known_on <= CAST($as_of AS DATE) AND (t.known_until IS NULL OR t.known_until > CAST($as_of AS DATE))
  /* filters: r */
ORDER BY r.iso3, r.project_id, s.site_number
