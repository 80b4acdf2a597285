-- title: Identities checked on this build
-- title_ja: 今回の構築で行った整合性検査
-- returns: check_code | code | コード
-- returns: title_en | what must hold, English | 検査項目（英語）
-- returns: title_ja | what must hold, Japanese | 検査項目（日本語）
-- returns: is_passed | whether it holds | 合格したか
-- returns: detail | figures compared | 比較した値
SELECT check_code, title_en, title_ja, is_passed, detail
FROM record.check_result
ORDER BY check_code
