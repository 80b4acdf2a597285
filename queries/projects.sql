-- title: Projects, one page of the list
-- title_ja: 案件一覧（1ページ分）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- fragment: words
-- param: sort VARCHAR = 'project' | project, annual, expected, selected, registered, country, stage or technology | 並べ替え。project（番号）、annual（年間見込量）、expected（見込み累計）、selected（採択年度）、registered（登録日）、country（国）、stage（段階）又は technology（技術）
-- choices: sort = project, annual, expected, selected, registered, country, stage, technology
-- param: first_year INTEGER = 2030 | expected tonnes up to the end of this fiscal year | この年度末までの見込量
-- param: last_year INTEGER = 2040 | and up to the end of this one | 同じく後の年度
-- param: rows_before INTEGER = 0 | rows left out at the beginning | 先頭から除く行数
-- param: rows_at_most INTEGER = 50 | rows given | 行数の上限
-- returns: project_id | project | 案件
-- returns: ref_no | reference number of the JCM site; null where it is not on the list | 参照番号。一覧に未掲載の場合は null
-- returns: title_en | title, English | 題名（英語）
-- returns: title_ja | title, Japanese; null where there is none | 題名（日本語）。ない場合は null
-- returns: iso3 | host country | パートナー国
-- returns: sector_number | sectoral scope, 0 for none stated | セクトラルスコープ番号。0は記載なし
-- returns: technology | technology | 技術
-- returns: programme | programme, unstated for none | 支援事業。unstated は記載なし
-- returns: funding | government, private or unknown | government（政府）、private（民間）又は unknown（不明）
-- returns: stage | stage on the day | 段階
-- returns: in_target_scope | whether it counts as a JCM project | JCMプロジェクトとして数えるか
-- returns: fy_selected | fiscal year of selection; null where not known on the day | 採択年度。基準日に不明な場合は null
-- returns: registered_on | registration; null where not registered on the day | 登録日。基準日に未登録の場合は null
-- returns: annual_tco2 | annual estimate, tCO2; null where none is known | 年間見込量、tCO2。不明は null
-- returns: expected_first_tco2 | expected tonnes by first_year, tCO2; null where nothing is known and for a dormant project | first_year までの見込量、tCO2。不明の場合及び選定後長期未掲載の案件は null
-- returns: expected_last_tco2 | expected tonnes by last_year, tCO2; null where nothing is known and for a dormant project | last_year までの見込量、tCO2。不明の場合及び選定後長期未掲載の案件は null
-- returns: notified_low_tco2 | tonnes decided for issuance, low end, tCO2; null where no amount is known | 発行決定量（下限）、tCO2。量が判明していない場合は null
-- returns: notified_high_tco2 | the same, high end as far as known, tCO2 | 同じく上限（判明している範囲）、tCO2
-- returns: events | issuance events | 発行件数
-- returns: start_on | start of operation, stated or assumed; null outside the scope | 稼働開始日（公表又は仮定）。集計対象外は null
-- returns: start_basis | stated, verified, selection or registration; null for no schedule | 稼働開始日の根拠
-- returns: annual_basis | what the estimate rests on; null where none is known | 年間見込量の根拠。不明は null
-- returns: is_reported | whether the project rests on weak sources alone | 単独では用いない出典のみに基づくか
-- returns: location | place as stated; null where none is | 所在地の記載。記載なしは null
-- returns: methodology | methodology; null where not known | 方法論。不明は null
-- returns: jp_participants | Japanese participants; null where not known | 日本側参加者。不明は null
-- returns: partner_participants | participants of the partner; null where not known | パートナー国側参加者。不明は null
WITH expected AS (
  SELECT
    e.project_id,
    CAST(sum(CASE WHEN e.fiscal_year <= $first_year THEN e.tco2 ELSE 0 END) AS BIGINT) AS first_tco2,
    CAST(sum(CASE WHEN e.fiscal_year <= $last_year THEN e.tco2 ELSE 0 END) AS BIGINT) AS last_tco2
  FROM history.expected AS e
  WHERE e.rung <> 'dormant' AND e.known_on <= CAST($as_of AS DATE) AND (e.known_until IS NULL OR e.known_until > CAST($as_of AS DATE))
  GROUP BY e.project_id
),
notified AS (
  SELECT
    i.project_id, CAST(sum(i.tco2_low) AS BIGINT) AS low_tco2, CAST(sum(i.tco2_high) AS BIGINT) AS high_tco2,
    CAST(count(*) AS INTEGER) AS events
  FROM issuance_as_of(CAST($as_of AS DATE)) AS i
  GROUP BY i.project_id
),
participants AS (
  SELECT
    j.project_id,
    string_agg(CASE WHEN j.side = 'Japan' THEN j.participant END, '; ' ORDER BY j.position) AS jp_participants,
    string_agg(CASE WHEN j.side = 'partner' THEN j.participant END, '; ' ORDER BY j.position) AS partner_participants
  FROM project_participant AS j
  GROUP BY j.project_id
)
SELECT
  r.project_id, r.ref_no, r.title_en, r.title_ja, r.iso3, coalesce(r.sector_number, 0) AS sector_number, r.technology,
  coalesce(r.programme, 'unstated') AS programme, coalesce(r.funding, 'unknown') AS funding, r.stage, r.in_target_scope,
  r.fy_selected, r.registered_on, coalesce(r.annual_tco2, r.annual_not_counted_tco2) AS annual_tco2,
  e.first_tco2 AS expected_first_tco2, e.last_tco2 AS expected_last_tco2, n.low_tco2 AS notified_low_tco2,
  n.high_tco2 AS notified_high_tco2, coalesce(n.events, 0) AS events, r.start_on, r.start_basis, r.annual_basis, r.is_reported,
  r.location, r.methodology, j.jp_participants, j.partner_participants
FROM project_as_of(CAST($as_of AS DATE)) AS r
LEFT JOIN expected AS e ON e.project_id = r.project_id
LEFT JOIN notified AS n ON n.project_id = r.project_id
LEFT JOIN participants AS j ON j.project_id = r.project_id
WHERE true
  /* filters: r */
  /* words: r */
ORDER BY
  CASE WHEN $sort = 'annual' THEN r.annual_tco2 WHEN $sort = 'expected' THEN e.first_tco2 WHEN $sort = 'selected' THEN r.fy_selected END
    DESC NULLS LAST,
  CASE WHEN $sort = 'registered' THEN r.registered_on END DESC NULLS LAST,
  CASE WHEN $sort = 'country' THEN r.iso3 WHEN $sort = 'stage' THEN r.stage WHEN $sort = 'technology' THEN r.technology END,
  r.project_id
LIMIT $rows_at_most OFFSET $rows_before
