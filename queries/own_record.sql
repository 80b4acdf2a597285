-- title: The own record laid over the public one: its files, and the changes that they make
-- title_ja: 公表記録に重ねた自組織の記録（ファイル数及び変更数）
-- returns: files | files of the own record | 自組織の記録のファイル数
-- returns: changes | values and rows that it changes or adds | 変更又は追加した値及び行の数
WITH own AS (SELECT source_id FROM source WHERE kind = 'own record')
SELECT
  CAST((SELECT count(*) FROM own) AS BIGINT) AS files,
  CAST((SELECT count(*) FROM record.revision AS r JOIN own ON own.source_id = r.source_after) AS BIGINT) AS changes
ORDER BY files
