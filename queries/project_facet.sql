-- title: Projects by the values of one filter, under the others
-- title_ja: 絞り込み項目ごとの案件数
-- param: by VARCHAR = 'country' | country, sector, technology, programme, funding or status | country(国)、sector(分野)、technology(技術)、programme(支援事業)、funding(資金)又は status(段階)
-- choices: by = country, sector, technology, programme, funding, status
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- fragment: words
-- returns: value | code of the value | 値のコード
-- returns: projects | projects | 案件数
SELECT
  CASE
    WHEN $by = 'sector' THEN CAST(coalesce(r.sector_number, 0) AS VARCHAR)
    WHEN $by = 'technology' THEN coalesce(r.technology, 'unstated')
    WHEN $by = 'programme' THEN coalesce(r.programme, 'unstated')
    WHEN $by = 'funding' THEN coalesce(r.funding, 'unknown')
    WHEN $by = 'status' THEN r.stage
    ELSE r.iso3
  END AS value,
  CAST(count(*) AS INTEGER) AS projects
FROM project_as_of(CAST($as_of AS DATE)) AS r
WHERE true
  /* filters: r */
  /* words: r */
GROUP BY 1
ORDER BY projects DESC, value
