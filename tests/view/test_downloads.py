"""Files that people click: no cell runs as a formula, numbers stay numbers, programs get texts as they are."""

import csv
import io
import json
import re

import openpyxl
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from view.downloads import csv_file, json_file, plain_csv, workbook

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
