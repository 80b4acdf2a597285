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
-- returns: total_tco2 | tonnes of the event, tCO2; null where not known | 発行量、tCO2。不明は null
-- returns: lacks | what is missing: amount or date | 不明な項目
-- returns: source_id | source | 出典
-- returns: url | address of the source | 出典の所在
SELECT
  i.issuance_id, i.iso3, i.project_ids, i.decided_on, i.issued_on, i.period_start_on, i.period_end_on, i.total_tco2,
  CASE WHEN i.total_tco2 IS NULL THEN 'amount' ELSE 'date' END AS lacks,
  i.source_id, s.url
FROM (
  SELECT e.*, n.project_id FROM issuance_stage AS e INNER JOIN issuance AS n ON n.issuance_id = e.issuance_id
) AS r
INNER JOIN issuance AS i ON i.issuance_id = r.issuance_id
INNER JOIN source AS s ON s.source_id = i.source_id
WHERE r.rung = 'notified'
  AND (NOT r.has_amount OR NOT r.is_dated)
  AND r.known_on <= CAST($as_of AS DATE)
    /* filters: r */
ORDER BY i.iso3, i.issuance_id
