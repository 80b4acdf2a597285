-- title: All issuance events: dates, monitoring period, amounts, shares and delays
-- title_ja: 発行の一覧（日付、モニタリング期間、量、配分及び所要日数）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: issuance_id | event | 発行
-- returns: iso3 | country, ISO 3166-1 alpha-3 | 国（ISO 3166-1 alpha-3）
-- returns: project_id | project; null for several or none named | 案件。複数又は記載なしは null
-- returns: project_ids | projects covered; null where not named | 対象案件。記載なしは null
-- returns: technology | technology; null for several or none named | 技術。複数又は記載なしは null
-- returns: period_start_on | start of the monitoring period; null where not known | モニタリング期間の始期。不明は null
-- returns: period_end_on | end of the monitoring period; null where not known | モニタリング期間の終期。不明は null
-- returns: decided_on | decision; null where not known | 発行決定日。不明は null
-- returns: decided_precision | its precision; null where not known | 精度。不明は null
-- returns: issued_on | issuance in Japan; null where not known | 発行日。不明は null
-- returns: issued_precision | its precision; null where not known | 精度。不明は null
-- returns: amount_basis | exact, range, at least (only a part is known) or unknown | 量の判明状況。exact（確定）、range（幅）、at least（一部のみ判明）又は unknown（不明）
-- returns: tco2_low | tonnes, low end, tCO2; null where nothing is known | 発行量（下限）、tCO2。不明は null
-- returns: tco2_high | tonnes, high end as far as known, tCO2; null where nothing is known | 発行量（判明している範囲の上限）、tCO2。不明は null
-- returns: japan_low_tco2 | Japanese part, at least, tCO2; null where nothing is known | 日本側（少なくとも）、tCO2。不明は null
-- returns: japan_high_tco2 | Japanese part, at most, as far as known, tCO2; null where nothing is known | 日本側（多くとも。判明している範囲）、tCO2。不明は null
-- returns: japan_government_tco2 | Japanese government alone, tCO2; null where not known | 日本政府分、tCO2。不明は null
-- returns: partner_tco2 | partner side, tCO2; null where not known | パートナー国側、tCO2。不明は null
-- returns: period_to_decision_days | days from the end of the period to the decision; null where not both are known to the day | 期間の終期から発行決定までの日数。両方の日が判明していない場合は null
-- returns: decision_to_issuance_days | days from the decision to the issuance in Japan; null where not both are known to the day | 発行決定から発行までの日数。両方の日が判明していない場合は null
-- returns: is_reported | whether it rests on weak sources alone | 単独では用いない出典のみに基づくか
-- returns: note | remarks on the latest record; null for none and on earlier days | 最新の記録に関する備考。なしの場合及び過去の基準日では null
-- returns: url | address of the source | 出典の所在
SELECT
  i.issuance_id, i.iso3, i.project_id,
  (SELECT string_agg(l.project_id, ';' ORDER BY l.position) FROM issuance_project AS l WHERE l.issuance_id = i.issuance_id) AS project_ids,
  i.technology, i.period_start_on, i.period_end_on, i.decided_on, i.decided_precision, i.issued_on, i.issued_precision,
  i.amount_basis, i.tco2_low, i.tco2_high, i.japan_share_low_tco2 AS japan_low_tco2,
  i.japan_share_high_tco2 AS japan_high_tco2, i.japan_government_tco2, i.partner_stated_tco2 AS partner_tco2,
  CAST(i.period_to_decision_days AS INTEGER) AS period_to_decision_days,
  CAST(i.decision_to_issuance_days AS INTEGER) AS decision_to_issuance_days, i.is_reported, i.note, s.url
FROM issuance_as_of(CAST($as_of AS DATE)) AS i
INNER JOIN source AS s ON s.source_id = i.source_id
WHERE true
  /* filters: i */
ORDER BY coalesce(i.decided_on, i.issued_on) DESC NULLS LAST, i.issuance_id
