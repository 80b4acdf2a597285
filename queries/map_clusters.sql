-- title: Projects on the map, gathered in squares
-- title_ja: 地図上の案件（区画ごとの集計）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- param: square_km INTEGER = 200 | side of a square | 区画の一辺（km）
-- returns: iso3 | host country | パートナー国
-- returns: stage | stage on the day | 段階
-- returns: precision | place (site, town or province) or country | place（地点・市町村等・州）又は country（国）
-- returns: map_x | middle of the sites in the square, eastwards, km | 区画内地点の中心（東）、km
-- returns: map_y | middle of the sites in the square, northwards, km | 区画内地点の中心（北）、km
-- returns: projects | projects with their first site there | 最初の地点がその区画にある案件数
-- returns: annual_tco2 | sum of their annual estimates, tCO2; null where none is known | 年間見込量の合計、tCO2。不明は null
SELECT
  r.iso3, r.stage, CASE WHEN s.precision = 'country' THEN 'country' ELSE 'place' END AS precision,
  CAST(round(avg(s.map_x)) AS INTEGER) AS map_x, CAST(round(avg(s.map_y)) AS INTEGER) AS map_y,
  CAST(count(*) AS INTEGER) AS projects, CAST(sum(coalesce(r.annual_tco2, r.annual_not_counted_tco2)) AS BIGINT) AS annual_tco2
FROM project_site AS s
INNER JOIN project_as_of(CAST($as_of AS DATE)) AS r ON r.project_id = s.project_id
WHERE s.site_number = 1
  AND s.map_x IS NOT NULL
  /* filters: r */
GROUP BY
  r.iso3, r.stage, CASE WHEN s.precision = 'country' THEN 'country' ELSE 'place' END,
  CAST(floor(s.map_x / $square_km) AS INTEGER), CAST(floor(s.map_y / $square_km) AS INTEGER)
ORDER BY r.iso3, r.stage, precision, map_x, map_y
