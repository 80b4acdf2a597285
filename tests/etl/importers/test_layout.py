"""A table is found by its headings, whatever stands around it; another layout is refused with what was found."""

import pytest

from etl.importers.layout import Found, Heading, find_table, not_understood, plain_heading, stated
from etl.importers.sheets import sheets_of
from etl.importers.source import SourceNotRead
from tests.etl.importers.jcm_pages import csv_of, document, page_of, workbook_of

HEADINGS = (
    Heading("reference", ("Reference number", "Ref. No.", "参照番号")),
    Heading("country", ("Host country", "国")),
    Heading("amount", ("Expected reductions", "Amount", "想定削減量")),
    Heading("note", ("Remarks", "備考"), is_needed=False),
)
HEAD = ["Reference number", "Host country", "Expected reductions"]
FIRST = ["MN901", "Mongolia", "1,200"]
SECOND = ["TH901", "Thailand", "－"]
CELLS = [("MN901", "Mongolia", "1,200"), ("TH901", "Thailand", "")]


def found(content: bytes, named: str | None = None) -> Found:
    given = document(content, "given.csv")
    return find_table(given, sheets_of(given), HEADINGS, named=named)


def cells(table: Found) -> list[tuple[str, str, str]]:
    return [(line["reference"], line["country"], line["amount"]) for line in table.lines]


TABLES = {
    "alone": csv_of([HEAD, FIRST, SECOND]),
    "columns in another order": csv_of([HEAD[::-1], FIRST[::-1], SECOND[::-1]]),
    "titles, a date and a blank row above": csv_of(
        [["List of invented projects"], ["As of 1 April 2030"], [], HEAD, FIRST, SECOND]
    ),
    "titles of many cells above": csv_of([["Invented", "list", "2030"], ["(t-CO2)"], HEAD, FIRST, SECOND]),
    "units in the heading": csv_of([[*HEAD[:2], "Expected reductions (t-CO2/年)※1"], FIRST, SECOND]),
    "a unit row": csv_of([HEAD, ["", "", "(t-CO2)"], FIRST, SECOND]),
    "Japanese headings in full width": csv_of([["参照番号", "国", "想定削減量（ｔ－ＣＯ２）"], FIRST, SECOND]),
    "another case, spaces and breaks": csv_of([["REFERENCE  Number", "host-country", "Expected\nreductions"], FIRST, SECOND]),
    "notes and totals below": csv_of([HEAD, FIRST, SECOND, ["合計", "", "1,200"], ["計", "", "1,200"], ["Total", "", "1,200"], ["※ invented"], ["（注）invented"], ["出典：架空"], ["Note: invented"]]),
    "totals within": csv_of([HEAD, FIRST, ["小計", "", "1,200"], ["", "Subtotal", "1,200"], SECOND, ["合　計", "", "1,200"]]),
    "the heading again": csv_of([HEAD, FIRST, HEAD, SECOND]),
    "a page with a menu and another table": page_of([["Menu", "Home"]], [HEAD, FIRST, SECOND], [["Contact", "x"]]),
    "a heading of two rows": csv_of([["Reference", "Host", "Expected"], ["number", "country", "reductions"], FIRST, SECOND]),
    "merged cells in a heading of two rows": workbook_of(
        [["Invented list", "", ""], ["Reference number", "Host country", "Expected"], ["", "", "reductions"], FIRST, SECOND],
        ["A1:C1", "A2:A3", "B2:B3"],
    ),
    "merged cells in the rows": workbook_of(
        [[*HEAD, "Remarks"], [*FIRST, "both"], [*SECOND, ""]], ["D2:D3"]
    ),
    "a further column": csv_of([["No.", *HEAD], ["1", *FIRST], ["2", *SECOND]]),
    "short rows": csv_of([[*HEAD, "Remarks"], FIRST, SECOND]),
}  # fmt: skip


@pytest.mark.parametrize("around", TABLES)
def test_a_table_is_found_by_its_headings(around: str) -> None:
    assert cells(found(TABLES[around])) == CELLS


def test_a_merged_cell_says_the_same_in_each_of_its_rows() -> None:
    assert [line["note"] for line in found(TABLES["merged cells in the rows"]).lines] == ["both", "both"]


def test_what_stands_above_and_unknown_headings_are_handed_on() -> None:
    table = found(csv_of([["As of 1 April 2030"], ["No.", *HEAD], ["1", *FIRST]]))
    assert [row.cells[0] for row in table.above] == ["As of 1 April 2030"]
    assert table.unknown == {"No.": 0}
    assert table.columns == {"reference": 1, "country": 2, "amount": 3}
    assert table.lines[0].where == "given.csv: line 3"


def test_a_column_that_the_document_lacks_is_empty() -> None:
    assert found(csv_of([HEAD, FIRST])).lines[0]["note"] == ""


def test_another_layout_is_refused_with_what_was_found_and_expected_in_both_languages() -> None:
    with pytest.raises(SourceNotRead) as stopped:
        found(csv_of([["Invented list"], ["Ref. No.", "Nation", "Expected reductions"], FIRST]))
    en, ja = stopped.value.message_en, stopped.value.message_ja
    assert en.startswith("given.csv, line 2: the table is not as expected. Missing: Host country.")
    assert "Found: Ref. No. | Nation | Expected reductions." in en
    assert "Expected headings: Reference number, Host country, Expected reductions." in en
    assert "ない見出し：Host country" in ja
    assert "Ref. No. | Nation | Expected reductions" in ja


def test_even_a_table_without_any_heading_that_is_known_shows_what_it_has() -> None:
    with pytest.raises(SourceNotRead, match=r"Found: Alpha \| Beta \| Gamma"):
        found(page_of([["Menu"]], [["Alpha", "Beta", "Gamma"], ["1", "2", "3"]]))


def test_a_sheet_of_a_fixed_name_is_the_only_one_looked_at() -> None:
    content = workbook_of([HEAD, FIRST, SECOND], sheet="Project Data")
    assert cells(found(content, named="project data")) == CELLS
    with pytest.raises(SourceNotRead, match="no sheet “JCM”; found: Project Data"):
        found(content, named="JCM")


@pytest.mark.parametrize("text", ["-", "－", "ー", "―", "—", "N/A", "n/a", "nan", "未定", "", " "])
def test_ways_to_state_nothing_are_empty(text: str) -> None:
    assert stated(text) == ""


def test_a_heading_is_compared_without_case_width_spaces_and_notes() -> None:
    assert plain_heading("Ｒｅｆ．　No.※1") == plain_heading("ref no") == "refno"


def test_a_cell_that_is_not_understood_is_named_with_row_and_column() -> None:
    line = found(csv_of([HEAD, FIRST])).lines[0]
    aside = not_understood(line, "x", "a country", "国", column="Host country")
    assert aside.message_en == "given.csv: line 2, Host country: “x” is not a country."
    assert aside.message_ja == "given.csv: line 2, Host country：「x」は国ではありません。"
