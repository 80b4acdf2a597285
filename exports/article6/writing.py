"""A report as the workbook of the central platform, or as CSV."""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from exports.article6.documentation import need_of
from model.ledger.agreed_format.fields import Field, Table
from model.ledger.agreed_format.missing import missing_in, spans
from model.ledger.agreed_format.nomenclature import EDITION
from model.ledger.agreed_format.report import Report, Words
from model.ledger.agreed_format.tables import TABLES
from model.ledger.agreed_format.values import right_of, write_value
from view.downloads import zipped

NOTICE: Final[Words] = (
    "Working aid of the JCM target tracker from public sources; not a submission of a Party.",
    "JCMターゲットトラッカーが公表資料から作成した作業用資料であり、締約国の提出物ではありません。",
)
_TAKE_OUT: Final[Words] = (
    "Take this sheet out before a report is filed.",
    "報告を提出する際は、このシートを削除してください。",
)
NOTICE_SHEET: Final = "Notice"
CSV_NAME: Final = "report.csv"
_GUTTER = 2
_HEADING_HEIGHT = 62
_LINE_HEIGHT = 15
_COLUMNS_OF_A_PAGE = 14
_WORDS_BREAK = 1.15
"""How much longer a text gets as its lines break between words."""
_WIDTHS: Mapping[str, int] = {
    "AdditionalInformation": 60,
    "Sector": 24,
    "ActivityType": 24,
    "Id": 20,
    "AuthorizationId": 20,
    "Type": 18,
    "Subtype": 28,
    "MitigationType": 20,
}


def workbook(report: Report, notes: Sequence[Words] = ()) -> bytes:
    """The workbook: index, summary, five tables, and our notice with what is to be found out on a sheet of its own.

    Equal reports with equal notes give equal files. `notes` stand below the notice.
    """
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {"title": "Agreed electronic format", "comments": NOTICE[0], "created": _long_ago()}
        )
        styles = _Styles(book)
        _index(book.add_worksheet("Index"), report, styles)
        _summary(book.add_worksheet("Summary information"), styles)
        for table in TABLES.values():
            sheet = book.add_worksheet(table.sheet)
            (_vertical if table.is_vertical else _horizontal)(sheet, table, report, styles)
        _notice(book.add_worksheet(NOTICE_SHEET), report, notes, styles)
    return buffer.getvalue()


def archive(report: Report, notes: Sequence[Words] = ()) -> bytes:
    """The five tables one below the other in one CSV (UTF-8), our notice and what is to be found out beside it, as ZIP."""
    ask = io.StringIO()
    writer = csv.writer(ask, lineterminator="\r\n")
    writer.writerow(_ASKED)
    for unknown in missing_in(report):
        writer.writerow((unknown.sheet, spans(unknown.lines), unknown.letters, unknown.heading, *unknown.ask))
    words = "\n".join(text for note in (NOTICE, *notes) for text in note)
    return zipped(
        {
            CSV_NAME: ("\ufeff" + table_text(report)).encode(),
            "to_find_out.csv": ("\ufeff" + ask.getvalue()).encode(),
            "NOTICE.txt": f"{words}\n".encode(),
        }
    )


def table_text(report: Report) -> str:
    """The five tables as CSV, each with its title and headings, empty ones too."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for table in TABLES.values():
        writer.writerow([table.title])
        writer.writerow([field.heading for field in table.fields])
        for row in report.rows(table):
            writer.writerow([write_value(field, row[field.code]) for field in table.fields])
        writer.writerow([])
    return text.getvalue()


_ASKED = ("Sheet", "Rows", "Column", "Field", "What to find out", "確認を要する事項")


def _long_ago() -> datetime:
    """A fixed moment: a file made again is the same."""
    return datetime.combine(date(1980, 1, 1), datetime.min.time())


class _Styles:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.head: Format = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#DDEBF7"}
        )
        self.platform: Format = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#EDEDED"}
        )
        self.text: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.value: Format = book.add_format({"align": "left"})
        self.plain: Format = book.add_format({"valign": "top", "align": "left"})
        self.number: Format = book.add_format(
            {"num_format": "#,##0", "align": "right", "valign": "top", "indent": 1}
        )

    def of_column(self, field: Field) -> Format:
        """How the cells of a field look."""
        return self.number if field.kind == "tonnes" else self.plain


def _begin(sheet: Worksheet, title: str, styles: _Styles) -> None:
    sheet.set_column(0, 0, _GUTTER)
    sheet.write_string(1, 1, title, styles.title)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)


def _context(report: Report) -> str:
    return f"{report.stated('Party') or ''} {report.stated('ReportYear') or ''}".strip()


def _index(sheet: Worksheet, report: Report, styles: _Styles) -> None:
    _begin(sheet, "Agreed electronic format", styles)
    sheet.write_string(2, 1, _context(report))
    sheet.set_column(1, 1, 28)
    sheet.set_column(2, 2, 60)
    for number, table in enumerate(TABLES.values()):
        sheet.write_url(4 + number, 1, f"internal:'{table.sheet}'!A1", string=table.sheet)
        sheet.write_string(4 + number, 2, table.title)
    sheet.write_string(10, 1, f"Common nomenclatures: {EDITION.isoformat()}")


def _texts(sheet: Worksheet, line: int, texts: Sequence[str], widths: Sequence[int], style: Format) -> None:
    """A line of texts, high enough for the longest; programs do not see to that by themselves."""
    high = 1
    for column, (text, width) in enumerate(zip(texts, widths, strict=True), 1):
        sheet.write_string(line, column, text, style)
        long = sum(2 if east_asian_width(c) in "FWA" else 1 for c in text)
        high = max(high, math.ceil(long * _WORDS_BREAK / width))
    sheet.set_row(line, _LINE_HEIGHT * high)


def _summary(sheet: Worksheet, styles: _Styles) -> None:
    """Every field with who fills it and what may stand in it."""
    _begin(sheet, "Summary information", styles)
    widths = (52, 40, 90)
    for column, width in enumerate(widths, 1):
        sheet.set_column(column, column, width)
    line = 3
    for table in TABLES.values():
        _texts(sheet, line, (table.title, "Filled", "Format"), widths, styles.head)
        for field in table.fields:
            line += 1
            right = "" if field.need == "platform" else right_of(field)[0]
            _texts(sheet, line, (field.heading, need_of(field)[0], right), widths, styles.text)
        line += 2


def _vertical(sheet: Worksheet, table: Table, report: Report, styles: _Styles) -> None:
    _begin(sheet, table.title, styles)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 2, 30)
    for number, field in enumerate(table.fields):
        line = table.heading_row - 1 + number
        style = styles.platform if field.need == "platform" else styles.head
        sheet.write_string(line, 1, field.heading, style)
        for place, row in enumerate(report.rows(table)):
            value = write_value(field, row[field.code])
            if isinstance(value, int):
                sheet.write_number(line, 2 + place, value, styles.value)
            elif value is not None:
                sheet.write_string(line, 2 + place, value, styles.value)


def _horizontal(sheet: Worksheet, table: Table, report: Report, styles: _Styles) -> None:
    _begin(sheet, table.title, styles)
    sheet.write_string(2, 1, _context(report))
    places = [(field, table.columns[field.code]) for field in table.fields]
    for field, column in places:
        style = styles.platform if field.need == "platform" else styles.head
        sheet.write_string(table.heading_row - 1, column, field.heading, style)
        width = _WIDTHS.get(field.code, max(12, min(len(field.heading) // 2 + 2, 24)))
        sheet.set_column(column, column, width, styles.of_column(field))
        if field.gap_before:
            sheet.set_column(column - 1, column - 1, _GUTTER)
    sheet.set_row(table.heading_row - 1, _HEADING_HEIGHT)
    sheet.freeze_panes(table.heading_row, 2)
    sheet.repeat_rows(table.heading_row - 1)
    sheet.fit_to_pages(math.ceil(len(table.fields) / _COLUMNS_OF_A_PAGE), 0)
    cells = [(field.code, column, field if field.kind == "day" else None) for field, column in places]
    for line, row in enumerate(report.rows(table), table.heading_row):
        for code, column, day in cells:
            value = row[code]
            if isinstance(value, str):
                sheet.write_string(line, column, str(write_value(day, value)) if day else value)
            elif value is not None:
                sheet.write_number(line, column, value)


def _notice(sheet: Worksheet, report: Report, notes: Sequence[Words], styles: _Styles) -> None:
    """That it is no submission, where it comes from, and what is to be found out."""
    _begin(sheet, NOTICE_SHEET, styles)
    widths = (24, 16, 9, 40, 60, 60)
    for column, width in enumerate(widths, 1):
        sheet.set_column(column, column, width)
    line = 2
    for note in (NOTICE, _TAKE_OUT, *notes):
        for text in note:
            sheet.write_string(line, 1, text)
            line += 1
    line += 1
    _texts(sheet, line, _ASKED, widths, styles.head)
    for unknown in missing_in(report):
        line += 1
        cells = (unknown.sheet, spans(unknown.lines), unknown.letters, unknown.heading, *unknown.ask)
        _texts(sheet, line, cells, widths, styles.text)
