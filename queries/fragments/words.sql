-- param: words VARCHAR[] = null | folded words that the project's text must all hold; null for all | 検索語（正規化済み）。全てを含む案件に限る。null はすべて
AND NOT EXISTS (
  SELECT 1 FROM (SELECT unnest(CAST($words AS VARCHAR[])) AS word) AS w, record.project_search AS x
  WHERE x.project_id = r.project_id AND NOT contains(x.text, w.word))
