"""Bytes of a page, a CSV file or a workbook to sheets of text cells. Nothing is interpreted here.

A cell is text as a person would read it: a number without the noise of binary fractions, a day as 2026-01-24, an error
of a spreadsheet (`#N/A`) as nothing. Hidden rows and columns are kept: a hidden row is still a fact.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from etl.importers.source import Document, SourceNotRead
from etl.sources.reading import as_utf8, csv_records
from etl.sources.stops import BuildStopped

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from openpyxl.worksheet.worksheet import Worksheet

MOST_CELLS = 2_000_000
LARGEST_UNPACKED = 400_000_000
"""Bytes of a workbook unpacked; more is no list of projects."""
MOST_SPANNED = 1_000
"""Columns or rows of one cell of a page; more is a slip of its author."""
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!"})
_DAMAGE = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, OSError, EOFError, SyntaxError)
"""What openpyxl raises for a file that is cut off or altered: faults of the archive, of its XML, of what it lacks."""
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_NEW_LINE = "\ue000"
"""Stands for a new line that a page draws; those of its source are spaces."""
_CHARSET = re.compile(r"charset=[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """A row of a sheet, counted from 1 as the reader of the document would count it."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether no cell says anything."""
        return not any(self.cells)


@dataclass
class Sheet:
    """A table of a document: the words by which a reader finds it, its rows, and its merged cells.

    `merged` has first row, first column, last row, last column of each merged area, counted from 1 and 0.
    """

    name: str
    rows: list[Row]
    merged: Sequence[tuple[int, int, int, int]] = field(default_factory=tuple)

    def filled(self) -> "Sheet":
        """Return the sheet with what stands in a merged area in each of its cells."""
        if not self.merged:
            return self
        rows = {row.number: list(row.cells) for row in self.rows}
        for top, left, bottom, right in self.merged:
            first = rows.get(top, [])
            text = first[left] if left < len(first) else ""
            for number in range(top, bottom + 1):
                cells = rows.setdefault(number, [])
                cells += [""] * (right + 1 - len(cells))
                cells[left : right + 1] = [text] * (right + 1 - left)
        return Sheet(self.name, [Row(number, tuple(rows[number])) for number in sorted(rows)])


def sheets_of(document: Document) -> list[Sheet]:
    """Return the sheets of a workbook, the tables of a page, or the one table of a CSV file.

    Raises SourceNotRead for a damaged or oversized document, and for one without any table.
    """
    content = document.content
    if content.startswith(b"PK\x03\x04"):
        found = _workbook(document)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceNotRead(
            f"{document.name}: an old or encrypted Excel file. Save it as .xlsx without a password.",
            f"{document.name}：旧形式又は暗号化された Excel ファイルです。パスワードのない .xlsx で保存してください。",
        )
    elif _is_page(document):
        found = _page(document)
    else:
        found = [_csv(document)]
    if not any(sheet.rows for sheet in found):
        raise SourceNotRead(
            f"{document.name}: no table was found in it. Expected a page, CSV file or workbook with a table.",
            f"{document.name}：表が見つかりません。表を含むページ、CSV 又は Excel ファイルが必要です。",
        )
    return found


def text_of(value: Any) -> str:  # noqa: ANN401 - a cell of a workbook holds anything
    """Return the text of a cell of a workbook."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"
    text = _lines(str(value).replace("_x000D_", ""))
    return "" if text in _ERRORS else text


def _lines(text: str) -> str:
    """Text without needless spaces; its lines stay apart, as those of a place do."""
    if "\n" not in text and "\r" not in text:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _workbook(document: Document) -> list[Sheet]:
    import openpyxl  # noqa: PLC0415 - 8 MB that only a reader of workbooks needs

    try:
        with zipfile.ZipFile(io.BytesIO(document.content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > LARGEST_UNPACKED:
                raise _damaged(document, f"{unpacked:,} bytes unpacked")
        book = openpyxl.load_workbook(io.BytesIO(document.content), data_only=True)
    except (*_DAMAGE, NotImplementedError) as error:
        raise _damaged(document, str(error)) from error
    return [_sheet(document, worksheet) for worksheet in book.worksheets]


def _damaged(document: Document, reason: str) -> SourceNotRead:
    return SourceNotRead(
        f"{document.name}: the workbook cannot be read ({reason}). It may be cut off; fetch or save it again.",
        f"{document.name}：Excel ファイルを読み取れません（{reason}）。途中で切れている可能性があります。再度取得してください。",
    )


def _sheet(document: Document, worksheet: "Worksheet") -> Sheet:
    # A cell that is only formatted can stand a million rows below: what is there is asked for, not the area around it.
    stated = [cell for cell in worksheet._cells.values() if cell.value is not None]  # noqa: SLF001
    last, width = (max((getattr(c, at) for c in stated), default=0) for at in ("row", "column"))
    if last * width > MOST_CELLS:
        raise _too_large(document)
    rows = []
    for number, values in enumerate(worksheet.iter_rows(max_row=last, max_col=width, values_only=True), 1):
        cells = tuple(text_of(value) for value in values)
        if any(cells):
            rows.append(Row(number, cells))
    merged = tuple(
        (a.min_row, a.min_col - 1, min(a.max_row, last), min(a.max_col, width) - 1)
        for a in worksheet.merged_cells.ranges
        if a.min_row <= last and a.min_col <= width
    )
    return Sheet(worksheet.title, rows, merged)


def _too_large(document: Document) -> SourceNotRead:
    return SourceNotRead(
        f"{document.name}: more than {MOST_CELLS:,} cells. Expected a list of projects or events.",
        f"{document.name}：セル数が {MOST_CELLS:,} を超えています。案件又は発行の一覧が必要です。",
    )


def _is_page(document: Document) -> bool:
    head = document.content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return (
        "html" in document.media_type
        or head.startswith((b"<!doctype", b"<html", b"<table"))
        or b"<html" in head
    )


def _page(document: Document) -> list[Sheet]:
    from lxml import html  # noqa: PLC0415 - only a reader of pages needs it

    # lxml refuses a declaration of the encoding in text that is decoded already.
    text = _XML_DECLARATION.sub("", _text_of_page(document), count=1).replace("\x00", "")
    root = html.document_fromstring(text or "<html/>", parser=html.HTMLParser(huge_tree=False))
    found = []
    for number, table in enumerate(root.iter("table"), 1):
        found.append(_table(document, table, f"table {number}"))
    return found


def _text_of_page(document: Document) -> str:
    """The page as text: UTF-8 where it is that, else the charset that the server or the page names."""
    content = document.content.removeprefix(b"\xef\xbb\xbf")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        named = _CHARSET.findall(document.media_type) + _CHARSET.findall(content[:4096].decode("latin-1"))
    for charset in (*named, "cp932", "latin-1"):
        try:
            return content.decode("cp932" if charset.lower() in {"shift_jis", "sjis"} else charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("utf-8", "replace")


def _table(document: Document, table: "HtmlElement", name: str) -> Sheet:
    """A table of a page with its cells in the columns where they are drawn; cells that span others are merged cells."""
    rows: list[Row] = []
    merged: list[tuple[int, int, int, int]] = []
    taken: dict[int, set[int]] = {}
    drawn = 0
    # A table within a cell is a table of its own.
    own = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for number, row in enumerate(own, 1):
        cells: list[str] = []
        spanned = taken.pop(number, set())
        for cell in row:
            if cell.tag not in {"td", "th"}:
                continue
            while len(cells) in spanned:
                cells.append("")
            left = len(cells)
            down, across = min(_span(cell, "rowspan"), len(own) - number + 1), _span(cell, "colspan")
            drawn += down * across
            if drawn > MOST_CELLS:
                raise _too_large(document)
            cells += [_cell_text(cell)] + [""] * (across - 1)
            if down > 1 or across > 1:
                merged.append((number, left, number + down - 1, left + across - 1))
            for below in range(number + 1, number + down):
                taken.setdefault(below, set()).update(range(left, left + across))
        if cells:
            rows.append(Row(number, tuple(cells)))
    return Sheet(name, rows, merged)


def _span(cell: "HtmlElement", attribute: str) -> int:
    stated = cell.get(attribute, "1").strip()
    return min(int(stated), MOST_SPANNED) if re.fullmatch("[1-9][0-9]{0,8}", stated) else 1


def _cell_text(cell: "HtmlElement") -> str:
    """Text of a cell, with a new line where the page has one."""
    if len(cell) == 0:
        return " ".join((cell.text or "").split())
    for inner in cell.iter("br", "p", "div", "li"):
        if inner.tag != "br":
            inner.text = _NEW_LINE + (inner.text or "")
        inner.tail = _NEW_LINE + (inner.tail or "")
    lines = (" ".join(line.split()) for line in cell.text_content().split(_NEW_LINE))
    return "\n".join(line for line in lines if line)


def _csv(document: Document) -> Sheet:
    rows = []
    cells = 0
    try:
        content, _ = as_utf8(document.content, document.name)
        lines = (raw.decode() for raw in io.BytesIO(content))
        for record, _ in csv_records(lines, 1, document.name):
            cells += len(record.cells)
            if cells > MOST_CELLS:
                raise _too_large(document)
            rows.append(Row(record.line, tuple("" if cell in _ERRORS else cell for cell in record.cells)))
    except BuildStopped as error:
        raise SourceNotRead(error.message_en, error.message_ja) from error
    return Sheet("", rows)
