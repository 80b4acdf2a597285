-- title: NDC and carbon pricing of one country
-- title_ja: 国別のNDC及びカーボンプライシング
-- param: country VARCHAR = '' | ISO 3166-1 alpha-3 | ISO 3166-1 alpha-3 コード
-- choices: country = @country
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: part | ndc or pricing | ndc（NDC）又は pricing（カーボンプライシング）
-- returns: item | what it is | 項目
-- returns: value | what the source says; null where it says nothing | 資料の記載。なしは null
-- returns: dated_on | date of the fact or of its source; null where none is stated | 日付。記載なしは null
-- returns: dated_precision | its precision; null where none is stated | 精度。記載なしは null
-- returns: url | address of the source; null where there is none | 出典の所在。なしは null
SELECT f.part, f.item, f.value, f.dated_on, f.dated_precision, coalesce(f.own_url, s.url) AS url
FROM (
  SELECT iso3, 'ndc' AS part, 1 AS position, 'latest NDC' AS item, latest_ndc_title AS value, latest_ndc_submitted_on AS dated_on,
    'day' AS dated_precision, latest_source_id AS source_id, latest_ndc_url AS own_url
  FROM ndc_target
  UNION ALL
  SELECT iso3, 'ndc', 2, 'mitigation target', mitigation_target, as_of_on, as_of_precision, source_id, NULL FROM ndc_target
  UNION ALL
  SELECT iso3, 'ndc', 3, 'baseline', baseline, as_of_on, as_of_precision, source_id, NULL FROM ndc_target
  UNION ALL
  SELECT iso3, 'ndc', 4, 'target year', target_year, as_of_on, as_of_precision, source_id, NULL FROM ndc_target
  UNION ALL
  SELECT iso3, 'ndc', 5, 'coverage', coverage, as_of_on, as_of_precision, source_id, NULL FROM ndc_target
  UNION ALL
  SELECT iso3, 'ndc', 6, 'international markets', market_international, as_of_on, as_of_precision, source_id, NULL FROM ndc_target
  UNION ALL
  SELECT iso3, 'ndc', 7, 'JCM', market_jcm, as_of_on, as_of_precision, source_id, NULL FROM ndc_target
  UNION ALL
  SELECT iso3, 'pricing', 8, status, instrument, since_on, since_precision, source_id, NULL FROM carbon_pricing WHERE known_on <= CAST($as_of AS DATE)
) AS f
LEFT JOIN source AS s ON s.source_id = f.source_id
WHERE f.iso3 = $country AND (f.value IS NOT NULL OR f.part = 'pricing')
  AND (f.part = 'pricing' OR coalesce(f.dated_on, s.known_on) <= CAST($as_of AS DATE))
ORDER BY f.position, f.item, f.value NULLS LAST
