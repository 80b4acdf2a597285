-- title: Issuance events that an outlook of an earlier day can be tested on
-- title_ja: 過去の見通しの検証に用いる発行
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- returns: issuance_id | event of one project with a period and an exact amount | 単独案件・期間・確定量の発行
-- returns: known_on | first day on which it was known | 判明日
SELECT r.issuance_id, r.known_on
FROM issuance_as_of(CAST($as_of AS DATE)) AS r
WHERE r.project_id IS NOT NULL AND r.period_start_on IS NOT NULL AND r.amount_basis = 'exact' AND r.tco2_low > 0
ORDER BY r.issuance_id
