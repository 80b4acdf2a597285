"""The pipeline of UNEP-CCC: whole tonnes from kilotonnes, statuses in our terms, and partners that we do not know yet."""

from datetime import date
from typing import Any

import pytest

from etl.importers.source import Observed, Reading, SourceNotRead
from etl.importers.unep_pipeline import IMPORTER
from tests.etl.importers.jcm_pages import NAMES
from tests.etl.importers.workbooks import UNEP_HEAD, unep_workbook, workbook

FIRST = ("MN901", "Invented solar plant", "Mongolia", 0.091, "Project registered", date(2028, 6, 2))


def read(*rows: Any, agreements: Any = (), read_on: date = date(2030, 4, 1), **layout: Any) -> Reading:
    content = unep_workbook(rows or [FIRST], agreements, **layout)
    return IMPORTER.read(workbook(content, IMPORTER.code, read_on), NAMES)


def projects(reading: Reading) -> dict[str | None, Observed]:
    return {one.key: one for one in reading.observed if one.table == "project"}


def with_estimate(kt: Any) -> Reading:
    return read((*FIRST[:3], kt, *FIRST[4:]))


def test_a_project_is_read_with_the_row_it_stands_in() -> None:
    [one] = read().observed
    assert one.key == "MN901"
    assert one.cells == {
        "ref_no": "MN901",
        "iso3": "MNG",
        "title_en": "Invented solar plant",
        "status": "registered",
        "registered_on": "2028-06-02",
        "est_annual_tco2": "91",
        "est_annual_basis": "project document",
    }
    assert one.where == "given.xlsx: JCM, row 5"


@pytest.mark.parametrize(
    ("kt", "tonnes"),
    [
        (0.091, "91"),
        (3.644, "3644"),
        (345.77, "345770"),
        (0.1 + 0.2, "300"),  # the noise of binary fractions
        (12.0000000001, "12000"),
        (12, "12000"),
        ("12.5", "12500"),
        (0.001, "1"),
        ("1,234.5", "1234500"),
    ],
)
def test_kilotonnes_become_whole_tonnes(kt: Any, tonnes: str) -> None:
    reading = with_estimate(kt)
    assert projects(reading)["MN901"].cells["est_annual_tco2"] == tonnes
    assert reading.set_aside == []


@pytest.mark.parametrize("kt", [0.0915, "about 5", -1, 0, 345_770, "12-13"])
def test_what_is_no_amount_of_a_project_is_set_aside_and_the_project_is_kept(kt: Any) -> None:
    reading = with_estimate(kt)
    [one] = reading.observed
    assert "est_annual_tco2" not in one.cells
    assert "est_annual_basis" not in one.cells
    assert one.cells["status"] == "registered"
    [aside] = reading.set_aside
    assert str(kt) in aside.message_en
    assert "row 5, ktCO2e/yr" in aside.message_en
    assert "ではありません" in aside.message_ja


@pytest.mark.parametrize("nothing", ["-", "N/A", "nan", None, "#N/A", ""])
def test_an_open_cell_states_nothing(nothing: str | None) -> None:
    reading = read((*FIRST[:3], nothing, "Validation", nothing))
    [one] = reading.observed
    assert set(one.cells) == {"ref_no", "iso3", "title_en", "status"}
    assert reading.set_aside == []


@pytest.mark.parametrize(
    ("word", "status", "detail"),
    [
        ("Project registered", "registered", None),
        ("Validation", "validation", None),
        ("Open for public comments", "validation", "Open for public comments"),
        ("Open for public  inputs", "validation", "Open for public inputs"),
        ("Request for Registration withdrawn", "withdrawn", None),
    ],
)
def test_statuses_are_ours_and_the_fuller_word_is_kept(word: str, status: str, detail: str | None) -> None:
    cells = projects(read((*FIRST[:4], word, None)))["MN901"].cells
    assert (cells["status"], cells.get("status_detail")) == (status, detail)


@pytest.mark.parametrize(
    "row",
    [
        (*FIRST[:4], "Rejected", None),
        ("901", *FIRST[1:]),
        (*FIRST[:2], "Atlantis", *FIRST[3:]),
        (*FIRST[:2], "Japan", *FIRST[3:]),
    ],
)
def test_a_row_that_is_not_understood_is_set_aside_in_both_languages(row: Any) -> None:
    reading = read(row, ("TH901", *FIRST[1:2], "Thailand", *FIRST[3:]))
    assert list(projects(reading)) == ["TH901"]
    [aside] = reading.set_aside
    assert "JCM, row 5" in aside.message_en
    assert "ではありません" in aside.message_ja


def test_a_day_that_is_not_understood_is_set_aside_and_the_estimate_is_kept() -> None:
    reading = read((*FIRST[:5], "sometime"))
    cells = projects(reading)["MN901"].cells
    assert "registered_on" not in cells
    assert cells["est_annual_tco2"] == "91"
    assert "row 5, Registration date: “sometime”" in reading.set_aside[0].message_en


def test_a_reference_that_stands_twice_is_taken_once() -> None:
    reading = read(FIRST, (*FIRST[:3], 5, *FIRST[4:]))
    assert projects(reading)["MN901"].cells["est_annual_tco2"] == "91"
    assert "also: given.xlsx: JCM, row 5" in reading.set_aside[0].message_en


def test_columns_are_found_by_name_and_others_reported() -> None:
    order = {"Status": "Title", "Title": "Status"}
    row = ("MN901", "Validation", "Mongolia", 1, "Invented", None)
    reading = read(row, head=[order.get(name, name) for name in UNEP_HEAD])
    assert projects(reading)["MN901"].cells["title_en"] == "Invented"
    assert set(reading.unknown_headings) == {"Sector group", "Years", "ktCO2e to 2030", "Buyer"}


def test_another_layout_is_not_read() -> None:
    with pytest.raises(SourceNotRead) as stopped:
        read(head=["tCO2e/yr" if name == "ktCO2e/yr" else name for name in UNEP_HEAD])
    assert "Missing: ktCO2e/yr" in stopped.value.message_en
    assert "tCO2e/yr" in stopped.value.message_en
    assert "ない見出し：ktCO2e/yr" in stopped.value.message_ja


def test_hidden_rows_and_days_of_the_other_date_system_are_read() -> None:
    reading = read(FIRST, ("TH901", "B", "Thailand", 2, *FIRST[4:]), hidden=[5], has_epoch_1904=True)
    assert {key: one.cells["registered_on"] for key, one in projects(reading).items()} == {
        "MN901": "2028-06-02",
        "TH901": "2028-06-02",
    }


@pytest.mark.parametrize(
    ("updated", "day"),
    [
        (("Updated 28 February 2030",), date(2030, 2, 28)),
        (("Data as of 28th February, 2030",), date(2030, 2, 28)),
        (("Last update: Feb 28, 2030.",), date(2030, 2, 28)),
        (("Updated", date(2030, 2, 28)), date(2030, 2, 28)),
        (("As of 2030-02-28 (next update: 2030-03-31)",), date(2030, 2, 28)),
        (("データ更新日：2030年2月28日",), date(2030, 2, 28)),
        (("R12.2.28時点",), date(2030, 2, 28)),
        (("Updated: 28.02.2030",), date(2030, 2, 28)),
        (("Updated 28/02/2030",), date(2030, 2, 28)),
        (("Updated 02/03/2030",), None),  # February or March
        (("Updated February 2030",), date(2030, 2, 28)),
        (("Updated April 2030",), date(2030, 4, 1)),  # read on the first of April
        (("Next update 31 March 2030",), None),
        (("Updated 28 February 2031",), None),  # after the day of reading
        (("Invented",), None),
    ],
)
def test_the_day_of_the_data_stands_in_the_workbook(updated: tuple[Any, ...], day: date | None) -> None:
    assert read(updated=updated).stated_on == day


def test_partners_of_japan_are_read_with_their_first_signature_and_unknown_ones_by_name() -> None:
    reading = read(
        agreements=[
            ("Mongolia", "Japan", date(2013, 1, 8), "Signed"),
            ("Mongolia", "Japan", date(2030, 1, 1), "Renewed"),
            ("Atlantis", "Japan", "15 March 2030", "Signed"),
            ("Thailand", "Singapore", date(2029, 1, 1), "Signed"),
            ("Viet Nam", "Japan", "-", "Signed"),
            ("Lemuria", "Japan", date(2030, 3, 1), "Under negotiation"),
        ]
    )
    partners = [(one.key, dict(one.cells)) for one in reading.observed if one.table == "partner_country"]
    assert partners == [
        ("MNG", {"iso3": "MNG", "signed_on": "2013-01-08"}),
        (None, {"name_en": "Atlantis", "signed_on": "2030-03-15"}),
        ("VNM", {"iso3": "VNM"}),
    ]
    assert "Lemuria" in reading.set_aside[0].message_en
