-- title: Methodologies: title, scope, versions and approval, and the projects that use each with their tonnes
-- title_ja: 方法論（名称、分野、版、承認日）と適用案件及びその量
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- param: countries VARCHAR[] = null | partner countries; null for all | 対象国。null は全て
-- choices: countries = @country
-- param: sectors INTEGER[] = null | JCM scope numbers, 0 for none stated; null for all | 対象分野の番号。0は記載なし。null は全て
-- choices: sectors = @sector
-- returns: methodology_code | code | 方法論番号
-- returns: iso3 | country, ISO 3166-1 alpha-3 | 国（ISO 3166-1 alpha-3）
-- returns: title_en | title, English; null where not known | 名称（英語）。不明は null
-- returns: status | status as the site words it; null where not known | 状況（サイトの表記）。不明は null
-- returns: approved_on | day of approval; null where not approved or not known | 承認日。未承認又は不明は null
-- returns: is_on_site | whether the site's table has it; else it is known from projects alone | JCMサイトの一覧に基づくか。偽は案件の記載のみによる
-- returns: sector_numbers | sectoral scopes separated by ;, those of its projects where the site's table states none; null for none | セクトラルスコープ番号（「;」区切り。サイトの記載がない場合は案件の番号）。なしは null
-- returns: version | latest version on the site; null where not known | サイトの最新の版。不明は null
-- returns: versions_used | versions that projects use, separated by ;, null for none stated | 案件が適用した版（「;」区切り）。記載なしは null
-- returns: projects | projects on the list that use it | 適用案件数（一覧掲載）
-- returns: registered | of these, registered | うち登録済み
-- returns: annual_tco2 | annual estimates of those that are counted, tCO2; null where none is known | 集計対象の適用案件の年間見込量、tCO2。不明は null
-- returns: events | issuance decisions all of whose projects use it | 対象案件の全てが適用する発行決定の件数
-- returns: events_without_amount | of these, without any amount | うち量が不明な件数
-- returns: tco2_low | their tonnes, low end, tCO2; null where none is known | 発行決定量（下限）、tCO2。不明は null
-- returns: tco2_high | the same, high end as far as known, tCO2; null where none is known | 同じく上限（判明している範囲）、tCO2。不明は null
-- returns: url | address of the site's table; null where it was not read | サイトの一覧の所在。未取得は null
WITH used AS (
  SELECT n.methodology_code, n.version, p.project_id, p.sector_number, p.stage, p.annual_tco2
  FROM project_methodology AS n
  INNER JOIN project_as_of(CAST($as_of AS DATE)) AS p ON p.project_id = n.project_id
  WHERE p.stage IN ('validation', 'registered', 'withdrawn')
),
known AS (
  SELECT * FROM methodology_as_of(CAST($as_of AS DATE))
),
scopes AS (
  SELECT k.methodology_code, CAST(k.sector AS INTEGER) AS sector_number
  FROM (SELECT m.methodology_code, unnest(string_split(m.sector_numbers, ';')) AS sector FROM known AS m WHERE m.sector_numbers IS NOT NULL) AS k
  UNION
  SELECT u.methodology_code, CAST(u.sector_number AS INTEGER)
  FROM used AS u
  INNER JOIN known AS m ON m.methodology_code = u.methodology_code
  WHERE m.sector_numbers IS NULL AND u.sector_number IS NOT NULL
),
scope_lists AS (
  SELECT s.methodology_code, string_agg(CAST(s.sector_number AS VARCHAR), ';' ORDER BY s.sector_number) AS sector_numbers
  FROM scopes AS s
  GROUP BY s.methodology_code
),
versions AS (
  SELECT v.methodology_code, string_agg(v.version, ';' ORDER BY v.version) AS versions_used
  FROM (SELECT DISTINCT u.methodology_code, u.version FROM used AS u WHERE u.version IS NOT NULL) AS v
  GROUP BY v.methodology_code
),
counts AS (
  SELECT
    u.methodology_code, count(*) AS projects, sum(CASE WHEN u.stage = 'registered' THEN 1 ELSE 0 END) AS registered,
    sum(u.annual_tco2) AS annual_tco2
  FROM used AS u
  GROUP BY u.methodology_code
),
events AS (
  -- An event of several projects is told where all of them use the methodology: its amount cannot be divided.
  SELECT n.methodology_code, i.issuance_id, min(i.tco2_low) AS tco2_low, max(i.tco2_high) AS tco2_high
  FROM issuance_as_of(CAST($as_of AS DATE)) AS i
  INNER JOIN issuance_project AS l ON l.issuance_id = i.issuance_id
  INNER JOIN project_methodology AS n ON n.project_id = l.project_id
  GROUP BY n.methodology_code, i.issuance_id, i.projects
  HAVING count(*) = i.projects
),
decided AS (
  SELECT
    e.methodology_code, count(*) AS events, sum(CASE WHEN e.tco2_low IS NULL THEN 1 ELSE 0 END) AS events_without_amount,
    sum(e.tco2_low) AS tco2_low, sum(e.tco2_high) AS tco2_high
  FROM events AS e
  GROUP BY e.methodology_code
)
SELECT
  m.methodology_code, m.iso3, m.title_en, m.status, m.approved_on, m.source_id IS NOT NULL AS is_on_site,
  s.sector_numbers, m.version, v.versions_used,
  CAST(coalesce(c.projects, 0) AS INTEGER) AS projects,
  CAST(coalesce(c.registered, 0) AS INTEGER) AS registered,
  CAST(c.annual_tco2 AS BIGINT) AS annual_tco2,
  CAST(coalesce(d.events, 0) AS INTEGER) AS events,
  CAST(coalesce(d.events_without_amount, 0) AS INTEGER) AS events_without_amount,
  CAST(d.tco2_low AS BIGINT) AS tco2_low,
  CAST(d.tco2_high AS BIGINT) AS tco2_high,
  o.url
FROM known AS m
LEFT JOIN scope_lists AS s ON s.methodology_code = m.methodology_code
LEFT JOIN versions AS v ON v.methodology_code = m.methodology_code
LEFT JOIN counts AS c ON c.methodology_code = m.methodology_code
LEFT JOIN decided AS d ON d.methodology_code = m.methodology_code
LEFT JOIN source AS o ON o.source_id = m.source_id
WHERE (CAST($countries AS VARCHAR[]) IS NULL OR array_contains(CAST($countries AS VARCHAR[]), m.iso3))
  AND (CAST($sectors AS INTEGER[]) IS NULL
    OR m.methodology_code IN (SELECT x.methodology_code FROM scopes AS x WHERE array_contains(CAST($sectors AS INTEGER[]), x.sector_number))
    OR (array_contains(CAST($sectors AS INTEGER[]), 0) AND s.sector_numbers IS NULL))
ORDER BY projects DESC, m.methodology_code
