-- title: Proposed changes on which nobody has decided
-- title_ja: 採否が未決の変更案
-- returns: proposed_on | day of the refresh | 更新日
-- returns: proposal_id | key of the proposal on that day | 提案の識別子
-- returns: action | added, changed, same (probably a row of ours), gone (no longer listed) or contradicting | added（新規）、changed（変更）、same（既存の行と同一の可能性）、gone（掲載なし）又は contradicting（他の出典と相違）
-- returns: source_code | code of the source that states it | 根拠となる出典のコード
-- returns: source_en | that source, English; null where it is not read any more | 出典の名称（英語）。現在読み込んでいない場合は null
-- returns: source_ja | that source, Japanese; null where it is not read any more | 同（日本語）。現在読み込んでいない場合は null
-- returns: table_name | table | 表
-- returns: row_key | row | 行
-- returns: column | column; null where the whole row is meant | 列。行全体の場合は null
-- returns: value_before | value on record; null where there is none | 記録の値。ない場合は null
-- returns: value_after | value proposed; null where none is stated | 提案する値。記載なしは null
-- returns: evidence | where it was read | 根拠の記載箇所
-- returns: match_key | row of ours that it may be; null where no row is like it | 同一の可能性がある行。該当なしは null
-- returns: match_score | likeness, 0 to 1; null where no row is like it | 類似度（0～1）。該当なしは null
-- returns: finding_codes | plausibility rules that doubt it, separated by ;; null for none | 疑義のある妥当性規則（「;」区切り）。なしは null
-- returns: needs_decision | whether a person has to decide; else it can be accepted as it is | 人による判断を要するか。要しない場合はそのまま採用できる
SELECT
  p.proposed_on, p.proposal_id, p.action, p.source_code, r.title_en AS source_en, r.title_ja AS source_ja, p.table_name,
  p.row_key, p."column", p.value_before, p.value_after, p.evidence, p.match_key, p.match_score, p.finding_codes,
  p.needs_decision
FROM record.proposal AS p
LEFT JOIN record.refresh_source AS r ON r.source_code = p.source_code
WHERE p.decided_on IS NULL
ORDER BY p.proposed_on, p.source_code, p.table_name, p.row_key, p."column" NULLS FIRST, p.proposal_id
