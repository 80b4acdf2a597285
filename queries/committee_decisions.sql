-- title: Decisions of Joint Committees by date: registrations, issuance and methodologies, a row a day and country
-- title_ja: 合同委員会の決定（登録、発行、方法論の承認。日・国別に1行）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- param: countries VARCHAR[] = null | partner countries; null for all | 対象国。null は全て
-- choices: countries = @country
-- param: sectors INTEGER[] = null | JCM scope numbers, 0 for none stated; null for all | 対象分野の番号。0は記載なし。null は全て
-- choices: sectors = @sector
-- returns: decided_on | day of the decision, or first day of the month or year stated | 決定日（月・年のみの場合はその初日）
-- returns: decided_precision | day, month or year | 日付の精度
-- returns: iso3 | country, ISO 3166-1 alpha-3 | 国（ISO 3166-1 alpha-3）
-- returns: registrations | projects registered | 登録した案件数
-- returns: project_ids | these projects, separated by ;, null for none | 登録した案件（「;」区切り）。なしは null
-- returns: issuances | issuance decisions | 発行決定件数
-- returns: issuance_ids | these events, separated by ;, null for none | 発行決定（「;」区切り）。なしは null
-- returns: issuances_without_amount | of these, without any amount | うち量が不明な件数
-- returns: tco2_low | their tonnes, low end, tCO2; null where none is known | 発行決定量（下限）、tCO2。不明は null
-- returns: tco2_high | the same, high end as far as known, tCO2; null where none is known | 同じく上限（判明している範囲）、tCO2。不明は null
-- returns: methodologies | methodologies approved | 承認した方法論の数
-- returns: methodology_codes | these methodologies, separated by ;, null for none | 承認した方法論（「;」区切り）。なしは null
-- returns: is_reported | whether a decision rests on weak sources alone | 単独では用いない出典のみに基づく決定を含むか
WITH taken AS (
  SELECT
    p.iso3, p.registered_on AS decided_on, 'day' AS decided_precision, 'registration' AS kind, p.project_id AS subject,
    p.sector_number, CAST(NULL AS BIGINT) AS tco2_low, CAST(NULL AS BIGINT) AS tco2_high, false AS is_reported
  FROM project_as_of(CAST($as_of AS DATE)) AS p
  WHERE p.registered_on IS NOT NULL
  UNION ALL
  SELECT
    i.iso3, i.decided_on, i.decided_precision, 'issuance', i.issuance_id, i.sector_number, i.tco2_low, i.tco2_high, i.is_reported
  FROM issuance_as_of(CAST($as_of AS DATE)) AS i
  WHERE i.decided_on IS NOT NULL
  UNION ALL
  SELECT m.iso3, m.approved_on, 'day', 'methodology', m.methodology_code, NULL, NULL, NULL, false
  FROM methodology_as_of(CAST($as_of AS DATE)) AS m
  WHERE m.approved_on IS NOT NULL
)
SELECT
  t.decided_on, t.decided_precision, t.iso3,
  CAST(sum(CASE WHEN t.kind = 'registration' THEN 1 ELSE 0 END) AS INTEGER) AS registrations,
  string_agg(CASE WHEN t.kind = 'registration' THEN t.subject END, ';' ORDER BY t.subject) AS project_ids,
  CAST(sum(CASE WHEN t.kind = 'issuance' THEN 1 ELSE 0 END) AS INTEGER) AS issuances,
  string_agg(CASE WHEN t.kind = 'issuance' THEN t.subject END, ';' ORDER BY t.subject) AS issuance_ids,
  CAST(sum(CASE WHEN t.kind = 'issuance' AND t.tco2_low IS NULL THEN 1 ELSE 0 END) AS INTEGER) AS issuances_without_amount,
  CAST(sum(t.tco2_low) AS BIGINT) AS tco2_low,
  CAST(sum(t.tco2_high) AS BIGINT) AS tco2_high,
  CAST(sum(CASE WHEN t.kind = 'methodology' THEN 1 ELSE 0 END) AS INTEGER) AS methodologies,
  string_agg(CASE WHEN t.kind = 'methodology' THEN t.subject END, ';' ORDER BY t.subject) AS methodology_codes,
  max(CASE WHEN t.is_reported THEN 1 ELSE 0 END) = 1 AS is_reported
FROM taken AS t
WHERE (CAST($countries AS VARCHAR[]) IS NULL OR array_contains(CAST($countries AS VARCHAR[]), t.iso3))
  AND (CAST($sectors AS INTEGER[]) IS NULL OR array_contains(CAST($sectors AS INTEGER[]), coalesce(t.sector_number, 0)))
GROUP BY t.decided_on, t.decided_precision, t.iso3
ORDER BY t.decided_on DESC, t.iso3, t.decided_precision
