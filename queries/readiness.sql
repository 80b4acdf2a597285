-- title: Statements on how far one partner is with Article 6 and with its NDC for 2035
-- title_ja: 6条への対応状況及び2035年NDCに関する記載（国別）
-- param: country VARCHAR = '' | ISO 3166-1 alpha-3 | ISO 3166-1 alpha-3 コード
-- choices: country = @country
-- param: as_of DATE = data | statements known on this day; default is the day of the data | この日までに判明していた記載。既定値はデータの基準日
-- returns: item | what the statement is about | 対象
-- returns: value | the statement in short words, or a number | 記載内容の要約又は数値
-- returns: as_of_on | date of the statement; null where none is stated | 記載の時点。記載なしは null
-- returns: as_of_precision | its precision; null where none is stated | 精度。記載なしは null
-- returns: evidence | words of the page | 資料の文言
-- returns: reliability | official, press, research, copy or weak | official（公的機関）、press（報道等）、research（研究機関）、copy（写し）又は weak（単独では用いない）
-- returns: url | address of the source | 出典の所在
SELECT r.item, r.value, r.as_of_on, r.as_of_precision, r.evidence, s.reliability, s.url
FROM readiness AS r
INNER JOIN source AS s ON s.source_id = r.source_id
WHERE r.iso3 = $country AND r.known_on <= CAST($as_of AS DATE)
ORDER BY r.item, r.as_of_on DESC NULLS LAST, r.value
