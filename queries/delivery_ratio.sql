-- title: Tonnes decided for issuance beside those expected for the same monitoring period, by event
-- title_ja: 発行決定量と同じモニタリング期間の見込量（発行ごと）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: issuance_id | event | 発行
-- returns: project_id | project; null for several or none named | 案件。複数又は記載なしは null
-- returns: iso3 | country, ISO 3166-1 alpha-3 | 国（ISO 3166-1 alpha-3）
-- returns: sector_number | sectoral scope, 0 for none stated or several | セクトラルスコープ番号。0は記載なし又は複数
-- returns: technology | technology, unstated for several or none named | 技術。unstated は複数又は記載なし
-- returns: period_start_on | start of the monitoring period; null where not known | モニタリング期間の始期。不明は null
-- returns: period_end_on | end of the monitoring period; null where not known | モニタリング期間の終期。不明は null
-- returns: period_days | days of the period, both ends included | モニタリング期間の日数（両端を含む）
-- returns: decided_low_tco2 | tonnes decided for issuance, both sides, low end, tCO2; null where not known | 発行決定量（両国合計、下限）、tCO2。不明は null
-- returns: decided_high_tco2 | the same, high end as far as known, tCO2 | 同じく上限（判明している範囲）、tCO2
-- returns: annual_tco2 | annual estimate of the project, tCO2; null where not known | 案件の年間削減見込量、tCO2。不明は null
-- returns: expected_tco2 | annual estimate over the days of the period, each day by the days of its fiscal year, tCO2; null where not comparable | 年間削減見込量をモニタリング期間の日数（各年度の日数で除す）で按分した量、tCO2。比較できない場合は null
-- returns: ratio | decided ÷ expected, of the low end; null where not comparable | 発行決定量（下限）÷見込量。比較できない場合は null
-- returns: lacks | why it cannot be compared: amount (not known, or a part only), project (several or none named), period or estimate; null where it can | 比較できない理由。amount（量が不明又は一部のみ判明）、project（複数又は記載なし）、period（期間が不明）又は estimate（見込量が不明）。比較できる場合は null
SELECT
  r.issuance_id,
  r.project_id,
  r.iso3,
  CAST(coalesce(r.sector_number, 0) AS INTEGER) AS sector_number,
  coalesce(r.technology, 'unstated') AS technology,
  r.period_start_on,
  r.period_end_on,
  CAST(date_diff('day', r.period_start_on, r.period_end_on) + 1 AS INTEGER) AS period_days,
  r.tco2_low AS decided_low_tco2,
  r.tco2_high AS decided_high_tco2,
  d.annual_tco2,
  d.expected_tco2,
  CASE WHEN d.lacks IS NULL THEN CAST(r.tco2_low AS DOUBLE) / d.expected_tco2 END AS ratio,
  d.lacks
FROM issuance_as_of(CAST($as_of AS DATE)) AS r
INNER JOIN history.delivery_as_of(CAST($as_of AS DATE)) AS d ON d.issuance_id = r.issuance_id
WHERE true
  /* filters: r */
ORDER BY r.issuance_id
