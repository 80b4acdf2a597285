"""Issuance tables of the JCM website: every way they are saved gives the same events; faults are named by cell."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.importers import jcm_issuances
from etl.importers.issuance_rows import TEMPLATE
from etl.importers.source import Reading, SourceNotRead
from tests.etl.importers.jcm_pages import (
    ISSUANCE_HEAD,
    NAMES,
    Event,
    aligned,
    csv_of,
    document,
    english_excel,
    filled_down,
    issuance_rows,
    issuances_page,
    page_of,
    workbook_of,
)

TITLE = ["Invented solar power project"]
FULL = ["MN903", "26 Aug 17 - 31 May 18", "06 Nov 18", "44,299", "Japan", "7,104", "14 Dec 18", "7,104"]
COUNTRY = ["Mongolia", "1,776", "14 Dec 18", "1,776"]
PERIOD = ["", "01 Jun 18 - 31 Dec 20", "08 Feb 22", "Japan", "28,335", "24 Feb 22", "28,335"]
COUNTRY_2 = ["Mongolia", "7,084", "22 Feb 22", "7,084"]
OTHER = ["MN906", "06 Jul 19 - 31 Dec 20", "24 Jan 26", "30,312", "Japan", "24,249", "30 Jan 26", "24,249"]
OTHER_COUNTRY = ["Mongolia", "6,063", "N/A", "N/A"]
WHOLE = [TITLE, FULL, COUNTRY, PERIOD, COUNTRY_2, ["Another project"], OTHER, OTHER_COUNTRY]

FIELDS = ("project_id", "project_ids", "iso3", "decided_on", "issued_on", "period_start", "period_end", "total_tco2", "japan_tco2", "partner_tco2")  # fmt: skip
EVENTS = [
    dict(zip(FIELDS, f"{reference} {reference} MNG {rest}".split(), strict=True))
    for reference, rest in (
        ("MN903", "2018-11-06 2018-12-14 2017-08-26 2018-05-31 8880 7104 1776"),
        ("MN903", "2022-02-08 2022-02-24 2018-06-01 2020-12-31 35419 28335 7084"),
        ("MN906", "2026-01-24 2026-01-30 2019-07-06 2020-12-31 30312 24249 6063"),
    )
]


def read(content: bytes, part: str = "") -> Reading:
    return jcm_issuances.read(document(content, part=part), NAMES)


def page(rows: Sequence[Sequence[str]]) -> bytes:
    return page_of([ISSUANCE_HEAD, *rows])


def table(rows: Sequence[Sequence[str]]) -> bytes:
    return csv_of([ISSUANCE_HEAD, *rows])


def merged_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with a unit row, a total, merged cells, days that are real ones and amounts that are numbers."""
    head = [["Invented issuances, as of 1 April 2030"], [], list(ISSUANCE_HEAD), ["", "", "", "(t-CO2)"]]
    areas = ["A5:H5", "A6:A9", "B6:B7", "B8:B9", "C6:C7", "C8:C9", "D6:D9", "A11:A12", "B11:B12", "D11:D12"]
    total = ["Total", "", "", "", "", "74611"]
    return workbook_of([*head, *aligned(rows), total, ["※ invented"]], areas)


SAVED: dict[str, Callable[[], bytes]] = {
    "page": lambda: page(WHOLE),
    "page with cells left open": lambda: page(WHOLE).replace(b"</td>", b"").replace(b"</tr>", b""),
    "CSV filled to full width": lambda: table(WHOLE),
    "CSV of merged cells": lambda: table(aligned(WHOLE)),
    "CSV filled down": lambda: table(filled_down(WHOLE)),
    "CSV of an English spreadsheet": lambda: table(english_excel(WHOLE)),
    "workbook with merged cells": lambda: merged_workbook(WHOLE),
    "workbook filled down": lambda: workbook_of([ISSUANCE_HEAD, *filled_down(WHOLE)]),
    "further column before": lambda: csv_of([["No.", *ISSUANCE_HEAD], *(["", *r] for r in aligned(WHOLE))]),
    "further column behind": lambda: csv_of([[*ISSUANCE_HEAD, "Files"], *([*r, "pdf"] if r[0] and r[1] else r for r in aligned(WHOLE))]),
    "total repeated for each period": lambda: table([*WHOLE[:3], ["", PERIOD[1], PERIOD[2], "44,299", *PERIOD[3:]], *WHOLE[4:]]),
    "running totals": lambda: table([TITLE, [*FULL[:3], "8,880", *FULL[4:]], COUNTRY, ["", PERIOD[1], PERIOD[2], "44,299", *PERIOD[3:]], *WHOLE[4:]]),
    "two tables": lambda: page_of([ISSUANCE_HEAD, *WHOLE[:5]], [ISSUANCE_HEAD, *WHOLE[5:]]),
    "no heading of a total": lambda: csv_of([[*ISSUANCE_HEAD[:3], *ISSUANCE_HEAD[4:]], *([*r[:3], *r[4:]] for r in aligned(WHOLE))]),
}  # fmt: skip


@pytest.mark.parametrize("how", SAVED)
def test_every_way_to_save_a_table_gives_the_same_events(how: str) -> None:
    reading = read(SAVED[how]())
    assert not reading.set_aside
    assert [dict(row.cells) for row in reading.observed] == EVENTS


def test_a_page_with_cells_that_span_rows_is_read_as_it_is_drawn() -> None:
    rows = [
        "".join(f"<th>{cell}</th>" for cell in ISSUANCE_HEAD),
        f'<td colspan="8">{TITLE[0]}</td>',
        '<td rowspan="4">MN903</td>'
        + "".join(f'<td rowspan="2">{cell}</td>' for cell in FULL[1:3])
        + '<td rowspan="4">44,299</td>'
        + "".join(f"<td>{cell}</td>" for cell in FULL[4:]),
        "".join(f"<td>{cell}</td>" for cell in COUNTRY),
        "".join(f'<td rowspan="2">{cell}</td>' for cell in PERIOD[1:3])
        + "".join(f"<td>{cell}</td>" for cell in PERIOD[3:]),
        "".join(f"<td>{cell}</td>" for cell in COUNTRY_2),
    ]
    content = "<html><table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table></html>"
    assert [dict(row.cells) for row in read(content.encode()).observed] == EVENTS[:2]


def test_a_table_of_an_english_spreadsheet_states_the_japanese_side_alone() -> None:
    content = (
        "Reference number,Monitoring period,Date of decision,Total amount notified,Country,Amount notified,Date of issuance,Amount issued\n"
        'MN906,06 Jul 19 - 31 Dec 20,24-Jan-26,"24,249",Japan,"24,249",30-Jan-26,"24,249"\n'
    )
    [row] = read(content.encode()).observed
    assert (row.key, row.cells["decided_on"], row.cells["issued_on"]) == ("MN906", "2026-01-24", "2026-01-30")
    assert (row.cells["japan_tco2"], row.cells["iso3"]) == ("24249", "MNG")
    assert "partner_tco2" not in row.cells, "missing is not zero"


def test_merged_cells_saved_as_blanks_are_one_decision_not_yet_issued_by_the_partner() -> None:
    content = (
        "Reference number,Monitoring period,Date of decision,Total amount notified,Country,Amount notified,Date of issuance,Amount issued\n"
        "Invented solar power at a school,,,,,,,\n"
        'MN906,06 Jul 19 - 31 Dec 20,24 Jan 26,"30,312",Japan,"24,249",30 Jan 26,"24,249"\n'
        ',,,,Mongolia,"6,063",N/A,N/A\n'
    )
    [row] = read(content.encode()).observed
    assert dict(row.cells) == EVENTS[2]
    assert row.where == "saved.html: line 3"


@pytest.mark.parametrize("day", ["24-Jan-26", "2026/1/24", "R8.1.24", "令和8年1月24日", "2026-01-24", "24 January 2026", "Jan 24, 2026", "２０２６年１月２４日"])  # fmt: skip
def test_a_decision_is_read_in_every_style_of_a_day(day: str) -> None:
    [row] = read(table([[*OTHER[:2], day, *OTHER[3:]], OTHER_COUNTRY])).observed
    assert row.cells["decided_on"] == "2026-01-24"


@pytest.mark.parametrize(
    "period",
    ["06 Jul 19 – 31 Dec 20", "06 Jul 19 -\n31 Dec 20", "2019/7/6～2020/12/31", "2019-07-06 - 2020-12-31", "2019/7/6-2020/12/31", "R1.7.6〜R2.12.31", "06 Jul 19 to 31 Dec 20"],
)  # fmt: skip
def test_a_period_is_read_in_every_style(period: str) -> None:
    [row] = read(page([[OTHER[0], period, *OTHER[2:]], OTHER_COUNTRY])).observed
    assert (row.cells["period_start"], row.cells["period_end"]) == ("2019-07-06", "2020-12-31")


@pytest.mark.parametrize("nothing", ["N/A", "", "－", "-", "未定", "n/a", "―"])
def test_what_is_not_known_stays_open(nothing: str) -> None:
    rows = [
        [*OTHER[:3], nothing, "Japan", "24,249", nothing, nothing],
        ["Mongolia", nothing, nothing, nothing],
    ]
    [row] = read(page(rows)).observed
    assert row.cells.keys() & {"issued_on", "partner_tco2", "total_tco2"} == set()
    assert row.cells["japan_tco2"] == "24249"


def test_no_total_is_made_of_one_side_alone() -> None:
    alone = [*OTHER[:3], "", *OTHER[4:]]
    [row] = read(page([alone])).observed
    assert "total_tco2" not in row.cells
    [row] = read(page([[*OTHER[:3], "24,249", *OTHER[4:]]])).observed
    assert row.cells["total_tco2"] == "24249", "the stated total says that nothing is missing"


def test_none_notified_to_one_side_is_an_amount() -> None:
    rows = [[*OTHER[:3], "1", "Japan", "0", "30 Jan 26", "0"], ["Mongolia", "1", "", ""]]
    [row] = read(page(rows)).observed
    assert (row.cells["japan_tco2"], row.cells["partner_tco2"], row.cells["total_tco2"]) == ("0", "1", "1")


def changed(row: list[str], place: int, value: str) -> list[str]:
    return [*row[:place], value, *row[place + 1 :]]


MALFORMED = [
    # rows, column, part of the message
    ([changed(FULL, 0, "MN3")], "reference number", "two letters and three digits"),
    ([changed(FULL, 0, "MN9031")], "reference number", "such as MN006"),
    ([changed(FULL, 1, "26 Aug 17")], "monitoring period", "06 Jul 19 - 31 Dec 20"),
    ([changed(FULL, 1, "N/A")], "monitoring period", "06 Jul 19 - 31 Dec 20"),
    ([changed(FULL, 1, "31 May 18 - 26 Aug 17")], "monitoring period", "ends after it starts"),
    ([changed(FULL, 1, "26 Aug 17 - N/A")], "monitoring period", "06 Jul 19 - 31 Dec 20"),
    ([changed(FULL, 1, "32 Aug 17 - 31 May 18")], "monitoring period", "such as 24 Jan 26"),
    ([changed(FULL, 1, "26 Aug 17 - 31 Jun 18")], "monitoring period", "such as 24 Jan 26"),
    ([changed(FULL, 1, "26 Aug 10 - 31 May 11")], "monitoring period", "from 2013 on"),
    ([changed(FULL, 2, "06/11/18")], "decision date", "such as 24 Jan 26"),
    ([changed(FULL, 2, "06/11/2018")], "decision date", "such as 24 Jan 26"),
    ([changed(FULL, 2, "Nov 2018")], "decision date", "such as 24 Jan 26"),
    ([changed(FULL, 2, "soon")], "decision date", "N/A or blank"),
    ([changed(FULL, 2, "06 Nov 17")], "decision date", "after the end of the monitoring period"),
    ([changed(FULL, 2, "31 May 18")], "decision date", "after the end of the monitoring period"),
    ([changed(FULL, 3, "44.299")], "total notified", "whole number of tonnes"),
    ([changed(FULL, 3, "44,29")], "total notified", "whole number of tonnes"),
    ([changed(FULL, 3, "about 44,299")], "total notified", "whole number of tonnes"),
    ([changed(FULL, 3, "-44,299")], "total notified", "whole number of tonnes"),
    ([changed(FULL, 3, "△44,299")], "total notified", "whole number of tonnes"),
    ([changed(FULL, 3, "51,000,000")], "total notified", "at most 50,000,000"),
    ([changed(FULL, 4, "Atlantis")], "country", "as the page names them"),
    ([changed(FULL, 4, "Thailand")], "country", "partner country of the reference number"),
    ([changed(FULL, 4, "")], "country", "as the page names them"),
    ([changed(FULL, 5, "7.104")], "notified amount", "whole number of tonnes"),
    ([changed(FULL, 5, "7,104 credits")], "notified amount", "whole number of tonnes"),
    ([changed(FULL, 6, "14 Dez 18")], "issuance date", "such as 24 Jan 26"),
    ([changed(FULL, 6, "05 Nov 18")], "issuance date", "not before the decision"),
    ([changed(FULL, 7, "7,105")], "issued amount", "at most the 7,104 t notified"),
    ([changed(FULL, 7, "x")], "issued amount", "whole number of tonnes"),
    ([FULL, changed(COUNTRY, 0, "Japan")], "country", "not there already"),
    ([FULL, changed(COUNTRY, 0, "Atlantis")], "country", "as the page names them"),
    ([FULL, changed(COUNTRY, 1, "1 776")], "notified amount", "whole number of tonnes"),
    ([FULL, changed(COUNTRY, 3, "1,777")], "issued amount", "at most the 1,776 t"),
    ([FULL, COUNTRY, changed(PERIOD, 1, "01 May 18 - 31 Dec 20")], "monitoring period", "apart from the others"),
    ([FULL, COUNTRY, changed(PERIOD, 2, "08 Feb 2")], "decision date", "such as 24 Jan 26"),
    ([FULL, COUNTRY, changed(PERIOD, 3, "")], "country", "as the page names them"),
    ([FULL, COUNTRY, PERIOD, changed(COUNTRY_2, 1, "7,085")], "total notified", "44,300 t"),
    ([FULL, COUNTRY], "total notified", "8,880 t"),
    ([changed(FULL, 3, "8,881"), COUNTRY], "total notified", "8,880 t"),
    ([COUNTRY], "reference number", "before this one"),
    ([PERIOD], "reference number", "before this one"),
    ([changed(FULL, 0, ""), COUNTRY], "reference number", "before this one"),
    ([FULL, ["Japan", "1"]], "country", "not there already"),
    ([FULL, ["", "1", "2", "3", "4"]], "row", "a country, before it nothing"),
    ([FULL, ["see", "the", "annex"]], "country", "as the page names them"),
    ([changed(changed(FULL, 5, "0"), 7, "0"), changed(changed(COUNTRY, 1, "0"), 3, "0")], "notified amount", "more than 0 t"),
    ([FULL, [*changed(aligned([COUNTRY])[0], 2, "07 Nov 18")]], "decision date", "one decision for a period, here 2018-11-06"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "column", "words"), MALFORMED)
@pytest.mark.parametrize("saved", [page, table])
def test_a_project_with_a_fault_is_set_aside_whole_and_the_cell_is_named(
    rows: list[list[str]], column: str, words: str, saved: Callable[[Sequence[Sequence[str]]], bytes]
) -> None:
    reading = read(saved([TITLE, *rows, ["Another project"], OTHER, OTHER_COUNTRY]), part="mn")
    fault = next(f for f in reading.set_aside if words in f.message_en)
    assert fault.where.startswith("saved.html: ")
    assert fault.where.endswith(f", {column}")
    assert f"“{fault.found}”" in fault.message_en
    assert f"「{fault.found}」" in fault.message_ja
    assert [row.key for row in reading.observed] == ["MN906"], "half applied"
    assert not reading.covers, "what was set aside is not gone"


def test_the_message_names_document_row_column_found_and_expected_in_both_languages() -> None:
    [fault] = read(page([TITLE, changed(FULL, 6, "14 Dez 18"), COUNTRY])).set_aside
    assert fault.message_en == (
        "saved.html: table 1, row 3, issuance date: “14 Dez 18”. Expected a day such as 24 Jan 26 or 2026-01-24, from"
        " 2013 on; N/A or blank where there is none. All rows of MN903 are set aside: 3, 4."
    )
    assert "発行日：「14 Dez 18」。必要な値：日付" in fault.message_ja
    assert "MN903 の行は全て保留します（3, 4）" in fault.message_ja


def test_rows_below_a_title_without_a_reference_number_make_the_project_above_uncertain() -> None:
    reading = read(page([OTHER, OTHER_COUNTRY, ["Another project"], ["", *PERIOD[1:]], COUNTRY_2]))
    assert not reading.observed
    assert "below the title" in reading.set_aside[0].message_en


def test_a_page_of_one_country_lists_all_of_its_events() -> None:
    assert read(page(WHOLE), part="mn").covers == {"issuance": "MNG"}
    assert read(page(WHOLE)).covers == {}, "a file that somebody saved may be of anything"
    assert read(page(WHOLE), part="th").covers == {}
    assert read(page([]), part="mn").covers == {}, "an empty table is not a country without issuances"


def test_headings_that_are_not_known_are_named() -> None:
    rows = [[*ISSUANCE_HEAD, "Serial numbers"], *aligned([OTHER, OTHER_COUNTRY])]
    assert list(read(csv_of(rows)).unknown_headings) == ["Serial numbers"]


def test_another_table_is_refused_with_the_headings_found_and_expected() -> None:
    with pytest.raises(SourceNotRead) as stopped:
        read(page_of([["Reference number", "Country", "Amount"], ["MN901", "Japan", "5"]]))
    for message in (stopped.value.message_en, stopped.value.message_ja):
        assert "Reference number | Country | Amount" in message
        assert "Monitoring period, Date of decision" in message
    with pytest.raises(SourceNotRead):
        read(b"<html><body>404</body></html>")
    with pytest.raises(SourceNotRead):
        read(b"")


def test_our_template_reads_back_in_any_order_of_its_lines() -> None:
    first = ["Solar", "MN903", "2017-08-26", "2018-05-31", "2018-11-06"]
    second = ["Solar", "MN903", "2018-06-01", "2020-12-31", "2022-02-08"]
    lines = [
        [*second, "Japan", "28335", "2022-02-24", "28335"],
        [*first, "Japan", "7104", "2018-12-14", "7104"],
        [*first, "Mongolia", "1776", "2018-12-14", "1776"],
        [*second, "モンゴル", "7084", "", ""],
    ]
    for content in (
        csv_of([TEMPLATE, *lines]),
        csv_of([TEMPLATE, *lines], "cp932"),
        workbook_of([TEMPLATE, *lines]),
    ):
        assert [dict(row.cells) for row in read(content).observed] == EVENTS[:2]
    broken = read(csv_of([TEMPLATE, *lines, [*second[:2], "soon", *second[3:], "Japan", "1", "", ""]]))
    assert not broken.observed
    assert "“soon”" in broken.set_aside[0].message_en


DAYS = st.dates(date(2013, 1, 1), date(2040, 1, 1))
AMOUNTS = st.none() | st.integers(0, 2_000_000)


@st.composite
def projects(draw: st.DrawFn, reference: str) -> list[Event]:
    found, start = [], draw(DAYS)
    for _ in range(draw(st.integers(1, 3))):
        end = start + timedelta(days=draw(st.integers(0, 900)))
        decided = end + timedelta(days=draw(st.integers(1, 900))) if draw(st.booleans()) else None
        sides = {}
        for country in ("Japan", "Mongolia" if reference.startswith("MN") else "Viet Nam"):
            notified = draw(AMOUNTS)
            issued_on = (
                decided + timedelta(days=draw(st.integers(0, 90)))
                if decided and draw(st.booleans())
                else None
            )
            sides[country] = (notified, issued_on, notified if issued_on else None)
        if sum(notified or 0 for notified, _, _ in sides.values()) == 0:
            sides["Japan"] = (1, None, None)
        found.append(Event(reference, start, end, decided, sides))
        start = end + timedelta(days=draw(st.integers(1, 400)))
    return found


@settings(max_examples=60)
@given(st.data())
def test_what_was_written_reads_back_equal(data: st.DataObject) -> None:
    references = sorted(data.draw(st.sets(st.sampled_from(["MN901", "MN902", "MN903", "VN901"]), min_size=1)))
    events = [event for reference in references for event in data.draw(projects(reference))]
    rows = issuance_rows(events)
    expected = []
    for event in events:
        (japan, issued_on, _), (partner, _, _) = event.sides.values()
        total = None if japan is None or partner is None else japan + partner
        iso3 = {"MN": "MNG", "VN": "VNM"}[event.reference[:2]]
        values = (event.reference, event.reference, iso3, event.decided_on, issued_on, event.start, event.end, total, japan, partner)  # fmt: skip
        expected.append({f: str(v) for f, v in zip(FIELDS, values, strict=True) if v is not None})
    for content in (issuances_page(events), table(rows), table(aligned(rows)), table(filled_down(rows))):
        reading = read(content)
        assert not reading.set_aside
        assert [dict(row.cells) for row in reading.observed] == expected
