"""An own record laid over the public one: what is taken and what is not, the public file untouched, no trace left."""

import csv
import io
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.__main__ import main
from etl.own_record.comparing import compare_own
from etl.own_record.laying import lay
from etl.own_record.outcome import ADDED, ASIDE, CHANGED, DOUBTFUL, EQUAL, NOTED, REPORT, Laid
from etl.own_record.place import lay_own_record, own_folder
from etl.refresh.record_files import RecordFiles
from etl.sources.limits import Limits
from etl.sources.stops import BuildStopped
from etl.warehouse.version import version_of
from tests.conftest import DATA
from tests.etl.data_folder import DataFolder
from tests.etl.own_record.office_book import BOOK, MAPPING, ROWS, csv_of, office_book, office_rows, put

TODAY = date(2026, 12, 15)
PROJECT_HEAD = ("project_id", "ref_no", "iso3", "title_en", "est_annual_tco2", "status", "registered_on")


def laid(folder: Path) -> tuple[Laid, RecordFiles]:
    return compare_own(DATA, folder, TODAY)[:2]


def of(found: Laid, outcome: str) -> list[str]:
    return [one.message_en for one in found.entries if one.outcome == outcome]


def facts(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def public(warehouse_dir: Path, tmp_path: Path) -> Path:
    """A folder of a warehouse published from the committed facts."""
    return Path(shutil.copytree(warehouse_dir, tmp_path / "warehouse", symlinks=True))


def test_all_rows_of_a_ministry_are_accounted_for_and_the_public_file_stays_as_it_is(
    public: Path, tmp_path: Path
) -> None:
    rows = office_rows()
    rows[2][2] = "国外"  # set aside: no partner
    rows[4][3] = rows[14][3]  # the same title in one country: neither has a key
    folder = put(tmp_path / "own", {BOOK: office_book(rows), "mapping.toml": MAPPING})
    before = {path.name: path.read_bytes() for path in public.glob("*.duckdb")}
    found, report = lay(DATA, public, folder, TODAY)
    assert {path.name: path.read_bytes() for path in public.glob("*.duckdb")} == before
    places = {f"{BOOK}: 一覧, row {n}" for n in range(7, 8 + ROWS) if n != 7 + ROWS // 2}
    told = [one for one in found.entries if one.where in places and one.outcome != "noted"]
    assert {one.where for one in told} == places
    assert (
        Counter(one.outcome for one in told)[ADDED]
        == 300 - 1 - 1 - Counter(o.outcome for o in told)[DOUBTFUL]
    )
    text = csv.DictReader(io.StringIO((public / "own" / REPORT).read_text(encoding="utf-8-sig")))
    assert {row["where"] for row in text} >= places
    assert report.path is not None
    added = "SELECT count(*), sum(annual_tco2) FROM project WHERE title_ja LIKE '%架空地区%'"
    assert facts(report.path, added)[0][0] == found.count(ADDED)
    assert facts(public / "current.duckdb", added)[0][0] == 0
    assert facts(
        report.path, "SELECT DISTINCT technology FROM project WHERE title_ja LIKE '%架空地区風力発電所'"
    ) == [("wind",)]
    basis = "SELECT DISTINCT annual_basis FROM project WHERE title_ja LIKE '%架空地区%' AND annual_tco2 IS NOT NULL"
    assert facts(report.path, basis) == [("own record",)]


def test_rows_with_values_of_their_own_change_the_public_row_and_equal_ones_do_not(tmp_path: Path) -> None:
    record = RecordFiles(DATA, TODAY)
    ours = record.row("project", "VN001") or {}
    rows = csv_of(
        ("ref_no", "est_annual_tco2", "status", "note"),
        ("VN001", str(int(ours["est_annual_tco2"]) + 5), ours["status"], "own remark"),
        ("VN002", "", (record.row("project", "VN002") or {})["status"], ""),
        ("VN999", "500", "registered", ""),
    )
    found, after = laid(put(tmp_path, {"a.csv": rows}))
    assert [(one.outcome, one.key) for one in found.entries] == [
        (CHANGED, "VN001"),
        (EQUAL, "VN002"),
        (ASIDE, "VN999"),
    ]
    row = after.row("project", "VN001") or {}
    assert row["est_annual_tco2"] == str(int(ours["est_annual_tco2"]) + 5)
    assert (row["est_annual_basis"], row["note"]) == ("own record", "own remark")
    assert "there is no VN999 on record, and the row has no title to add it by" in found.entries[2].message_en
    claims = [
        c
        for c in after.rows("project_claim")
        if c["project_id"] == "VN001" and c["field"] == "est_annual_tco2"
    ]
    assert {c["value"]: c["taken"] for c in claims}[row["est_annual_tco2"]] == "yes"
    assert {c["value"]: c["taken"] for c in claims}[ours["est_annual_tco2"]] == "no"


def test_a_row_that_is_like_a_project_is_left_out_and_named_with_its_likeness(tmp_path: Path) -> None:
    ours = RecordFiles(DATA, TODAY).row("project", "VN001") or {}
    near = " ".join(ours["title_en"].split()[:-4])
    head = ("国コード", "案件名（英文）", "年間削減見込量")
    found, after = laid(put(tmp_path, {"a.csv": csv_of(head, ("VNM", f'"{near} with other words"', "99"))}))
    assert [one.outcome for one in found.entries] == [DOUBTFUL]
    assert "is like VN001 (0." in found.entries[0].message_en
    assert "VN001 に似ていますが (0." in found.entries[0].message_ja
    assert not after.changed()
    with_key = csv_of(("project_id", *head), ("P-VNM-901", "VNM", f'"{near} with other words"', "99"))
    assert [one.outcome for one in laid(put(tmp_path, {"a.csv": with_key}))[0].entries] == [ADDED]


def test_two_files_that_say_different_things_are_named_both_and_the_first_stands(tmp_path: Path) -> None:
    head = ("ref_no", "est_annual_tco2", "status")
    files = {
        "a.csv": csv_of(head, ("VN001", "1000", "")),
        "b.csv": csv_of(head, ("VN001", "2000", ""), ("VN001", "3000", "")),
    }
    found, after = laid(put(tmp_path, files))
    assert (after.row("project", "VN001") or {})["est_annual_tco2"] == "1000"
    conflict, twice = of(found, ASIDE)[1], of(found, ASIDE)[0]
    assert "VN001 est_annual_tco2 is “2000” here and “1000” in a.csv: line 2" in conflict
    assert "b.csv: line 3: stands in b.csv: line 2 already" in twice


def test_a_file_that_repeats_the_public_value_is_named_against_one_that_changes_it(tmp_path: Path) -> None:
    public = (RecordFiles(DATA, TODAY).row("project", "VN001") or {})["est_annual_tco2"]
    head = ("ref_no", "est_annual_tco2")
    files = {"a.csv": csv_of(head, ("VN001", public)), "b.csv": csv_of(head, ("VN001", "77"))}
    found, after = laid(put(tmp_path, files))
    assert (after.row("project", "VN001") or {})["est_annual_tco2"] == public
    assert "“77” here and" in of(found, ASIDE)[0]


def test_a_new_project_in_two_files_is_one(tmp_path: Path) -> None:
    head = ("国コード", "案件名（英文）", "年間削減見込量")
    name = "Invented tidal mill of the islands at Kakuu"
    files = {
        "a.csv": csv_of(head, ("VNM", name, "10")),
        "b.csv": csv_of(head, ("VNM", name, "20"), ("VNM", f"{name} two", "5")),
    }
    found, after = laid(put(tmp_path, files))
    assert [row["est_annual_tco2"] for row in after.rows("project") if row["title_en"] == name] == ["10"]
    assert "P-VNM-901 est_annual_tco2 is “20” here and “10” in a.csv: line 2" in "".join(of(found, ASIDE))


def test_more_new_projects_than_there_are_keys_from_901_on(tmp_path: Path) -> None:
    head = ("国コード", "案件名（英文）", "年間削減見込量", "project_id")
    rows = [
        ("VNM", f"Invented {n:03d} {'abcdefghij'[n % 10] * 5}{n * n}", "10", "P-VNM-902" if n == 50 else "")
        for n in range(150)
    ]
    found, after = laid(put(tmp_path, {"a.csv": csv_of(head, *rows)}))
    keys = [row["project_id"] for row in after.rows("project") if row["title_en"].startswith("Invented")]
    assert len(keys) == len(set(keys)) == found.count(ADDED)
    assert all(len(key) == 9 for key in keys)


def test_issuances_and_events_of_the_own_record(public: Path, tmp_path: Path) -> None:
    events = csv_of(
        (
            "issuance_id",
            "project_id",
            "decided_on",
            "period_start",
            "period_end",
            "total_tco2",
            "japan_government_tco2",
        ),
        ("BD002-1", "BD002", "", "", "", "150", "60"),
        ("", "KE001", "2026-03-01", "2024-01-01", "2024-12-31", "4321", ""),
        ("", "VN001", "2026-03-01", "2024-01-01", "2024-12-31", "4321", ""),
        ("VN001-OWN", "VN001", "2026-03-01", "2024-01-01", "2024-12-31", "4321", ""),
        ("", "", "2026-03-01", "", "", "5", ""),
    )
    transfers = csv_of(
        ("article6_event_id", "issuance_id", "occurred_on", "action", "quantity_tco2"),
        ("A6-BGD-9", "BD002-1", "2026-04-01", "authorisation", "11"),
        ("", "BD002-1", "2026-04-02", "gift", "11"),
    )
    found, report = lay(DATA, public, put(tmp_path / "own", {"i.csv": events, "t.csv": transfers}), TODAY)
    assert report.path is not None
    outcomes = [(one.outcome, one.key) for one in found.entries if one.outcome != NOTED]
    assert outcomes[0] == (ASIDE, "")
    assert [outcome for outcome, _ in outcomes[1:]] == [CHANGED, ADDED, DOUBTFUL, ADDED, ASIDE, ASIDE, ADDED]
    assert "may be a part of" in of(found, DOUBTFUL)[0]
    assert "“gift” is not one of" in of(found, ASIDE)[1]
    of_event = "SELECT total_tco2, japan_government_tco2 FROM history.issuance WHERE issuance_id = 'BD002-1'"
    assert facts(report.path, of_event) == [(150, 60)]
    transfer = "SELECT quantity_tco2 FROM history.article6_event WHERE article6_event_id = 'A6-BGD-9'"
    assert facts(report.path, transfer) == [(11,)]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("P-VNM-901", "", "VNM", "Invented mill", "10", "registered", "2031-01-01"), "P-VNM-901"),
        (("", "VN001", "VNM", "", "", "registered", "2031-01-01"), "day of registration"),
    ],
)
def test_a_row_that_breaks_a_rule_is_left_out_and_the_public_row_stays(
    cells: tuple[str, ...], words: str, public: Path, tmp_path: Path
) -> None:
    good = ("P-VNM-902", "", "VNM", "Another invented thing altogether", "20", "", "")
    folder = put(tmp_path / "own", {"a.csv": csv_of(PROJECT_HEAD, cells, good)})
    found, report = lay(DATA, public, folder, TODAY)
    assert report.path is not None
    assert [one.where for one in found.entries if one.outcome == ASIDE] == ["a.csv: line 2"]
    assert "breaks a rule of the record and is left out" in of(found, ASIDE)[0]
    assert words in of(found, ASIDE)[0]
    keys = {key for (key,) in facts(report.path, "SELECT project_id FROM project")}
    assert "P-VNM-902" in keys
    assert "P-VNM-901" not in keys
    before = facts(public / "current.duckdb", "SELECT * FROM project WHERE project_id = 'VN001'")
    assert facts(report.path, "SELECT * FROM project WHERE project_id = 'VN001'") == before


def test_the_version_of_the_public_record_knows_nothing_of_data_own(data: DataFolder) -> None:
    before = version_of(data.path, Limits())
    put(
        data.path / "own",
        {"a.csv": csv_of(("ref_no", "status"), ("VN001", "registered")), "mapping.toml": ""},
    )
    assert version_of(data.path, Limits()) == before


def test_it_is_taken_off_without_a_trace(
    public: Path, data: DataFolder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse = public
    command = ["build", "--data", str(data.path), "--warehouse", str(warehouse)]
    monkeypatch.delenv("JCM_OWN_RECORD", raising=False)
    assert main(command) == 0
    before = {path.name: path.read_bytes() for path in warehouse.glob("*.duckdb")}
    own = put(data.path / "own", {"a.csv": csv_of(("ref_no", "est_annual_tco2"), ("VN001", "7"))})
    assert main(command) == 0
    assert "1 files, 1 rows, 1 changes laid over the public record: 1 changed" in capsys.readouterr().out
    assert (warehouse / "own" / "current.duckdb").exists()
    assert {path.name: path.read_bytes() for path in warehouse.glob("*.duckdb")} == before
    (own / "a.csv").unlink()
    assert main(command) == 0
    assert "the own record was taken off" in capsys.readouterr().out
    assert {path.name for path in warehouse.iterdir()} == {*before, ".build.lock"}
    assert {path.name: path.read_bytes() for path in warehouse.glob("*.duckdb")} == before


def test_what_cannot_be_laid_over_ends_with_1_after_the_public_record_was_published(
    public: Path,
    data: DataFolder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    warehouse = public
    own = put(tmp_path / "mine", {"a.csv": csv_of(("ref_no", "status"), ("VN001", "registered"))})
    monkeypatch.setenv("JCM_OWN_RECORD", str(own))
    assert main(["build", "--data", str(data.path), "--warehouse", str(warehouse)]) == 0
    (own / "a.csv").write_bytes(b"PK\x03\x04 cut off")
    assert main(["build", "--data", str(data.path), "--warehouse", str(warehouse)]) == 1
    said = capsys.readouterr().err
    assert (
        "refused: the own record is not laid over the public one, which is published. a.csv: the workbook cannot be read"
        in said
    )
    assert "自組織の記録は重ねていません（公表記録は構築済み）" in said
    assert (warehouse / "current.duckdb").exists()
    assert not (warehouse / "own").exists()


def test_a_folder_that_is_named_and_not_there_is_refused_and_one_without_files_is_none(
    tmp_path: Path,
) -> None:
    with pytest.raises(BuildStopped, match="there is no such folder"):
        own_folder(tmp_path, str(tmp_path / "none"))
    put(tmp_path / "own", {".gitkeep": "", "README.md": "note", "~$a.xlsx": "", "mapping.toml": ""})
    assert own_folder(tmp_path, None) is None
    put(tmp_path / "own", {"a.xls": ""})
    assert own_folder(tmp_path, "") == tmp_path / "own"


def test_whatever_goes_wrong_the_own_warehouse_of_before_is_gone(
    public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(tmp_path / "own", {"a.csv": csv_of(("ref_no", "est_annual_tco2"), ("VN001", "7"))})
    monkeypatch.setenv("JCM_OWN_RECORD", str(folder))
    lay_own_record(DATA, public, TODAY)
    assert (public / "own" / "laid-over").read_text() == (public / "current.duckdb").resolve().stem

    def fail(*_: Any, **__: Any) -> None:
        raise KeyError("a fault of ours")

    monkeypatch.setattr("etl.own_record.laying.build", fail)
    with pytest.raises(KeyError):
        lay_own_record(DATA, public, TODAY)
    assert not (public / "own").exists()


def test_a_cell_that_breaks_a_rule_is_left_out_and_the_public_value_stays(
    public: Path, tmp_path: Path
) -> None:
    rows = csv_of(
        PROJECT_HEAD,
        ("", "VN001", "", "", "9999999", "", ""),
        ("P-VNM-901", "", "VNM", "Invented mill", "9999999", "", ""),
    )
    found, report = lay(DATA, public, put(tmp_path / "own", {"a.csv": rows}), TODAY)
    assert report.path is not None
    assert [one.where for one in found.entries if one.outcome == ASIDE] == [
        "a.csv: line 2, est_annual_tco2",
        "a.csv: line 3, est_annual_tco2",
    ]
    assert "Expected 1 to 2,000,000 tCO2" in of(found, ASIDE)[0]
    values = (
        "SELECT project_id, annual_tco2 FROM project WHERE project_id IN ('P-VNM-901', 'VN001') ORDER BY 1"
    )
    ours = facts(public / "current.duckdb", "SELECT annual_tco2 FROM project WHERE project_id = 'VN001'")[0][
        0
    ]
    assert facts(report.path, values) == [("P-VNM-901", None), ("VN001", ours)]
