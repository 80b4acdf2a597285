-- title: How far the headline moves when an assumption does
-- title_ja: 仮定を変えた場合の見込量
-- returns: target_fiscal_year | fiscal year of the target | 目標年度
-- returns: variant | what is assumed otherwise | 変更した仮定
-- returns: tco2 | headline under this assumption, tCO2 | この仮定による見込量、tCO2
-- returns: difference_tco2 | difference from the headline, tCO2 | 見込量との差、tCO2
SELECT target_fiscal_year, variant, tco2, difference_tco2
FROM record.headline_sensitivity
ORDER BY target_fiscal_year, variant
