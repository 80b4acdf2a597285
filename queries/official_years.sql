-- title: Credits issued by calendar year as stated, beside the events of the record
-- title_ja: 暦年別の発行量の公表値と収録している発行
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: calendar_year | calendar year of issuance | 発行の暦年
-- returns: stated_tco2 | credits issued as stated, tCO2; null where nothing is stated | 発行量（公表値）、tCO2。記載なしは null
-- returns: events | events of the record | 収録している発行件数
-- returns: events_without_amount | of these, without any amount | うち量が不明な件数
-- returns: itemised_exact_tco2 | tonnes of these events known exactly, tCO2 | うち量が確定している発行の合計、tCO2
-- returns: itemised_low_tco2 | tonnes of these events, low end, tCO2 | 収録している発行の合計（下限）、tCO2
-- returns: itemised_high_tco2 | tonnes of these events, high end as far as known, tCO2 | 収録している発行の合計（判明している範囲の上限）、tCO2
-- returns: open_low_tco2 | stated and not itemised, at least, tCO2; null where nothing is stated | 内訳不明の量（少なくとも）、tCO2。記載なしは null
-- returns: open_high_tco2 | stated and not itemised, at most, tCO2; null where nothing is stated | 内訳不明の量（多くとも）、tCO2。記載なしは null
-- returns: more_than_stated_tco2 | itemised beyond what is stated, tCO2; null where nothing is stated | 公表値を上回る収録量、tCO2。記載なしは null
-- returns: url | address of the statement; null where nothing is stated | 公表値の所在。記載なしは null
SELECT
  y.calendar_year, y.stated_tco2, y.events, y.events_without_amount, y.itemised_exact_tco2, y.itemised_low_tco2,
  y.itemised_high_tco2, y.open_low_tco2, y.open_high_tco2, y.more_than_stated_tco2, s.url
FROM official_year_as_of(CAST($as_of AS DATE)) AS y
LEFT JOIN source AS s ON s.source_id = y.source_id
ORDER BY y.calendar_year
