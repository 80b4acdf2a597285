-- title: What is known of each partner country
-- title_ja: パートナー国別の情報の有無
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: iso3 | partner country | パートナー国
-- returns: sequence | order of signature | 署名の順番
-- returns: signed_from_on | earliest day of signature | 署名日として考え得る最も早い日
-- returns: signed_to_on | latest day of signature; a partner from this day | 署名日として考え得る最も遅い日。この日からパートナー国
-- returns: signed_precision | day, month or interval | 精度。day(日)、month(月)又は interval(期間)
-- returns: signed_place | place of signature; null where not known | 署名地。不明は null
-- returns: is_partner | whether it had signed by the day | 基準日までに署名済みか
-- returns: methodologies | methodologies named by its projects | 案件に記載された方法論の数
-- returns: pipeline | projects selected or planned | 採択・計画の案件数
-- returns: validation | projects under validation | 妥当性確認中の案件数
-- returns: registered | projects registered | 登録済みの案件数
-- returns: notified | issuance decisions known | 発行決定件数
-- returns: notified_tco2 | their tonnes, tCO2; null where no amount is known | 発行決定量、tCO2。不明は null
-- returns: issued | events with an issue known | 発行済み件数
-- returns: itmo | authorisations and first transfers known | 承認・初回移転の件数
-- returns: has_ndc | whether an NDC is in our facts | NDCの情報の有無
-- returns: has_pricing | whether carbon pricing is in our facts | カーボンプライシングの情報の有無
WITH stages AS (
  SELECT
    r.iso3,
    sum(CASE WHEN t.stage = 'pipeline' AND t.in_target_scope THEN 1 ELSE 0 END) AS pipeline,
    sum(CASE WHEN t.stage = 'validation' AND t.in_target_scope THEN 1 ELSE 0 END) AS validation,
    sum(CASE WHEN t.stage = 'registered' AND t.in_target_scope THEN 1 ELSE 0 END) AS registered
  FROM project AS r
  INNER JOIN project_stage AS t ON t.project_id = r.project_id
  WHERE t.known_on <= CAST($as_of AS DATE) AND (t.known_until IS NULL OR t.known_until > CAST($as_of AS DATE))
  GROUP BY r.iso3
),
named AS (
  SELECT m.iso3, unnest(string_split(m.methodology, ';')) AS methodology
  FROM project AS m
  INNER JOIN (SELECT project_id, min(known_on) AS known_on FROM project_stage GROUP BY project_id) AS k
    ON k.project_id = m.project_id
  WHERE k.known_on <= CAST($as_of AS DATE) AND m.methodology IS NOT NULL
),
methods AS (
  -- Versions of one methodology (JCM_MN_AM001 Ver2.0) are one methodology.
  SELECT n.iso3, count(DISTINCT trim(split_part(upper(trim(n.methodology)), ' VER', 1))) AS methodologies
  FROM named AS n
  GROUP BY n.iso3
),
events AS (
  SELECT
    e.iso3,
    sum(CASE WHEN e.rung = 'notified' THEN 1 ELSE 0 END) AS notified,
    sum(CASE WHEN e.rung = 'notified' THEN i.total_tco2 END) AS notified_tco2,
    sum(CASE WHEN e.rung = 'issued' THEN 1 ELSE 0 END) AS issued,
    sum(CASE WHEN e.rung = 'itmo' THEN 1 ELSE 0 END) AS itmo
  FROM issuance_stage AS e
  INNER JOIN issuance AS i ON i.issuance_id = e.issuance_id
  WHERE e.known_on <= CAST($as_of AS DATE)
  GROUP BY e.iso3
)
SELECT
  p.iso3, CAST(p.sequence AS INTEGER) AS sequence, p.signed_from_on, p.signed_to_on, p.signed_precision, p.signed_place,
  p.signed_to_on <= CAST($as_of AS DATE) AS is_partner,
  CAST(coalesce(m.methodologies, 0) AS INTEGER) AS methodologies,
  CAST(coalesce(s.pipeline, 0) AS INTEGER) AS pipeline,
  CAST(coalesce(s.validation, 0) AS INTEGER) AS validation,
  CAST(coalesce(s.registered, 0) AS INTEGER) AS registered,
  CAST(coalesce(e.notified, 0) AS INTEGER) AS notified,
  CAST(e.notified_tco2 AS BIGINT) AS notified_tco2,
  CAST(coalesce(e.issued, 0) AS INTEGER) AS issued,
  CAST(coalesce(e.itmo, 0) AS INTEGER) AS itmo,
  n.iso3 IS NOT NULL AS has_ndc,
  c.iso3 IS NOT NULL AS has_pricing
FROM partner_country AS p
LEFT JOIN stages AS s ON s.iso3 = p.iso3
LEFT JOIN methods AS m ON m.iso3 = p.iso3
LEFT JOIN events AS e ON e.iso3 = p.iso3
LEFT JOIN (
  SELECT DISTINCT t.iso3
  FROM ndc_target AS t
  WHERE least(t.latest_ndc_submitted_on, t.ndc_submitted_on, t.as_of_on) <= CAST($as_of AS DATE)
) AS n ON n.iso3 = p.iso3
LEFT JOIN (
  SELECT DISTINCT g.iso3
  FROM carbon_pricing AS g
  INNER JOIN source AS s ON s.source_id = g.source_id
  WHERE coalesce(g.since_on, s.as_of_on, s.retrieved_on) <= CAST($as_of AS DATE)
) AS c ON c.iso3 = p.iso3
ORDER BY p.sequence
