-- title: Where every tonne of the issued credits stands: state and holder
-- title_ja: 発行決定されたクレジットの現況(状態及び保有者)
-- param: as_of DATE = data | entries up to this day; default is the day of the data | この日までの記載。既定値はデータの基準日
-- fragment: filters
-- returns: state | decided, issued, authorised, transferred, used_ndc, used_other or cancelled | decided(発行決定)、issued(発行済み)、authorised(承認済み)、transferred(初回移転済み)、used_ndc(NDCへの使用)、used_other(その他の使用)又は cancelled(取消)
-- returns: holder | JPN government, JPN companies, JPN (not divided), a country code, unallocated or not known | 保有者。JPN government(日本政府)、JPN companies(日本企業)、JPN(日本側、内訳不明)、国コード、unallocated(未発行)又は not known(不明)
-- returns: tco2 | tonnes with a known amount, tCO2 | 量が判明している分、tCO2
-- returns: without_amount | entries of unknown amount that stand here | 量が不明な記載の件数
WITH legs AS (
  SELECT l.state_to AS state, l.holder_to AS holder, coalesce(l.quantity_tco2, 0) AS tco2,
    CASE WHEN l.quantity_tco2 IS NULL THEN 1 ELSE 0 END AS without_amount
  FROM ledger_entry AS l
INNER JOIN (
  SELECT e.*, i.project_id
  FROM issuance_stage AS e
  INNER JOIN issuance AS i ON i.issuance_id = e.issuance_id
  WHERE e.rung = 'notified'
) AS r ON r.issuance_id = l.issuance_id
  WHERE l.is_booked AND l.occurred_on <= CAST($as_of AS DATE)
    /* filters: r */
  UNION ALL
  SELECT l.state_from AS state, l.holder_from AS holder, -coalesce(l.quantity_tco2, 0) AS tco2,
    CASE WHEN l.quantity_tco2 IS NULL THEN -1 ELSE 0 END AS without_amount
  FROM ledger_entry AS l
INNER JOIN (
  SELECT e.*, i.project_id
  FROM issuance_stage AS e
  INNER JOIN issuance AS i ON i.issuance_id = e.issuance_id
  WHERE e.rung = 'notified'
) AS r ON r.issuance_id = l.issuance_id
  WHERE l.is_booked AND l.state_from IS NOT NULL AND l.occurred_on <= CAST($as_of AS DATE)
    /* filters: r */
)
SELECT
  state,
  holder,
  CAST(sum(tco2) AS BIGINT) AS tco2,
  CAST(CASE WHEN sum(without_amount) > 0 THEN sum(without_amount) ELSE 0 END AS INTEGER) AS without_amount
FROM legs
GROUP BY state, holder
HAVING sum(tco2) <> 0 OR sum(without_amount) > 0
ORDER BY state, holder
