"""Accepting takes proposals over with their sources and keeps what was there before; rejecting keeps the reason."""

import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from etl.refresh.deciding import accept, reject
from etl.refresh.proposal import FOLDER, read_proposed
from etl.refresh.record_files import STAGING, RecordFiles, only_refresh, recover, stage
from etl.sources.csv_rows import csv_text, read_rows
from etl.sources.limits import Limits
from etl.sources.stops import BuildStopped
from etl.warehouse.build import prepare
from tests.etl.data_folder import DataFolder
from tests.etl.importers.workbooks import iges_workbook, unep_workbook
from tests.etl.refresh.lists_of_the_record import TODAY, Sources, listed, row_of
from tests.etl.refresh.test_refresh import data_row, facts, only, said

DAY = TODAY.isoformat()
COPY = f"jcm-projects-{DAY}"


def validation_row(rows: list[list[str]]) -> list[str]:
    return next(row for row in rows if row[3] == "Validation" and row[0].startswith("VN"))


@pytest.fixture
def registered(sources: Sources, data: DataFolder) -> str:
    """The reference number of a project that the list now has as registered."""
    rows = listed(data.path)
    row = validation_row(rows)
    row[3:5] = ["Project registered", "02 Nov 26"]
    sources.save_list(rows)
    sources.refresh()
    return row[0]


def test_what_is_accepted_stands_in_the_record_with_source_and_day(data: DataFolder, registered: str) -> None:
    accept(data.path, DAY, (), TODAY, "checked against the site")
    row = data_row(data.path, registered)
    assert (row["status"], row["registered_on"]) == ("registered", "2026-11-02")
    assert COPY in row["source_ids"].split(";")
    source = next(r for r in read_rows(data.path / "snapshot/sources.csv") if r["source_id"] == COPY)
    assert source["retrieved_on"] == DAY
    revision = [r for r in read_rows(data.path / "refresh/revisions.csv") if r["column"] == "status"]
    assert [(r["value_before"], r["value_after"], r["source_after"], r["reason"]) for r in revision] == [
        ("validation", "registered", COPY, "checked against the site")
    ]
    assert prepare(data.path, Limits(), today=TODAY).facts.rejected == []


@pytest.mark.usefixtures("registered")
def test_after_acceptance_nothing_is_proposed_any_more(sources: Sources, data: DataFolder) -> None:
    accept(data.path, DAY, (), TODAY)
    assert said(sources.refresh(TODAY + timedelta(days=1))) == set()


def test_the_past_still_has_the_former_status(data: DataFolder, registered: str) -> None:
    accept(data.path, DAY, (), TODAY)
    states = prepare(data.path, Limits(), today=TODAY).frames["project_state"]
    mine = states.filter(states["project_id"] == registered).sort("known_on")
    stages = dict(zip(mine["known_on"].to_list(), mine["stage"].to_list(), strict=True))
    assert max(d for d, stage in stages.items() if stage == "validation") < date(2026, 11, 2)
    assert stages[date(2026, 11, 2)] == "registered"


def test_a_list_seen_again_moves_its_last_sighting(data: DataFolder, registered: str) -> None:
    accept(data.path, DAY, (), TODAY)
    seen = read_rows(data.path / "refresh/list_sightings.csv")
    mine = [
        (r["status"], r["first_source_id"], r["last_source_id"])
        for r in seen
        if r["project_id"] == registered
    ]
    assert mine[-1] == ("registered", COPY, COPY)
    assert mine[0][0] == "validation"
    others = [r for r in seen if r["project_id"] != registered]
    assert {r["last_source_id"] for r in others} == {COPY}


def test_an_estimate_that_changes_leaves_the_former_as_a_statement(
    sources: Sources, data: DataFolder
) -> None:
    row = data_row(data.path, "VN017")
    former = row["est_annual_tco2"]
    cells = ["VN017", row["title_en"], "Viet Nam", float(former) / 1000 + 1, "Validation", None]
    sources.files.clear()
    sources.save("unep-pipeline", unep_workbook([cells]), "unep-pipeline.xlsx")
    outcome = sources.refresh()
    assert {(p.column, p.value_before, p.value_after) for p in outcome.proposals} == {
        ("est_annual_tco2", former, str(int(former) + 1000))
    }
    accept(data.path, DAY, (), TODAY)
    claims = {
        r["value"]: r["taken"]
        for r in read_rows(data.path / "snapshot/project_claims.csv")
        if r["project_id"] == "VN017" and r["field"] == "est_annual_tco2"
    }
    assert claims[former] == "no"
    assert claims[str(int(former) + 1000)] == "yes"


def test_a_listed_project_of_ours_takes_its_number_everywhere(sources: Sources, data: DataFolder) -> None:
    planned = data_row(data.path, "P-VNM-001")
    rows = listed(data.path)
    rows.append(
        [
            "VN901",
            "Viet Nam",
            planned["title_en"],
            "Validation",
            "N/A",
            "",
            planned["jp_participants"],
            "",
            "",
        ]
    )
    sources.save_list(rows)
    sources.refresh()
    accept(data.path, DAY, (), TODAY)
    row = data_row(data.path, "VN901")
    assert row["fy_selected"] == planned["fy_selected"]
    assert row["status"] == "validation"
    keys = [r["project_id"] for r in read_rows(data.path / "snapshot/projects.csv")]
    assert "P-VNM-001" not in keys
    assert len(keys) == len(set(keys))
    claims = {r["project_id"] for r in read_rows(data.path / "snapshot/project_claims.csv")}
    assert "P-VNM-001" not in claims
    assert "VN901" in claims
    assert said(sources.refresh(TODAY + timedelta(days=1))) == set()


def test_a_project_that_is_gone_is_marked_and_kept(sources: Sources, data: DataFolder) -> None:
    sources.save_list([row for row in listed(data.path) if row[0] != "BD004"])
    sources.refresh()
    accept(data.path, DAY, (), TODAY)
    row = data_row(data.path, "BD004")
    assert f"No longer listed on {DAY}" in row["note"]
    seen = [r for r in read_rows(data.path / "refresh/list_sightings.csv") if r["project_id"] == "BD004"]
    assert [r["gone_source_id"] for r in seen] == [COPY]
    assert said(sources.refresh(TODAY + timedelta(days=1))) == set()


def test_what_needs_a_decision_waits_until_a_person_decides(sources: Sources, data: DataFolder) -> None:
    rows = listed(data.path)
    row_of(rows, "MN003")[3:5] = ["Validation", "N/A"]
    sources.save_list(rows)
    sources.refresh()
    decided = accept(data.path, DAY, (), TODAY)
    assert (len(decided.taken), len(decided.open)) == (0, 1)
    assert data_row(data.path, "MN003")["status"] == "registered"
    reject(data.path, DAY, (), TODAY, "an error of the site, see the Joint Committee's decision")
    kept = read_rows(data.path / FOLDER / DAY / "proposals.csv")
    assert [(r["decision"], r["reason"]) for r in kept] == [
        ("reject", "an error of the site, see the Joint Committee's decision")
    ]
    assert said(sources.refresh(TODAY + timedelta(days=1))) == set()


def test_a_decision_written_in_a_spreadsheet_is_read(sources: Sources, data: DataFolder) -> None:
    rows = listed(data.path)
    row_of(rows, "MN003")[3:5] = ["Validation", "N/A"]
    sources.save_list(rows)
    sources.refresh()
    path = data.path / FOLDER / DAY / "proposals.csv"
    (row,) = read_rows(path)
    row |= {"decision": " Reject ", "reason": "誤り", "proposed_on": "2026/12/15", "needs_decision": "TRUE"}
    path.write_text("\ufeff" + csv_text(list(row), [row]), encoding="utf-8", newline="")
    assert len(accept(data.path, DAY, (), TODAY).rejected) == 1


@pytest.mark.usefixtures("registered")
def test_an_unknown_decision_is_refused_by_name(data: DataFolder) -> None:
    path = data.path / FOLDER / DAY / "proposals.csv"
    rows = read_rows(path)
    rows[0]["decision"] = "perhaps"
    path.write_text(csv_text(list(rows[0]), rows), encoding="utf-8", newline="")
    before = facts(data.path)
    with pytest.raises(BuildStopped, match="perhaps"):
        accept(data.path, DAY, (), TODAY)
    assert facts(data.path) == before


def test_a_proposal_on_an_older_record_is_checked_again(data: DataFolder, registered: str) -> None:
    data.set("snapshot/projects.csv", registered, registered_on="2026-10-01", status="registered")
    before = facts(data.path)
    with pytest.raises(BuildStopped, match="when this was proposed") as stopped:
        accept(data.path, DAY, (), TODAY)
    assert "提案時" in stopped.value.message_ja
    assert facts(data.path) == before


@pytest.mark.usefixtures("registered")
def test_nothing_is_accepted_that_could_not_be_built(data: DataFolder) -> None:
    proposal = next(p for p in read_proposed(data.path / FOLDER / DAY).proposals if p.column == "status")
    before = facts(data.path)
    with pytest.raises(BuildStopped):
        accept(data.path, DAY, (proposal.proposal_id,), TODAY)  # registered without its day
    assert facts(data.path) == before


@pytest.mark.usefixtures("registered")
def test_a_half_written_folder_is_never_accepted(data: DataFolder) -> None:
    (data.path / FOLDER / DAY / "sources.csv").unlink()
    before = facts(data.path)
    with pytest.raises(BuildStopped, match="not whole"):
        accept(data.path, DAY, (), TODAY)
    assert facts(data.path) == before


def test_an_acceptance_that_was_cut_off_is_completed_or_undone(data: DataFolder) -> None:
    record = RecordFiles(data.path, TODAY)
    row = record.row("project", "MN003")
    assert row is not None
    row["note"] = "A remark of a test."
    texts = record.changed()
    before = facts(data.path)
    staged = data.path / STAGING
    staged.mkdir()
    (staged / "0").write_text("half", encoding="utf-8")
    with only_refresh(data.path):
        assert facts(data.path) == before
    stage(data.path, texts)
    assert "A remark of a test." not in data.content("snapshot/projects.csv").decode()
    assert sorted(recover(data.path)) == sorted(texts)
    assert data_row(data.path, "MN003")["note"] == "A remark of a test."
    assert not staged.exists()


KILLED = """
import sys
from datetime import date
from pathlib import Path
from etl.refresh.deciding import accept
print("ready", flush=True)
accept(Path(sys.argv[1]), sys.argv[2], (), date.fromisoformat(sys.argv[2]))
"""


@pytest.mark.parametrize("delay", [0.0, 0.9])
def test_killed_at_any_moment_the_record_is_the_old_or_the_new_one(
    data: DataFolder, registered: str, delay: float
) -> None:
    command = [sys.executable, "-c", KILLED, str(data.path), DAY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]) as process:
        assert process.stdout is not None
        process.stdout.readline()
        until = time.monotonic() + delay
        while process.poll() is None and time.monotonic() < until:
            pass
        process.send_signal(signal.SIGKILL)
    with only_refresh(data.path):
        pass
    decided = [r["decided_on"] for r in read_rows(data.path / FOLDER / DAY / "proposals.csv")]
    is_new = data_row(data.path, registered)["status"] == "registered"
    assert set(decided) == ({DAY} if is_new else {""})
    assert prepare(data.path, Limits(), today=TODAY).facts.rejected == []


@pytest.mark.usefixtures("registered")
def test_proposals_stay_as_they_are_when_read_and_written(data: DataFolder) -> None:
    proposed = read_proposed(data.path / FOLDER / DAY)
    texts = [p.as_row() for p in proposed.proposals]
    assert texts == read_rows(data.path / FOLDER / DAY / "proposals.csv")
    assert all(replace(p, decision="").is_open for p in proposed.proposals)


def test_contradictions_can_be_kept_as_statements(sources: Sources, data: DataFolder) -> None:
    row = data_row(data.path, "MN003")
    sources.files.clear()
    sources.save(
        "iges-database",
        iges_workbook([["MN003", "Quite another title", "Mongolia", "", "", ""]]),
        "iges-database.xlsx",
    )
    proposal = only(sources.refresh())
    assert proposal.action == "contradicting"
    path = data.path / FOLDER / DAY / "proposals.csv"
    (cells,) = read_rows(path)
    cells["decision"] = "claim"
    path.write_text(csv_text(list(cells), [cells]), encoding="utf-8", newline="")
    accept(data.path, DAY, (), TODAY)
    after = data_row(data.path, "MN003")
    assert after["title_en"] == row["title_en"]
    assert "Quite another title" in after["note"]
    assert said(sources.refresh(TODAY + timedelta(days=1))) == set()
