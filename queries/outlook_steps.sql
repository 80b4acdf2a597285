-- title: Issuance events with the days of their steps, from monitoring to first transfer, as known on a day
-- title_ja: モニタリングから初回移転までの各段階の日付を付した発行（基準日時点）
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- returns: issuance_id | event | 発行
-- returns: project_id | project; null for several or none named | 案件。複数又は記載なしは null
-- returns: project_ids | projects covered, separated by ;, null where not named | 対象案件（「;」区切り）。記載なしは null
-- returns: iso3 | host country | パートナー国
-- returns: sector_number | sectoral scope, 0 for none or several | セクトラルスコープ番号。0は記載なし又は複数
-- returns: period_start_on | start of the monitoring period; null where not known | モニタリング期間の始期。不明は null
-- returns: period_end_on | end of the monitoring period; null where not known | モニタリング期間の終期。不明は null
-- returns: decided_on | decision, the latest day it may mean; null where not known | 発行決定日（年月のみ判明の場合はその末日）。不明は null
-- returns: issued_on | issuance in Japan, the latest day it may mean; null where not known | 日本における発行日（年月のみ判明の場合はその末日）。不明は null
-- returns: first_transferred_on | earliest first transfer; null for none known | 最初の初回移転日。ない場合は null
-- returns: amount_basis | exact, range, at least (only a part is known) or unknown | 量の判明状況。exact（確定）、range（幅）、at least（一部のみ判明）又は unknown（不明）
-- returns: tco2_low | tonnes, low end, tCO2; null where nothing is known | 発行量（下限）、tCO2。不明は null
-- returns: tco2_high | tonnes, high end as far as known, tCO2; null where nothing is known | 発行量（判明している範囲の上限）、tCO2。不明は null
-- returns: japan_low_tco2 | Japanese part, at least, tCO2; null where nothing is known | 日本側（少なくとも）、tCO2。不明は null
-- returns: japan_high_tco2 | Japanese part, at most, as far as known, tCO2; null where nothing is known | 日本側（多くとも。判明している範囲）、tCO2。不明は null
-- returns: japan_government_tco2 | Japanese government alone, tCO2; null where not known | 日本政府分、tCO2。不明は null
-- returns: transferred_tco2 | first transferred, at least, tCO2; null for none known | 初回移転量（少なくとも）、tCO2。ない場合は null
SELECT
  i.issuance_id,
  i.project_id,
  (SELECT string_agg(l.project_id, ';' ORDER BY l.position) FROM issuance_project AS l WHERE l.issuance_id = i.issuance_id) AS project_ids,
  i.iso3,
  coalesce(i.sector_number, 0) AS sector_number,
  i.period_start_on,
  i.period_end_on,
  CASE i.decided_precision
    WHEN 'month' THEN last_day(i.decided_on)
    WHEN 'year' THEN make_date(year(i.decided_on), 12, 31)
    ELSE i.decided_on
  END AS decided_on,
  CASE i.issued_precision
    WHEN 'month' THEN last_day(i.issued_on)
    WHEN 'year' THEN make_date(year(i.issued_on), 12, 31)
    ELSE i.issued_on
  END AS issued_on,
  t.first_transferred_on,
  i.amount_basis,
  i.tco2_low,
  i.tco2_high,
  i.japan_share_low_tco2 AS japan_low_tco2,
  i.japan_share_high_tco2 AS japan_high_tco2,
  i.japan_government_tco2,
  i.itmo_low_tco2 AS transferred_tco2
FROM issuance_as_of(CAST($as_of AS DATE)) AS i
LEFT JOIN (
  SELECT e.issuance_id, min(e.occurred_on) AS first_transferred_on
  FROM history.article6_event AS e
  WHERE e.action = 'first transfer' AND e.occurred_on <= CAST($as_of AS DATE)
  GROUP BY e.issuance_id
) AS t ON t.issuance_id = i.issuance_id
WHERE true
  /* filters: i */
ORDER BY i.issuance_id
