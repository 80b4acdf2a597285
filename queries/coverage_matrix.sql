-- title: What is known of each partner country
-- title_ja: パートナー国別の情報の有無
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: iso3 | partner country | パートナー国
-- returns: sequence | order of signature | 署名の順番
-- returns: signed_from_on | earliest day of signature | 署名日として考え得る最も早い日
-- returns: signed_to_on | latest day of signature; a partner from this day | 署名日として考え得る最も遅い日。この日からパートナー国
-- returns: signed_precision | day, month or interval | 精度。day（日）、month（月）又は interval（期間）
-- returns: signed_place | place of signature; null where not known | 署名地。不明は null
-- returns: is_partner | whether it had signed by the day | 基準日までに署名済みか
-- returns: methodologies | methodologies known, of the site's table or named by projects on the list | 判明している方法論の数（サイトの一覧又は掲載案件の記載）
-- returns: dormant | projects selected long ago and never listed | 選定後長期未掲載の案件数
-- returns: pipeline | projects selected or planned | 採択・計画の案件数
-- returns: validation | projects under validation | 妥当性確認中の案件数
-- returns: registered | projects registered | 登録済みの案件数
-- returns: notified | issuance decisions known | 発行決定件数
-- returns: notified_low_tco2 | their tonnes, low end, tCO2; null where no amount is known | 発行決定量（下限）、tCO2。不明は null
-- returns: notified_high_tco2 | the same, high end as far as known, tCO2 | 同じく上限（判明している範囲）、tCO2
-- returns: issued | events with an issue known | 発行済み件数
-- returns: itmo | authorisations and first transfers known | 承認・初回移転の件数
-- returns: has_ndc | whether an NDC is in our facts | NDCの情報の有無
-- returns: has_pricing | whether carbon pricing is in our facts | カーボンプライシングの情報の有無
WITH known AS (
  SELECT * FROM project_as_of(CAST($as_of AS DATE))
),
stages AS (
  SELECT
    k.iso3,
    sum(CASE WHEN k.stage = 'dormant' THEN 1 ELSE 0 END) AS dormant,
    sum(CASE WHEN k.stage = 'pipeline' AND k.in_target_scope THEN 1 ELSE 0 END) AS pipeline,
    sum(CASE WHEN k.stage = 'validation' AND k.in_target_scope THEN 1 ELSE 0 END) AS validation,
    sum(CASE WHEN k.stage = 'registered' AND k.in_target_scope THEN 1 ELSE 0 END) AS registered
  FROM known AS k
  GROUP BY k.iso3
),
methods AS (
  SELECT n.iso3, count(*) AS methodologies FROM methodology_as_of(CAST($as_of AS DATE)) AS n GROUP BY n.iso3
),
events AS (
  SELECT
    e.iso3,
    sum(CASE WHEN e.rung = 'notified' THEN 1 ELSE 0 END) AS notified,
    sum(CASE WHEN e.rung = 'issued' THEN 1 ELSE 0 END) AS issued,
    sum(CASE WHEN e.rung = 'itmo' THEN 1 ELSE 0 END) AS itmo
  FROM history.issuance_rung_as_of(CAST($as_of AS DATE)) AS e
  GROUP BY e.iso3
),
decided AS (
  SELECT i.iso3, sum(i.tco2_low) AS low, sum(i.tco2_high) AS high FROM issuance_as_of(CAST($as_of AS DATE)) AS i GROUP BY i.iso3
)
SELECT
  p.iso3, CAST(p.sequence AS INTEGER) AS sequence, p.signed_from_on, p.signed_to_on, p.signed_precision, p.signed_place,
  p.signed_to_on <= CAST($as_of AS DATE) AS is_partner,
  CAST(coalesce(m.methodologies, 0) AS INTEGER) AS methodologies,
  CAST(coalesce(s.dormant, 0) AS INTEGER) AS dormant,
  CAST(coalesce(s.pipeline, 0) AS INTEGER) AS pipeline,
  CAST(coalesce(s.validation, 0) AS INTEGER) AS validation,
  CAST(coalesce(s.registered, 0) AS INTEGER) AS registered,
  CAST(coalesce(e.notified, 0) AS INTEGER) AS notified,
  CAST(d.low AS BIGINT) AS notified_low_tco2,
  CAST(d.high AS BIGINT) AS notified_high_tco2,
  CAST(coalesce(e.issued, 0) AS INTEGER) AS issued,
  CAST(coalesce(e.itmo, 0) AS INTEGER) AS itmo,
  n.iso3 IS NOT NULL AS has_ndc,
  c.iso3 IS NOT NULL AS has_pricing
FROM partner_country AS p
LEFT JOIN stages AS s ON s.iso3 = p.iso3
LEFT JOIN methods AS m ON m.iso3 = p.iso3
LEFT JOIN events AS e ON e.iso3 = p.iso3
LEFT JOIN decided AS d ON d.iso3 = p.iso3
LEFT JOIN (
  SELECT DISTINCT t.iso3
  FROM ndc_target AS t
  WHERE least(t.latest_ndc_submitted_on, t.ndc_submitted_on, t.as_of_on) <= CAST($as_of AS DATE)
) AS n ON n.iso3 = p.iso3
LEFT JOIN (
  SELECT DISTINCT g.iso3
  FROM carbon_pricing AS g
  WHERE g.known_on <= CAST($as_of AS DATE)
) AS c ON c.iso3 = p.iso3
ORDER BY p.sequence
