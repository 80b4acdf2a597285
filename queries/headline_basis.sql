-- title: What the headline rests on: the stated expectation to each target year, by what it is known from
-- title_ja: 見込量の根拠（目標年度までの見込量の、根拠となる情報別の内訳）
-- returns: target_fiscal_year | fiscal year of the target | 目標年度
-- returns: item | what the tonnes rest on | 根拠
-- returns: projects | projects | 案件数
-- returns: tco2 | expected tonnes to the end of that year, tCO2 | 当該年度末までの見込量、tCO2
-- returns: share | share of the headline; that of the dormant projects is beside it | 全体に占める割合（選定後長期未掲載は外数）
SELECT target_fiscal_year, item, projects, tco2, share
FROM record.headline_basis
ORDER BY target_fiscal_year, item
