-- title: All facts of one project
-- title_ja: 案件の全事実
-- param: project VARCHAR = '' | project_id | 案件の識別子
-- choices: project = @project
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: project_id | project | 案件
-- returns: ref_no | reference number of the JCM site; null where it is not on the list | 参照番号。一覧に未掲載の場合は null
-- returns: title_en | title, English | 題名（英語）
-- returns: title_en_basis | published or translated | published（公表）又は translated（編者訳）
-- returns: title_ja | title, Japanese; null where there is none | 題名（日本語）。ない場合は null
-- returns: iso3 | host country | パートナー国
-- returns: sector_number | sectoral scope, 0 for none stated | セクトラルスコープ番号。0は記載なし
-- returns: sector_basis | stated or classified; null for none | stated（記載）又は classified（分類）。なしは null
-- returns: technology | technology | 技術
-- returns: programme | programme, unstated for none | 支援事業。unstated は記載なし
-- returns: funding | government, private or unknown | government（政府）、private（民間）又は unknown（不明）
-- returns: methodology | methodology; null where not known | 方法論。不明は null
-- returns: stage | stage on the day; null where not yet known | 段階。未判明の場合は null
-- returns: known_on | first day on which it was known | 最初に判明した日
-- returns: in_target_scope | whether it counts as a JCM project | JCMプロジェクトとして数えるか
-- returns: fy_selected | fiscal year of selection; null where not known | 採択年度。不明は null
-- returns: registered_on | registration; null where not registered on the day | 登録日。基準日に未登録の場合は null
-- returns: annual_tco2 | annual estimate, tCO2; null where none is known | 年間見込量、tCO2。不明は null
-- returns: annual_basis | what the estimate rests on: project document, selection, company or press, study or unknown; null where none is known | 年間見込量の根拠。不明は null
-- returns: operation_start_precision | day, month or year of the stated start of operation; null where none is stated | 公表された稼働開始日の精度。記載なしは null
-- returns: est_annual_source_id | source of the estimate; null where none is known | 見込量の出典。不明は null
-- returns: est_total_tco2 | a stated total, tCO2; null where none is | 公表された総量、tCO2。なしは null
-- returns: est_total_basis | period of the stated total; null where none is | 総量の対象期間。なしは null
-- returns: start_on | start of operation, stated or assumed; null outside the scope or without a schedule | 稼働開始日。集計対象外は null
-- returns: end_on | last day of operation; null outside the scope or without a schedule | 稼働終了日。集計対象外は null
-- returns: start_basis | stated, verified, selection or registration; null outside the scope or without a schedule | 稼働開始日の根拠。集計対象外は null
-- returns: lifetime_years | assumed time in operation, years; null outside the scope or without a schedule | 想定稼働年数。集計対象外は null
-- returns: assumption_codes | assumptions of the schedule; null where there are none | 稼働期間に関する仮定。なしは null
-- returns: is_reported | whether the project rests on weak sources alone | 単独では用いない出典のみに基づくか
-- returns: location | place as stated; null where none is | 所在地の記載。記載なしは null
-- returns: note | remarks on the latest record; null for none and on earlier days | 最新の記録に関する備考。なしの場合及び過去の基準日では null
-- returns: source_ids | all sources, separated by ; | 全ての出典（「;」区切り）
SELECT
  r.project_id, r.ref_no, r.title_en, r.title_en_basis, r.title_ja, r.iso3, coalesce(r.sector_number, 0) AS sector_number,
  r.sector_basis, r.technology, coalesce(r.programme, 'unstated') AS programme, coalesce(r.funding, 'unknown') AS funding,
  r.methodology, t.stage, f.known_on, coalesce(t.in_target_scope, r.in_target_scope) AS in_target_scope, t.fy_selected,
  t.registered_on, coalesce(t.annual_tco2, t.annual_not_counted_tco2) AS annual_tco2, t.annual_basis,
  CASE WHEN t.start_basis = 'stated' THEN r.operation_start_precision END AS operation_start_precision,
  t.annual_source_id AS est_annual_source_id,
  CASE WHEN CAST($as_of AS DATE) >= b.data_as_of_on THEN r.est_total_tco2 END AS est_total_tco2,
  CASE WHEN CAST($as_of AS DATE) >= b.data_as_of_on THEN r.est_total_basis END AS est_total_basis,
  t.start_on, t.end_on, t.start_basis, t.lifetime_years, t.assumption_codes, t.is_reported, r.location,
  t.note,
  (SELECT string_agg(l.source_id, ';' ORDER BY l.position) FROM project_source AS l WHERE l.project_id = r.project_id) AS source_ids
FROM history.project AS r
INNER JOIN (SELECT s.project_id, min(s.known_on) AS known_on FROM history.project_state AS s GROUP BY s.project_id) AS f
  ON f.project_id = r.project_id
CROSS JOIN record.build AS b
LEFT JOIN project_as_of(CAST($as_of AS DATE)) AS t ON t.project_id = r.project_id
WHERE r.project_id = $project
ORDER BY r.project_id
