"""A report from a workbook or CSV: headings are found by name, wherever the table stands.

Understood are our own files, the template of the central platform with its rows of vocabularies, and files that went
through a spreadsheet. What a file lacks is told and left empty.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from exports.article6.writing import CSV_NAME
from model.ledger.agreed_format.fields import NOT_APPLICABLE, Field, Row, Table
from model.ledger.agreed_format.report import Finding, Place, Report, letters_of
from model.ledger.agreed_format.tables import TABLES
from model.ledger.agreed_format.values import read_value

MOST_ROWS: Final = 200_000
MOST_BYTES: Final = 50_000_000
MOST_COLUMNS: Final = 100
_HEADINGS_WITHIN = 30
_DAMAGED = (KeyError, ValueError, TypeError, IndexError, OSError, SyntaxError, zipfile.BadZipFile, zlib.error)
"""What the reader of workbooks raises for files that are none: a broken XML is a SyntaxError."""
Cells = Sequence[Sequence[object]]


class NotThisFormat(ValueError):
    """A file that is not the agreed electronic format, with what was found in both languages."""

    def __init__(self, en: str, ja: str) -> None:
        self.en, self.ja = en, ja
        super().__init__(en)


def read(body: bytes) -> Report:
    """The report of a workbook, a CSV or an archive of CSV files. Raises NotThisFormat with what was found."""
    if len(body) > MOST_BYTES:
        raise NotThisFormat("The file is larger than 50 MB.", "ファイルが50 MBを超えています。")
    if not body.startswith(b"PK"):
        return _of_sheets(_sections(_decoded(body)))
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > 10 * MOST_BYTES:
                raise NotThisFormat(
                    "The file swells to more than 500 MB.", "展開後の大きさが500 MBを超えます。"
                )
            if "xl/workbook.xml" in packed.namelist():
                return _of_sheets(_sheets(body))
            if CSV_NAME not in packed.namelist():
                raise _nothing()
            return _of_sheets(_sections(_decoded(packed.read(CSV_NAME))))
    except zipfile.BadZipFile as error:
        raise _nothing() from error


def _nothing() -> NotThisFormat:
    return NotThisFormat(
        "This is no report in the agreed electronic format: a workbook (XLSX), a CSV file or our archive (ZIP) with the"
        f" tables {', '.join(table.sheet for table in TABLES.values())}.",
        "合意された電子様式の報告（XLSX、CSV又は当サイトのZIP）ではありません。必要な表："
        f"{'、'.join(table.sheet for table in TABLES.values())}。",
    )


def _decoded(body: bytes) -> str:
    """Text in UTF-8, or as spreadsheets of Japan save it."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise _nothing()


def _sheets(body: bytes) -> dict[str, Cells]:
    import openpyxl  # noqa: PLC0415  # 8 MB that only a reader of workbooks needs

    try:
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
        return {
            name: _cells(book[name])
            for table in TABLES.values()
            if (name := _sheet_of(table, book.sheetnames))
        }
    except _DAMAGED as error:
        raise NotThisFormat("The workbook is damaged.", "ファイルが破損しています。") from error


def _cells(sheet: Any) -> Cells:  # noqa: ANN401 - openpyxl's sheets to read have no public type
    sheet.reset_dimensions()  # what a program wrote there may be wrong
    return [list(row) for row in sheet.iter_rows(values_only=True, max_row=MOST_ROWS, max_col=MOST_COLUMNS)]


def _folded(text: object) -> str:
    return " ".join(str(text).replace("_", " ").split()).casefold()


def _sheet_of(table: Table, names: Iterable[str]) -> str | None:
    """The sheet of a table: by its name or title, or by the short name of earlier exports."""
    known = {_folded(name) for name in (table.sheet, table.title, table.key)}
    beginning = _folded(table.sheet)[: len("table 1")]
    return next(
        (name for name in names if _folded(name) in known or _folded(name).startswith(beginning)), None
    )


def _sections(text: str) -> dict[str, Cells]:
    """The tables of a CSV with one below the other, by their titles; lines before a title keep the count of lines."""
    lines: list[list[object]] = [list(line) for line in csv.reader(io.StringIO(text, newline=""))]
    titles = {_folded(table.title): table for table in TABLES.values()}
    starts = [
        (number, titles[_folded(line[0])])
        for number, line in enumerate(lines)
        if line and _folded(line[0]) in titles and not any(line[1:])
    ]
    ends = [*(number for number, _ in starts), len(lines)][1:]
    nothing: list[list[object]] = [[]]
    return {
        table.sheet: nothing * start + lines[start:end]
        for (start, table), end in zip(starts, ends, strict=True)
    }


def _of_sheets(sheets: Mapping[str, Cells]) -> Report:
    tables: dict[str, list[Row]] = {}
    places: dict[str, Place] = {}
    unread: list[Finding] = []
    for table in TABLES.values():
        name = _sheet_of(table, sheets)
        cells = sheets[name] if name is not None else []
        found = _headings(table, cells)
        if found is None:
            tables[table.key], places[table.key] = [], Place()
            unread.append(_lacking(table, is_there=name is not None))
            continue
        rows, place = (
            _vertical(table, cells, found) if found.is_vertical else _horizontal(table, cells, found)
        )
        tables[table.key], places[table.key] = rows, place
        if missing := [field for field in table.fields if field.code not in found.at]:
            unread.append(_without(table, missing, found))
    if not any(place.letters for place in places.values()):
        raise _nothing()
    return Report(tables, places, unread)


class _Headings:
    """Where the headings of a table stand: along a line, or down a column. Counted from 0."""

    def __init__(self, at: Mapping[str, int], line: int, *, is_vertical: bool) -> None:
        self.at, self.line, self.is_vertical = at, line, is_vertical


def _headings(table: Table, cells: Cells) -> _Headings | None:
    """The line, or for a vertical table the column, that has most of the headings; None where there is none.

    One heading alone is none: titles and notes have words of headings too.
    """
    known = {_folded(name): field.code for field in table.fields for name in (field.heading, field.code)}
    top = [list(islice(line, MOST_COLUMNS)) for line in cells[: _first(cells) + _HEADINGS_WITHIN]]
    found = [_Headings(_places(line, known), number, is_vertical=False) for number, line in enumerate(top)]
    if table.is_vertical:
        width = max(map(len, top), default=0)
        columns = ([line[c] if c < len(line) else None for line in top] for c in range(width))
        found += [_Headings(_places(c, known), number, is_vertical=True) for number, c in enumerate(columns)]
    best = max(found, key=lambda headings: len(headings.at), default=None)
    return best if best is not None and len(best.at) > 1 else None


def _first(cells: Cells) -> int:
    """The first line that has anything."""
    return next((number for number, line in enumerate(cells) if any(cell is not None for cell in line)), 0)


def _places(line: Sequence[object], known: Mapping[str, str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(line):
        code = known.get(_folded(cell)) if isinstance(cell, str) else None
        if code is not None:
            places.setdefault(code, place)
    return places


def _lacking(table: Table, *, is_there: bool) -> Finding:
    wrong = ("The sheet has no headings.", "シートに見出しがありません。")
    if not is_there:
        wrong = ("The sheet is missing.", "シートがありません。")
    right = (
        f"“{table.sheet}” with its headings in row {table.heading_row}, also where it has no rows.",
        f"「{table.sheet}」（{table.heading_row}行目に見出し）。記載事項がない場合も必要です。",
    )
    return Finding(table.sheet, None, None, "", wrong, right)


def _without(table: Table, fields: Sequence[Field], found: _Headings) -> Finding:
    names = [field.heading for field in fields]
    wrong = (f"Headings are missing: {'; '.join(names)}.", f"見出しがありません：{'、'.join(names)}。")
    right = ("Every heading of the table, spelt like this.", "表の全ての見出し（上記のとおり）。")
    return Finding(table.sheet, None if found.is_vertical else found.line + 1, None, "", wrong, right)


def _horizontal(table: Table, cells: Cells, found: _Headings) -> tuple[list[Row], Place]:
    fields = [(field, found.at[field.code]) for field in table.fields if field.code in found.at]
    rows, lines = [], []
    for number, line in enumerate(cells[found.line + 1 :], found.line + 2):
        row: Row = dict.fromkeys(table.by_code)
        is_stated = False
        for field, place in fields:
            value = read_value(field, line[place]) if place < len(line) else None
            row[field.code] = value
            is_stated = is_stated or not (value is None or value == NOT_APPLICABLE or value in field.terms)
        if is_stated:
            rows.append(row)
            lines.append(number)
    return rows, Place(lines, {code: letters_of(place) for code, place in found.at.items()})


def _vertical(table: Table, cells: Cells, found: _Headings) -> tuple[list[Row], Place]:
    beside = found.line + 1
    row: Row = dict.fromkeys(table.by_code)
    for field in table.fields:
        line = cells[found.at[field.code]] if field.code in found.at else []
        row[field.code] = read_value(field, line[beside]) if beside < len(line) else None
    letters = letters_of(beside)
    lines = {code: place + 1 for code, place in found.at.items()}
    is_stated = any(value is not None for value in row.values())
    place = Place((lines[next(iter(lines))],), dict.fromkeys(lines, letters), lines)
    return [row] if is_stated else [], place
