-- title: Credits one by one: event, vintage, state and holder, and whether they could be used in GX-ETS
-- title_ja: クレジットの一覧（発行・削減年・状態・保有者別）及びGX-ETSでの利用可否
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- fragment: filters
-- param: gx VARCHAR = 'all' | all, usable, not_usable or not_known | all（すべて）、usable（利用可）、not_usable（利用不可）又は not_known（不明）
-- choices: gx = all, usable, not_usable, not_known
-- returns: issuance_id | issuance event | 発行
-- returns: iso3 | partner country | パートナー国
-- returns: vintage | calendar year of the reductions; null where the monitoring period is not known | 削減が行われた暦年。モニタリング期間不明は null
-- returns: state | decided, issued, authorised, transferred, used_ndc, used_other or cancelled | decided（発行決定）、issued（発行済み）、authorised（承認済み）、transferred（初回移転済み）、used_ndc（NDCへの使用）、used_other（その他の使用）又は cancelled（取消）
-- returns: holder | JPN government, JPN companies, JPN (not divided), a country code, unallocated or not known | 保有者。JPN government（日本政府）、JPN companies（日本企業）、JPN（日本側、内訳不明）、国コード、unallocated（未発行）又は not known（不明）
-- returns: tco2_low | tonnes, low end, tCO2; null where none is known | 量（下限）、tCO2。判明分がない場合は null
-- returns: tco2_high | tonnes, high end as far as known, tCO2; null where none is known | 量（判明している範囲の上限）、tCO2。判明分がない場合は null
-- returns: without_amount | entries of unknown amount that stand here | 量が不明な記載の件数
-- returns: gx_use | usable, not_usable or not_known: an illustration of reported rules | usable（利用可）、not_usable（利用不可）又は not_known（不明）。報道等による規則の例示
-- returns: gx_why | why not, or what is not known, separated by ;; null where usable | 利用できない理由又は不明な事項（「;」区切り）。利用可は null
-- returns: is_reported | whether it rests on weak sources alone | 単独では用いない出典のみに基づくか
SELECT
  r.issuance_id, r.iso3, CAST(r.vintage AS INTEGER) AS vintage, r.state, r.holder,
  CASE WHEN r.tco2_high > 0 THEN r.tco2_low END AS tco2_low, CASE WHEN r.tco2_high > 0 THEN r.tco2_high END AS tco2_high,
  CAST(r.without_amount AS INTEGER) AS without_amount, r.gx_use, r.gx_why, r.is_reported
FROM credit_as_of(CAST($as_of AS DATE)) AS r
WHERE (CAST($gx AS VARCHAR) = 'all' OR r.gx_use = CAST($gx AS VARCHAR))
  /* filters: r */
ORDER BY r.vintage DESC NULLS LAST, r.iso3, r.issuance_id, r.state, r.holder
