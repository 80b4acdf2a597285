-- title: Verified tonnes by country, sector and fiscal year, as known on a day
-- title_ja: 国・分野・年度別の検証済みの量(基準日時点)
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: iso3 | host country | パートナー国
-- returns: sector_number | sectoral scope, 0 for none or several | セクトラルスコープ番号。0は記載なし又は複数
-- returns: fiscal_year | fiscal year; null where no date is known | 年度。日付不明は null
-- returns: tco2 | tonnes that count in verified + expected, tCO2; what the expectation still covers is left out | 「検証済み+見込み」に計上する量、tCO2(見込みに含まれる分は除く)
SELECT r.iso3, coalesce(r.sector_number, 0) AS sector_number, r.fiscal_year, CAST(sum(r.combined_tco2) AS BIGINT) AS tco2
FROM reduction AS r
WHERE r.rung = 'notified'
  AND r.dated_by = 'monitoring_period'
  AND r.known_on <= CAST($as_of AS DATE) AND (r.known_until IS NULL OR r.known_until > CAST($as_of AS DATE))
  /* filters: r */
GROUP BY r.iso3, coalesce(r.sector_number, 0), r.fiscal_year
ORDER BY r.iso3, sector_number, r.fiscal_year NULLS LAST
