"""A report as a workbook or as CSV files in an archive, and back."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence

import xlsxwriter

from exports.article6.filling import NOTICE
from model.ledger.agreed_format import NUMBERS, TABLES, Report, Row, Value
from view.downloads import zipped

MOST_ROWS = 100_000
MOST_BYTES = 50_000_000


class NotThisFormat(ValueError):
    """A file that is not the agreed electronic format, with what was found in both languages."""

    def __init__(self, en: str, ja: str) -> None:
        self.en, self.ja = en, ja
        super().__init__(en)


def workbook(report: Report) -> bytes:
    """One sheet a table, with the notice that it is no submission."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        book.set_properties({"comments": NOTICE})
        for table, fields in TABLES.items():
            sheet = book.add_worksheet(table)
            for column, name in enumerate(fields):
                sheet.write_string(0, column, name, bold)
                sheet.set_column(column, column, max(len(name) + 2, 14))
            for number, row in enumerate(report.tables.get(table, ()), 1):
                for column, name in enumerate(fields):
                    value = row[name]
                    if isinstance(value, int):
                        sheet.write_number(number, column, value)
                    elif value is not None:
                        sheet.write_string(number, column, value)
            sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def archive(report: Report) -> bytes:
    """One CSV a table (UTF-8), in a ZIP archive."""
    files = {}
    for table, fields in TABLES.items():
        text = io.StringIO()
        writer = csv.DictWriter(text, fields, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(report.tables.get(table, ()))
        files[f"{_file(table)}.csv"] = text.getvalue().encode()
    return zipped({**files, "README.txt": f"{NOTICE}\n".encode()})


def read(body: bytes) -> Report:
    """The report of a workbook or an archive. Raises NotThisFormat with what was found and what is expected."""
    if len(body) > MOST_BYTES:
        raise NotThisFormat("The file is larger than 50 MB.", "ファイルが50 MBを超えています。")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > 10 * MOST_BYTES:
                raise NotThisFormat(
                    "The file swells to more than 500 MB.", "展開後の大きさが500 MBを超えます。"
                )
            if "xl/workbook.xml" in packed.namelist():
                return _from_workbook(body)
            return _from_archive(packed)
    except zipfile.BadZipFile as error:
        raise NotThisFormat(
            "This is neither a workbook (XLSX) nor an archive of CSV files (ZIP).",
            "XLSXファイル又はCSVを収めたZIPファイルではありません。",
        ) from error


def _file(table: str) -> str:
    return table.lower().replace(" ", "_")


def _from_workbook(body: bytes) -> Report:
    import openpyxl  # noqa: PLC0415  # 8 MB that only a reader of workbooks needs

    try:
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    except (KeyError, ValueError, OSError) as error:
        raise NotThisFormat("The workbook is damaged.", "ファイルが破損しています。") from error
    tables = {}
    for table in TABLES:
        if table not in book.sheetnames:
            raise _no_table(table)
        cells = [list(row) for row in book[table].iter_rows(values_only=True, max_row=MOST_ROWS)]
        tables[table] = _rows(table, cells)
    return Report(tables)


def _from_archive(packed: zipfile.ZipFile) -> Report:
    tables = {}
    for table in TABLES:
        name = f"{_file(table)}.csv"
        if name not in packed.namelist():
            raise _no_table(name)
        try:
            text = packed.read(name).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise NotThisFormat(
                f"{name} is not in UTF-8.", f"{name} の文字コードがUTF-8ではありません。"
            ) from error
        tables[table] = _rows(table, list(csv.reader(io.StringIO(text, newline=""))))
    return Report(tables)


def _no_table(name: str) -> NotThisFormat:
    return NotThisFormat(
        f"There is no table “{name}”. The format has: {', '.join(TABLES)}.",
        f"「{name}」の表がありません。必要な表:{'、'.join(TABLES)}。",
    )


def _rows(table: str, cells: Sequence[Sequence[object]]) -> list[Row]:
    heads = [str(cell) for cell in cells[0]] if cells else []
    missing = [name for name in TABLES[table] if name not in heads]
    if missing:
        raise NotThisFormat(
            f"{table} lacks the fields {', '.join(missing)}.",
            f"{table} に次の項目がありません:{'、'.join(missing)}。",
        )
    places: Mapping[str, int] = {name: heads.index(name) for name in TABLES[table]}
    found = []
    for line in cells[1:]:
        row: Row = {
            name: _value(name, line[place] if place < len(line) else None) for name, place in places.items()
        }
        if any(value is not None for value in row.values()):
            found.append(row)
    return found


def _value(name: str, cell: object) -> Value:
    if cell is None or cell == "":
        return None
    if name in NUMBERS and not isinstance(cell, bool):
        try:
            number = float(str(cell))
        except ValueError:
            return str(cell)
        return int(number) if number.is_integer() else str(cell)
    return str(cell)
