"""The list of projects of the JCM website."""

import pytest

from etl.importers import jcm_projects
from etl.importers.source import Reading, SourceNotRead
from tests.etl.importers.jcm_pages import (
    NAMES,
    PROJECT_HEAD,
    csv_of,
    document,
    page_of,
    project,
    projects_page,
    workbook_of,
)


def read(content: bytes) -> Reading:
    return jcm_projects.read(document(content), NAMES)


def test_a_project_is_read_with_everything_that_the_list_states() -> None:
    reading = read(projects_page([project("MN901", registered_on="02 Jun 23")]))
    [row] = reading.observed
    assert (row.table, row.key, row.where) == ("project", "MN901", "saved.html: table 1, row 2")
    assert dict(row.cells) == {
        "ref_no": "MN901",
        "iso3": "MNG",
        "title_en": "Invented project MN901",
        "status": "registered",
        "registered_on": "2023-06-02",
        "partner_participants": "Invented Power LLC",
        "jp_participants": "Invented Trading Co., Ltd.",
        "methodology": "MN_AM901",
    }
    assert not reading.set_aside
    assert reading.covers == {"project": None}


@pytest.mark.parametrize("day", ["02 Jun 23", "2-Jun-23", "2 June 2023", "Jun. 2, 2023", "2023/6/2", "2023-06-02", "R5.6.2", "令和5年6月2日", "２０２３年６月２日"])  # fmt: skip
def test_a_registration_is_read_in_every_style_of_a_day(day: str) -> None:
    [row] = read(projects_page([project("MN901", registered_on=day)])).observed
    assert row.cells["registered_on"] == "2023-06-02"


@pytest.mark.parametrize("nothing", ["", "N/A", "-", "－", "未定", "TBD"])
def test_a_project_in_validation_has_no_day_of_registration(nothing: str) -> None:
    reading = read(projects_page([project("MN901", status="Validation", registered_on=nothing)]))
    [row] = reading.observed
    assert row.cells["status"] == "validation"
    assert "registered_on" not in row.cells
    assert not reading.set_aside


@pytest.mark.parametrize("day", ["02/06/2023", "June 2023", "soon"])
def test_a_day_that_could_be_read_in_two_ways_is_left_open_and_named(day: str) -> None:
    reading = read(projects_page([project("MN901", registered_on=day)]))
    assert "registered_on" not in reading.observed[0].cells
    assert reading.covers == {"project": None}, "the project itself is there"
    [aside] = reading.set_aside
    assert aside.where == "saved.html: table 1, row 2, Registration date"
    assert f"“{day}” is not a date" in aside.message_en
    assert f"「{day}」" in aside.message_ja


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Validation", "validation"),
        ("Project registered", "registered"),
        ("PROJECT  REGISTERED", "registered"),
        ("Project\nregistered", "registered"),
        ("Project registered※1", "registered"),
        ("Request for Registration withdrawn", "withdrawn"),
        ("Open for public comments", "validation"),
        ("登録済", "registered"),
    ],
)
def test_words_of_the_site_for_a_status_become_terms_of_the_record(word: str, status: str) -> None:
    [row] = read(projects_page([project("MN901", status=word)])).observed
    assert row.cells["status"] == status


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"status": "Suspended"}, "a status known here (registered, validation, withdrawn)"),
        ({"status": ""}, "a status known here"),
        ({"country": "Atlantis"}, "a partner country"),
    ],
)
def test_a_project_that_is_not_understood_is_set_aside_with_its_number(
    cells: dict[str, str], words: str
) -> None:
    reading = read(projects_page([project("ｍｎ９０１", **cells), project("MN902")]))
    assert [row.key for row in reading.observed] == ["MN902"]
    [aside] = reading.set_aside
    assert words in aside.message_en
    assert aside.found.startswith("MN901 | ")
    assert "MN901" in aside.message_ja
    assert reading.covers == {"project": None}


def test_a_project_whose_number_is_not_understood_makes_no_other_look_gone() -> None:
    assert read(projects_page([project("MN90"), project("MN902")])).covers == {}
    note = read(projects_page([project("MN902"), ["As of 1 April 2030"]]))
    assert note.covers == {"project": None}, "a line of one cell is no project"
    assert len(note.set_aside) == 1


def test_a_reference_number_is_read_through_width_case_and_notes_but_never_guessed() -> None:
    rows = [project("ＭＮ９０１"), project("mn902"), project("MN903※1"), project("MN 904"), project("MN90")]
    reading = read(projects_page(rows))
    assert [row.key for row in reading.observed] == ["MN901", "MN902", "MN903", "MN904"]
    assert len(reading.set_aside) == 1


def test_participants_are_listed_one_by_one_and_their_commas_kept() -> None:
    names = "・Invented Trading Co., Ltd.\n・Invented Power Co., Ltd.; Invented Bank\nN/A\nInvented Bank"
    [row] = read(projects_page([project("MN901", japanese=names, partners="-")])).observed
    assert (
        row.cells["jp_participants"] == "Invented Trading Co., Ltd.; Invented Power Co., Ltd.; Invented Bank"
    )
    assert "partner_participants" not in row.cells


def test_a_project_that_stands_twice_is_taken_once_and_a_contradiction_is_named() -> None:
    same = read(projects_page([project("MN901"), project("MN901")]))
    assert len(same.observed) == 1
    assert not same.set_aside
    other = read(projects_page([project("MN901"), project("MN901", status="Validation")]))
    assert [row.cells["status"] for row in other.observed] == ["registered"]
    assert "listed once" in other.set_aside[0].message_en


def test_the_list_is_read_from_a_spreadsheet_as_from_the_page() -> None:
    rows = [PROJECT_HEAD, project("MN901", title="Invented, with “marks”"), project("TH901", country="タイ")]
    expected = [dict(row.cells) for row in read(page_of(rows)).observed]
    for content in (
        csv_of(rows),
        csv_of(rows, "utf-8"),
        workbook_of(rows),
    ):
        assert [dict(row.cells) for row in read(content).observed] == expected
    in_japanese = [("参照番号", "国", "案件名", "状況", "登録日", "参加者（パートナー国）", "参加者（日本）", "方法論番号", "方法論名"), project("TH901", country="タイ", japanese="架空商事（カクウ）")]  # fmt: skip
    [row] = read(csv_of(in_japanese, "cp932")).observed
    assert (row.cells["iso3"], row.cells["jp_participants"]) == ("THA", "架空商事（カクウ）")


def test_headings_of_two_rows_are_one_heading() -> None:
    upper = ["Reference Number", "Host Country", "Title", "Status", "Registration date", "Project participants", "", "Methodology", ""]  # fmt: skip
    lower = ["", "", "", "", "", "(host country)", "(Japan)", "number", "title"]
    areas = [*(f"{c}1:{c}2" for c in "ABCDE"), "F1:G1", "H1:I1"]
    [row] = read(workbook_of([upper, lower, project("MN901")], areas)).observed
    assert row.cells["partner_participants"] == "Invented Power LLC"
    assert row.cells["jp_participants"] == "Invented Trading Co., Ltd."
    assert row.cells["methodology"] == "MN_AM901"


def test_a_missing_heading_is_named_and_a_further_one_reported() -> None:
    without = [[*row[:3], *row[4:]] for row in (PROJECT_HEAD, project("MN901"))]
    with pytest.raises(SourceNotRead, match="Missing: Status"):
        read(page_of(without))
    more = [[*PROJECT_HEAD, "Fiscal year"], [*project("MN901"), "2020"]]
    reading = read(page_of(more))
    assert list(reading.unknown_headings) == ["Fiscal year"]
    assert len(reading.observed) == 1
