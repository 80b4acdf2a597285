"""Bytes to sheets of text: pages, CSV files and workbooks as they come, damaged ones refused by name."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from etl.importers import sheets
from etl.importers.sheets import Sheet, sheets_of
from etl.importers.source import SourceNotRead
from tests.etl.importers.jcm_pages import csv_of, document, page_of, saved, workbook_of

ROWS = [["Reference number", "件名"], ["MN901", "架空の太陽光（カクウ）"]]
CELLS = [tuple(row) for row in ROWS]


def rows_of(content: bytes, media_type: str = "") -> list[tuple[str, ...]]:
    [sheet] = sheets_of(document(content, media_type=media_type))
    return [row.cells for row in sheet.rows]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (page_of(ROWS), ""),
        (page_of(ROWS), "text/html; charset=utf-8"),
        (page_of(ROWS), "text/html; charset=Shift_JIS"),
        (b"\xef\xbb\xbf" + page_of(ROWS), ""),
        (page_of(ROWS, charset="cp932").replace(b"cp932", b"Shift_JIS"), ""),
        (page_of(ROWS, charset="cp932").replace(b"cp932", b"utf-8"), "text/html; charset=utf-8"),
        (page_of(ROWS, charset="euc-jp"), ""),
        (page_of(ROWS).replace(b"<meta charset", b"<meta x"), "text/html"),
        (b'<?xml version="1.0" encoding="UTF-8"?>' + page_of(ROWS), ""),
        (page_of(ROWS).replace(b"</td>", b"").replace(b"</tr>", b"").replace(b"</html>", b""), ""),
        (csv_of(ROWS, "utf-8"), ""),
        (csv_of(ROWS, "utf-8-sig"), "text/csv"),
        (csv_of(ROWS, "cp932"), ""),
        (csv_of(ROWS).replace(b"\r\n", b"\r"), ""),
        (workbook_of(ROWS), ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "content",
)
def test_a_table_is_the_same_in_every_form_and_charset(content: bytes, media_type: str) -> None:
    assert rows_of(content, media_type) == CELLS


def test_text_of_a_page_keeps_its_breaks_and_no_other_lines() -> None:
    cell = "<td>Mongolia<br>Invented\n  Province<br/><p>1 Street</p><p> 47.9, <b>106.9</b></p></td>"
    content = f"<html><table><tr>{cell}<td>&nbsp;a\n b &amp; c</td></tr></table></html>"
    assert rows_of(content.encode()) == [("Mongolia\nInvented Province\n1 Street\n47.9, 106.9", "a b & c")]


def test_a_table_within_a_cell_is_a_table_of_its_own() -> None:
    inner = "<table><tr><td>in</td></tr></table>"
    content = (
        f"<html><table><tr><td>{inner}</td><td>out</td></tr><tr><td>a</td><td>b</td></tr></table></html>"
    )
    outer, nested = sheets_of(document(content.encode()))
    assert [row.cells[-1] for row in outer.rows] == ["out", "b"]
    assert [row.cells for row in nested.rows] == [("in",)]


def test_cells_of_a_page_stand_in_the_columns_where_they_are_drawn() -> None:
    content = (
        '<html><table><tr><td rowspan="2">a</td><td colspan="2">b</td></tr><tr><td>c</td><td>d</td></tr>'
        '<tr><td>e</td><td rowspan="999999">f</td><td colspan="x">g</td></tr><tr><td>h</td><td>i</td></tr></table></html>'
    )
    [sheet] = sheets_of(document(content.encode()))
    assert [row.cells for row in sheet.rows] == [
        ("a", "b", ""),
        ("", "c", "d"),
        ("e", "f", "g"),
        ("h", "", "i"),
    ]
    assert [row.cells for row in sheet.filled().rows] == [
        ("a", "b", "b"),
        ("a", "c", "d"),
        ("e", "f", "g"),
        ("h", "f", "i"),
    ]


def test_a_workbook_is_read_as_a_person_sees_it() -> None:
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    active.append(
        [date(2026, 1, 24), datetime.fromisoformat("2026-01-24T09:30"), 24249, 24249.0, 0.1 + 0.2, True]
    )
    active.append(["#N/A", " a \n b ", "１２", None, "x_x000D_\ny", 1e300])
    active.append(["hidden", 1])
    active.row_dimensions[3].hidden = True
    active.column_dimensions["B"].hidden = True
    assert rows_of(saved(book)) == [
        ("2026-01-24", "2026-01-24 09:30:00", "24249", "24249", "0.3", "true"),
        ("", "a\nb", "１２", "", "x\ny", "1e+300"),
        ("hidden", "1", "", "", "", ""),
    ]


def test_days_of_a_workbook_that_counts_from_1904_are_the_days_shown() -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    active = book.active
    assert active is not None
    active["A1"] = date(2026, 1, 24)
    assert rows_of(saved(book)) == [("2026-01-24",)]


def test_a_formula_is_the_value_that_was_kept_with_it() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=24000+249", value=24249)
        sheet.write_formula("B1", "=NA()", value="#N/A")
        sheet.write_formula("C1", '="MN"&901', value="MN901")
    assert rows_of(buffer.getvalue()) == [("24249", "", "MN901")]


def test_merged_cells_are_known_and_filled_only_when_asked() -> None:
    content = workbook_of([["a", "b"], ["", "c"], ["d", ""]], ["A1:A2", "A3:B3", "A1000000:B1000001"])
    [sheet] = sheets_of(document(content))
    assert [row.cells for row in sheet.rows] == [("a", "b"), ("", "c"), ("d", "")]
    assert [row.cells for row in sheet.filled().rows] == [("a", "b"), ("a", "c"), ("d", "d")]
    assert Sheet("x", sheet.rows).filled().rows == sheet.rows


def test_a_cell_that_is_only_formatted_a_million_rows_below_costs_nothing() -> None:
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    active["A1"] = "a"
    active.cell(1_048_576, 16_384).font = Font(bold=True)
    assert rows_of(saved(book)) == [("a",)]
    active.cell(1_048_576, 16_384).value = "far away"
    with pytest.raises(SourceNotRead, match="more than 2,000,000 cells"):
        sheets_of(document(saved(book)))


def test_errors_of_a_spreadsheet_say_nothing_in_a_csv_file_either() -> None:
    assert rows_of(b"a,#N/A\n#REF!,b\n") == [("a", ""), ("", "b")]


def _altered(part: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """A workbook with one of its parts changed or taken away."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook_of(ROWS))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            altered = change(content) if part in name else content
            if altered is not None:
                new.writestr(name, altered)
    return buffer.getvalue()


def _with_a_bad_stream() -> bytes:
    raw = bytearray(workbook_of(ROWS))
    with zipfile.ZipFile(io.BytesIO(bytes(raw))) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    length, extra = struct.unpack("<HH", raw[entry.header_offset + 26 : entry.header_offset + 30])
    begin = entry.header_offset + 30 + length + extra
    raw[begin : begin + 20] = b"\xff" * 20
    return bytes(raw)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (workbook_of(ROWS)[:3000], "cannot be read"),
        (_altered("sheet1", lambda part: part[: len(part) // 2]), "cannot be read"),
        (_altered("xl/workbook.xml", lambda part: part[: len(part) // 2]), "cannot be read"),
        (_altered("xl/workbook.xml", lambda _: None), "cannot be read"),
        (_altered("Content_Types", lambda _: None), "cannot be read"),
        (_with_a_bad_stream(), "cannot be read"),
        (b"PK\x03\x04" + b"\x00" * 50, "cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Save it as .xlsx"),
        (b"", "no table was found"),
        (b"<html><body><p>404 Not found</p></body></html>", "no table was found"),
        (b"\n\n", "no table was found"),
        (b"%PDF-1.7\x00\x01", "zero byte"),
        ("a,b\n".encode("utf-16"), "UTF-16"),
        (b"a,\x81\n", "neither UTF-8 nor Shift_JIS"),
        (b"caf\xe9 no,a\n", "not for certain Shift_JIS|neither UTF-8"),
        (b'a,"b"c\n', "Check the quotation marks"),
    ],
    ids=lambda value: value if isinstance(value, str) else "content",
)
def test_what_is_damaged_or_no_table_is_refused_by_name_in_both_languages(content: bytes, words: str) -> None:
    with pytest.raises(SourceNotRead, match=words) as stopped:
        sheets_of(document(content, "given.bin"))
    assert "given.bin" in stopped.value.message_en
    assert "given.bin" in stopped.value.message_ja


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 1_000)
    with pytest.raises(SourceNotRead, match="bytes unpacked"):
        sheets_of(document(workbook_of(ROWS)))
    monkeypatch.setattr(sheets, "MOST_CELLS", 3)
    with pytest.raises(SourceNotRead, match="more than 3 cells"):
        sheets_of(document(csv_of(ROWS)))
    monkeypatch.setattr(sheets, "MOST_CELLS", 500)
    wide = "<td colspan=300>a</td>" * 2
    with pytest.raises(SourceNotRead, match="more than 500 cells"):
        sheets_of(document(f"<html><table><tr>{wide}</tr></table></html>".encode()))
