-- title: Issuance events that no chart can place: without an amount or without a date
-- title_ja: 量又は日付が不明なため図に示せない発行
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- param: countries VARCHAR[] = null | ISO 3166-1 alpha-3 codes; null for all | ISO 3166-1 alpha-3 コード。null はすべて
-- param: sectors INTEGER[] = null | sectoral scopes, 0 for none stated; null for all | セクトラルスコープ番号。0 は記載なし、null はすべて
-- param: technologies VARCHAR[] = null | technologies, unstated for several; null for all | 技術。unstated は複数、null はすべて
-- param: programmes VARCHAR[] = null | programmes, unstated for none; null for all | 支援事業。unstated は記載なし、null はすべて
-- param: fundings VARCHAR[] = null | government, private, unknown; null for all | government(政府)、private(民間)、unknown(不明)。null はすべて
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
FROM issuance_stage AS r
INNER JOIN issuance AS i ON i.issuance_id = r.issuance_id
INNER JOIN source AS s ON s.source_id = i.source_id
WHERE r.rung = 'notified'
  AND (NOT r.has_amount OR NOT r.is_dated)
  AND r.known_on <= CAST($as_of AS DATE)
    AND (CAST($countries AS VARCHAR[]) IS NULL OR array_contains(CAST($countries AS VARCHAR[]), r.iso3))
    AND (CAST($sectors AS INTEGER[]) IS NULL OR array_contains(CAST($sectors AS INTEGER[]), coalesce(r.sector_number, 0)))
    AND (CAST($technologies AS VARCHAR[]) IS NULL OR array_contains(CAST($technologies AS VARCHAR[]), coalesce(r.technology, 'unstated')))
    AND (CAST($programmes AS VARCHAR[]) IS NULL OR array_contains(CAST($programmes AS VARCHAR[]), coalesce(r.programme, 'unstated')))
    AND (CAST($fundings AS VARCHAR[]) IS NULL OR array_contains(CAST($fundings AS VARCHAR[]), coalesce(r.funding, 'unknown')))
ORDER BY i.iso3, i.issuance_id
