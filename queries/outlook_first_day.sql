-- title: First day on which a project that counts was known
-- title_ja: 集計対象案件が初めて判明した日
-- returns: first_on | day | 日
SELECT min(known_on) AS first_on
FROM history.project_state
WHERE in_target_scope AND stage IN ('pipeline', 'validation', 'registered')
ORDER BY first_on
