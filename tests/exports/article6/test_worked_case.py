"""The worked case from the ledger to a workbook, edited in a spreadsheet program, and back."""

import io
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from exports.article6.filling import Filing, report_of, report_years, reporting_parties
from exports.article6.reading import read
from exports.article6.writing import NOTICE, NOTICE_SHEET, archive, workbook
from model.ledger.agreed_format.checking import findings_of
from model.ledger.agreed_format.comparing import compare
from model.ledger.agreed_format.missing import missing_in
from model.ledger.agreed_format.tables import ACTIONS, AUTHORIZATIONS, HOLDINGS, SUBMISSION, TABLES
from tests.exports.article6.worked_case import PARTIES, TODAY, completed, entries, report


def tonnes(year: int, party: str, *types: str) -> list[tuple[int, int]]:
    rows = report(year, party).rows(ACTIONS)
    return sorted((r["VintageYear"], r["QuantityTCo2"]) for r in rows if r["Type"] in types)


def test_the_host_reports_what_it_first_transferred_and_japan_what_it_acquired() -> None:
    assert tonnes(2025, "MNG", "First transfer") == tonnes(2025, "JPN", "Acquisition")
    assert sum(t for _, t in tonnes(2025, "JPN", "Acquisition")) == 70
    assert {vintage for vintage, _ in tonnes(2025, "JPN", "Acquisition")} == {2023, 2024}
    assert not report(2025, "MNG").rows(HOLDINGS)
    assert not compare(report(2025), report(2025, "MNG"))
    assert [row["Quantity"] for row in report(2025, "MNG").rows(AUTHORIZATIONS)] == [60, 20]


def test_what_came_less_what_went_is_held_at_the_end_of_each_year() -> None:
    held = {
        year: sum(row["QuantityTCo2"] for row in report(year).rows(HOLDINGS)) for year in (2024, 2025, 2026)
    }
    assert held == {2024: 0, 2025: 70, 2026: 70 - 25 - 5}
    assert sum(t for _, t in tonnes(2026, "JPN", "Use")) == 25
    assert sum(t for _, t in tonnes(2026, "JPN", "Cancellation")) == 5
    for year, party in ((2025, "JPN"), (2025, "MNG"), (2026, "JPN"), (2026, "MNG")):
        before = report(year - 1, party)
        assert not findings_of(report(year, party), PARTIES, before=before, today=TODAY)


def test_a_year_that_is_over_comes_out_the_same_whatever_comes_later() -> None:
    known = [entry for entry in entries() if entry["occurred_on"].year <= 2025]
    moved = [{**entry, "entry_number": entry["entry_number"] + 40} for entry in reversed(entries())]
    filing = Filing("JPN", 2025, "1.0", None, 2021, 2030)
    for again in (known, moved):
        assert report_of(again, filing) == report(2025)
        assert workbook(report_of(again, filing)) == workbook(report(2025))
    assert archive(report(2025)) == archive(report_of(moved, filing))
    assert report(2025, version="1.1").stated("Version") == "1.1"


def test_parties_and_years_with_something_to_report() -> None:
    assert reporting_parties(entries()) == ["JPN", "MNG"]
    assert report_years(entries(), 2026) == [2026, 2025]
    assert report_years([], 2024) == [2024]


def test_the_workbook_has_the_layout_of_the_platform() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(report(2025))))
    sheets = ["Index", "Summary information", *(table.sheet for table in TABLES.values())]
    assert book.sheetnames == [*sheets, NOTICE_SHEET]
    labels = [book[SUBMISSION.sheet].cell(4 + number, 2).value for number in range(len(SUBMISSION.fields))]
    assert labels == [field.heading for field in SUBMISSION.fields]
    assert [book[SUBMISSION.sheet].cell(line, 3).value for line in (4, 5, 6, 8, 9, 12)] == [
        "JPN", "1.0", 2025, None, None, None,
    ]  # fmt: skip
    for table, line in ((AUTHORIZATIONS, 7), (ACTIONS, 8), (HOLDINGS, 7)):
        sheet = book[table.sheet]
        heads = [cell.value for cell in sheet[line]]
        assert [head for head in heads if head] == [field.heading for field in table.fields]
        assert all(sheet.cell(row, 1).value is None for row in range(1, sheet.max_row + 1))
        for column in (number for number, head in enumerate(heads, 1) if head is None):
            cells = sheet[get_column_letter(column)]
            assert all(cell.value is None for cell in cells), f"{table.sheet} {column}"
        assert len(sheet[get_column_letter(2)]) == line + len(report(2025).rows(table))
    first = {h.value: c.value for h, c in zip(book[ACTIONS.sheet][8], book[ACTIONS.sheet][9], strict=True)}
    assert first["Action type"] == "Acquisition"
    assert first["Acquiring participating Party ID"] == "NA"
    assert first["Result of the consistency checks"] is None
    assert first["Underlying unit registry ID"] == "JCM"
    told = [cell.value for row in book[NOTICE_SHEET].iter_rows() for cell in row]
    assert set(NOTICE) <= set(told)
    assert {unknown.ask[1] for unknown in missing_in(report(2025))} <= set(told)
    assert not set(NOTICE) & {c.value for name in sheets for row in book[name].iter_rows() for c in row}


def test_an_edited_workbook_comes_back_equal_from_a_spreadsheet_program(tmp_path: Path) -> None:
    if not (soffice := shutil.which("soffice")):
        pytest.skip("LibreOffice (soffice) is not installed on this machine")
    whole = completed(report(2025))
    book = openpyxl.load_workbook(io.BytesIO(workbook(whole)))
    sheet = book[SUBMISSION.sheet]
    sheet["C7"] = datetime(2026, 4, 15)  # noqa: DTZ001 - a date as somebody types it
    for line in range(9, 9 + len(whole.rows(ACTIONS))):
        cell = book[ACTIONS.sheet].cell(line, 2)
        cell.value = datetime.fromisoformat(str(cell.value)).astimezone(UTC).replace(tzinfo=None)
    typed = tmp_path / "typed.xlsx"
    book.save(typed)
    subprocess.run(
        [
            soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
            "--outdir", str(tmp_path / "saved"), str(typed),
        ],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    saved = tmp_path / "saved" / "typed.xlsx"
    saved_dates = openpyxl.load_workbook(saved)[SUBMISSION.sheet]["C7"].value
    assert isinstance(saved_dates, datetime)
    again = read(saved.read_bytes())
    assert again == whole
    assert not findings_of(again, PARTIES, today=TODAY)
    assert not missing_in(again)
