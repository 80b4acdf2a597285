"""What has to be found out before a report is filed: fields that must be filled and are empty."""

from collections.abc import Iterator, Sequence

from model.ledger.agreed_format.balance import uses_without_cancellation
from model.ledger.agreed_format.fields import Field, Table
from model.ledger.agreed_format.report import Report, Unknown, Words
from model.ledger.agreed_format.tables import ACTIONS, SUBMISSION, TABLES

_ONE_DAY = len("2026-03-31")
_TIME_OF_DAY: Words = (
    "The time of day in the registry, UTC; only the day is known.",
    "登録簿における処理の時刻（協定世界時）。日付のみ判明。",
)
_NO_SUBMISSION: Words = ("The whole table.", "表全体。")


def missing_in(report: Report) -> list[Unknown]:
    """Fields that must be filled and are not, table by table; a draft may lack them."""
    return [unknown for table in TABLES.values() for unknown in _of_table(report, table)]


def _of_table(report: Report, table: Table) -> Iterator[Unknown]:
    rows = report.rows(table)
    if table is SUBMISSION and not rows:
        yield Unknown(table.sheet, (), "", table.fields[0].heading, _NO_SUBMISSION)
    for field in table.fields:
        empty = [number for number, row in enumerate(rows) if row[field.code] is None and field.must(row)]
        if empty:
            yield _unknown(report, table, field, empty, (field.ask_en, field.ask_ja))
        if table is ACTIONS and field.kind == "moment":
            days = [n for n, row in enumerate(rows) if len(str(row[field.code])) == _ONE_DAY]
            if days:
                yield _unknown(report, table, field, days, _TIME_OF_DAY)
    if table is ACTIONS:
        for number, tonnes in uses_without_cancellation(report):
            ask = (
                f"The cancellation in the registry of {tonnes:,} t that were used: none is reported.",
                f"使用された{tonnes:,} tに係る登録簿上の取消し（記載なし）。",
            )
            yield _unknown(report, table, table.by_code["Type"], [number], ask)


def _unknown(report: Report, table: Table, field: Field, numbers: Sequence[int], ask: Words) -> Unknown:
    return Unknown(
        table.sheet,
        tuple(report.line(table, number, field.code) for number in numbers),
        report.letters(table, numbers[0], field.code) or "",
        field.heading,
        ask,
    )


def spans(lines: Sequence[int]) -> str:
    """Lines in few words: 9–12, 15."""
    parts: list[list[int]] = []
    for line in sorted(set(lines)):
        if parts and line == parts[-1][1] + 1:
            parts[-1][1] = line
        else:
            parts.append([line, line])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in parts)
