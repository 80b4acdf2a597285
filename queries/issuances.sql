-- title: All issuance events: dates, monitoring period, amounts, shares and delays
-- title_ja: 発行の一覧(日付、モニタリング期間、量、配分及び所要日数)
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: issuance_id | event | 発行
-- returns: iso3 | country, ISO 3166-1 alpha-3 | 国(ISO 3166-1 alpha-3)
-- returns: project_id | project; null for several or none named | プロジェクト。複数又は記載なしは null
-- returns: project_ids | projects covered; null where not named | 対象案件。記載なしは null
-- returns: technology | technology; null for several or none named | 技術。複数又は記載なしは null
-- returns: period_start_on | start of the monitoring period; null where not known | モニタリング期間の始期。不明は null
-- returns: period_end_on | end of the monitoring period; null where not known | モニタリング期間の終期。不明は null
-- returns: decided_on | decision; null where not known | 発行決定日。不明は null
-- returns: decided_precision | its precision; null where not known | 精度。不明は null
-- returns: issued_on | issuance in Japan; null where not known | 発行日。不明は null
-- returns: issued_precision | its precision; null where not known | 精度。不明は null
-- returns: total_tco2 | tonnes, tCO2; null where not known | 発行量、tCO2。不明は null
-- returns: japan_tco2 | Japanese side, tCO2; null where not known | 日本側、tCO2。不明は null
-- returns: japan_government_tco2 | Japanese government alone, tCO2; null where not known | 日本政府分、tCO2。不明は null
-- returns: partner_tco2 | partner side, tCO2; null where not known | パートナー国側、tCO2。不明は null
-- returns: period_to_decision_days | days from the end of the period to the decision; null where not both are known to the day | 期間の終期から発行決定までの日数。両方の日が判明していない場合は null
-- returns: decision_to_issuance_days | days from the decision to the issuance in Japan; null where not both are known to the day | 発行決定から発行までの日数。両方の日が判明していない場合は null
-- returns: note | remarks on the latest record; null for none and on earlier days | 最新の記録に関する備考。なしの場合及び過去の基準日では null
-- returns: url | address of the source | 出典の所在
SELECT
  i.issuance_id, i.iso3, i.project_id, i.project_ids, r.technology, i.period_start_on, i.period_end_on, i.decided_on,
  i.decided_precision,
  CASE WHEN i.issued_on <= CAST($as_of AS DATE) THEN i.issued_on END AS issued_on,
  CASE WHEN i.issued_on <= CAST($as_of AS DATE) THEN i.issued_precision END AS issued_precision,
  i.total_tco2, i.japan_tco2, i.japan_government_tco2, i.partner_tco2,
  CAST(CASE WHEN i.decided_precision = 'day' THEN date_diff('day', i.period_end_on, i.decided_on) END AS INTEGER)
    AS period_to_decision_days,
  CAST(CASE
    WHEN i.decided_precision = 'day' AND i.issued_precision = 'day' AND i.issued_on <= CAST($as_of AS DATE)
      THEN date_diff('day', i.decided_on, i.issued_on)
  END AS INTEGER) AS decision_to_issuance_days,
  CASE WHEN CAST($as_of AS DATE) >= (SELECT max(data_as_of_on) FROM build) THEN i.note END AS note,
  s.url
FROM (
  SELECT e.*, n.project_id FROM issuance_stage AS e INNER JOIN issuance AS n ON n.issuance_id = e.issuance_id
) AS r
INNER JOIN issuance AS i ON i.issuance_id = r.issuance_id
INNER JOIN source AS s ON s.source_id = i.source_id
WHERE r.rung = 'notified'
  AND r.known_on <= CAST($as_of AS DATE)
  /* filters: r */
ORDER BY coalesce(i.decided_on, i.issued_on) DESC NULLS LAST, i.issuance_id
