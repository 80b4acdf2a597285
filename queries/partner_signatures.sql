-- title: Partner countries and the day on which each signed
-- title_ja: パートナー国と署名日
-- param: as_of DATE = data | partners that had signed by this day; default is the day of the data | この日までに署名した国。既定値はデータの基準日
-- returns: iso3 | partner country | パートナー国
-- returns: signed_from_on | earliest day of signature | 署名日として考え得る最も早い日
-- returns: signed_to_on | latest day of signature; a partner from this day | 署名日として考え得る最も遅い日。この日からパートナー国
-- returns: signed_precision | day, month or interval | 精度。day（日）、month（月）又は interval（期間）
-- returns: url | address of the source | 出典の所在
SELECT p.iso3, p.signed_from_on, p.signed_to_on, p.signed_precision, s.url
FROM partner_country AS p
INNER JOIN source AS s ON s.source_id = p.source_id
WHERE p.signed_to_on <= CAST($as_of AS DATE)
ORDER BY p.sequence
