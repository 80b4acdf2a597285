"""The World Bank's workbook: credits of a year, never their cumulative, and carbon pricing of the countries we keep."""

from datetime import date
from typing import Any

import pytest

from etl.importers.source import Reading, SourceNotRead
from etl.importers.world_bank import IMPORTER
from tests.etl.importers.jcm_pages import NAMES
from tests.etl.importers.workbooks import workbook, world_bank_workbook

ISSUED = {2026: 901, 2027: 16_077, 2028: 0}


def read(issued: Any = None, instruments: Any = (), **layout: Any) -> Reading:
    content = world_bank_workbook(issued or ISSUED, instruments, **layout)
    return IMPORTER.read(workbook(content, IMPORTER.code), NAMES)


def totals(reading: Reading) -> dict[str, str]:
    return {
        one.cells["year"]: one.cells["value"] for one in reading.observed if one.table == "official_total"
    }


def pricing(reading: Reading) -> list[dict[str, str]]:
    return [dict(one.cells) for one in reading.observed if one.table == "carbon_pricing"]


def test_each_year_is_a_total_as_of_the_day_of_the_workbook() -> None:
    reading = read()
    assert reading.stated_on == date(2029, 5, 22)
    assert totals(reading) == {"2026": "901", "2027": "16077", "2028": "0"}
    assert reading.observed[1].cells == {
        "as_of": "2029-05-22",
        "metric": "credits_issued_in_year",
        "year": "2027",
        "value": "16077",
        "unit": "tCO2",
        "qualifier": "exact",
        "scope": "all JCM",
        "reliability": "press",
    }
    assert reading.observed[1].key is None
    assert reading.observed[1].where == "given.xlsx: Crediting_Issuance, row 5, 2027"


@pytest.mark.parametrize("updated", ["Data last updated April 1, 2029", "Data last updated by 1 April 2029"])
def test_the_day_is_read_in_either_wording(updated: str) -> None:
    assert read(updated=updated).stated_on == date(2029, 4, 1)


def test_the_cumulative_is_never_taken() -> None:
    assert "99999999" not in str(read().observed)


def test_an_open_year_is_no_zero_and_zeros_before_the_first_credits_are_none_of_the_jcm() -> None:
    assert totals(read({2011: 0, 2012: None, 2026: 901, 2027: "-", 2028: 0})) == {"2026": "901", "2028": "0"}


@pytest.mark.parametrize(
    ("note", "figure", "tonnes"),
    [
        ("Credits issued by calendar year", 16_077, "16077"),
        ("Credits issued, in tCO2e", 16_077, "16077"),
        ("Credits issued (ktCO2e)", 16.077, "16077"),
        ("Million tonnes of CO2e", 0.016077, "16077"),
        ("In MtCO2e", 0.1 + 0.2, "300000"),
        ("Credits issued (in thousands)", 16.077, "16077"),
    ],
)
def test_the_unit_that_the_sheet_states_is_used(note: str, figure: float, tonnes: str) -> None:
    assert totals(read({2027: figure}, note=note)) == {"2027": tonnes}


@pytest.mark.parametrize(
    ("issued", "note"),
    [
        ({2027: 16_077.4}, ""),
        ({2027: "about 16,000"}, ""),
        ({2027: -5}, ""),
        ({2027: 5}, "One credit is one tCO2e; figures in ktCO2e"),
        ({2029: 5}, ""),  # the year of the edition is not over
    ],
)
def test_a_figure_that_is_not_certain_is_set_aside(issued: dict[int, Any], note: str) -> None:
    reading = read(issued, note=note)
    assert totals(reading) == {}
    [aside] = reading.set_aside
    assert "row 5, 20" in aside.message_en
    assert "ではありません" in aside.message_ja


def test_a_workbook_without_the_row_or_the_years_is_not_read() -> None:
    with pytest.raises(SourceNotRead, match="one row “Joint Crediting Mechanism”") as stopped:
        read(mechanism="Another Mechanism")
    assert "Invented Mechanism | Another Mechanism" in stopped.value.message_ja
    with pytest.raises(SourceNotRead, match="years as headings"):
        read({"Total": 5})


def test_national_instruments_of_our_countries_are_read_in_our_terms() -> None:
    reading = read(
        instruments=[
            ("Mongolia carbon tax", "Carbon tax", "Under consideration", "Mongolia"),
            ("Japan carbon tax", "National carbon tax", "Implemented (2012)", "Japan"),
            ("Viet Nam ETS", "ETS", "Pilot", "Viet Nam"),
            ("Thailand ETS", "ETS", "Under development", "Thailand"),
            ("Thailand second ETS", "ETS", "Implemented", "Thailand"),
            ("Tokyo ETS", "ETS", "Implemented", "Tokyo"),
            ("Mongolia local ETS", "Subnational ETS", "Implemented", "Mongolia"),
        ]
    )
    assert pricing(reading) == [
        {"iso3": "MNG", "status": "under consideration", "instrument": "carbon tax"},
        {"iso3": "JPN", "status": "implemented", "instrument": "carbon tax", "since": "2012"},
        {"iso3": "VNM", "status": "pilot", "instrument": "emissions trading"},
        {"iso3": "THA", "status": "under development", "instrument": "emissions trading (Thailand ETS)"},
        {"iso3": "THA", "status": "implemented", "instrument": "emissions trading (Thailand second ETS)"},
    ]
    assert reading.set_aside == []
    assert reading.unknown_headings == ("Description",)


def test_an_unknown_status_is_set_aside_and_named() -> None:
    reading = read(instruments=[("Mongolia carbon tax", "Carbon tax", "Abolished", "Mongolia")])
    assert pricing(reading) == []
    assert "Abolished" in reading.set_aside[0].message_en


def test_the_sheet_of_instruments_may_be_missing() -> None:
    assert totals(read(instruments=None)) == {"2026": "901", "2027": "16077", "2028": "0"}
