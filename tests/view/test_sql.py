"""What an address carries, which chart and map fit a result, and the files of a result."""

import io
import json
from datetime import date

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.catalogue import Parameter
from view import downloads
from view.sql.chart import Choice, chart, drawn_rows, proposed
from view.sql.desk import Asked, Desk, Entry, from_field, packed, unpacked, values_from_text, values_to_text
from view.sql.result_map import places_in
from view.texts import texts

PARAMETERS = [
    Parameter("day", "DATE", "data", "", ""),
    Parameter("year", "INTEGER", "2030", "", ""),
    Parameter("word", "VARCHAR", "''", "", ""),
    Parameter("codes", "VARCHAR[]", "null", "", ""),
    Parameter("numbers", "INTEGER[]", "null", "", ""),
]


@given(st.text(min_size=1, max_size=400).filter(lambda s: s.isprintable()))
def test_a_statement_comes_back_from_its_address(text: str) -> None:
    assert unpacked(packed(text), 2_000) == text


@given(st.text(max_size=60))
def test_no_address_breaks_the_page(text: str) -> None:
    found = unpacked(text, 100)
    assert found is None or len(found) <= 100
    values_from_text(text, PARAMETERS)


def test_a_statement_that_swells_is_not_read() -> None:
    assert unpacked(packed("x" * 10_000_000), 20_000) is None


@given(
    st.fixed_dictionaries(
        {
            "day": st.dates(),
            "year": st.integers(1900, 2100),
            "word": st.text(max_size=20),
            "codes": st.lists(st.text(max_size=3), min_size=1, max_size=3),
            "numbers": st.lists(st.integers(0, 15), min_size=1, max_size=3),
        }
    )
)
def test_values_come_back_as_their_parameters_take_them(values: dict[str, object]) -> None:
    assert values_from_text(values_to_text(values), PARAMETERS) == values


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[1]",
        '{"day":"soon"}',
        '{"year":"2030"}',
        '{"year":true}',
        '{"codes":"MNG"}',
        '{"word":1}',
        '{"x":{}}',
    ],
)
def test_values_of_another_kind_are_refused(text: str) -> None:
    assert values_from_text(text, PARAMETERS) is None


def test_a_typed_value_is_a_number_where_it_is_one() -> None:
    assert [from_field(x) for x in ("41", " 2.5 ", "MNG", "", "2030-01-01")] == [
        41,
        2.5,
        "MNG",
        None,
        "2030-01-01",
    ]


def test_the_history_keeps_each_statement_once_the_latest_first() -> None:
    desk = Desk("a")
    for sql in ("one", "two", "one"):
        desk.note(Entry(Asked(sql, {}), None, 1, 1.0))
    assert [e.asked.sql for e in desk.history] == ["one", "two"]


def table(**columns: list[object]) -> pa.Table:
    return pa.table(columns)


@pytest.mark.parametrize(
    ("result", "choice"),
    [
        (table(fiscal_year=[2020, 2021], tco2=[1, 2]), Choice("line", "fiscal_year", "tco2")),
        (
            table(day=[date(2020, 1, 1)] * 2, rung=["issued", "japan"], tco2=[1, 2]),
            Choice("line", "day", "tco2", "rung"),
        ),
        (table(iso3=["MNG", "THA"], n=[1, 2]), Choice("bar", "iso3", "n")),
        (table(a=[1.5, 2.5], b=[1, 2]), Choice("scatter", "a", "b")),
        (table(name=["x"]), None),
        (table(n=[1]), None),
    ],
)
def test_the_chart_that_is_proposed_fits_the_types(result: pa.Table, choice: Choice | None) -> None:
    assert proposed(result) == choice


def test_a_chart_draws_every_row_it_says() -> None:
    result = table(word=[f"w{i}" for i in range(100)], n=list(range(100)))
    choice = Choice("bar", "word", "n")
    figure = chart(result, choice, {"n": "how many"}, texts("en"), "light")
    assert len(figure.data[0].x) == drawn_rows(result, choice) == 60
    assert figure.layout.yaxis.title.text == "n: how many"


def test_series_that_are_rungs_have_the_colours_of_rungs() -> None:
    result = table(year=[2020, 2020], rung=["issued", "registered"], tco2=[1, 2])
    figures = chart(result, Choice("line", "year", "tco2", "rung"), {}, texts("en"), "light").data
    assert [f.line.color for f in figures] == ["#00735c", "#0b4f8a"]


def test_codes_and_coordinates_are_found() -> None:
    codes = ["MNG", "THA", "VNM"]
    assert places_in(table(country=["MNG", None, "THA"], n=[1, 2, 3]), codes) is not None
    assert places_in(table(word=["a", "b"], n=[1, 2]), codes) is None
    found = places_in(table(Latitude=[1.0], longitude=[2.0]), codes)
    assert found is not None
    assert (found.x, found.y) == ("longitude", "Latitude")


def test_every_file_of_a_result_reads_back() -> None:
    result = pa.table(
        {
            "題名": ["=1+1", "水力", None],
            "n": [1, None, 3],
            "day": [date(2026, 1, 1), None, date(2026, 1, 2)],
            "list": [[1, 2], None, []],
        }
    )
    files = {ending: make() for _, ending, _, make in downloads.formats(result, [("a", "b")], texts("en"))}
    assert set(files) == {".csv", "_plain.csv", ".xlsx", ".parquet", ".json"}
    assert files[".csv"].startswith(b"\xef\xbb\xbf")
    assert "'=1+1" in files[".csv"].decode("utf-8-sig")
    plain = pl.read_csv(io.BytesIO(files["_plain.csv"]))
    assert plain["題名"].to_list() == ["=1+1", "水力", None]
    assert plain["list"].to_list() == ["[1, 2]", None, "[]"]
    assert pl.read_parquet(io.BytesIO(files[".parquet"]))["list"].to_list() == [[1, 2], None, []]
    rows = json.loads(files[".json"])
    assert rows[0] == {"題名": "=1+1", "n": 1, "day": "2026-01-01", "list": [1, 2]}
    assert files[".xlsx"].startswith(b"PK")
