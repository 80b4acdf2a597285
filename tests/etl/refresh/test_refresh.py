"""A refresh proposes what differs, all of it and nothing else, and changes nothing of the record."""

import hashlib
import shutil
from datetime import date, timedelta
from pathlib import Path

from etl.refresh.proposal import FOLDER, Proposal, names_of
from etl.refresh.session import Outcome
from etl.sources.csv_rows import read_rows
from tests.etl.data_folder import DataFolder
from tests.etl.importers.jcm_pages import Event, locations_csv, methodologies_page, methodology
from tests.etl.refresh.lists_of_the_record import TODAY, Sources, events_of, listed, row_of

REGISTERED = "02 Nov 26"


def facts(data: Path) -> dict[str, str]:
    """Hashes of what the record consists of: everything but proposals and the note of the last attempt."""
    return {
        path.relative_to(data).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data.rglob("*"))
        if path.is_file() and FOLDER not in path.parts and path.name not in {"attempts.csv", ".refresh.lock"}
    }


def said(outcome: Outcome) -> set[tuple[str, str, str, str, str]]:
    return {(p.action, p.row_key, p.column, p.value_before, p.value_after) for p in outcome.proposals}


def only(outcome: Outcome) -> Proposal:
    assert len(outcome.proposals) == 1
    return outcome.proposals[0]


def test_a_list_that_says_what_the_record_says_proposes_nothing(sources: Sources, data: DataFolder) -> None:
    sources.save_issuances("mn", events_of(data.path, "MNG"))
    outcome = sources.refresh()
    assert said(outcome) == set()
    assert outcome.folder is None
    assert not outcome.failed
    assert names_of(data.path) == []


def test_exactly_the_differences_are_proposed_and_nothing_is_changed(
    sources: Sources, data: DataFolder
) -> None:
    rows = listed(data.path)
    former = next(row for row in rows if row[3] == "Validation" and row[0].startswith("VN"))
    former[3:5] = ["Project registered", REGISTERED]
    gone = rows.pop(next(n for n, row in enumerate(rows) if row[0] == "BD004"))
    rows.append(
        [
            "MN901",
            "Mongolia",
            "Invented 12 MW wind farm",
            "Validation",
            "N/A",
            "",
            "Invented Co., Ltd.",
            "",
            "",
        ]
    )
    sources.save_list(rows)
    before = facts(data.path)
    outcome = sources.refresh()
    assert said(outcome) == {
        ("changed", former[0], "status", "validation", "registered"),
        ("changed", former[0], "registered_on", "", "2026-11-02"),
        ("gone", "BD004", "", gone[2], ""),
        ("added", "MN901", "", "", "Invented 12 MW wind farm"),
    }
    assert facts(data.path) == before


def test_a_second_refresh_proposes_nothing_new(sources: Sources, data: DataFolder) -> None:
    rows = listed(data.path)
    row_of(rows, "TH014")[2] = "Quite another title"
    sources.save_list(rows)
    assert sources.refresh().proposals
    again = sources.refresh(TODAY + timedelta(days=1))
    assert said(again) == set()
    assert names_of(data.path) == [TODAY.isoformat()]


def test_what_a_list_writes_in_another_way_is_no_difference(sources: Sources, data: DataFolder) -> None:
    rows = listed(data.path)
    for row in rows:
        row[2] = f"  {row[2].upper()} "
        row[6] = "\n".join(reversed(row[6].replace("Co., Ltd.", "CO.,LTD").split("\n")))
    sources.save_list(rows)
    assert said(sources.refresh()) == set()


def test_a_status_that_falls_back_is_left_to_a_person(sources: Sources, data: DataFolder) -> None:
    rows = listed(data.path)
    row_of(rows, "MN003")[3:5] = ["Validation", "N/A"]
    sources.save_list(rows)
    proposal = only(sources.refresh())
    assert (proposal.action, proposal.needs_decision) == ("contradicting", True)


def test_a_listed_pipeline_project_is_recognised_and_shown(sources: Sources, data: DataFolder) -> None:
    planned = data_row(data.path, "P-VNM-001")
    rows = listed(data.path)
    title = planned["title_en"].replace("Introduction", "Installation")
    japanese = planned["jp_participants"].replace("; ", "\n")
    rows.append(["VN901", "Viet Nam", title, "Validation", "N/A", "Invented Food JSC", japanese, "", ""])
    sources.save_list(rows)
    proposal = only(sources.refresh())
    assert (proposal.action, proposal.row_key, proposal.match_key) == ("same", "VN901", "P-VNM-001")
    assert proposal.match_score is not None
    assert proposal.match_score >= 0.9


def test_a_doubtful_likeness_needs_a_person(sources: Sources, data: DataFolder) -> None:
    rows = listed(data.path)
    title = "Biomass Boiler for a Food Factory in the South"
    rows.append(["VN901", "Viet Nam", title, "Validation", "N/A", "", "Invented Co., Ltd.", "", ""])
    sources.save_list(rows)
    proposal = only(sources.refresh())
    assert proposal.action == "same"
    assert proposal.match_score is not None
    assert proposal.match_score < 0.9
    assert proposal.needs_decision


def test_the_same_title_with_another_capacity_is_not_taken_for_the_project(
    sources: Sources, data: DataFolder
) -> None:
    planned = data_row(data.path, "P-CHL-001")
    rows = listed(data.path)
    rows.append(["CL901", "Chile", f"{planned['title_en']} 500 MW", "Validation", "N/A", "", "", "", ""])
    rows.append(
        ["CL902", "Chile", "A 3 MW plant of no likeness whatever", "Validation", "N/A", "", "", "", ""]
    )
    sources.save_list(rows)
    found = {p.row_key: p for p in sources.refresh().proposals}
    assert found["CL902"].action == "added"


def test_new_decisions_and_new_days_of_issues_are_proposed(sources: Sources, data: DataFolder) -> None:
    events = events_of(data.path, "MNG")
    sides = {"Japan": (100, date(2026, 11, 20), 100), "Mongolia": (20, None, None)}
    events.append(Event("MN006", date(2021, 1, 1), date(2021, 12, 31), date(2026, 11, 2), sides))
    sources.save_issuances("mn", events)
    proposal = only(sources.refresh())
    assert (proposal.action, proposal.table_name) == ("added", "issuance")
    cells = proposal.cells
    assert (cells["total_tco2"], cells["japan_tco2"], cells["issued_on"]) == ("120", "100", "2026-11-20")
    assert cells["issuance_id"] not in {
        row["issuance_id"] for row in read_rows(data.path / "snapshot/issuances.csv")
    }


def test_an_amount_that_differs_is_not_taken_without_a_person(sources: Sources, data: DataFolder) -> None:
    events = events_of(data.path, "MNG")
    first = events[0]
    japan, partner = first.sides["Japan"], first.sides["Mongolia"]
    wrong = {"Japan": ((japan[0] or 0) + 5, japan[1], japan[2] and japan[2] + 5), "Mongolia": partner}
    events[0] = Event(first.reference, first.start, first.end, first.decided_on, wrong)
    sources.save_issuances("mn", events)
    found = {p.column: p for p in sources.refresh().proposals}
    assert set(found) == {"total_tco2", "japan_tco2"}
    assert all(p.action == "contradicting" and p.needs_decision for p in found.values())


def test_one_source_that_fails_does_not_stop_the_others(sources: Sources, data: DataFolder) -> None:
    sources.save("jcm-methodologies", b"<html><p>Under maintenance</p></html>", "jcm-methodologies-mn.html")
    rows = listed(data.path)
    row_of(rows, "TH014")[2] = "Quite another title"
    sources.save_list(rows)
    outcome = sources.refresh()
    assert outcome.failed
    assert len(outcome.proposals) == 1
    (failed,) = [one for one in outcome.attempts if one.failures]
    assert failed.source_code == "jcm-methodologies"
    en, ja = failed.failures[0]
    assert "jcm-methodologies-mn.html" in en
    assert "jcm-methodologies-mn.html" in ja
    noted = {row["source_code"]: row["outcome"] for row in read_rows(data.path / "refresh/attempts.csv")}
    assert noted == {"jcm-projects": "read", "jcm-methodologies": "failed"}


def test_methodologies_and_places_come_with_their_evidence(sources: Sources) -> None:
    sources.save(
        "jcm-methodologies",
        methodologies_page([methodology("MN_AM901", "MN_PM901")]),
        "jcm-methodologies-mn.html",
    )
    sources.save(
        "jcm-locations",
        locations_csv({"MN003": "Mongolia\nInvented aimag\nN/A\n47.5, 107.25"}),
        "jcm-locations.csv",
    )
    outcome = sources.refresh()
    tables = {(p.table_name, p.row_key, p.column) for p in outcome.proposals}
    assert ("methodology", "MN_AM901", "") in tables
    assert all("jcm-" in p.evidence for p in outcome.proposals)


def test_effects_on_rungs_and_targets_are_in_the_report_in_both_languages(
    sources: Sources, data: DataFolder
) -> None:
    rows = listed(data.path)
    former = next(row for row in rows if row[3] == "Validation" and row[0].startswith("VN"))
    former[3:5] = ["Project registered", REGISTERED]
    sources.save_list(rows)
    outcome = sources.refresh()
    assert outcome.folder is not None
    assert outcome.effects is not None
    moved = {one.rung for one in outcome.effects.rungs if one.before != one.after}
    assert "registered" in moved
    assert "itmo" not in moved
    english = (outcome.folder / "report.md").read_text(encoding="utf-8")
    japanese = (outcome.folder / "report.ja.md").read_text(encoding="utf-8")
    assert former[0] in english
    assert "| registered |" in english
    assert "見込み（登録済み）" in japanese
    assert "変更前（tCO2）" in japanese


def test_a_refresh_that_was_cut_off_leaves_nothing_behind(sources: Sources, data: DataFolder) -> None:
    left = data.path / FOLDER / ".2026-12-15.123"
    left.mkdir(parents=True)
    (left / "proposals.csv").write_text("half", encoding="utf-8")
    sources.refresh()
    assert not left.exists()


def data_row(data: Path, project_id: str) -> dict[str, str]:
    return next(row for row in read_rows(data / "snapshot/projects.csv") if row["project_id"] == project_id)


def test_the_raw_files_are_kept_with_hash_and_day(sources: Sources) -> None:
    sources.refresh()
    kept = sorted((sources.folder / "raw").rglob("*.html"))
    assert len(kept) == 1
    assert hashlib.sha256(kept[0].read_bytes()).hexdigest()[:12] in kept[0].name
    shutil.rmtree(sources.folder / "raw")
