"""Templates: what is filled in comes back, choices and meanings are those of the contracts, and spreadsheets keep them."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from etl.contracts import table
from etl.importers import selections
from etl.importers.layout import find_table
from etl.importers.sheets import sheets_of
from etl.importers.source import Reading
from etl.importers.templates import TEMPLATES, template_headings, write_template
from tests.etl.importers.jcm_pages import NAMES
from tests.etl.importers.libreoffice import needs_libreoffice, through_libreoffice
from tests.etl.importers.workbooks import workbook

TABLES = {"projects": "project", "issuances": "issuance", "article6-events": "article6_event"}
SELECTION = {
    "title_ja": "架空工場への太陽光発電システムの導入",
    "title_en": "Invented solar plant",
    "country": "モンゴル / Mongolia",
    "technology": "太陽光 / Solar power",
    "programme": "環境省 設備補助事業 / MOEJ, JCM Model Projects",
    "fy_selected": 2025,
    "est_annual_tco2": 1234,
    "jp_participants": "架空株式会社\n第二架空株式会社",
    "announced_on": date(2026, 1, 24),
    "source_url": "https://example.org/invented",
    "publisher": "環境省（架空）",
}
READ_BACK = {
    "title_ja": "架空工場への太陽光発電システムの導入",
    "title_en": "Invented solar plant",
    "iso3": "MNG",
    "technology": "solar PV",
    "programme": "MOEJ model project",
    "fy_selected": "2025",
    "est_annual_tco2": "1234",
    "est_annual_basis": "selection",
    "jp_participants": "架空株式会社; 第二架空株式会社",
    "status": "pipeline",
    "announced_on": "2026-01-24",
    "source_url": "https://example.org/invented",
    "publisher": "環境省（架空）",
}


def opened(name: str) -> tuple[openpyxl.Workbook, Worksheet, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(write_template(name)))
    fill_in, notes = book.worksheets
    return book, fill_in, notes


def columns(name: str) -> dict[str, int]:
    _, _, notes = opened(name)
    fields = [row[1] for row in notes.iter_rows(min_row=3, values_only=True) if row[1]]
    return {str(field): at for at, field in enumerate(fields, 1)}


def filled_in(name: str, *records: dict[str, Any]) -> bytes:
    book, sheet, _ = opened(name)
    places = columns(name)
    for row, record in enumerate(records, 5):
        for field, value in record.items():
            sheet.cell(row, places[field], value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def selected(content: bytes) -> Reading:
    return selections.IMPORTER.read(workbook(content, "selections", name="選定.xlsx"), NAMES)


def test_what_is_filled_in_comes_back() -> None:
    reading = selected(
        filled_in("selections", SELECTION, {"title_en": "Second plant", "country": "Thailand"})
    )
    assert [dict(one.cells) for one in reading.observed] == [
        READ_BACK,
        {"title_en": "Second plant", "iso3": "THA", "status": "pipeline"},
    ]
    assert (reading.set_aside, reading.unknown_headings) == ([], ())
    assert reading.observed[0].where.endswith("row 5")


def test_an_empty_template_states_nothing() -> None:
    reading = selected(write_template("selections"))
    assert (reading.observed, reading.set_aside, reading.stated_on) == ([], [], None)


@needs_libreoffice
def test_what_is_filled_in_comes_back_through_libreoffice(tmp_path: Path) -> None:
    [one] = selected(through_libreoffice(filled_in("selections", SELECTION), tmp_path)).observed
    assert dict(one.cells) == READ_BACK


@pytest.mark.parametrize("name", TABLES)
def test_a_template_of_a_table_has_the_columns_of_its_file_and_is_found_by_them(name: str) -> None:
    file = Path(selections.VOCABULARY.parent, table(TABLES[name]).files[0])
    header = file.read_text(encoding="utf-8-sig").split("\n", 1)[0].strip().split(",")
    assert list(columns(name)) == header
    record = {field: f"text {at}" for at, field in enumerate(header)}
    given = workbook(filled_in(name, record))
    found = find_table(given, sheets_of(given), template_headings(name))
    assert [dict(line.cells) for line in found.lines] == [record]
    assert not found.unknown


def test_a_month_stated_alone_stays_a_month() -> None:
    record = {"issuance_id": "MN901-1", "iso3": "MNG", "decided_on": "2026-01", "source_id": "x"}
    given = workbook(filled_in("issuances", record))
    [line] = find_table(given, sheets_of(given), template_headings("issuances")).lines
    assert line["decided_on"] == "2026-01"
    _, sheet, _ = opened("issuances")
    assert sheet.column_dimensions[letter("issuances", "decided_on")].number_format == "@"


def terms(name: str, column: str) -> list[str]:
    return list((table(name).schema.columns()[column].metadata or {})["terms"])


def letter(name: str, field: str) -> str:
    return get_column_letter(columns(name)[field])


def choices(name: str, field: str) -> tuple[list[str], str]:
    """What the drop-down of a column offers, and what a spreadsheet does with another value."""
    book, sheet, _ = opened(name)
    place = f"{letter(name, field)}5"
    [rule] = [
        one for one in sheet.data_validations.dataValidation if place in one.sqref and one.type == "list"
    ]
    on, area = rule.formula1.split("!")
    cells = book[on.strip("'")][area.replace("$", "")]
    return [str(cell.value) for (cell,) in cells], rule.errorStyle or "stop"


@pytest.mark.parametrize(
    ("name", "field", "expected"),
    [
        ("projects", "status", lambda: terms("project", "status")),
        ("projects", "technology", lambda: [term for term, _ in selections.vocabulary("technologies.csv")]),
        (
            "article6-events",
            "action",
            lambda: terms("article6_event", "action"),
        ),
        ("projects", "in_target_scope", lambda: ["true", "false"]),
    ],
)
def test_closed_terms_are_offered_and_nothing_else_is_taken(
    name: str, field: str, expected: Callable[[], list[str]]
) -> None:
    assert choices(name, field) == (list(expected()), "stop")


@pytest.mark.parametrize("field", ["technology", "programme", "country"])
def test_choices_of_selections_are_in_both_languages_and_understood(field: str) -> None:
    offered, level = choices("selections", field)
    assert level == "warning"  # the importer reads either language, and names near matches
    assert all(" / " in choice for choice in offered)
    if field == "country":
        return
    records = [SELECTION | {field: choice} for choice in offered]
    reading = selected(filled_in("selections", *records))
    assert len({one.cells[field] for one in reading.observed}) == len(offered)
    assert reading.set_aside == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_column_is_explained_in_both_languages(name: str) -> None:
    _, sheet, notes = opened(name)
    headings = [cell.value for cell in sheet[4]]
    explained = list(notes.iter_rows(min_row=3, max_row=2 + len(headings), values_only=True))
    assert [row[0] for row in explained] == headings
    assert all(" / " in str(heading) for heading in headings)
    assert all(row[3] and row[4] for row in explained)
    assert sheet.freeze_panes == "B5"


def test_meanings_are_those_of_the_contract() -> None:
    _, _, notes = opened("projects")
    rows = {row[1]: row for row in notes.iter_rows(min_row=3, values_only=True)}
    meaning = table("project").schema.columns()["est_annual_tco2"].metadata or {}
    assert rows["est_annual_tco2"][3:5] == (meaning["ja"], meaning["en"])
    assert rows["status"][7] == "registered, validation, pipeline, withdrawn, study"
    assert rows["iso3"][2] == "必須 / needed"


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_same_template_has_the_same_bytes(name: str) -> None:
    assert write_template(name) == write_template(name)


def test_a_template_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        write_template("nothing")
