-- title: Fiscal years with enough issuance events to test the outlook at their end
-- title_ja: 見通しの検証に足りる発行件数がある年度
-- param: as_of DATE = data | facts known on this day; default is the day of the data | この日までに判明していた事実。既定値はデータの基準日
-- param: least INTEGER = 3 | events that a fiscal year must have | 必要な発行件数
-- returns: fiscal_year | fiscal year of the decision | 発行決定の年度
-- returns: events | issuance events decided in it | その年度に決定された発行の件数
SELECT r.fiscal_year_decided AS fiscal_year, CAST(count(*) AS BIGINT) AS events
FROM issuance_as_of(CAST($as_of AS DATE)) AS r
WHERE r.fiscal_year_decided IS NOT NULL
GROUP BY r.fiscal_year_decided
HAVING count(*) >= $least
ORDER BY r.fiscal_year_decided
