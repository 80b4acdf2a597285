"""Cases in which something could get lost or change unseen: what was decided, listed again, taken in parts, or counted twice."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from etl.refresh.deciding import accept, reject
from etl.refresh.proposal import FOLDER
from etl.sources.csv_rows import csv_text, read_rows
from etl.sources.stops import BuildStopped
from tests.etl.data_folder import DataFolder
from tests.etl.importers.jcm_pages import Event, methodologies_page, methodology
from tests.etl.importers.workbooks import iges_workbook, unep_workbook, world_bank_workbook
from tests.etl.refresh.lists_of_the_record import TODAY, Sources, events_of, listed, row_of
from tests.etl.refresh.test_refresh import data_row, facts, only, said

DAY = TODAY.isoformat()
NEXT, LATER, LAST = (TODAY + timedelta(days=n) for n in (1, 2, 3))


def decide(data: Path, day: str, decisions: Callable[[dict[str, str]], str]) -> None:
    """Write decisions into proposals.csv, by the row."""
    path = data / FOLDER / day / "proposals.csv"
    rows = [row | {"decision": decisions(row)} for row in read_rows(path)]
    path.write_text(csv_text(list(rows[0]), rows), "utf-8-sig")


def rows_of(data: Path, file: str) -> list[dict[str, str]]:
    return read_rows(data / file)


def test_a_contradiction_that_was_accepted_is_not_undone_without_a_person(
    sources: Sources, data: DataFolder
) -> None:
    former = data_row(data.path, "MN003")["title_en"]
    sources.save(
        "iges-database", iges_workbook([["MN003", "Another title", "Mongolia", "", "", ""]]), "i.xlsx"
    )
    sources.refresh()
    decide(data.path, DAY, lambda _: "accept")
    accept(data.path, DAY, (), TODAY)
    assert data_row(data.path, "MN003")["title_en"] == "Another title"
    back = only(sources.refresh(NEXT))
    assert (back.action, back.source_code, back.value_after) == ("contradicting", "jcm-projects", former)
    assert back.needs_decision
    assert len(accept(data.path, NEXT.isoformat(), (), NEXT).taken) == 0
    assert data_row(data.path, "MN003")["title_en"] == "Another title"
    reject(data.path, NEXT.isoformat(), (), NEXT, "the list has not caught up")
    assert said(sources.refresh(LATER)) == set()


def test_a_project_may_go_come_back_and_go_again(sources: Sources, data: DataFolder) -> None:
    whole = listed(data.path)
    without = [row for row in whole if row[0] != "BD004"]
    for day, rows, action in ((TODAY, without, "gone"), (NEXT, whole, "changed"), (LATER, without, "gone")):
        sources.save_list(rows)
        proposal = only(sources.refresh(day))
        assert (proposal.action, proposal.row_key, proposal.column) == (action, "BD004", "")
        accept(data.path, day.isoformat(), (), day)
    seen = [r for r in rows_of(data.path, "refresh/list_sightings.csv") if r["project_id"] == "BD004"]
    copies = [f"jcm-projects-{day.isoformat()}" for day in (TODAY, NEXT, LATER)]
    assert [(r["first_source_id"], r["gone_source_id"]) for r in seen][-2:] == [
        (seen[0]["first_source_id"], copies[0]),
        (copies[1], copies[2]),
    ]
    note = data_row(data.path, "BD004")["note"]
    assert note.count("No longer listed on") == 2
    assert f"Listed again on {NEXT.isoformat()}" in note
    assert said(sources.refresh(LAST)) == set()


def test_a_list_that_lost_many_projects_waits_for_a_person(sources: Sources, data: DataFolder) -> None:
    sources.save_list(listed(data.path)[:100])
    proposals = sources.refresh().proposals
    assert {p.action for p in proposals} == {"gone"}
    assert all(p.needs_decision for p in proposals)


def test_a_folder_may_be_accepted_in_parts(sources: Sources, data: DataFolder) -> None:
    rows = listed(data.path)
    for reference in ("TH014", "MN003"):
        row_of(rows, reference)[2] += " (extended)"
    registered = next(row for row in rows if row[3] == "Validation" and row[0].startswith("VN"))
    registered[3:5] = ["Project registered", "02 Nov 26"]
    sources.save_list(rows)
    outcome = sources.refresh()
    accept(data.path, DAY, ("TH014",), TODAY)
    seen = [r for r in rows_of(data.path, "refresh/list_sightings.csv") if r["project_id"] == registered[0]]
    # A status that is not accepted yet is not noted as seen: the past is told by what was seen.
    assert {r["status"] for r in seen} == {"validation"}
    assert len(accept(data.path, DAY, (), NEXT).open) == 0
    assert data_row(data.path, registered[0])["status"] == "registered"
    assert data_row(data.path, "MN003")["title_en"].endswith("(extended)")
    revisions = rows_of(data.path, "refresh/revisions.csv")
    assert {r["proposal_id"] for r in revisions} == {p.proposal_id for p in outcome.proposals}
    assert {r["accepted_on"] for r in revisions} == {DAY, NEXT.isoformat()}
    copies = [r["source_id"] for r in rows_of(data.path, "snapshot/sources.csv")]
    assert copies.count(f"jcm-projects-{DAY}") == 1
    assert said(sources.refresh(LATER)) == set()


def test_a_project_that_was_withdrawn_counts_again_once_it_is_listed_otherwise(
    sources: Sources, data: DataFolder
) -> None:
    rows = listed(data.path)
    row_of(rows, "TH010")[3:5] = ["Validation", "N/A"]
    sources.save_list(rows)
    sources.refresh()
    accept(data.path, DAY, ("TH010",), TODAY)
    row = data_row(data.path, "TH010")
    assert (row["status"], row["in_target_scope"]) == ("validation", "true")
    # What follows from the new status is in the history of changes too.
    revisions = rows_of(data.path, "refresh/revisions.csv")
    changed = {r["column"]: (r["value_before"], r["value_after"]) for r in revisions}
    assert changed == {"status": ("withdrawn", "validation"), "in_target_scope": ("false", "true")}


def test_sides_that_no_longer_make_the_total_are_refused_in_words(sources: Sources, data: DataFolder) -> None:
    events = events_of(data.path, "MNG")
    first = events[0]
    japan, partner = first.sides["Japan"], first.sides["Mongolia"]
    more = {"Japan": ((japan[0] or 0) + 5, japan[1], None), "Mongolia": partner}
    events[0] = Event(first.reference, first.start, first.end, first.decided_on, more)
    sources.save_issuances("mn", events)
    changed = {p.column: p.proposal_id for p in sources.refresh().proposals}
    before = facts(data.path)
    with pytest.raises(BuildStopped, match="make the total") as stopped:
        accept(data.path, DAY, (changed["japan_tco2"],), TODAY)
    assert "合計は発行量と一致しなければなりません" in stopped.value.message_ja
    assert facts(data.path) == before


def test_an_event_that_may_be_part_of_a_joint_one_is_not_accepted_as_it_is(
    sources: Sources, data: DataFolder
) -> None:
    # IDN-M1 holds the tonnes of ID002 and ID003 together.
    sides = {"Japan": (8, None, None), "Indonesia": (2, None, None)}
    sources.files.clear()
    event = Event("ID002", date(2015, 1, 1), date(2015, 7, 31), date(2016, 5, 12), sides)
    sources.save_issuances("id", [event])
    proposal = only(sources.refresh())
    assert (proposal.action, proposal.needs_decision) == ("same", True)
    assert "IDN-M1" in proposal.match_key.split(";")
    before = facts(data.path)
    with pytest.raises(BuildStopped, match="both would count") as stopped:
        accept(data.path, DAY, (proposal.proposal_id,), TODAY)
    assert "二重計上" in stopped.value.message_ja
    assert facts(data.path) == before


def test_a_figure_of_a_year_that_changed_leaves_both_statements(sources: Sources, data: DataFolder) -> None:
    stated = [
        row
        for row in rows_of(data.path, "snapshot/official_totals.csv")
        if row["metric"] == "credits_issued_in_year" and row["scope"] == "all JCM"
    ]
    # What another publisher states later of a year is no word of the World Bank.
    issued = {int(row["year"]): int(row["value"]) for row in stated} | {2025: 72_000}
    sources.files.clear()
    sources.save(
        "world-bank", world_bank_workbook(issued, updated="Data last updated by November 20, 2026"), "w.xlsx"
    )
    proposal = only(sources.refresh())
    assert (proposal.action, proposal.value_before) == ("added", "71021")
    accept(data.path, DAY, (), TODAY)
    of_2025 = {
        (row["as_of"], row["value"])
        for row in rows_of(data.path, "snapshot/official_totals.csv")
        if row["metric"] == "credits_issued_in_year" and row["year"] == "2025"
    }
    assert of_2025 == {("2026-04-01", "71021"), ("2026-11-20", "72000")}
    assert said(sources.refresh(NEXT)) == set()


def test_a_methodology_gets_a_version_and_a_code_and_stays_one(sources: Sources, data: DataFolder) -> None:
    sources.files.clear()
    steps = (
        (TODAY, methodology("", "MN_PM901"), "MN_PM901"),
        (NEXT, methodology("MN_AM901", "MN_PM901", title="Invented methodology MN_PM901"), "MN_AM901"),
        (
            LATER,
            methodology("MN_AM901", "MN_PM901", title="Invented methodology MN_PM901", version="2.0"),
            "MN_AM901",
        ),
    )
    for day, row, code in steps:
        sources.save("jcm-methodologies", methodologies_page([row]), "jcm-methodologies-mn.html")
        sources.refresh(day)
        accept(data.path, day.isoformat(), (), day)
        assert [r["methodology_code"] for r in rows_of(data.path, "refresh/methodologies.csv")] == [code]
    (row_now,) = rows_of(data.path, "refresh/methodologies.csv")
    assert (row_now["version"], row_now["status"]) == ("2.0", "Approved")
    assert row_now["source_id"] == f"jcm-methodologies-mn-{LATER.isoformat()}"
    last = rows_of(data.path, "refresh/revisions.csv")[-1]
    assert (last["column"], last["value_before"], last["value_after"]) == ("version", "1.0", "2.0")
    assert last["source_before"] == f"jcm-methodologies-mn-{NEXT.isoformat()}"
    assert said(sources.refresh(LAST)) == set()


def test_a_new_partner_waits_for_its_names(sources: Sources, data: DataFolder) -> None:
    sources.files.clear()
    agreements = [
        ["Morocco", "Japan", date(2026, 10, 5), "Signed"],
        ["Peru", "Japan", date(2026, 11, 5), "Signed"],
    ]
    title = data_row(data.path, "VN017")["title_en"]
    project = ["VN017", title, "Viet Nam", None, "Validation", None]
    sources.save("unep-pipeline", unep_workbook([project], agreements), "unep-pipeline.xlsx")
    found = {p.row_key: p for p in sources.refresh().proposals}
    assert set(found) == {"Morocco", "Peru"}
    assert all(p.needs_decision for p in found.values())
    assert len({p.cells["sequence"] for p in found.values()}) == 2
    key = found["Morocco"].proposal_id
    with pytest.raises(BuildStopped, match=r"added_partner_country\.csv lacks iso3, name_ja") as stopped:
        accept(data.path, DAY, (key,), TODAY)
    assert "空欄です" in stopped.value.message_ja
    path = data.path / FOLDER / DAY / "added_partner_country.csv"
    rows = [
        r | ({"iso3": "MAR", "name_ja": "モロッコ"} if r["name_en"] == "Morocco" else {})
        for r in read_rows(path)
    ]
    path.write_text(csv_text(list(rows[0]), rows), "utf-8-sig")
    accept(data.path, DAY, (key,), TODAY)
    partner = next(r for r in rows_of(data.path, "snapshot/partner_countries.csv") if r["iso3"] == "MAR")
    assert (partner["signed_on"], partner["signed_on_precision"]) == ("2026-10-05", "day")
    assert [r["row_key"] for r in rows_of(data.path, "refresh/revisions.csv")] == ["MAR"]
    assert said(sources.refresh(NEXT)) == set()


def test_accepting_twice_changes_nothing_more(sources: Sources, data: DataFolder) -> None:
    rows = listed(data.path)
    row_of(rows, "TH014")[2] = "Quite another title"
    sources.save_list(rows)
    sources.refresh()
    accept(data.path, DAY, (), TODAY)
    before = facts(data.path)
    again = accept(data.path, DAY, (), NEXT)
    assert (len(again.taken), len(again.files)) == (0, 0)
    assert facts(data.path) == before


def test_a_project_new_on_two_lists_is_one_project(sources: Sources, data: DataFolder) -> None:
    rows = listed(data.path)
    title = "Invented 12 MW wind farm"
    rows.append(
        ["MN901", "Mongolia", title, "Project registered", "02 Nov 26", "", "Invented Co., Ltd.", "", ""]
    )
    sources.save_list(rows)
    theirs = ["MN901", title, "Mongolia", 20, "Project registered", date(2026, 11, 3)]
    sources.save("unep-pipeline", unep_workbook([theirs]), "unep-pipeline.xlsx")
    found = {(p.action, p.column): p for p in sources.refresh().proposals}
    assert set(found) == {("added", ""), ("changed", "est_annual_tco2"), ("contradicting", "registered_on")}
    row = found["added", ""]
    path = data.path / FOLDER / DAY / "added_project.csv"
    (cells,) = read_rows(path)
    path.write_text(csv_text(list(cells), [cells | {"technology": "wind"}]), "utf-8-sig")
    # Cells of a row that nobody has accepted wait for it.
    decided = accept(data.path, DAY, ("changed",), TODAY)
    assert (len(decided.taken), len(decided.open)) == (0, 3)
    accept(data.path, DAY, (row.proposal_id, found["changed", "est_annual_tco2"].proposal_id), TODAY)
    project = data_row(data.path, "MN901")
    assert (project["est_annual_tco2"], project["technology"]) == ("20000", "wind")
    assert project["est_annual_source_id"].startswith("unep-pipeline-")


def test_rejecting_a_new_row_rejects_what_rests_on_it(sources: Sources, data: DataFolder) -> None:
    rows = listed(data.path)
    title = "Invented 12 MW wind farm"
    rows.append(["MN901", "Mongolia", title, "Validation", "N/A", "", "Invented Co., Ltd.", "", ""])
    sources.save_list(rows)
    sources.save(
        "unep-pipeline",
        unep_workbook([["MN901", title, "Mongolia", 20, "Validation", None]]),
        "unep-pipeline.xlsx",
    )
    key = next(p.proposal_id for p in sources.refresh().proposals if p.action == "added")
    assert len(reject(data.path, DAY, (key,), TODAY, "not a project").rejected) == 2
    assert said(sources.refresh(NEXT)) == set()
