"""Words for the rules of a contract: which column a rule is on, and what it expects, in both languages."""

from typing import Any

import dataframely as dy

from etl.contracts.table import Table


def message_of(contract: Table, rule: str) -> tuple[str | None, tuple[str, str]]:
    """The column a rule is on (None for the whole row) and what it expects."""
    if rule in contract.rule_texts:
        text = contract.rule_texts[rule]
        return None, (text.en, text.ja)
    column, _, kind = rule.partition("|")
    if not kind:
        return None, ("Each key may stand once.", "識別子は重複してはなりません。")
    return column, _column_message(contract.schema.columns()[column], kind)


def _column_message(column: dy.Column, kind: str) -> tuple[str, str]:
    facts: dict[str, Any] = column.metadata or {}
    unit = f" {facts['unit']}" if facts["unit"] not in (None, "see unit", "date", "year") else ""
    if kind in {"nullability", "min_length"}:
        return (
            f"A value is needed: {facts['en']}.",
            f"値が必要です({facts['ja']})。",
        )
    if kind == "min":
        least = getattr(column, "min", None)
        return f"Expected at least {least:,}{unit}.", f"{least:,}{unit} 以上が必要です。"
    if kind == "max":
        most = getattr(column, "max", None)
        return f"Expected at most {most:,}{unit}.", f"{most:,}{unit} 以下が必要です。"
    if kind == "check" and facts["terms"]:
        terms = ", ".join(facts["terms"])
        return f"Expected one of: {terms}.", f"次のいずれかが必要です:{terms}。"
    if kind == "regex":
        return (
            f"Expected {facts['en']}, in the form {getattr(column, 'regex', '')}.",
            f"{facts['ja']}が必要です(形式 {getattr(column, 'regex', '')})。",
        )
    return f"Expected {facts['en']} ({kind}).", f"{facts['ja']}が必要です({kind})。"
