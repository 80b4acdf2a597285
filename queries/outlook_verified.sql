-- title: Issuance events with an amount, as known on a day
-- title_ja: 量が判明している発行（基準日時点）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: issuance_id | event | 発行
-- returns: project_id | project; null for several or none named | 案件。複数又は記載なしは null
-- returns: iso3 | host country | パートナー国
-- returns: sector_number | sectoral scope, 0 for none or several | セクトラルスコープ番号。0は記載なし又は複数
-- returns: period_start_on | start of the monitoring period; null where not known | モニタリング期間の始期。不明は null
-- returns: period_end_on | end of the monitoring period; null where not known | モニタリング期間の終期。不明は null
-- returns: tco2_low | tonnes of the event, low end, tCO2 | 発行量（下限）、tCO2
-- returns: tco2_high | tonnes of the event, high end as far as known, tCO2 | 発行量（判明している範囲の上限）、tCO2
-- returns: amount_basis | exact, range or at least | 量の判明状況。exact（確定）、range（幅）又は at least（一部のみ判明）
-- returns: expected_tco2 | what the annual estimate expects for the same days, tCO2; null where not comparable | 同じ期間の見込量、tCO2。比較できない場合は null
SELECT
  r.issuance_id, r.project_id, r.iso3, coalesce(r.sector_number, 0) AS sector_number,
  r.period_start_on, r.period_end_on, r.tco2_low, r.tco2_high, r.amount_basis, d.expected_tco2
FROM issuance_as_of(CAST($as_of AS DATE)) AS r
INNER JOIN history.delivery_as_of(CAST($as_of AS DATE)) AS d ON d.issuance_id = r.issuance_id
WHERE r.tco2_low IS NOT NULL
  /* filters: r */
ORDER BY r.issuance_id
