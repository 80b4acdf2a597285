-- title: Issuance events that no chart can place: without an amount or without a date
-- title_ja: 量又は日付が不明なため図に示せない発行
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: issuance_id | key of the event | 識別子
-- returns: iso3 | host country | パートナー国
-- returns: project_ids | projects covered; null where they are not named | 対象案件。記載がない場合は null
-- returns: decided_on | decision of the Joint Committee; null where not known | 発行決定日。不明は null
-- returns: issued_on | issuance; null where not known | 発行日。不明は null
-- returns: period_start_on | start of the monitoring period; null where not known | モニタリング期間の始期。不明は null
-- returns: period_end_on | end of the monitoring period; null where not known | モニタリング期間の終期。不明は null
-- returns: tco2_low | tonnes of the event, low end, tCO2; null where not known | 発行量（下限）、tCO2。不明は null
-- returns: tco2_high | the same, high end as far as known, tCO2 | 同じく上限（判明している範囲）、tCO2
-- returns: lacks | what is missing: amount or date | 不明な項目
-- returns: source_id | source | 出典
-- returns: url | address of the source | 出典の所在
SELECT
  i.issuance_id, i.iso3,
  (SELECT string_agg(l.project_id, ';' ORDER BY l.position) FROM issuance_project AS l WHERE l.issuance_id = i.issuance_id) AS project_ids,
  i.decided_on, i.issued_on, i.period_start_on, i.period_end_on, i.tco2_low, i.tco2_high,
  CASE WHEN i.tco2_low IS NULL THEN 'amount' ELSE 'date' END AS lacks,
  i.source_id, s.url
FROM issuance_as_of(CAST($as_of AS DATE)) AS i
INNER JOIN source AS s ON s.source_id = i.source_id
WHERE (i.tco2_low IS NULL OR (i.fiscal_year_dated IS NULL AND i.fiscal_year_period_end IS NULL))
  /* filters: i */
ORDER BY i.iso3, i.issuance_id
