"""Methodologies of the JCM website."""

import pytest

from etl.importers import jcm_methodologies
from etl.importers.source import Reading, SourceNotRead
from tests.etl.importers.jcm_pages import (
    METHODOLOGY_HEAD,
    NAMES,
    csv_of,
    document,
    methodologies_page,
    methodology,
    page_of,
    workbook_of,
)


def read(content: bytes, part: str = "") -> Reading:
    return jcm_methodologies.read(document(content, part=part), NAMES)


def test_an_approved_methodology_is_read_whole() -> None:
    reading = read(methodologies_page([methodology("MN_AM901", "MN_PM901")]), part="mn")
    [row] = reading.observed
    assert (row.table, row.key) == ("methodology", "MN_AM901")
    assert dict(row.cells) == {
        "methodology_code": "MN_AM901",
        "title_en": "Invented methodology MN_AM901",
        "iso3": "MNG",
        "status": "Approved",
        "version": "1.0",
        "approved_on": "2025-02-18",
        "proposed_code": "MN_PM901",
        "proponent": "Invented Trading Co., Ltd.",
        "sector_numbers": "1",
        "public_input_start": "2024-12-02",
        "public_input_end": "2024-12-16",
    }
    assert not reading.set_aside
    assert reading.covers == {"methodology": "MNG"}


def test_a_methodology_that_is_not_approved_goes_by_its_proposed_code() -> None:
    [row] = read(
        methodologies_page([methodology("N/A", "MN_PM902", version="-", approved_on="N/A")])
    ).observed
    assert row.key == row.cells["methodology_code"] == row.cells["proposed_code"] == "MN_PM902"
    assert row.cells.keys() & {"version", "approved_on"} == set()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1. Energy industries (renewable / non-renewable sources)", "1"),
        ("1. Energy industries (renewable / non-renewable sources)\n3. Energy demand", "1;3"),
        ("1. Energy industries, 3. Energy demand", "1;3"),
        ("13. Waste handling and disposal; 1. Energy industries", "13;1"),
        ("11. Fugitive emissions of halocarbons and sulphur hexafluoride (SF6)", "11"),
        ("３．エネルギー需要", "3"),
        ("3: Energy demand", "3"),
        ("1, 3", "1;3"),
        ("3", "3"),
        ("3. Energy demand\n3. Energy demand", "3"),
    ],
)
def test_sectoral_scopes_are_taken_by_their_numbers(text: str, numbers: str) -> None:
    reading = read(methodologies_page([methodology("MN_AM901", "MN_PM901", scopes=text)]))
    assert reading.observed[0].cells["sector_numbers"] == numbers
    assert not reading.set_aside


@pytest.mark.parametrize("version", ["1.0", "01.0", "Ver1.0", "ver.01.0", "Version 1.0", "1", "１．０"])
def test_a_version_is_one_however_it_is_written(version: str) -> None:
    [row] = read(methodologies_page([methodology("MN_AM901", "MN_PM901", version=version)])).observed
    assert row.cells["version"] == "1.0"


@pytest.mark.parametrize(
    ("cells", "field", "column"),
    [
        ({"scopes": "Energy demand"}, "sector_numbers", "Sectoral scope"),
        ({"scopes": "16. Invented scope"}, "sector_numbers", "Sectoral scope"),
        ({"version": "draft"}, "version", "Version"),
        ({"approved_on": "18/02/2025"}, "approved_on", "Approval date"),
        ({"start": "soon"}, "public_input_start", "Public input start"),
        ({"end": "soon"}, "public_input_end", "Public input end"),
    ],
)
def test_a_cell_that_is_not_understood_stays_open_and_is_named(
    cells: dict[str, str], field: str, column: str
) -> None:
    reading = read(methodologies_page([methodology("MN_AM901", "MN_PM901", **cells)]), part="mn")
    assert field not in reading.observed[0].cells
    [aside] = reading.set_aside
    assert aside.where.endswith(f", {column}")
    assert aside.found in cells.values()
    assert reading.covers == {"methodology": "MNG"}


@pytest.mark.parametrize(
    "row",
    [
        methodology("", ""),
        methodology("MN-901", ""),
        methodology("XX_AM901", "XX_PM901"),
        methodology("MN_AM901", "", title="N/A"),
    ],
)
def test_a_row_without_code_title_or_country_is_set_aside(row: list[str]) -> None:
    reading = read(methodologies_page([row, methodology("MN_AM902", "MN_PM902")]), part="mn")
    assert [r.key for r in reading.observed] == ["MN_AM902"]
    assert len(reading.set_aside) == 1
    assert not reading.covers


def test_of_several_versions_the_latest_is_taken() -> None:
    rows = [methodology("MN_AM901", "MN_PM901", version=v) for v in ("1.0", "10.0", "2.0")]
    reading = read(methodologies_page(rows))
    assert [row.cells["version"] for row in reading.observed] == ["10.0"]
    assert not reading.set_aside
    twice = read(methodologies_page([rows[0], methodology("MN_AM901", "MN_PM901", title="Another")]))
    assert "listed once" in twice.set_aside[0].message_en


def test_a_page_with_methodologies_of_others_covers_no_country() -> None:
    rows = [methodology("MN_AM901", "MN_PM901"), methodology("TH_AM901", "TH_PM901")]
    reading = read(methodologies_page(rows), part="mn")
    assert [row.cells["iso3"] for row in reading.observed] == ["MNG", "THA"]
    assert not reading.covers


def test_public_input_may_stand_in_one_column_or_below_a_heading_of_two_rows() -> None:
    row = methodology("MN_AM901", "MN_PM901")
    one = [[*METHODOLOGY_HEAD[:8], "Public input"], [*row[:8], "02 Dec 24 - 16 Dec 24"]]
    upper = [*METHODOLOGY_HEAD[:8], "Public input", ""]
    two = [upper, [*[""] * 8, "start", "end"], row]
    areas = [*(f"{c}1:{c}2" for c in "ABCDEFGH"), "I1:J1"]
    for content in (page_of(one), csv_of(one), workbook_of(two, areas)):
        [read_back] = read(content).observed
        assert read_back.cells["public_input_start"] == "2024-12-02"
        assert read_back.cells["public_input_end"] == "2024-12-16"


def test_a_missing_heading_is_named() -> None:
    rows = [[*row[:3], *row[4:]] for row in (METHODOLOGY_HEAD, methodology("MN_AM901", "MN_PM901"))]
    with pytest.raises(SourceNotRead, match="Missing: Version"):
        read(page_of(rows))
