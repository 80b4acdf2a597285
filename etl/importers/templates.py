"""Templates to fill in: a sheet with one row a record, and a sheet with what each column means and may hold.

Meanings, closed terms and what an empty cell says come from the contracts; choices from the vocabularies.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from etl.contracts import Table, table
from etl.contracts.columns import SAME
from etl.importers import selections
from etl.importers.layout import Heading
from etl.importers.selections import VOCABULARY, vocabulary

FILL_IN = "記入 Fill in"
NOTES = "説明 Notes"
HEADING_ROW = 3
"""Row of the headings, counted from 0; above it stand the title, how to fill in, and the form of each column."""
PREPARED_ROWS = 500
"""Rows with drop-downs and formats."""

_FORMS: Mapping[str, tuple[str, str, str, int]] = {
    # how a cell is read: its form in Japanese and English, the number format, the width
    "tonnes": ("整数、t-CO2", "whole tonnes, t-CO2", "#,##0", 16),
    "integer": ("整数", "whole number", "0", 10),
    "year": ("年度、例 2026", "fiscal year, e.g. 2026", "0", 12),
    "date": ("年月日、例 2026-01-24", "date, e.g. 2026-01-24", "yyyy-mm-dd", 14),
    # Text, or a spreadsheet makes a first day of a month that was stated alone.
    "partial_date": ("年月日又は年月、例 2026-01", "date or month, e.g. 2026-01", "@", 18),
    "coordinate": ("度（小数）", "degrees with a fraction", "0.0000", 12),
    "decimal": ("数値", "number", "General", 12),
    "boolean": ("true 又は false", "true or false", "@", 12),
    "text": ("", "", "@", 22),
}
_NEEDED = {True: "必須 / needed", False: ""}
_ONE_OF_TWO = "いずれか必須 / one of the two"
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook holds days without a zone
_WORDS = {"reads": "text", "terms": None, "null_en": None, "null_ja": None}
_HOW_TO = (
    f"1件を1行に記入し、見出しの行は変更しないでください。色の濃い見出しは必須の列です。各列の意味は「{NOTES}」シートにあります。"
    f" / One record a row; leave the headings as they are. Darker headings are needed. “{NOTES}” says what each column means."
)
_NOTE_COLUMNS = (
    ("列 / Column", 30),
    ("項目名 / Field", 22),
    ("必須 / Needed", 14),
    ("意味", 44),
    ("Meaning", 44),
    ("形式 / Form", 26),
    ("空欄の意味 / Empty means", 24),
    ("用語 / Terms", 40),
)
_LABELS = {
    "project_id": ("プロジェクトの識別子", "Project key"),
    "ref_no": ("JCM参照番号", "JCM reference number"),
    "title_en": ("案件名（英文）", "Title (English)"),
    "title_en_basis": ("英文案件名の区分", "Basis of the English title"),
    "title_ja": ("案件名（和文）", "Title (Japanese)"),
    "iso3": ("国コード", "Country code"),
    "location": ("所在地", "Location"),
    "latitude": ("緯度", "Latitude"),
    "longitude": ("経度", "Longitude"),
    "technology": ("技術", "Technology"),
    "sectoral_scope": ("セクトラルスコープ", "Sectoral scope"),
    "scope_basis": ("スコープの根拠", "Basis of the scope"),
    "methodology": ("方法論", "Methodology"),
    "programme": ("支援事業", "Programme"),
    "funding": ("資金の区分", "Funding"),
    "fy_selected": ("採択年度", "Fiscal year of selection"),
    "status": ("状況", "Status"),
    "registered_on": ("登録日", "Registered on"),
    "operation_start": ("稼働開始日", "Start of operation"),
    "est_annual_tco2": ("年間削減見込量", "Expected reductions a year"),
    "est_annual_source_id": ("年間削減見込量の出典", "Source of the annual figure"),
    "est_annual_basis": ("年間削減見込量の根拠", "Basis of the annual figure"),
    "est_total_tco2": ("削減見込総量", "Expected reductions in total"),
    "est_total_basis": ("総量の対象期間", "Period of the total"),
    "jp_participants": ("日本側参加者", "Japanese participants"),
    "partner_participants": ("パートナー国側参加者", "Participants of the partner country"),
    "in_target_scope": ("集計対象", "Counts towards the target"),
    "note": ("備考", "Remarks"),
    "source_ids": ("全ての出典", "All sources"),
    "issuance_id": ("発行の識別子", "Key of the issuance"),
    "project_ids": ("対象プロジェクト", "Projects covered"),
    "decided_on": ("発行決定日", "Decided on"),
    "issued_on": ("発行日", "Issued on"),
    "period_start": ("モニタリング期間の始期", "Start of the monitoring period"),
    "period_end": ("モニタリング期間の終期", "End of the monitoring period"),
    "total_tco2": ("発行量", "Total issued"),
    "total_low_tco2": ("発行量の下限", "Lower limit of the total"),
    "total_high_tco2": ("発行量の上限", "Upper limit of the total"),
    "japan_tco2": ("日本側の量", "Japanese side"),
    "japan_government_tco2": ("日本政府分", "Japanese government"),
    "partner_tco2": ("パートナー国側の量", "Partner side"),
    "source_id": ("出典", "Source"),
    "other_source_ids": ("その他の出典", "Further sources"),
    "article6_event_id": ("6条関連の識別子", "Key of the event"),
    "occurred_on": ("発生日", "Day of the event"),
    "action": ("行為の区分", "Action"),
    "quantity_tco2": ("量", "Quantity"),
}
"""Short headings by the column of the file; what they mean is the contract's."""


TEMPLATES = ("selections", "projects", "issuances", "article6-events")


@dataclass(frozen=True)
class _Column:
    """A column of a template. `choices` are offered in a drop-down; `is_closed`: nothing else may stand there."""

    field: str
    label_ja: str
    label_en: str
    meaning: Mapping[str, Any]
    needed: str
    choices: Sequence[str] = ()
    is_closed: bool = False

    @property
    def heading(self) -> str:
        return f"{self.label_ja} / {self.label_en}"

    @property
    def form(self) -> tuple[str, str, str, int]:
        ja, en, number_format, width = _FORMS.get(self.meaning["reads"], _FORMS["text"])
        if "annual" in self.field and self.meaning["reads"] == "tonnes":
            ja, en = "整数、t-CO2/年", "whole tonnes, t-CO2/year"
        return ja, en, number_format, max(width, 30 if self.field.startswith("title") else 0)


@dataclass(frozen=True)
class _Template:
    title_ja: str
    title_en: str
    columns: Sequence[_Column]


def template_headings(name: str) -> tuple[Heading, ...]:
    """Return the headings by which a table in a template is found, by the columns of the file. KeyError without one."""
    if name == "selections":
        return tuple(column.heading for column in selections.COLUMNS)
    return tuple(
        Heading(c.field, (c.heading, c.field, c.label_ja, c.label_en), is_needed=c.needed == _NEEDED[True])
        for c in _template(name).columns
    )


def write_template(name: str) -> bytes:
    """Return a template as a workbook; `name` is one of TEMPLATES. The same name gives the same bytes."""
    template = _template(name)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": f"{template.title_ja} / {template.title_en}", "created": _CREATED})
        sheet = book.add_worksheet(FILL_IN)
        notes = book.add_worksheet(NOTES)
        _write_rows(book, sheet, template, _write_notes(book, notes, template))
        sheet.activate()
    return buffer.getvalue()


def _template(name: str) -> _Template:
    if name == "selections":
        return _Template("採択案件", "Selected projects", _selection_columns())
    tables = {"projects": "project", "issuances": "issuance", "article6-events": "article6_event"}
    contract = table(tables[name])
    return _Template(contract.title_ja, contract.title_en, _contract_columns(contract))


def _contract_columns(contract: Table) -> list[_Column]:
    """The columns of a table as its file has them: those that are read from a heading, each heading once."""
    columns: dict[str, _Column] = {}
    references = {reference.column: reference.to_table for reference in contract.references}
    for name, column in contract.schema.columns().items():
        meaning = dict(column.metadata or {}) | {
            "least": getattr(column, "min", None),
            "most": getattr(column, "max", None),
        }
        field = name if meaning["header"] == SAME else meaning["header"]
        if field is None or field in columns:
            continue
        ja, en = _LABELS[field]
        choices, is_closed = _choices(meaning, references.get(name, ""))
        columns[field] = _Column(field, ja, en, meaning, _NEEDED[not column.nullable], choices, is_closed)
    return list(columns.values())


def _choices(meaning: Mapping[str, Any], to_table: str) -> tuple[Sequence[str], bool]:
    """What a drop-down offers, as the record keeps it, and whether nothing else may stand there."""
    if meaning["terms"]:
        return meaning["terms"], True
    if meaning["reads"] == "boolean":
        return ("true", "false"), True
    if to_table in {"technology", "programme"}:
        return [term for term, _ in vocabulary(table(to_table).files[0].removeprefix("vocabulary/"))], True
    if to_table == "partner_country":
        return [code for code, _ in _partners()], True
    return (), False


def _selection_columns() -> list[_Column]:
    projects = {column.field: column for column in _contract_columns(table("project"))}
    sources = table("source").schema.columns()
    own: dict[str, Mapping[str, Any]] = {
        "country": {
            **_WORDS,
            "en": "partner country, by its name in either language or its code",
            "ja": "パートナー国（和名、英名又は国コード）",
        },
        "announced_on": {**_WORDS, "en": "day of the announcement", "ja": "公表日", "reads": "date"},
        "source_url": {**_WORDS, **(sources["url"].metadata or {})},
        "publisher": {**_WORDS, **(sources["publisher"].metadata or {})},
    }
    choices = {
        "country": [label for _, label in _partners()],
        "technology": [label for _, label in vocabulary("technologies.csv")],
        "programme": [label for _, label in vocabulary("programmes.csv")],
    }
    needed = {"country": _NEEDED[True], "title_ja": _ONE_OF_TWO, "title_en": _ONE_OF_TWO}
    return [
        _Column(
            column.field,
            column.ja,
            column.en,
            own[column.field] if column.field in own else projects[column.field].meaning,
            needed.get(column.field, _NEEDED[False]),
            choices.get(column.field, ()),
        )
        for column in selections.COLUMNS
    ]


def _partners() -> list[tuple[str, str]]:
    """Partner countries by code, each as a person chooses it."""
    with (VOCABULARY.parent / "snapshot" / "partner_countries.csv").open(
        encoding="utf-8", newline=""
    ) as rows:
        return [(row["iso3"], f"{row['name_ja']} / {row['name_en']}") for row in csv.DictReader(rows)]


def _write_rows(book: Workbook, sheet: Worksheet, template: _Template, lists: Mapping[str, str]) -> None:
    """Write the sheet to fill in. `lists` has the range of the notes that holds the choices of a column."""
    bold = book.add_format({"bold": True, "font_size": 14})
    form = book.add_format({"italic": True, "font_color": "#595959", "text_wrap": True, "valign": "top"})
    heads = {
        is_needed: book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": colour}
        )
        for is_needed, colour in ((True, "#9DC3E6"), (False, "#DDEBF7"))
    }
    sheet.write_string(0, 0, f"{template.title_ja} / {template.title_en}", bold)
    sheet.write_string(1, 0, _HOW_TO)
    for at, column in enumerate(template.columns):
        ja, en, number_format, width = column.form
        sheet.set_column(at, at, width, book.add_format({"num_format": number_format}))
        hint = ("一覧から選択", "choose from the list") if column.choices else (ja, en)
        sheet.write_string(HEADING_ROW - 1, at, " / ".join(filter(None, hint)), form)
        sheet.write_string(HEADING_ROW, at, column.heading, heads[bool(column.needed)])
        if rule := _validation(column, lists.get(column.field)):
            sheet.data_validation(HEADING_ROW + 1, at, HEADING_ROW + PREPARED_ROWS, at, rule)
    sheet.set_row(HEADING_ROW - 1, 32)
    sheet.set_row(HEADING_ROW, 48)
    sheet.freeze_panes(HEADING_ROW + 1, 1)
    sheet.set_landscape()
    sheet.repeat_rows(HEADING_ROW)


def _validation(column: _Column, choices: str | None) -> dict[str, Any] | None:
    """What a spreadsheet checks while a person types. Only closed terms stop; else there are more ways to write a value."""
    if choices:
        level = "stop" if column.is_closed else "warning"
        message = "一覧にない値です。/ This value is not in the list."
        return {"validate": "list", "source": choices, "error_type": level, "error_message": message}
    reads = column.meaning["reads"]
    if reads not in {"integer", "tonnes", "year"}:
        return None
    least, most = column.meaning.get("least"), column.meaning.get("most")
    limits: dict[str, Any] = {"criteria": ">=", "value": least or 0}
    if most is not None:
        limits = {"criteria": "between", "minimum": least or 0, "maximum": most}
    message = f"整数を記入してください。/ Expected: {column.form[1]}."
    return {"validate": "integer", **limits, "error_type": "warning", "error_message": message}


def _write_notes(book: Workbook, sheet: Worksheet, template: _Template) -> dict[str, str]:
    """Write what each column means, and the choices beside it. Return the range of the choices by column."""
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, f"{template.title_ja} / {template.title_en}", book.add_format({"bold": True}))
    for at, (text, width) in enumerate(_NOTE_COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(1, at, text, head)
    lists: dict[str, str] = {}
    for row, column in enumerate(template.columns, 2):
        meaning = column.meaning
        terms = "" if column.is_closed is False else ", ".join(column.choices)
        empty = " / ".join(filter(None, (meaning["null_ja"], meaning["null_en"])))
        form = " / ".join(filter(None, column.form[:2]))
        cells = (
            column.heading,
            column.field,
            column.needed,
            meaning["ja"],
            meaning["en"],
            form,
            empty,
            terms,
        )
        for at, text in enumerate(cells):
            sheet.write_string(row, at, text, wrap)
        if column.choices:
            at = len(_NOTE_COLUMNS) + len(lists)
            sheet.set_column(at, at, 32)
            sheet.write_string(1, at, column.heading, head)
            for below, choice in enumerate(column.choices, 2):
                sheet.write_string(below, at, choice)
            ends = (
                xl_rowcol_to_cell(end, at, row_abs=True, col_abs=True) for end in (2, 1 + len(column.choices))
            )
            lists[column.field] = f"='{NOTES}'!{':'.join(ends)}"
    sheet.freeze_panes(2, 1)
    return lists
