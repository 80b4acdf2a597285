"""Files read back: our own, the platform's template, and what people and spreadsheets make of them."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.article6.reading import NotThisFormat, read
from exports.article6.writing import archive, table_text, workbook
from model.ledger.agreed_format.fields import Field
from model.ledger.agreed_format.report import Report
from model.ledger.agreed_format.tables import ACTIONS, AUTHORIZATIONS, HOLDINGS, SUBMISSION, TABLES
from model.ledger.agreed_format.values import day_of, read_value
from tests.exports.article6.worked_case import completed, report

CASES = Path(__file__).parent / "cases"
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=9).filter(
    lambda text: not text.startswith(("_x", "{"))
)


def values_of(field: Field) -> st.SearchStrategy[Any]:
    drawn: st.SearchStrategy[Any] = TEXT.map(lambda text: read_value(field, text))
    if field.terms:
        drawn = drawn | st.sampled_from(field.terms)
    if field.kind in {"tonnes", "year", "vintage", "whole", "serial"}:
        drawn = drawn | st.integers(0, 10**12)
    if field.kind in {"day", "moment"}:
        drawn = drawn | st.dates(date(2013, 1, 1), date(2099, 1, 1)).map(date.isoformat)
    return st.none() | drawn


def is_stated(field: Field, value: object) -> bool:
    return not (value is None or value == "NA" or value in field.terms)


reports = st.fixed_dictionaries(
    {
        key: st.lists(
            st.fixed_dictionaries({field.code: values_of(field) for field in table.fields}).filter(
                lambda row, table=table: any(is_stated(field, row[field.code]) for field in table.fields)
            ),
            max_size=1 if table.is_vertical else 2,
        )
        for key, table in TABLES.items()
    }
).map(Report)


@settings(max_examples=12, deadline=None)
@given(reports)
def test_a_report_comes_back_equal(given_report: Report) -> None:
    for body in (workbook(given_report), archive(given_report), table_text(given_report).encode()):
        again = read(body)
        assert again == given_report
        assert not again.unread


def test_the_layout_of_the_platform_is_read() -> None:
    found = read((CASES / "carp_layout.xlsx").read_bytes())
    (submission,) = found.rows(SUBMISSION)
    assert (submission["Party"], submission["ReportYear"], submission["Version"]) == ("MNG", 2025, "1.0")
    assert submission["SubmissionDate"] == "2026-04-15"
    assert submission["ReviewStatus"] is None
    (action,) = found.rows(ACTIONS)
    assert (action["Type"], action["CooperativeApproachId"]) == ("First transfer", "CA0007")
    assert day_of(action["Date"]) == date(2025, 8, 11)
    assert found.line(ACTIONS, 0, "Date") == 9
    assert {finding.sheet for finding in found.unread} == {table.sheet for table in TABLES.values()}


def test_dates_typed_in_a_spreadsheet_are_days_and_earlier_exports_are_read() -> None:
    found = read((CASES / "dates_typed_in_excel.xlsx").read_bytes())
    assert found.stated("SubmissionDate") == "2026-04-15"
    assert [row["Date"] for row in found.rows(ACTIONS)] == ["2025-10-31", "2025-10-31"]
    assert [row["Date"] for row in found.rows(AUTHORIZATIONS)] == ["2025-11-11", "2025-12-16"]
    assert [row["AuthorizationId"] for row in found.rows(HOLDINGS)] == ["AUTH-THA-X1-65", "AUTH-MV002-1-69"]
    assert not found.unread


def book_of(base: Report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(base)))


def body_of(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_the_vocabularies_of_an_empty_template_are_no_rows() -> None:
    book = book_of(Report({key: [] for key in TABLES}))
    for table in (AUTHORIZATIONS, ACTIONS, HOLDINGS):
        for field in table.fields:
            for line, term in enumerate(field.terms, table.heading_row + 1):
                book[table.sheet].cell(line, table.columns[field.code] + 1).value = term
    note = "{Information in this field is populated by the CARP}"
    book[SUBMISSION.sheet]["C8"] = note
    book[ACTIONS.sheet].cell(9, ACTIONS.columns["ConsistencyCheckResult"] + 1).value = note
    found = read(body_of(book))
    assert all(not rows for rows in found.tables.values())
    assert not found.unread


def test_tables_are_found_by_their_headings_wherever_they_stand() -> None:
    book = book_of(report(2025))
    sheet = book[ACTIONS.sheet]
    sheet.insert_rows(3, 4)
    sheet.insert_cols(5, 2)
    for cell in sheet[12]:
        if isinstance(cell.value, str):
            cell.value = " " + cell.value.upper().replace(" ", "\u00a0\n") + " "
    book[HOLDINGS.sheet].move_range("B7:C9", cols=25)
    book.move_sheet(HOLDINGS.sheet, -3)
    book[HOLDINGS.sheet].title = "table 4  HOLDINGS"
    found = read(body_of(book))
    assert found.rows(ACTIONS) == report(2025).rows(ACTIONS)
    assert found.line(ACTIONS, 0, "Date") == 13
    assert found.letters(ACTIONS, 0, "AuthorizationId") == "H"


@pytest.mark.parametrize(
    ("table", "code", "cell", "value"),
    [
        ("Actions", "QuantityTCo2", "1,234", 1234),
        ("Actions", "QuantityTCo2", "１，２３４", 1234),
        ("Actions", "QuantityTCo2", 1234.0, 1234),
        ("Actions", "QuantityTCo2", "1,23", "1,23"),
        ("Actions", "QuantityTCo2", "12.5", "12.5"),
        ("Actions", "QuantityTCo2", 12.5, "12.5"),
        ("Actions", "Type", " first\u00a0transfer ", "First transfer"),
        ("Actions", "Metric", "ghg", "GHG"),
        ("Actions", "FirstTransferringPartyId", "mng", "MNG"),
        ("Actions", "PartyItmoRegistryId", "mng 01", "MNG01"),
        ("Actions", "CooperativeApproachId", "ca0007", "CA0007"),
        ("Actions", "Date", "2025-08-11T12:14:03.356Z", "2025-08-11T12:14:03.356Z"),
        ("Actions", "Date", "2026-01-01T08:00:00+09:00", "2025-12-31T23:00:00.000Z"),
        ("Actions", "Date", datetime(2025, 8, 11, 12, 14, 3), "2025-08-11T12:14:03.000Z"),  # noqa: DTZ001
        ("Actions", "Date", datetime(2025, 8, 11), "2025-08-11"),  # noqa: DTZ001
        ("Actions", "Date", "11/08/2025", "2025-08-11"),
        ("Actions", "Date", "2025/8/11", "2025-08-11"),
        ("Actions", "Date", "2025-08-11T12:14:03", "2025-08-11T12:14:03"),
        ("Actions", "Date", "31/13/2025", "31/13/2025"),
        ("Actions", "ItmoFirstId", "1,001", 1001),
        ("Actions", "UnitFirstId", "000123", "000123"),
        ("Actions", "VintageYear", "2024", 2024),
        ("Actions", "AcquiringPartyId", "n/a", "NA"),
        ("Actions", "AdditionalInformation", "{to be filled}", None),
        ("Actions", "ConsistencyCheckResult", "Populated by the CARP", None),
        ("Authorizations", "Sector", "waste management;TRANSPORTATION", "Waste management; Transportation"),
        ("Authorizations", "ActivityType", "c02 usage", "C02 usage"),
        ("Authorizations", "AuthorizedPartyId", "jpn，mng", "JPN, MNG"),
        ("Authorizations", "AuthorizedTimeframe", "2021–2030", "2021 - 2030"),
        ("Authorizations", "Date", datetime(2026, 4, 15, 9), "2026-04-15"),  # noqa: DTZ001
        ("Submission", "Version", 1, "1.0"),
        ("Submission", "Version", 1.1, "1.1"),
        ("Authorized entities", "Id", 1234567890123, "1234567890123"),
    ],
)
def test_cells_are_understood_as_people_type_them(table: str, code: str, cell: object, value: object) -> None:
    assert read_value(TABLES[table].by_code[code], cell) == value


def test_what_a_file_lacks_is_told_and_the_rest_is_read() -> None:
    book = book_of(report(2025))
    del book[HOLDINGS.sheet]
    book[ACTIONS.sheet].cell(8, ACTIONS.columns["QuantityTCo2"] + 1).value = None
    found = read(body_of(book))
    first, second = found.unread
    assert first.sheet == ACTIONS.sheet
    assert (first.line, first.wrong[0]) == (8, "Headings are missing: Quantity (t CO2 eq).")
    assert (second.sheet, second.wrong[0]) == (HOLDINGS.sheet, "The sheet is missing.")
    assert "row 7" in second.right[0]
    assert {row["QuantityTCo2"] for row in found.rows(ACTIONS)} == {None}
    assert found.rows(AUTHORIZATIONS) == report(2025).rows(AUTHORIZATIONS)


def test_a_csv_saved_by_a_japanese_spreadsheet_is_read() -> None:
    whole = completed(report(2025))
    assert read(table_text(whole).encode("cp932")) == whole
    assert read(b"\xef\xbb\xbf" + table_text(whole).encode()) == whole


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"a,b\n1,2\n",
        b"\xff\xfe\x00\x01",
        b"PK\x05\x06" + b"\x00" * 18,
        b"PK broken",
    ],
)
def test_a_file_that_is_something_else_is_refused(body: bytes) -> None:
    with pytest.raises(NotThisFormat) as refused:
        read(body)
    assert "Table 1 Submission" in refused.value.en
    assert any(ord(c) > 0x2FFF for c in refused.value.ja)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda name, part: None if "sheet" in name else part,
        lambda name, part: part[: len(part) // 2] if "sheet5" in name else part,
        lambda name, part: part[:100] if "workbook.xml" in name else part,
        lambda name, part: b"" if "sharedStrings" in name else part,
    ],
    ids=["no sheets", "half a sheet", "half a workbook", "no texts"],
)
@pytest.mark.filterwarnings("ignore:Defined names")
def test_a_damaged_workbook_is_refused(spoil: Callable[[str, bytes], bytes | None]) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(report(2025)))) as packed:
        parts = {name: spoil(name, packed.read(name)) for name in packed.namelist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, part in parts.items():
            if part is not None:
                packed.writestr(name, part)
    with pytest.raises(NotThisFormat):
        read(buffer.getvalue())
