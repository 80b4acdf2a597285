-- title: Values of the record that were replaced, the newest first
-- title_ja: 置き換えられた値（新しい順）
-- returns: accepted_on | day on which the change was accepted | 採用日
-- returns: proposed_on | day of the refresh | 更新日
-- returns: proposal_id | key of the proposal on that day | 提案の識別子
-- returns: table_name | table | 表
-- returns: row_key | row | 行
-- returns: column | column; null where the whole row was added | 列。行全体の追加の場合は null
-- returns: value_before | value before; null for none | 変更前の値。なしは null
-- returns: source_before | source of the value before; null where not known | 変更前の値の出典。不明は null
-- returns: url_before | its address; null where not known | その所在。不明は null
-- returns: value_after | value after; null where it was emptied | 変更後の値。空欄にした場合は null
-- returns: source_after | source of the value after | 変更後の値の出典
-- returns: url_after | its address; null where not known | その所在。不明は null
-- returns: reason | why; null where none is given | 理由。記載なしは null
SELECT
  v.accepted_on, v.proposed_on, v.proposal_id, v.table_name, v.row_key, v."column", v.value_before, v.source_before,
  b.url AS url_before, v.value_after, v.source_after, a.url AS url_after, v.reason
FROM record.revision AS v
LEFT JOIN source AS b ON b.source_id = v.source_before
LEFT JOIN source AS a ON a.source_id = v.source_after
ORDER BY v.accepted_on DESC, v.proposed_on DESC, v.table_name, v.row_key, v."column" NULLS FIRST, v.proposal_id
