-- title: Entries of the ledger of credits, the latest first
-- title_ja: クレジット台帳の記載（新しい順）
-- param: as_of DATE = data | entries up to this day; default is the day of the data | この日までの記載。既定値はデータの基準日
-- fragment: filters
-- returns: entry_number | place in the ledger | 台帳における順番
-- returns: occurred_on | day | 発生日
-- returns: issuance_id | issuance event | 発行
-- returns: iso3 | partner country | パートナー国
-- returns: period_start_on | start of the monitoring period; null where not known | モニタリング期間の始期。不明は null
-- returns: period_end_on | end of the monitoring period; null where not known | モニタリング期間の終期。不明は null
-- returns: action | decide, issue, authorise, transfer, acquire, use_ndc, use_other, cancel or cancel_unauthorised | decide（発行決定）、issue（発行）、authorise（承認）、transfer（初回移転）、acquire（取得）、use_ndc（NDCへの使用）、use_other（その他の使用）、cancel（取消）又は cancel_unauthorised（承認前の取消）
-- returns: vintage | calendar year of the reductions; null where the monitoring period is not known | 削減が行われた暦年。モニタリング期間不明は null
-- returns: holder_from | holder before; null where the tonnes came into being | 移転前の保有者。新たな発行決定は null
-- returns: holder_to | holder after | 移転後の保有者
-- returns: quantity_tco2 | amount, low end of a range, tCO2; null where not known | 量、tCO2。不明は null
-- returns: quantity_high_tco2 | high end of an amount known as a range, else the same, tCO2; null where not known | 量の上限（幅がない場合は同じ）、tCO2。不明は null
-- returns: is_booked | whether it was booked | 記帳したか
-- returns: message_en | why not, English; null where it was | 記帳しない理由（英語）。記帳済みは null
-- returns: message_ja | why not, Japanese; null where it was | 記帳しない理由（日本語）。記帳済みは null
-- returns: authorisation_id | authorisation that the tonnes stand under; null where not authorised | 承認（article6_eventの識別子）。未承認は null
-- returns: article6_event_id | event that the entry was made from; null for decisions and issues | 記載の元となった事象。発行決定・発行は null
-- returns: assumption_codes | assumptions; null for none | 仮定。ない場合は null
-- returns: is_reported | whether it rests on weak sources alone | 単独では用いない出典のみに基づくか
-- returns: url | address of the source | 出典の所在
SELECT
  l.entry_number, l.occurred_on, l.issuance_id, r.iso3, r.period_start_on, r.period_end_on, l.action, l.vintage, l.holder_from, l.holder_to,
  l.quantity_tco2, l.quantity_high_tco2, l.is_booked, l.message_en, l.message_ja,
  l.authorisation_id, l.article6_event_id, l.assumption_codes, r.is_reported, s.url
FROM history.ledger_entry AS l
INNER JOIN issuance_as_of(CAST($as_of AS DATE)) AS r ON r.issuance_id = l.issuance_id
INNER JOIN source AS s ON s.source_id = l.source_id
WHERE l.occurred_on <= CAST($as_of AS DATE)
  /* filters: r */
ORDER BY l.entry_number DESC
