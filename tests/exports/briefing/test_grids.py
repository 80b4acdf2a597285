"""Tables of a briefing choose columns by key; a workbook writes numbers by the kind of their column."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pyarrow as pa
import pytest

from exports.briefing.compose import document_of
from exports.briefing.grids import Pick, as_amount, as_year, grid_of
from exports.briefing.request import request_of
from queries.warehouse import Warehouse
from view.downloads import workbook
from view.marks.table import Column, Table
from view.texts import LANGUAGES, Language, texts

T = texts("en")
ROWS: list[dict[str, Any]] = [
    {
        "name": "A",
        "year": 2024,
        "n": 1234,
        "low": 2017,
        "high": 3_500_000,
        "share": 0.25,
        "on": date(2026, 3, 5),
        "mark": None,
    },
    {
        "name": None,
        "year": 2031,
        "n": 2.5,
        "low": None,
        "high": None,
        "share": None,
        "on": None,
        "mark": None,
    },
]


def table(*, has_high: bool = True) -> Table[dict[str, Any]]:
    high = Column[dict[str, Any]]("high", "Amount, high end (tCO2)", "tonnes")
    return Table(
        (
            Column("name", "Name"),
            Column("year", "Fiscal year"),
            Column("n", "Number", "number"),
            Column("low", "Amount, low end (tCO2)", "tonnes", page_label="Amount"),
            high if has_high else replace(high, value=None),
            Column("share", "Share", "share", page_label="of it"),
            Column("on", "Day", "day"),
            Column("mark", "Mark"),
        ),
        ROWS,
        T,
    )


def test_the_kind_of_a_column_decides_how_it_is_written() -> None:
    picks = ("name", Pick("year", write=as_year), "n", "low", "share", "on", Pick("mark", if_any=True))
    grid = grid_of(table(), picks)
    assert grid is not None
    assert grid.heads == ("Name", "Fiscal year", "Number", "Amount", "Share", "Day")
    assert grid.rows == (
        ("A", "FY2024", "1,234", "2,017 t", "25%", "2026-03-05"),
        ("–", "FY2031", "2.50", "not known", "–", "–"),
    )
    assert grid.numeric == {2, 3, 4}


def test_a_pair_has_both_ends_and_the_short_heading() -> None:
    grid = grid_of(table(), (Pick("low", "high"), Pick("low", "high", "Tonnes", as_amount)), 1)
    assert grid is not None
    assert grid.heads == ("Amount", "Tonnes")
    assert grid.rows == (("2,017 to 3,500,000 t", "2,017 t to 3.5 Mt"),)


def test_a_column_that_is_not_there_is_left_out_only_where_it_may_be() -> None:
    grid = grid_of(table(has_high=False), ("name", Pick("high", if_any=True)))
    assert grid is not None
    assert grid.heads == ("Name",)
    with pytest.raises(KeyError):
        grid_of(table(has_high=False), ("name", "high"))


def cells(body: bytes) -> dict[str, list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
    return {str(column[0].value): list(column[1:]) for column in sheet.iter_cols()}


def test_a_workbook_formats_by_kind() -> None:
    found = cells(workbook(table().arrow(), [], data_sheet="Data", about_sheet="About"))
    assert [c.number_format for c in found["Fiscal year"]] == ["General", "General"]
    assert [c.number_format for c in found["Number"]] == ["#,##0", "#,##0.00"]
    assert found["Amount, low end (tCO2)"][0].number_format == "#,##0"
    assert found["Amount, low end (tCO2)"][1].value is None
    assert found["Share"][0].number_format == "0.0%"
    assert found["Day"][0].is_date
    assert found["Day"][0].value.date() == date(2026, 3, 5)


def test_columns_without_a_kind_have_separators_in_amounts_and_none_in_years() -> None:
    plain = pa.table(
        {
            "n": [20_240],
            "mean": [1234.5],
            "latitude": [21.0285],
            "fiscal_year": [2030],
            "年度": [2030],
            "project_id": [10_000],
            "tco2_a_year": [2_016_000],
            "x": [float("nan")],
            "on": [date(1850, 1, 1)],
            "is": [True],
        }
    )
    found = cells(workbook(plain, [], data_sheet="Data", about_sheet="About"))
    written = {name: of_column[0].number_format for name, of_column in found.items()}
    assert {name for name, one in written.items() if one == "#,##0"} == {"n", "tco2_a_year"}
    assert {name for name, one in written.items() if one == "#,##0.00"} == {"mean"}
    assert [found[name][0].value for name in ("n", "x", "on", "is")] == [20_240, "nan", "1850-01-01", True]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_with_one_target_sectors_have_its_tonnes_and_no_other_figure(
    lang: Language, warehouse: Warehouse
) -> None:
    made = document_of(warehouse, request_of(warehouse, as_of=date(2019, 5, 1), lang=lang))
    section = next(s for s in made.sections if s.key == "groups")
    data = {
        field.metadata[b"key"].decode(): section.data.column(i) for i, field in enumerate(section.data.schema)
    }
    t = texts(lang)
    assert "far" not in data
    assert section.grid is not None
    assert [row[3] for row in section.grid.rows] == [as_amount(v.as_py(), t) for v in data["near"]]
    low, high = data["notified"][0].as_py(), data["notified_high"][0].as_py()
    assert low == high
    assert section.grid.rows[0][5].startswith(t.number(low))
    assert len(section.grid.heads) == 6
