-- title: Assumptions in use
-- title_ja: 使用している仮定
-- param: as_of DATE = data | values measurable on this day; default is the day of the data | この日までに実測可能であった値。既定値はデータの基準日
-- returns: assumption_code | code as written in reduction rows | 仮定コード
-- returns: kind | what is assumed | 種別
-- returns: subject | technology, programme or country; null where it holds for all | 対象。全般の場合は null
-- returns: value | value; null where the rule has none | 値。値のない規則は null
-- returns: unit | unit of the value; null where there is none | 単位
-- returns: basis | stated, measured or convention | stated（公表）、measured（実測）、convention（計算上の取扱い）
-- returns: sample_size | observations behind a measured value; null otherwise | 実測の標本数
-- returns: reason_en | reason, English | 理由（英語）
-- returns: reason_ja | reason, Japanese | 理由（日本語）
SELECT assumption_code, kind, subject, value, unit, basis, sample_size, reason_en, reason_ja
FROM assumption_as_of(CAST($as_of AS DATE))
ORDER BY kind, assumption_code
