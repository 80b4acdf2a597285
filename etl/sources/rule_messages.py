"""Words for the rules of a contract: which column a rule is on, and what it expects, in both languages."""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

import dataframely as dy

from etl.contracts.table import Table
from etl.sources.quarantine import Message
from etl.sources.value_text import in_half_width

FORMS: Mapping[str, Message] = {
    "^[A-Z]{3}$": ("three capital letters, such as MNG", "3文字の英大文字（MNG等）"),
    "^[A-Z]{2}$": ("two capital letters, such as MN", "2文字の英大文字（MN等）"),
    "^(https?://|own-record:)": (
        "an address that begins with https:// or http://",
        "https://又はhttp://で始まるアドレス",
    ),
    "^https?://": ("an address that begins with https:// or http://", "https://又はhttp://で始まるアドレス"),
    "^([A-Z]{2}[0-9]{3}|P-[A-Z]{3}-[0-9]{3})$": (
        "a reference number such as MN001, or P-MNG-001 for a project without one",
        "MN001等の参照番号、又は参照番号のない案件はP-MNG-001等の識別子",
    ),
    "^[A-Z]{2}_[A-Z]{2,3}[0-9]{3}$": (
        "the code of a methodology, such as MN_AM003",
        "MN_AM003等の方法論番号",
    ),
    r"^[^\s;]+$": ("a key without spaces and semicolons", "空白及びセミコロンを含まない識別子"),
    "^[A-Z0-9-]+$": ("capital letters, digits and hyphens only", "英大文字、数字及びハイフンのみ"),
}
"""What the forms of the contracts look like to people."""

_NEGATIVE = (
    "The amount is negative (△ and ▲ mean minus), which it cannot be.",
    "負の値（△及び▲は負数を示します）は認められません。",
)
_NO_UNIT = (None, "see unit", "date", "year")


def message_of(contract: Table, rule: str, value: str | None = None) -> tuple[str | None, Message]:
    """The column a rule is on (None for the whole row) and what it expects; `value` is the text that failed."""
    if rule in contract.rule_texts:
        text = contract.rule_texts[rule]
        return None, (text.en, text.ja)
    column, _, kind = rule.partition("|")
    if not kind:
        return None, ("Each key may stand once.", "識別子は重複してはなりません。")
    return column, _column_message(contract.schema.columns()[column], kind, value)


def _column_message(column: dy.Column, kind: str, value: str | None) -> Message:
    facts: dict[str, Any] = column.metadata or {}
    if kind in {"nullability", "min_length"}:
        return f"A value is needed: {facts['en']}.", f"値が必要です（{facts['ja']}）。"
    if kind in {"min", "max"}:
        least = getattr(column, "min", None)
        en, ja = _range_message(facts, least, getattr(column, "max", None))
        if (
            kind == "min"
            and least is not None
            and least >= 0
            and value
            and in_half_width(value).startswith("-")
        ):
            return f"{_NEGATIVE[0]} {en}", f"{_NEGATIVE[1]}{ja}"
        return en, ja
    if kind == "check" and facts["terms"]:
        terms = ", ".join(facts["terms"])
        near = nearest(value, facts["terms"])
        return f"Expected one of: {terms}.{near[0]}", f"次のいずれかが必要です：{terms}。{near[1]}"
    if kind == "regex":
        en, ja = FORMS[getattr(column, "regex", "")]
        return f"Expected {en} ({facts['en']}).", f"{ja}が必要です（{facts['ja']}）。"
    return f"Expected {facts['en']} ({kind}).", f"{facts['ja']}が必要です（{kind}）。"


def _range_message(facts: Mapping[str, Any], least: float | None, most: float | None) -> Message:
    unit = "" if facts["unit"] in _NO_UNIT else f" {facts['unit']}"
    low, high = (
        "" if bound is None else f"{bound:.0f}" if facts["reads"] == "year" else f"{bound:,}"
        for bound in (least, most)
    )
    if low and high:
        return (
            f"Expected {low} to {high}{unit}.",
            f"{low}以上{high}以下{unit and f'（{unit.strip()}）'}が必要です。",
        )
    if low:
        return f"Expected at least {low}{unit}.", f"{low}{unit} 以上が必要です。"
    return f"Expected at most {high}{unit}.", f"{high}{unit} 以下が必要です。"


def nearest(value: str | None, terms: Iterable[str]) -> Message:
    """A question that names the term most like the value, to be put behind a message; empty when none is like it."""
    found = difflib.get_close_matches(value[:100], list(terms), n=1, cutoff=0.7) if value else []
    return (f" Is {found[0]} meant?", f"{found[0]} の誤りではありませんか。") if found else ("", "")
