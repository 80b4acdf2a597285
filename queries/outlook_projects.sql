-- title: Projects that count, with estimate and operation as known on a day
-- title_ja: 集計対象案件の見込量及び稼働期間（基準日時点）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: project_id | project | 案件
-- returns: title_en | title, English | 題名（英語）
-- returns: iso3 | host country | パートナー国
-- returns: sector_number | sectoral scope, 0 for none stated | セクトラルスコープ番号。0は記載なし
-- returns: technology | technology | 技術
-- returns: programme | programme, unstated for none | 支援事業。unstated は記載なし
-- returns: funding | government, private or unknown | government（政府）、private（民間）又は unknown（不明）
-- returns: stage | pipeline, validation or registered | 段階
-- returns: annual_tco2 | annual estimate, tCO2; null where none is known | 年間見込量、tCO2。不明は null
-- returns: start_on | start of operation, stated or assumed; null for no schedule | 稼働開始日（公表又は仮定）。稼働期間なしは null
-- returns: end_on | last day of operation; null for no schedule | 稼働終了日。稼働期間なしは null
-- returns: start_basis | stated, verified, selection or registration; null for no schedule | 稼働開始日の根拠。稼働期間なしは null
-- returns: registered_on | registration; null where not registered on the day | 登録日。基準日に未登録の場合は null
-- returns: fy_selected | fiscal year of selection; null where not known on the day | 採択年度。基準日に不明な場合は null
SELECT
  r.project_id, r.title_en, r.iso3, coalesce(r.sector_number, 0) AS sector_number, r.technology,
  coalesce(r.programme, 'unstated') AS programme, coalesce(r.funding, 'unknown') AS funding, r.stage,
  r.annual_tco2, r.start_on, r.end_on, r.start_basis, r.registered_on, r.fy_selected
FROM project_as_of(CAST($as_of AS DATE)) AS r
WHERE r.is_counted
  /* filters: r */
ORDER BY r.project_id
