"""Files that people click: no cell runs as a formula, numbers stay numbers, programs get texts as they are."""

import csv
import io
import json
import math
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from view.downloads import csv_file, formats, image, json_file, plain_csv, workbook
from view.picture import Caption
from view.texts import texts

SIGNS = "=+-@＝＋－＠\t\r\n '\"a1あ,;\ufeff\u200b\u2060\u200e\u202e\xad|"
RUNS = re.compile(r"[\s\ufeff\u200b\u2060\u200e\u202e\xad]*[=+\-@＝＋－＠]")


@settings(deadline=None)
@given(st.lists(st.text(SIGNS, max_size=12), min_size=1, max_size=8))
def test_no_cell_for_people_runs_as_a_formula_and_nothing_is_lost(texts: list[str]) -> None:
    body = csv_file(pa.table({"text": texts})).decode("utf-8-sig")
    read = [row[0] if row else "" for row in csv.reader(io.StringIO(body, newline=""))][1:]
    for cell, text in zip(read, texts, strict=True):
        assert not RUNS.match(cell)
        assert cell in {text, f"'{text}"}


@settings(deadline=None)
@given(st.lists(st.text(SIGNS, max_size=12), min_size=1, max_size=8))
def test_programs_get_every_text_as_it_is(texts: list[str]) -> None:
    body = plain_csv(pa.table({"text": texts, "n": list(range(len(texts)))})).decode()
    assert [row[0] for row in csv.reader(io.StringIO(body, newline=""))][1:] == texts


@settings(deadline=None)
@given(st.lists(st.text(SIGNS, max_size=12), min_size=1, max_size=4))
def test_a_workbook_holds_texts_not_formulas(texts: list[str]) -> None:
    body = workbook(pa.table({"text": texts}), [("a", "=b")], data_sheet="Data", about_sheet="About")
    book = openpyxl.load_workbook(io.BytesIO(body))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_negative_numbers_stay_numbers_and_headings_are_guarded() -> None:
    body = csv_file(pa.table({"=SUM(A1)": [-5, 3], "name": ["-x", "＝1+1"]})).decode("utf-8-sig")
    assert body.splitlines() == ["'=SUM(A1),name", "-5,'-x", "3,'＝1+1"]


def test_headings_that_would_be_the_same_once_harmless_stay_two() -> None:
    body = csv_file(pa.table({"=a": [1], "'=a": [2]})).decode("utf-8-sig")
    assert body.splitlines()[1] == "1,2"
    assert len(set(body.splitlines()[0].split(","))) == 2


def test_json_has_no_word_for_what_is_no_number() -> None:
    assert json.loads(json_file(pa.table({"x": [1.5, float("nan"), float("inf")]}))) == [
        {"x": 1.5},
        {"x": None},
        {"x": None},
    ]


def test_a_workbook_holds_numbers_and_dates_as_such_and_what_it_cannot_hold_as_text() -> None:
    table = pa.table(
        {
            "x": [1.5, float("inf"), float("-inf"), float("nan"), None],
            "big": [2**62, 7, None, None, None],
            "exact": pa.array([Decimal("12.50"), None, None, None, None], pa.decimal128(10, 2)),
            "day": [date(2030, 3, 31), date(1620, 1, 1), None, None, None],
            "at": pa.array(
                [datetime(2026, 1, 2, 3, 4, tzinfo=UTC), *[None] * 4], pa.timestamp("us", tz="UTC")
            ),
            "is_known": [True, False, None, None, None],
        }
    )
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(table, [], data_sheet="Data", about_sheet="About")), data_only=True
    )
    rows = list(book["Data"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows[:4]] == [1.5, "inf", "-inf", "nan"]
    assert [row[1] for row in rows[:2]] == [str(2**62), 7]
    assert rows[0][2] == 12.5
    assert (rows[0][3].date(), rows[1][3]) == (date(2030, 3, 31), "1620-01-01")
    assert rows[0][4].replace(tzinfo=UTC) == datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    assert [row[5] for row in rows[:2]] == [True, False]


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200" viewBox="0 0 400 200"></svg>'
WORDS = st.text("ab 　案件、。（）<&", max_size=160)


@settings(deadline=None)
@given(WORDS, WORDS, st.lists(WORDS, max_size=3), st.lists(WORDS, min_size=1, max_size=3))
def test_a_picture_has_its_words_above_and_below_the_drawing_and_never_on_it(
    title: str, sentence: str, keys: list[str], sources: list[str]
) -> None:
    signs = [("#0b4f8a" if i % 2 else "", words) for i, words in enumerate(keys)]
    body = image(DRAWING, "svg", Caption(title, "Viet Nam", sentence, signs, sources), "en")
    root = ET.fromstring(body)  # noqa: S314 - our own
    space = "{http://www.w3.org/2000/svg}"
    lines = [(float(x.get("y", 0)), float(x.get("font-size", 0)), x.text) for x in root.iter(f"{space}text")]
    (drawing,) = root.findall(f"{space}svg")
    top = float(drawing.get("y", 0))
    assert "Viet Nam" in [text for _, _, text in lines]
    assert all(y < top or y - size > top + 200 for y, size, _ in lines)
    assert all(b[0] == a[0] or b[0] - a[0] >= b[1] for a, b in pairwise(lines))
    assert max(y for y, _, _ in lines) < float(root.get("height", 0))
    told = "".join(text or "" for _, _, text in lines)
    for words in (title, sentence, *keys, *sources):
        assert re.sub(r"\s", "", words) in re.sub(r"\s", "", told)


def test_a_result_with_infinite_values_becomes_every_file() -> None:
    result = duckdb.sql(
        "SELECT * FROM (VALUES ('a', 1.0 / 0, 2012), ('b', -1.0 / 0, 2013), ('c', 'nan'::DOUBLE, 2014), ('d', 1234567.5, NULL))"
        " AS found(name, ratio, fiscal_year)"
    ).to_arrow_table()
    result = result.set_column(1, "ratio", result["ratio"].cast(pa.float64()))
    files = {label: make() for label, _, _, make in formats(result, [("Cite as", "x")], texts("ja"))}
    sheet = openpyxl.load_workbook(io.BytesIO(files["XLSX"]))["データ"]
    assert [cell.value for cell in sheet["B"][1:]] == ["inf", "-inf", "nan", 1234567.5]
    assert sheet["B5"].number_format == "#,##0.00"
    assert sheet["C2"].number_format == "General", "a year has no separators"
    assert sheet.freeze_panes == "B2"
    for label in (texts("ja")("CSV for Excel"), texts("ja")("CSV for programs")):
        rows = list(csv.reader(io.StringIO(files[label].decode("utf-8-sig"))))
        assert [float(row[1]) for row in rows[1:3]] == [float("inf"), float("-inf")]
        assert rows[4][1:] == ["1234567.5", ""]
    kept = pq.read_table(io.BytesIO(files["Parquet"]))["ratio"].to_pylist()
    assert kept[:2] == [float("inf"), float("-inf")]
    assert math.isnan(kept[2])
