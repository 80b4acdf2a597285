-- title: Sites of projects, with their precision
-- title_ja: 案件の地点及びその精度
-- param: as_of DATE = data | projects known on this day; default is the day of the data | この日までに判明していた案件。既定値はデータの基準日
-- fragment: filters
-- returns: project_id | project | 案件
-- returns: site_number | number of the site | 地点番号
-- returns: iso3 | host country | パートナー国
-- returns: place_text | place as stated; null where none is | 所在地の記載。記載なしは null
-- returns: place_name | name in the gazetteer; null where none was taken | 地名辞典の名称。該当なしは null
-- returns: precision | site, town, province or country | 精度
-- returns: method | stated, gazetteer, provincial capital or country | 方法
-- returns: doubt | why it stands at country level; null for a place taken | 国単位とした理由。特定済みは null
-- returns: latitude | degrees north; null at country level | 緯度。国単位は null
-- returns: longitude | degrees east; null at country level | 経度。国単位は null
-- returns: map_x | place on the map, eastwards, km | 地図座標（東）、km
-- returns: map_y | place on the map, northwards, km | 地図座標（北）、km
SELECT
  s.project_id, s.site_number, s.iso3, s.place_text, s.place_name, s.precision, s.method, s.doubt, s.latitude, s.longitude,
  s.map_x, s.map_y
FROM project_site AS s
INNER JOIN project_as_of(CAST($as_of AS DATE)) AS r ON r.project_id = s.project_id
WHERE true
  /* filters: r */
ORDER BY s.project_id, s.site_number
