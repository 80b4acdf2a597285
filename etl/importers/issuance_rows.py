"""Rows of issuance tables, brought into one form: a page, the same saved by a spreadsheet, or our plain template.

A row of one cell is a title. A full row has a reference number, period, decision, the total notified over all periods of
the project, then country, notified, issuance date and issued. Further countries and periods follow in rows that leave
out what stands above: as short rows, as blanks of merged cells, or filled up at the end. The name of the country and the
period tell where a row begins.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from etl.importers.layout import Found, Heading, find_table, stated
from etl.importers.sheets import Sheet
from etl.importers.source import Document, Names, SourceNotRead
from etl.sources.date_values import day
from etl.sources.number_values import tonnes
from etl.sources.value_text import ValueNotUnderstood, in_half_width, states_no_amount

LARGEST_TCO2 = 50_000_000
FIRST_YEAR, LAST_YEAR = 2013, 2060
HEADINGS = (
    Heading(
        "reference", ("Reference number", "Reference No.", "Ref. No.", "Project reference number", "参照番号")
    ),
    Heading("period", ("Monitoring period", "Period", "Period of monitoring", "モニタリング期間")),
    Heading(
        "decided",
        (
            "Date of decision",
            "Decision date",
            "Date of the decision",
            "Decision",
            "Date of JC decision",
            "発行決定日",
        ),
    ),
    Heading(
        "total",
        ("Total amount notified", "Total notified", "Total notified amount", "Total amount", "通知量合計"),
        is_needed=False,
    ),
    Heading("country", ("Country", "Countries", "Party", "Issuing country", "国", "国名")),
    Heading(
        "notified", ("Amount notified", "Notified amount", "Notified", "Amount of notification", "通知量")
    ),
    Heading("issued_on", ("Date of issuance", "Issuance date", "Issued on", "Date of issue", "発行日")),
    Heading("issued", ("Amount issued", "Issued amount", "Issued", "Amount of issuance", "発行量")),
)
TEMPLATE = (
    "project_title",
    "reference_number",
    "period_start",
    "period_end",
    "decision_date",
    "country",
    "notified_tco2",
    "issuance_date",
    "issued_tco2",
)
"""Columns of our own plain template: one line an event and country, dates as 2026-03-31."""
_TEMPLATE_FIELDS = (
    "title",
    "reference",
    "start",
    "end",
    "decided",
    "country",
    "notified",
    "issued_on",
    "issued",
)
_TEMPLATE_HEADINGS = tuple(Heading(f, (name,)) for f, name in zip(_TEMPLATE_FIELDS, TEMPLATE, strict=True))
_SHORT = 4
"""Cells of a row of a further country."""
PERIOD_SIGN = re.compile(r"\s+[-–—]\s+|\s*[~〜～]\s*|\s+to\s+|\s*から\s*", re.IGNORECASE)

FAULTS = {
    "day": (
        "a day such as 24 Jan 26 or 2026-01-24, from 2013 on; N/A or blank where there is none",
        "日付（24 Jan 26、2026-01-24等。2013年以降）。ない場合は N/A 又は空欄",
    ),
    "tonnes": (
        "a whole number of tonnes, such as 30,312, at most 50,000,000; N/A or blank where there is none",
        "トン単位の整数（例：30,312。50,000,000以下）。ない場合は N/A 又は空欄",
    ),
    "reference": (
        "a reference number of two letters and three digits, such as MN006",
        "英字2字と数字3桁の参照番号（例：MN006）",
    ),
    "no project": (
        "a row with a reference number before this one, below the title",
        "この行より前（件名の下）に参照番号のある行",
    ),
    "cells": (
        "a country, before it nothing, a period and a decision, or all of a project",
        "国名。その前は空欄、期間と決定日、又はプロジェクトの全項目",
    ),
    "period": ("a period such as 06 Jul 19 - 31 Dec 20", "期間（例：06 Jul 19 - 31 Dec 20）"),
    "order": ("a period that ends after it starts", "終期が始期より後の期間"),
    "overlap": (
        "a period apart from the others of the project",
        "同じプロジェクトの他の期間と重複しない期間",
    ),
    "early decision": (
        "a decision after the end of the monitoring period",
        "モニタリング期間の終期より後の発行決定日",
    ),
    "two decisions": ("one decision for a period, here {n}", "一つの期間に一つの発行決定日（ここでは{n}）"),
    "country": (
        "Japan or the partner country of the reference number, as the page names them",
        "日本又は参照番号のパートナー国（資料の表記による国名）",
    ),
    "twice": ("a country that is not there already for this period", "同じ期間に重複していない国"),
    "early issue": ("an issuance date not before the decision", "発行決定日以後の発行日"),
    "too much": ("at most the {n} t notified", "通知量 {n} t 以下の量"),
    "nothing": ("more than 0 t for all countries together", "全ての国の合計で 0 t を超える量"),
    "sum": (
        "the total of all periods of the project, {n} t",
        "プロジェクトの全期間の累計（{n} t）",
    ),
}
"""What was expected where something is wrong, in both languages."""
COLUMNS = {
    "reference": ("reference number", "参照番号"),
    "period": ("monitoring period", "モニタリング期間"),
    "decided": ("decision date", "発行決定日"),
    "total": ("total notified", "通知量合計"),
    "country": ("country", "国"),
    "notified": ("notified amount", "通知量"),
    "issued_on": ("issuance date", "発行日"),
    "issued": ("issued amount", "発行量"),
    "row": ("row", "行"),
}


class CellFault(ValueError):
    """What is wrong in a cell: its column, what it holds, and what was expected. Row and place are added by `at`."""

    def __init__(self, column: str, found: str, code: str, n: object = "") -> None:
        super().__init__(code)
        self.column, self.found, self.number, self.where = column, found, 0, ""
        self.expected_en, self.expected_ja = (text.format(n=n) for text in FAULTS[code])

    def at(self, entry: "Entry") -> "CellFault":
        """Return the same with its place."""
        self.number, self.where = entry.number, entry.where
        return self


@dataclass(frozen=True)
class Entry:
    """A row below the heading: its cells by field, or what keeps it from being understood. A title has no fields."""

    number: int
    where: str
    fields: Mapping[str, str]
    fault: CellFault | None = None


def entries_of(document: Document, sheets: Sequence[Sheet], names: Names) -> tuple[list[Entry], list[str]]:
    """Return the rows of every issuance table of the document, in their order, and headings that are not known.

    Raises SourceNotRead with the headings found and expected where no table is one.
    """
    entries: list[Entry] = []
    unknown: list[str] = []
    tables = 0
    for sheet in sheets:
        table = _table(document, sheet, HEADINGS)
        if table is not None:
            entries += _entries_of_page(table, sheet, names)
        elif (table := _table(document, sheet, _TEMPLATE_HEADINGS)) is not None:
            entries += _entries_of_template(table)
        else:
            continue
        tables += 1
        unknown += table.unknown
    if not tables:
        find_table(document, sheets, HEADINGS)
    return entries, unknown


def _table(document: Document, sheet: Sheet, headings: Sequence[Heading]) -> Found | None:
    try:
        return find_table(document, [sheet], headings)
    except SourceNotRead:
        return None


def _entries_of_page(table: Found, sheet: Sheet, names: Names) -> Iterator[Entry]:
    # What merged cells say stands once; filled up, a further country would look like a project of its own.
    as_saved = {row.number: [" ".join(cell.split()) for cell in row.cells] for row in sheet.rows}
    for line in table.lines:
        cells = as_saved.get(line.number, [])
        if not any(cells):  # nothing but what is merged with rows above
            continue
        try:
            fields = _fields(cells, table.columns, names)
            yield Entry(line.number, line.where, {field: stated(text) for field, text in fields.items()})
        except CellFault as fault:
            entry = Entry(line.number, line.where, {}, fault)
            fault.at(entry)
            yield entry


def _entries_of_template(table: Found) -> Iterator[Entry]:
    for line in table.lines:
        fields = {field: text for field, text in line.cells.items() if field in COLUMNS}
        yield Entry(line.number, line.where, fields | {"period": f"{line['start']} ~ {line['end']}"})


def _fields(cells: Sequence[str], columns: Mapping[str, int], names: Names) -> dict[str, str]:
    """Cells of a row by field; empty for a title. Raises CellFault where the parts of a row cannot be told."""
    usual = columns["country"]
    at = _place_of_country(cells, usual, names)
    if at is None:
        if sum(cell != "" for cell in cells) == 1:
            return {}
        raise CellFault("row", " | ".join(cells)[:120], "cells")
    fields = {f: cells[c - usual + at] for f, c in columns.items() if usual <= c < len(cells) + usual - at}
    before = cells[:at]
    if at == usual:
        return fields | {f: before[c] for f, c in columns.items() if c < usual}
    if any(before):
        fields |= _leading(before)
    return fields


def _place_of_country(cells: Sequence[str], usual: int, names: Names) -> int | None:
    """The column in which the country of a row stands: where the heading has it, else before."""
    known = [at for at, cell in enumerate(cells[: usual + 1]) if names.iso3(cell)]
    if known:
        return known[-1]
    filled = [at for at, cell in enumerate(cells) if cell]
    if len(filled) < 2:
        return None
    # No name that is known, so that the row can be told by its form alone.
    first, last = filled[0], filled[-1]
    may_be_name = [not re.search(r"\d", cell) for cell in cells]
    is_full = first == 0 and last >= usual
    is_aligned = 0 < first <= usual < len(cells) and cells[usual] != "" and may_be_name[usual]
    if is_full or is_aligned:
        return usual
    if first == 1 and last > usual:
        return usual - 1
    return 0 if first == 0 and last < _SHORT and may_be_name[0] else None


def _leading(before: Sequence[str]) -> dict[str, str]:
    """Reference number, period and decision of a row that leaves out cells before its country."""
    at = next((n for n, cell in enumerate(before) if PERIOD_SIGN.search(cell)), None)
    if at is None:
        filled = [n for n, cell in enumerate(before) if cell]
        at = filled[0] if len(filled) <= 2 else filled[0] + 1
    parts = {"reference": before[at - 1] if at else "", "period": before[at]}
    return parts | dict(zip(("decided", "total"), before[at + 1 :], strict=False))


def period_of(text: str) -> tuple[date, date]:
    """Return the first and the last day of a monitoring period. Raises CellFault."""
    plain = in_half_width(text)
    ends = PERIOD_SIGN.split(plain)
    if len(ends) != 2:
        ends = re.split("[-–—]", plain)
    if len(ends) != 2:
        raise CellFault("period", text, "period")
    first, last = (day_of("period", end) for end in ends)
    if first is None or last is None:
        raise CellFault("period", text, "period")
    if last < first:
        raise CellFault("period", text, "order")
    return first, last


def day_of(column: str, text: str) -> date | None:
    """Return a day; None where there is none. Raises CellFault."""
    if _states_nothing(text):
        return None
    try:
        found = day(text)
    except ValueNotUnderstood:
        raise CellFault(column, text, "day") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise CellFault(column, text, "day")
    return found


def tonnes_of(column: str, text: str) -> int | None:
    """Return whole tonnes; None where there are none. Raises CellFault."""
    if _states_nothing(text):
        return None
    try:
        amount = tonnes(text)
    except ValueNotUnderstood:
        raise CellFault(column, text, "tonnes") from None
    if not 0 <= amount <= LARGEST_TCO2:
        raise CellFault(column, text, "tonnes")
    return amount


def _states_nothing(text: str) -> bool:
    return not stated(text) or states_no_amount(text)
