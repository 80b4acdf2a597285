"""Contracts of the plausibility rules: what they found, what was acknowledged, and the vocabularies they judge by."""

import dataframely as dy

from etl.contracts.columns import boolean, country_code, day, integer, text, tonnes
from etl.contracts.table import BY_COUNTRY, BY_SECTOR, BY_TECHNOLOGY, contract

_NO_FILE = ("not from a file", "ファイルによらない")
_OPEN = ("not acknowledged", "未確認")

LEVELS = ("refuse", "hold", "tell")


@contract(
    "acknowledgement",
    "Doubtful but true: findings of the plausibility rules that were looked into, with the reason",
    "妥当性の指摘のうち、確認の結果採用した値とその理由",
    "acknowledged",
    files=("acknowledged/findings.csv",),
    place="record",
)
class AcknowledgementSchema(dy.Schema):
    rule_code = text(
        "rule whose finding is acknowledged", "確認済みとする指摘の規則", key=True, regex="^[A-Z0-9-]+$"
    )
    row_key = text("key of the row, parts separated by ;", "行の識別子（複数の場合は「;」区切り）", key=True)
    value = text(
        "the doubtful value that is acknowledged; another value is not",
        "確認済みとする値。値が変われば確認は無効となる",
        key=True,
    )
    reason_en = text("why the value stands, English", "値を採用する理由（英語）")
    reason_ja = text("why the value stands, Japanese", "値を採用する理由（日本語）")
    acknowledged_on = day("day of the acknowledgement", "確認日")


@contract(
    "technology_scope",
    "Sectoral scopes that fit a technology",
    "技術に適合するセクトラルスコープ",
    "vocabulary",
    files=("vocabulary/technology_scopes.csv",),
    references=(BY_TECHNOLOGY, BY_SECTOR),
    place="record",
)
class TechnologyScopeSchema(dy.Schema):
    technology = text("technology, key of technology", "技術（technologyの識別子）", key=True)
    sector_number = integer(
        "sectoral scope that fits the technology, key of sector",
        "当該技術に適合するセクトラルスコープ（sectorの識別子）",
        key=True,
        least=1,
        most=15,
    )


@contract(
    "country_letters",
    "Letters of the partner countries in JCM reference numbers",
    "JCM参照番号における国の文字",
    "vocabulary",
    files=("vocabulary/country_letters.csv",),
    references=(BY_COUNTRY,),
    place="record",
)
class CountryLettersSchema(dy.Schema):
    letters = text(
        "letters with which JCM reference numbers and methodologies of the country begin",
        "JCM参照番号及び方法論番号の国を表す文字",
        key=True,
        regex="^[A-Z]{2}$",
    )
    iso3 = country_code()


@contract(
    "finding",
    "Findings of the plausibility rules: well-formed but doubtful",
    "妥当性の指摘（形式上は適合するが疑義のある値）",
    "record",
    place="record",
)
class FindingSchema(dy.Schema):
    rule_code = text("rule", "規則", key=True, regex="^[A-Z0-9-]+$")
    level = text(
        "refuse (cannot stand), hold (stands only when acknowledged) or tell (is only told)",
        "refuse（採用不可）、hold（確認がない限り採用不可）又はtell（通知のみ）",
        terms=LEVELS,
    )
    table_name = text("table of the doubtful row", "対象の表", key=True)
    row_key = text(
        "key of the doubtful row, parts separated by ;", "対象行の識別子（複数の場合は「;」区切り）", key=True
    )
    value = text(
        "the doubtful value, as an acknowledgement must repeat it",
        "疑義のある値（確認時に記載する値）",
        key=True,
    )
    file = text("file below data/", "ファイル（data/以下）", null=_NO_FILE)
    line = integer("line in the file where the row begins", "ファイル中の行番号", least=1, null=_NO_FILE)
    subject = text("project, event, country or the like that the row is on", "対象（案件、発行、国等）")
    tco2 = tonnes("tonnes concerned", "関係する量", null=("no amount concerned", "量に関係しない"))
    message_en = text("what was found, English", "指摘内容（英語）")
    message_ja = text("what was found, Japanese", "指摘内容（日本語）")
    is_acknowledged = boolean("whether an acknowledgement covers it", "確認済みか")
    reason_en = text("why it stands, English", "採用する理由（英語）", null=_OPEN)
    reason_ja = text("why it stands, Japanese", "採用する理由（日本語）", null=_OPEN)
