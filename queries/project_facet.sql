-- title: Projects by the values of one filter, under the others
-- title_ja: 絞り込み項目ごとの案件数
-- param: by VARCHAR = 'country' | key of a filter | 絞り込みの項目
-- choices: by = @filters
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- fragment: words
-- returns: value | code of the value | 値のコード
-- returns: projects | projects | 案件数
WITH held AS (
  SELECT r.project_id, r.iso3, r.sector_number, r.technology, r.programme, r.funding, r.stage, 1 AS known
  FROM project_as_of(CAST($as_of AS DATE)) AS r
  WHERE true
    /* filters: r */
    /* words: r */
),
values_held AS (
  /* project_values: h */
)
SELECT v.value, CAST(count(DISTINCT v.project_id) AS INTEGER) AS projects
FROM values_held AS v
WHERE v.filter = $by
GROUP BY v.value
ORDER BY projects DESC, v.value
