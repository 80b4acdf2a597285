"""Issuance tables of the JCM website: read whole, cumulative totals checked and never added, faults named by cell."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from exports.article6.issuance_tables import (
    ISSUANCE_FIELDS,
    TEMPLATE,
    Read,
    read_csv,
    read_html,
    snapshot_rows,
    template,
)

ROOT = Path(__file__).parents[3]
COUNTRIES = {"japan": "JPN", "mongolia": "MNG", "jpn": "JPN"}
HEAD = ["Reference number", "Monitoring period", "Decision date", "Total notified", "Country", "Notified", "Issuance date", "Issued"]  # fmt: skip
TITLE = ["10MW solar power project in Darkhan City"]
FULL = ["MN003", "26 Aug 17 - 31 May 18", "06 Nov 18", "44,299", "Japan", "7,104", "14 Dec 18", "7,104"]
COUNTRY = ["Mongolia", "1,776", "14 Dec 18", "1,776"]
PERIOD = ["", "01 Jun 18 - 31 Dec 20", "08 Feb 22", "Japan", "28,335", "24 Feb 22", "28,335"]
COUNTRY_2 = ["Mongolia", "7,084", "22 Feb 22", "7,084"]
OTHER = ["MN006", "06 Jul 19 - 31 Dec 20", "24 Jan 26", "30,312", "Japan", "24,249", "30 Jan 26", "24,249"]
OTHER_COUNTRY = ["Mongolia", "6,063", "N/A", "N/A"]
WHOLE = [HEAD, TITLE, FULL, COUNTRY, PERIOD, COUNTRY_2, ["Another project"], OTHER, OTHER_COUNTRY]


def page(rows: list[list[str]]) -> str:
    """A saved page with menus around its table."""
    body = "".join("<tr>" + "".join(f"<td> {cell}\n</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><body><ul><li>Menu</li></ul><table>{body}</table><p>© 2026</p></body></html>"


def table(rows: list[list[str]]) -> str:
    """The same as a spreadsheet saves it: every row as wide as the widest."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([row + [""] * (8 - len(row)) for row in rows])
    return "\ufeff" + buffer.getvalue()


READERS = pytest.mark.parametrize("given", ["html", "csv"])


def read(rows: list[list[str]], given: str = "html") -> Read:
    return read_html(page(rows), COUNTRIES) if given == "html" else read_csv(table(rows), COUNTRIES)


@READERS
def test_a_whole_table_is_read_and_its_totals_are_not_added(given: str) -> None:
    found = read(WHOLE, given)
    assert not found.faults
    assert [(e.reference, e.period_start_on, e.total_tco2) for e in found.events] == [
        ("MN003", date(2017, 8, 26), 8_880),
        ("MN003", date(2018, 6, 1), 35_419),
        ("MN006", date(2019, 7, 6), 30_312),
    ]
    assert found.events[0].title == TITLE[0]
    assert found.events[2].issues[1].issued_on is None


@READERS
def test_the_rows_of_the_snapshot_are_those_on_record(given: str) -> None:
    rows = snapshot_rows(read(WHOLE, given))
    assert rows[1] == {
        "issuance_id": "MN003-2",
        "project_id": "MN003",
        "project_ids": "MN003",
        "iso3": "MNG",
        "decided_on": "2022-02-08",
        "issued_on": "2022-02-24",
        "period_start": "2018-06-01",
        "period_end": "2020-12-31",
        "total_tco2": "35419",
        "total_low_tco2": "",
        "total_high_tco2": "",
        "japan_tco2": "28335",
        "japan_government_tco2": "",
        "partner_tco2": "7084",
    }


def test_the_rows_have_the_columns_of_the_snapshot_before_its_sources() -> None:
    head = (ROOT / "data/snapshot/issuances.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    assert list(ISSUANCE_FIELDS) == head[: head.index("source_id")]


def test_an_unknown_amount_leaves_the_total_unknown() -> None:
    found = read([[*FULL[:3], "N/A", "Japan", "N/A", "", ""], ["Mongolia", "1,776", "", ""]])
    assert not found.faults
    assert found.events[0].total_tco2 is None


def changed(row: list[str], place: int, value: str) -> list[str]:
    return [*row[:place], value, *row[place + 1 :]]


MALFORMED = [
    # rows, column, part of the message
    ([changed(FULL, 0, "MN3")], "reference number", "two letters and three digits"),
    ([changed(FULL, 0, "mn003")], "reference number", "two letters and three digits"),
    ([changed(FULL, 0, "MN0031")], "reference number", "such as MN006"),
    ([changed(FULL, 1, "26 Aug 17")], "monitoring period", "06 Jul 19 - 31 Dec 20"),
    ([changed(FULL, 1, "26 Aug 17 to 31 May 18")], "monitoring period", "06 Jul 19 - 31 Dec 20"),
    ([changed(FULL, 1, "N/A")], "monitoring period", "06 Jul 19 - 31 Dec 20"),
    ([changed(FULL, 1, "31 May 18 - 26 Aug 17")], "monitoring period", "ends before it starts"),
    ([changed(FULL, 1, "26 Aug 17 - N/A")], "monitoring period", "ends before it starts"),
    ([changed(FULL, 1, "32 Aug 17 - 31 May 18")], "monitoring period", "written as 24 Jan 26"),
    ([changed(FULL, 1, "26 Aug 17 - 31 Jun 18")], "monitoring period", "written as 24 Jan 26"),
    ([changed(FULL, 1, "26 Aug 10 - 31 May 11")], "monitoring period", "from 2013 on"),
    ([changed(FULL, 2, "06/11/18")], "decision date", "written as 24 Jan 26"),
    ([changed(FULL, 2, "Nov 18")], "decision date", "written as 24 Jan 26"),
    ([changed(FULL, 2, "soon")], "decision date", "N/A or blank"),
    ([changed(FULL, 2, "06 Nov 17")], "decision date", "before the end of the monitoring period"),
    ([changed(FULL, 2, "31 May 18")], "decision date", "before the end of the monitoring period"),
    ([changed(FULL, 3, "44.299")], "total notified", "whole number of tonnes"),
    ([changed(FULL, 3, "44,29")], "total notified", "whole number of tonnes"),
    ([changed(FULL, 3, "about 44,299")], "total notified", "whole number of tonnes"),
    ([changed(FULL, 3, "-44,299")], "total notified", "whole number of tonnes"),
    ([changed(FULL, 3, "51,000,000")], "total notified", "for one project"),
    ([changed(FULL, 4, "Atlantis")], "country", "No partner of that name"),
    ([changed(FULL, 4, "")], "country", "No partner of that name"),
    ([changed(FULL, 5, "7.104")], "notified amount", "whole number of tonnes"),
    ([changed(FULL, 5, "7104 kt")], "notified amount", "whole number of tonnes"),
    ([changed(FULL, 5, "7104")], "notified amount", ""),
    ([changed(FULL, 6, "14 Dez 18")], "issuance date", "written as 24 Jan 26"),
    ([changed(FULL, 6, "05 Nov 18")], "issuance date", "Issued before the decision"),
    ([changed(FULL, 7, "7,105")], "issued amount", "More was issued than the 7,104 t"),
    ([changed(FULL, 7, "x")], "issued amount", "whole number of tonnes"),
    ([FULL, changed(COUNTRY, 0, "Japan")], "country", "twice in one event"),
    ([FULL, changed(COUNTRY, 0, "MN")], "country", "No partner of that name"),
    ([FULL, changed(COUNTRY, 1, "1 776")], "notified amount", "whole number of tonnes"),
    ([FULL, changed(COUNTRY, 3, "1,777")], "issued amount", "More was issued"),
    ([FULL, COUNTRY, changed(PERIOD, 1, "01 May 18 - 31 Dec 20")], "monitoring period", "overlaps"),
    ([FULL, COUNTRY, changed(PERIOD, 2, "08 Feb 2")], "decision date", "written as 24 Jan 26"),
    ([FULL, COUNTRY, changed(PERIOD, 3, "")], "country", "No partner of that name"),
    ([FULL, COUNTRY, PERIOD, changed(COUNTRY_2, 1, "7,085")], "total notified", "sum to 44,300 t"),
    ([FULL, COUNTRY], "total notified", "sum to 8,880 t"),
    ([changed(FULL, 3, "8,881"), COUNTRY], "total notified", "sum to 8,880 t"),
    ([COUNTRY], "reference number", "without a project before it"),
    ([PERIOD], "reference number", "without a project before it"),
    ([FULL, ["Japan", "1"]], "row", "this has 2"),
    ([FULL, ["", "1", "2", "3", "4"]], "row", "this has 5"),
]
MALFORMED = [case for case in MALFORMED if case[2]]


@pytest.mark.parametrize(("rows", "column", "words"), MALFORMED)
def test_a_malformed_table_is_named_by_cell_and_set_aside_whole(
    rows: list[list[str]], column: str, words: str
) -> None:
    found = read([TITLE, *rows, ["Another project"], OTHER, OTHER_COUNTRY])
    fault = next(f for f in found.faults if words in f.message_en)
    assert fault.column == column
    assert fault.row >= 2
    assert any(ord(c) > 0x2FFF for c in fault.message_ja)
    assert [e.reference for e in found.events] == ["MN006"], "half applied"
    assert len(found.set_aside) == len(rows)


def test_there_are_as_many_malformed_tables_as_promised() -> None:
    assert len(MALFORMED) >= 40


def test_a_page_without_a_table_gives_nothing() -> None:
    assert read_html("<html><body>404</body></html>", COUNTRIES) == Read()
    assert read_csv("", COUNTRIES) == Read()


def test_broken_html_is_read_as_far_as_it_goes() -> None:
    text = page(WHOLE).replace("</td>", "").replace("</tr>", "")
    assert len(read_html(text, COUNTRIES).events) == 3


def test_the_template_reads_back_and_knows_several_periods_and_countries() -> None:
    lines = [
        ["Solar", "MN003", "2017-08-26", "2018-05-31", "2018-11-06", "Japan", "7104", "2018-12-14", "7104"],
        [
            "Solar",
            "MN003",
            "2017-08-26",
            "2018-05-31",
            "2018-11-06",
            "Mongolia",
            "1776",
            "2018-12-14",
            "1776",
        ],
        ["Solar", "MN003", "2018-06-01", "2020-12-31", "2022-02-08", "Japan", "28335", "", ""],
    ]
    buffer = io.StringIO()
    csv.writer(buffer).writerows([list(TEMPLATE), *lines])
    found = read_csv(buffer.getvalue(), COUNTRIES)
    assert not found.faults
    assert [e.total_tco2 for e in found.events] == [8_880, 28_335]
    assert read_csv(template(), COUNTRIES).events[0].reference == "MN006"
    buffer.write("MN003,short\n")
    assert "9 fields" in read_csv(buffer.getvalue(), COUNTRIES).faults[0].message_en
