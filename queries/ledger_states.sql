-- title: Where every tonne of the issued credits stands: state and holder
-- title_ja: 発行決定されたクレジットの現況（状態及び保有者）
-- param: as_of DATE = data | entries up to this day; default is the day of the data | この日までの記載。既定値はデータの基準日
-- fragment: filters
-- returns: state | decided, issued, authorised, transferred, used_ndc, used_other or cancelled | decided（発行決定）、issued（発行済み）、authorised（承認済み）、transferred（初回移転済み）、used_ndc（NDCへの使用）、used_other（その他の使用）又は cancelled（取消）
-- returns: holder | JPN government, JPN companies, JPN (not divided), a country code, unallocated or not known | 保有者。JPN government（日本政府）、JPN companies（日本企業）、JPN（日本側、内訳不明）、国コード、unallocated（未発行）又は not known（不明）
-- returns: tco2_low | tonnes, low end, tCO2 | 量（下限）、tCO2
-- returns: tco2_high | tonnes, high end as far as known, tCO2 | 量（判明している範囲の上限）、tCO2
-- returns: reported_tco2 | of tco2_low, tonnes that rest on weak sources alone, tCO2 | tco2_lowのうち単独では用いない出典のみに基づく量、tCO2
-- returns: without_amount | events of which an unknown amount stands here | 量が不明な発行の件数
SELECT
  r.state,
  r.holder,
  CAST(sum(r.tco2_low) AS BIGINT) AS tco2_low,
  CAST(sum(r.tco2_high) AS BIGINT) AS tco2_high,
  CAST(sum(CASE WHEN r.is_reported THEN r.tco2_low ELSE 0 END) AS BIGINT) AS reported_tco2,
  CAST(count(DISTINCT CASE WHEN r.without_amount > 0 THEN r.issuance_id END) AS INTEGER) AS without_amount
FROM credit_as_of(CAST($as_of AS DATE)) AS r
WHERE true
  /* filters: r */
GROUP BY r.state, r.holder
ORDER BY r.state, r.holder
