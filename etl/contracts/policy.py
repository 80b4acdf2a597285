"""Contracts of how far partners are with Article 6, of the times that rules set, and of safeguards."""

import dataframely as dy

from etl.contracts.columns import (
    country_code,
    in_both,
    integer,
    known_from,
    not_before,
    partial_day,
    precision,
    source_key,
    text,
)
from etl.contracts.places import UNDATED
from etl.contracts.table import BY_COUNTRY, BY_SOURCE, Reference, contract, rule, unique

READINESS_ITEMS = (
    "rules_article_6",
    "authorisation_arrangement",
    "registry",
    "initial_report",
    "pin",
    "first_transfer",
    "transfer_limit",
    "mutual_recognition",
    "dna",
    "cooperative_approaches",
    "bilateral_agreements",
    "ndc_2035_target",
    "ndc_2035_status",
    "other",
)
READINESS_STATES = ("in place", "in part", "not yet")
"""How far an item of readiness is by what is stated; without a statement it is not known."""
STEPS = (
    "methodology_completeness",
    "methodology_public_input",
    "methodology_decision",
    "selection_to_registration",
    "listing_to_registration",
    "registration_to_decision",
    "period_to_decision",
    "decision_to_issuance",
    "issuance_to_transfer",
)
"""Steps from a proposed methodology to the first transfer."""


@contract(
    "readiness",
    "Statements on how far a partner is with Article 6 and with its NDC for 2035; no row means that nothing was found",
    "6条への対応状況及び2035年NDCに関する記載（行がない場合は該当する資料が確認できていない）",
    "snapshot",
    files=("snapshot/readiness.csv", "policy/readiness.csv"),
    references=(BY_COUNTRY, BY_SOURCE),
)
class ReadinessSchema(dy.Schema):
    iso3 = country_code()
    item = text(
        "what the statement is about: rules_article_6 (rules of the JCM in line with Article 6), authorisation_arrangement,"
        " registry, initial_report, pin (Project Idea Note), first_transfer, transfer_limit, mutual_recognition, dna (national authority),"
        " cooperative_approaches, bilateral_agreements, ndc_2035_target, ndc_2035_status or other",
        "記載の対象。rules_article_6（6条に沿ったJCMの規則）、authorisation_arrangement（承認の手続）、registry（登録簿）、"
        "initial_report（初期報告書）、pin（プロジェクト概要書）、first_transfer（最初の移転）、transfer_limit（移転の上限）、mutual_recognition（相互承認）、"
        "dna（国内当局）、cooperative_approaches（協力的アプローチの数）、bilateral_agreements（二国間協定の数）、"
        "ndc_2035_target（2035年目標）、ndc_2035_status（2035年NDCの状況）又はother（その他）",
        terms=READINESS_ITEMS,
    )
    value = text(
        "the statement in short words, or a number for the two counts", "記載内容の要約。件数の場合は数値"
    )
    as_of_on = partial_day("date of the statement or the page", "記載の時点", header="as_of", null=UNDATED)
    as_of_precision = precision("the date of the statement", "記載の時点", header="as_of", null=UNDATED)
    known_on = known_from()
    source_id = source_key()
    evidence = text("words of the page", "資料の文言")

    is_unique = unique("iso3", "item", "value", "source_id")


@contract(
    "readiness_state",
    "How far an item of readiness is by what a statement says",
    "記載内容からみた対応の状況",
    "vocabulary",
    files=("vocabulary/readiness_states.csv",),
)
class ReadinessStateSchema(dy.Schema):
    item = text("item, as in readiness", "対象（readinessと同じ）", key=True, terms=READINESS_ITEMS)
    value = text("statement, as in readiness", "記載内容（readinessと同じ）", key=True)
    state = text(
        "in place, in part or not yet",
        "in place（整備済み）、in part（一部）又はnot yet（未整備）",
        terms=READINESS_STATES,
    )


@contract(
    "rule_time",
    "Times that published rules set for a step; a step not listed has none that is known",
    "公表された規則が定める手続の所要日数（記載のない手続は不明）",
    "snapshot",
    files=("policy/rule_times.csv",),
    references=(BY_SOURCE,),
)
class RuleTimeSchema(dy.Schema):
    step = text("step, a fixed term", "手続（定められた用語）", key=True, terms=STEPS)
    usual_days = integer("days that the rule sets", "規則の定める日数", unit="days", least=1)
    most_days = integer("days at most, extensions included", "延長を含む最大日数", unit="days", least=1)
    wording_en, wording_ja = in_both("the rule in short words", "規則の要約")
    source_id = source_key()

    limits_in_order = rule(
        not_before("most_days", "usual_days"),
        "The longest time must not be shorter than the usual one.",
        "最大日数は通常の日数を下回ってはなりません。",
    )


@contract(
    "safeguard",
    "Safeguards: guidelines and principles, with what each settles",
    "セーフガード（ガイドライン及び原則とその内容）",
    "snapshot",
    files=("policy/safeguards.csv",),
    references=(BY_SOURCE, Reference("programme", "programme", "programme")),
)
class SafeguardSchema(dy.Schema):
    safeguard_id = text("key of the document", "識別子", key=True)
    title_en, title_ja = in_both("title", "表題")
    issued_on = partial_day("date", "日付", header="issued_on")
    issued_precision = precision("the date", "日付", header="issued_on")
    known_on = known_from()
    settles_en, settles_ja = in_both("what it settles", "定める内容")
    programme = text(
        "programme it is made for, key of programme",
        "対象の支援事業（programmeの識別子）",
        null=(
            "not made for one; which programmes apply it is not known",
            "特定の事業を対象としない。適用する事業は不明",
        ),
    )
    source_id = source_key()
