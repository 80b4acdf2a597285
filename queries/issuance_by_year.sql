-- title: Credits by year of decision, of issuance or of the monitoring period, by group
-- title_ja: 発行決定・発行・モニタリング期間の年度別、区分別の量
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- param: counted VARCHAR = 'decision' | year of the decision, of the issuance (issued only) or of the monitoring period | 計上年度。decision（発行決定）、issuance（発行。発行済みのみ）又は period（モニタリング期間）
-- choices: counted = decision, issuance, period
-- param: by VARCHAR = 'country' | country, sector, technology, programme or funding | country（国）、sector（分野）、technology（技術）、programme（支援事業）又は funding（資金）
-- choices: by = country, sector, technology, programme, funding
-- returns: value | code of the group, as in ladder_by_group | 区分のコード（ladder_by_group と同じ）
-- returns: fiscal_year | fiscal year; null where no date is known | 年度。日付不明は null
-- returns: tco2_low | tonnes, low end, tCO2; null where none is known | 量（下限）、tCO2。判明分がない場合は null
-- returns: tco2_high | the same, high end as far as known, tCO2 | 同じく上限（判明している範囲）、tCO2
-- returns: events | events of the year; those with a period count in the year in which it ends | 件数。期間のある発行は終期の年度に計上
-- returns: events_without_amount | of these, events without an amount | うち量が不明な件数
WITH tonnes AS (
  SELECT
    /* group: r */
    CAST(CASE
      WHEN $counted = 'issuance' THEN r.fiscal_year_issued
      WHEN $counted = 'period' THEN r.fiscal_year
      ELSE r.fiscal_year_dated
    END AS INTEGER) AS fiscal_year,
    r.tco2_low,
    r.tco2_high
  FROM history.rung_tonnes_as_of(CAST($as_of AS DATE)) AS r
  WHERE r.rung = CASE WHEN $counted = 'issuance' THEN 'issued' ELSE 'notified' END
    /* filters: r */
),
events AS (
  SELECT
    /* group: r */
    CAST(CASE
      WHEN $counted = 'issuance' THEN i.fiscal_year_issued
      WHEN $counted = 'period' THEN coalesce(i.fiscal_year_period_end, i.fiscal_year_dated)
      ELSE i.fiscal_year_dated
    END AS INTEGER) AS fiscal_year,
    r.has_amount
  FROM history.issuance_rung_as_of(CAST($as_of AS DATE)) AS r
  INNER JOIN issuance_as_of(CAST($as_of AS DATE)) AS i ON i.issuance_id = r.issuance_id
  WHERE r.rung = CASE WHEN $counted = 'issuance' THEN 'issued' ELSE 'notified' END
    /* filters: r */
),
both_kinds AS (
  SELECT value, fiscal_year, tco2_low, tco2_high, 0 AS events, 0 AS events_without_amount FROM tonnes
  UNION ALL
  SELECT
    value,
    fiscal_year,
    NULL AS tco2_low,
    NULL AS tco2_high,
    1 AS events,
    CASE WHEN has_amount THEN 0 ELSE 1 END AS events_without_amount
  FROM events
)
SELECT
  value,
  fiscal_year,
  CAST(sum(tco2_low) AS BIGINT) AS tco2_low,
  CAST(sum(tco2_high) AS BIGINT) AS tco2_high,
  CAST(sum(events) AS INTEGER) AS events,
  CAST(sum(events_without_amount) AS INTEGER) AS events_without_amount
FROM both_kinds
GROUP BY value, fiscal_year
ORDER BY fiscal_year NULLS LAST, value
