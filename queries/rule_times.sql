-- title: Times that published rules set for a step
-- title_ja: 公表された規則が定める手続の所要日数
-- returns: step | step, a fixed term | 手続（定められた用語）
-- returns: usual_days | days that the rule sets | 規則の定める日数
-- returns: most_days | days at most, extensions included | 延長を含む最大日数
-- returns: wording_en | the rule, English | 規則（英語）
-- returns: wording_ja | the rule, Japanese | 規則（日本語）
-- returns: reliability | official, press, research, copy or weak | official（公的機関）、press（報道等）、research（研究機関）、copy（写し）又は weak（単独では用いない）
-- returns: publisher | publisher of the source | 出典の公表者
-- returns: url | address of the source | 出典の所在
SELECT
  r.step, CAST(r.usual_days AS INTEGER) AS usual_days, CAST(r.most_days AS INTEGER) AS most_days, r.wording_en, r.wording_ja,
  s.reliability, s.publisher, s.url
FROM rule_time AS r
INNER JOIN source AS s ON s.source_id = r.source_id
ORDER BY r.step
