-- title: Shapes of the maps
-- title_ja: 地図の図形
-- returns: shape_id | key of the shape | 図形の識別子
-- returns: kind | land, partner or disputed | land（陸地）、partner（パートナー国）又は disputed（係争地域）
-- returns: iso3 | country of a partner; null for the others | パートナー国のコード。その他は null
-- returns: name_en | name, English | 名称（英語）
-- returns: name_ja | name, Japanese | 名称（日本語）
-- returns: label_x | eastwards place of its label, km | 表示位置（東）、km
-- returns: label_y | northwards place of its label, km | 表示位置（北）、km
-- returns: outline | well-known text, km in Equal Earth about 150°E | 輪郭（WKT、km、イコールアース図法・東経150度中心）
SELECT shape_id, kind, iso3, name_en, name_ja, label_x, label_y, outline
FROM map_shape
ORDER BY CASE kind WHEN 'land' THEN 1 WHEN 'partner' THEN 2 ELSE 3 END, shape_id
