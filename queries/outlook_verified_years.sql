-- title: Verified tonnes by country, sector and fiscal year, as known on a day
-- title_ja: 国・分野・年度別の検証済みの量（基準日時点）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: iso3 | host country | パートナー国
-- returns: sector_number | sectoral scope, 0 for none or several | セクトラルスコープ番号。0は記載なし又は複数
-- returns: fiscal_year | fiscal year; null where no date is known | 年度。日付不明は null
-- returns: tco2_low | verified tonnes, low end, tCO2 | 検証済みの量（下限）、tCO2
-- returns: tco2_high | verified tonnes, high end as far as known, tCO2 | 検証済みの量（判明している範囲の上限）、tCO2
SELECT
  r.iso3, coalesce(r.sector_number, 0) AS sector_number, r.fiscal_year, CAST(sum(r.tco2_low) AS BIGINT) AS tco2_low,
  CAST(sum(r.tco2_high) AS BIGINT) AS tco2_high
FROM reduction_as_of(CAST($as_of AS DATE)) AS r
WHERE r.rung = 'notified'
  /* filters: r */
GROUP BY r.iso3, coalesce(r.sector_number, 0), r.fiscal_year
ORDER BY r.iso3, sector_number, r.fiscal_year NULLS LAST
