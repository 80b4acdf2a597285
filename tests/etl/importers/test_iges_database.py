"""The database of IGES: participants, and an annual estimate only where a column clearly is one."""

from datetime import date
from typing import Any

import pytest

from etl.importers.iges_database import IMPORTER
from etl.importers.source import Reading, SourceNotRead
from tests.etl.importers.jcm_pages import NAMES
from tests.etl.importers.workbooks import iges_workbook, selections_workbook, workbook

FIRST = ("MN901", "Invented plant", "Mongolia", "Invented LLC\nSecond LLC", "Invented Co., Ltd.", "TPE A")


def read(*rows: Any, further: Any = None) -> Reading:
    return IMPORTER.read(workbook(iges_workbook(rows or [FIRST], further), IMPORTER.code), NAMES)


def test_a_project_is_read_with_its_participants() -> None:
    reading = read()
    assert reading.stated_on == date(2030, 3, 15)
    [one] = reading.observed
    assert (one.table, one.key, one.where) == ("project", "MN901", "given.xlsx: Project Data, row 5")
    assert one.cells == {
        "ref_no": "MN901",
        "iso3": "MNG",
        "title_en": "Invented plant",
        "partner_participants": "Invented LLC; Second LLC",
        "jp_participants": "Invented Co., Ltd.",
    }


@pytest.mark.parametrize(
    ("heading", "figure", "tonnes"),
    [
        ("Expected emission reductions (tCO2e/year)", 1200, "1200"),
        ("Annual expected emission reductions", "1,200", "1200"),
        ("Average annual emission reductions (ktCO2e)", 1.2, "1200"),
    ],
)
def test_a_column_that_clearly_is_the_annual_estimate_is_taken(
    heading: str, figure: Any, tonnes: str
) -> None:
    reading = read(further={heading: [figure]})
    cells = reading.observed[0].cells
    assert (cells["est_annual_tco2"], cells["est_annual_basis"]) == (tonnes, "project document")
    assert reading.unknown_headings == ()


@pytest.mark.parametrize(
    "heading", ["Expected emission reductions (tCO2e)", "Total emission reductions", "2029"]
)
def test_a_column_that_may_be_something_else_is_reported_and_not_guessed(heading: str) -> None:
    reading = read(further={heading: [1200]})
    assert "est_annual_tco2" not in reading.observed[0].cells
    assert reading.unknown_headings == (heading,)


def test_rows_and_cells_that_are_not_understood_are_set_aside() -> None:
    rows = [
        FIRST,
        ("x", *FIRST[1:]),
        ("TH901", "B", "Atlantis", "", "", ""),
        ("TH902", "C", "Thailand", "-", "-", "-"),
    ]
    reading = read(*rows, further={"Annual expected emission reductions": ["about", 1, 2, 3]})
    assert [one.key for one in reading.observed] == ["MN901", "TH902"]
    assert "est_annual_tco2" not in reading.observed[0].cells
    assert reading.observed[1].cells["est_annual_tco2"] == "3"
    assert [aside.where.split(", row ")[1] for aside in reading.set_aside] == ["5, estimate", "6", "7"]


def test_another_workbook_is_not_read() -> None:
    with pytest.raises(SourceNotRead, match="no sheet “Project Data”; found: 採択結果"):
        IMPORTER.read(workbook(selections_workbook([["x"]]), IMPORTER.code), NAMES)
