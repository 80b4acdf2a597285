"""Contracts of what the project itself decided: assumptions and corrections, each with its reason."""

import dataframely as dy
import polars as pl

from etl.contracts.columns import day, decimal, in_both, integer, source_key, text
from etl.contracts.table import BY_SOURCE, contract, rule, unique

ASSUMPTION_BASES = ("stated", "measured", "convention")


@contract(
    "assumption",
    "Assumptions, stated, measured or by convention, each with its reason",
    "仮定（公表、実測又は計算上の取扱いによるもの）とその理由",
    "assumptions",
    files=("assumptions/lifetimes.csv", "assumptions/rules.csv", "assumptions/shares.csv"),
    references=(BY_SOURCE,),
    place="history",
)
class AssumptionSchema(dy.Schema):
    assumption_code = text(
        "code written into the rows that rest on the assumption",
        "仮定に基づく行に記載するコード",
        regex="^[A-Z0-9-]+$",
    )
    kind = text("what is assumed", "仮定の種別")
    subject = text(
        "technology, programme or country it is for",
        "対象（技術、支援事業又は国）",
        null=("holds for all", "全般"),
    )
    value = decimal("value", "値", unit="see unit", null=("a rule without a value", "値のない規則"))
    unit = text("unit of the value", "値の単位", null=("no value", "値なし"))
    basis = text(
        "stated by a source, measured on the facts at build, or convention",
        "stated（公表）、measured（構築時に実測）又はconvention（計算上の取扱い）",
        terms=ASSUMPTION_BASES,
    )
    sample_size = integer(
        "observations behind a measured value",
        "実測の標本数",
        null=("not measured", "実測ではない"),
        header=None,
        least=0,
    )
    reason_en, reason_ja = in_both("reason", "理由")
    source_id = source_key(null=("no source; the reason says why", "出典なし（理由欄を参照）"))
    known_on = day(
        "day from which it could be known",
        "判明した日",
        header=None,
        null=("holds from the beginning", "当初から適用"),
    )
    known_until = day(
        "day on which another value took its place",
        "次の値に置き換えられた日",
        header=None,
        null=("in force", "有効"),
    )

    is_unique = unique(
        "assumption_code",
        "known_on",
        en="A code must not be given twice.",
        ja="同じコードを重複して記載することはできません。",
    )
    lifetime_is_plausible = rule(
        (pl.col("kind") != "lifetime") | pl.col("value").is_between(1, 60).fill_null(value=False),
        "A lifetime is between 1 and 60 years.",
        "稼働年数は1年以上60年以下としてください。",
    )
    share_is_a_share = rule(
        (pl.col("unit") != "share").fill_null(value=True)
        | pl.col("value").is_between(0, 1).fill_null(value=False),
        "A share is between 0 and 1.",
        "割合は0以上1以下としてください。",
    )


@contract(
    "correction",
    "Corrections made to the facts, each with its reason",
    "事実データの訂正とその理由",
    "corrections",
    files=("corrections/corrections.csv",),
    references=(BY_SOURCE,),
    place="record",
)
class CorrectionSchema(dy.Schema):
    correction_id = text("key", "識別子", key=True)
    table_name = text("table corrected", "訂正する表")
    row_key = text("key of the row, parts separated by ;", "行の識別子（複数の場合は「;」区切り）")
    field = text("column corrected", "訂正する列")
    expected_old = text(
        "value expected before the correction; another value stops the build",
        "訂正前に期待される値。異なる場合は構築を停止する",
        null=("an empty cell is expected", "空欄を期待"),
    )
    new_value = text("value after the correction", "訂正後の値", null=("the cell is emptied", "空欄にする"))
    reason_en, reason_ja = in_both("reason", "理由")
    source_id = source_key("source of the correction", "訂正の出典")


@contract(
    "wording",
    "Wordings that the record keeps in English, with our Japanese",
    "英語で記録している表記とその和訳（編者による）",
    "vocabulary",
    files=("vocabulary/wordings.csv",),
    place="record",
)
class WordingSchema(dy.Schema):
    kind = text(
        "what it words: the title of a project without a published Japanese one, a place, a remark, a statement on readiness,"
        " or a scope of a statement",
        "種別。title（日本語名が公表されていない案件の名称）、place（所在地）、remark（備考）、readiness（6条への対応状況等の記載）"
        "又はscope（公表値の対象範囲等）",
        terms=("title", "place", "remark", "readiness", "scope"),
    )
    text_en = text("wording in the record, English", "記録における表記（英語）", key=True)
    text_ja = text("our translation, Japanese", "編者による和訳")
