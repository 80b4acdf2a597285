-- title: All facts of one project
-- title_ja: プロジェクトの全事実
-- param: project VARCHAR = '' | project_id | プロジェクトの識別子
-- choices: project = @project
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: project_id | project | プロジェクト
-- returns: ref_no | reference number of the JCM site; null where it is not on the list | 参照番号。一覧に未掲載の場合は null
-- returns: title_en | title, English | 題名(英語)
-- returns: title_en_basis | published or translated | published(公表)又は translated(編者訳)
-- returns: title_ja | title, Japanese; null where there is none | 題名(日本語)。ない場合は null
-- returns: iso3 | host country | パートナー国
-- returns: sector_number | sectoral scope, 0 for none stated | セクトラルスコープ番号。0は記載なし
-- returns: sector_basis | stated or classified; null for none | stated(記載)又は classified(分類)。なしは null
-- returns: technology | technology | 技術
-- returns: programme | programme, unstated for none | 支援事業。unstated は記載なし
-- returns: funding | government, private or unknown | government(政府)、private(民間)又は unknown(不明)
-- returns: methodology | methodology; null where not known | 方法論。不明は null
-- returns: stage | stage on the day; null where not yet known | 段階。未判明の場合は null
-- returns: known_on | first day on which it was known | 最初に判明した日
-- returns: in_target_scope | whether it counts as a JCM project | JCMプロジェクトとして数えるか
-- returns: fy_selected | fiscal year of selection; null where not known | 採択年度。不明は null
-- returns: registered_on | registration; null where not registered on the day | 登録日。基準日に未登録の場合は null
-- returns: annual_tco2 | annual estimate, tCO2; null where none is known | 年間見込量、tCO2。不明は null
-- returns: operation_start_precision | day, month or year of the stated start of operation; null where none is stated | 公表された稼働開始日の精度。記載なしは null
-- returns: est_annual_source_id | source of the estimate; null where none is known | 見込量の出典。不明は null
-- returns: est_total_tco2 | a stated total, tCO2; null where none is | 公表された総量、tCO2。なしは null
-- returns: est_total_basis | period of the stated total; null where none is | 総量の対象期間。なしは null
-- returns: start_on | start of operation, stated or assumed; null outside the scope | 稼働開始日。集計対象外は null
-- returns: end_on | last day of operation; null outside the scope | 稼働終了日。集計対象外は null
-- returns: start_basis | stated, selection, registration or known; null outside the scope | 稼働開始日の根拠。集計対象外は null
-- returns: lifetime_years | assumed time in operation, years; null outside the scope | 想定稼働年数。集計対象外は null
-- returns: assumption_codes | assumptions of the schedule; null where there are none | 稼働期間に関する仮定。なしは null
-- returns: location | place as stated; null where none is | 所在地の記載。記載なしは null
-- returns: jp_participants | Japanese participants; null where not known | 日本側参加者。不明は null
-- returns: partner_participants | participants of the partner; null where not known | パートナー国側参加者。不明は null
-- returns: note | remarks on the latest record; null for none and on earlier days | 最新の記録に関する備考。なしの場合及び過去の基準日では null
-- returns: source_ids | all sources, separated by ; | 全ての出典(; 区切り)
SELECT
  r.project_id, r.ref_no, r.title_en, r.title_en_basis, r.title_ja, r.iso3, coalesce(r.sector_number, 0) AS sector_number,
  r.sector_basis, r.technology, coalesce(r.programme, 'unstated') AS programme, coalesce(r.funding, 'unknown') AS funding,
  r.methodology, t.stage, f.known_on, r.in_target_scope, r.fy_selected,
  CASE WHEN r.registered_on <= CAST($as_of AS DATE) THEN r.registered_on END AS registered_on,
  CASE WHEN r.in_target_scope THEN p.annual_tco2 WHEN f.known_on <= CAST($as_of AS DATE) THEN r.est_annual_tco2 END AS annual_tco2,
  r.operation_start_precision, r.est_annual_source_id, r.est_total_tco2, r.est_total_basis, p.start_on, p.end_on, p.start_basis,
  p.lifetime_years, p.assumption_codes, r.location, r.jp_participants, r.partner_participants,
  CASE WHEN CAST($as_of AS DATE) >= (SELECT max(data_as_of_on) FROM build) THEN r.note END AS note, r.source_ids
FROM project AS r
INNER JOIN (SELECT project_id, min(known_on) AS known_on FROM project_stage GROUP BY project_id) AS f
  ON f.project_id = r.project_id
LEFT JOIN project_stage AS t ON t.project_id = r.project_id
  AND t.known_on <= CAST($as_of AS DATE) AND (t.known_until IS NULL OR t.known_until > CAST($as_of AS DATE))
LEFT JOIN project_schedule AS p ON p.project_id = r.project_id
  AND p.known_on <= CAST($as_of AS DATE) AND (p.known_until IS NULL OR p.known_until > CAST($as_of AS DATE))
WHERE r.project_id = $project
ORDER BY r.project_id
