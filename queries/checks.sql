-- title: Identities checked on this build
-- title_ja: 今回の構築で検査した恒等式
-- returns: check_code | code | コード
-- returns: title_en | what must hold, English | 成立すべき関係(英語)
-- returns: title_ja | what must hold, Japanese | 成立すべき関係(日本語)
-- returns: is_passed | whether it holds | 成立したか
-- returns: detail | figures compared | 比較した値
SELECT check_code, title_en, title_ja, is_passed, detail
FROM record.check_result
ORDER BY check_code
