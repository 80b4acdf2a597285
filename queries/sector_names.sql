-- title: All JCM sectoral scopes, or all technologies, with or without a project
-- title_ja: JCMセクトラルスコープ又は技術の一覧（案件の有無を問わない）
-- param: by VARCHAR = 'sector' | sector or technology | sector（分野）又は technology（技術）
-- choices: by = sector, technology
-- returns: value | scope number, 0 for none stated; or technology, unstated for none or several | セクトラルスコープ番号（0は記載なし）、又は技術（unstated は記載なし又は複数）
-- returns: name_en | name, English; null for none stated | 名称（英語）。記載なしは null
-- returns: name_ja | name, Japanese; null for none stated | 名称（日本語）。記載なしは null
SELECT n.value, n.name_en, n.name_ja
FROM (
  SELECT
    'sector' AS kind, CAST(s.sector_number AS VARCHAR) AS value, CAST(s.sector_number AS INTEGER) AS position,
    s.name_en, j.name_ja
  FROM sector AS s
  INNER JOIN sector_name AS j ON j.sector_number = s.sector_number
  UNION ALL
  SELECT 'sector', '0', 99, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR)
  UNION ALL
  SELECT 'technology', technology, 0, name_en, name_ja FROM technology
  UNION ALL
  SELECT 'technology', 'unstated', 99, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR)
) AS n
WHERE n.kind = $by
ORDER BY n.position, n.name_en, n.value
