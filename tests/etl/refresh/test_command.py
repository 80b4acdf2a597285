"""A refresh as a user runs it: commands, a real server, an empty cache, and the warehouse that comes of it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from etl.__main__ import main
from etl.refresh.proposal import FOLDER
from etl.sources.csv_rows import csv_text, read_rows
from tests.etl.importers.fixture_server import FixtureServer, dripping, status
from tests.etl.importers.workbooks import iges_workbook
from tests.etl.refresh.local_site import LocalSite, Ran, environment
from tests.etl.refresh.saved_sources import NEW_ESTIMATE, NEW_TITLE, NEW_TITLES, save_all

pytestmark = pytest.mark.xdist_group("refresh-command")  # one story for all tests, not one a process

ROOT = Path(__file__).parents[3]
FETCHED = 1 + 2 + 32 + 32 + 2 + 2
"""Documents of all sources that are fetched, with the pages that link to three of them."""
SIGN_IN = b'<html><head><title>Sign in</title></head><body><input type="password"></body></html>'
OTHER_LAYOUT = (
    b"<!DOCTYPE html><html><body><table><tr><td>Number</td><td>Name</td></tr></table></body></html>"
)


@dataclass
class Story:
    """One site from the first refresh to the warehouse, with what each command said and asked for."""

    site: LocalSite
    ran: dict[str, Ran]
    asked: dict[str, dict[str, int]]
    proposed: set[tuple[str, str, str, str, str]]
    texts: dict[str, str]


@pytest.fixture(scope="module")
def server() -> Iterator[FixtureServer]:
    with FixtureServer() as server:
        yield server


@pytest.fixture(scope="module")
def story(server: FixtureServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    site = LocalSite(server, tmp_path_factory.mktemp("story"))
    with pytest.MonkeyPatch.context() as patch:
        environment(site, patch)
        story = Story(site, {}, {}, set(), {})

        def run(step: str, *words: str) -> None:
            story.ran[step] = site.run(*words)
            story.asked[step] = site.answers()

        run("first", "refresh")
        story.proposed = site.changes()
        story.texts = {p.name: p.read_text("utf-8") for p in (site.data / FOLDER / site.day).glob("*.md")}
        run("second", "refresh")
        _complete(site)
        run("accept", "accept", site.day, "--only", "added", "changed", "--reason", "read on the site")
        run("build", "build", "--acknowledge", "accepted proposals")
        run("third", "refresh")
        yield story


def _complete(site: LocalSite) -> None:
    """Write the technology into the new row, as a person would."""
    path = site.data / FOLDER / site.day / "added_project.csv"
    (row,) = read_rows(path)
    path.write_text(csv_text(list(row), [row | {"technology": "wind"}]), "utf-8-sig")


@pytest.fixture
def site(story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalSite:
    """The site once its proposals are accepted: whatever a refresh proposes or keeps now is the test's."""
    environment(story.site, monkeypatch)
    shutil.copytree(story.site.cache, tmp_path / "kept")
    monkeypatch.setenv("JCM_REFRESH_CACHE", str(tmp_path / "kept"))
    shutil.rmtree(story.site.data / FOLDER, ignore_errors=True)
    story.site.answers()
    return story.site


def test_from_an_empty_cache_exactly_the_differences_are_proposed(story: Story) -> None:
    ran = story.ran["first"]
    assert ran.code == 0, ran.err
    event = next(change for change in story.proposed if change[1].startswith("MN006-"))
    assert story.proposed == {
        ("changed", "TH014", "title_en", _committed("TH014", "title_en"), NEW_TITLES["TH014"]),
        ("added", "MN901", "", "", NEW_TITLE),
        ("changed", "MN901", "est_annual_tco2", "", str(NEW_ESTIMATE)),
        ("changed", "MN003", "latitude", "", "47.9"),
        ("changed", "MN003", "longitude", "", "106.9"),
        ("added", event[1], "", "", "2021-01-01 to 2021-12-31: 15,000 tCO2"),
        ("added", "MN_AM901", "", "", "Invented methodology MN_AM901"),
        ("changed", "VN017", "est_annual_tco2", "48237", "49237"),
        (
            *("added", "credits_issued_in_year;2026-11-20;2025;all JCM", "", "71021"),
            "credits_issued_in_year 2025: 72000 tCO2",
        ),
    }


def test_every_page_is_asked_for_once_and_robots_first(story: Story) -> None:
    asked = story.asked["first"]
    assert set(asked.values()) == {1}
    assert len(asked) == FETCHED + 1
    assert "/robots.txt" in asked
    assert "/jc/files/JCM_Projects_data.csv" in asked
    assert "/jc/files/carbon-pricing.xlsx?download=1" in asked


def test_sources_that_a_person_saves_are_left_out_and_named(story: Story) -> None:
    assert "iges-database, selections: left out" in story.ran["first"].out


def test_the_summary_is_in_both_languages_and_names_what_to_do(story: Story) -> None:
    out = story.ran["first"].out
    assert "New rows: 4" in out
    assert "新規：4" in out
    assert "python -m etl accept " in out
    assert "FY2030" in story.texts["report.md"]
    assert "2030年度" in story.texts["report.ja.md"]


def test_a_second_refresh_is_told_that_nothing_changed_and_proposes_nothing(story: Story) -> None:
    ran = story.ran["second"]
    assert ran.code == 0
    assert "Nothing is proposed." in ran.out
    assert "提案はありません" in ran.out
    assert ran.out.count("unchanged") == 6
    assert len(story.asked["second"]) == FETCHED + 1


def test_what_was_accepted_is_in_the_warehouse_with_source_and_day(story: Story) -> None:
    assert story.ran["accept"].code == 0, story.ran["accept"].err
    assert story.ran["build"].code == 0, story.ran["build"].err
    site = story.site
    # A copy: DuckDB opens no file twice with different settings.
    copy = shutil.copy(site.folder / "warehouse" / "current.duckdb", site.folder / "copy.duckdb")
    with duckdb.connect(str(copy), read_only=True) as warehouse:
        row = warehouse.execute(
            "SELECT p.title_en, p.est_annual_tco2, s.source_id, s.publisher, s.retrieved_on::VARCHAR FROM history.project AS p"
            " JOIN source AS s ON s.source_id = p.est_annual_source_id WHERE p.project_id = 'MN901'"
        ).fetchone()
        revisions = warehouse.execute(
            'SELECT row_key, "column", value_before, value_after, source_after, reason FROM record.revision'
        ).fetchall()
        issued = warehouse.execute(
            "SELECT i.total_tco2, s.url FROM history.issuance AS i JOIN source AS s USING (source_id)"
            " WHERE i.project_id = 'MN006' AND i.period_start_on = DATE '2021-01-01'"
        ).fetchone()
    day = site.day
    assert row == (NEW_TITLE, NEW_ESTIMATE, "unep-pipeline-2026-11-20", "UNEP Copenhagen Climate Centre", day)
    reason = "read on the site"
    assert ("VN017", "est_annual_tco2", "48237", "49237", "unep-pipeline-2026-11-20", reason) in revisions
    assert ("TH014", "title_en", _committed("TH014", "title_en"), NEW_TITLES["TH014"]) in {
        r[:4] for r in revisions
    }
    assert issued == (15_000, site.server.url("/jc/mn-projects-issues"))


def test_after_acceptance_a_refresh_proposes_nothing(story: Story) -> None:
    assert story.ran["third"].code == 0
    assert "Nothing is proposed." in story.ran["third"].out


@pytest.mark.parametrize(
    ("path", "handler", "told_en", "told_ja"),
    [
        ("/jc/mn-projects/", status(503), "503", "サーバーの応答は HTTP 503"),
        ("/jc/mn-projects/", status(200, {"Content-Type": "text/html"}, SIGN_IN), "sign in", "ログイン"),
        (
            "/jc/mn-projects/",
            status(200, {"Content-Type": "text/html"}, OTHER_LAYOUT),
            "layout",
            "様式が想定と異なります",
        ),
    ],
    ids=["503", "sign-in page", "other layout"],
)
def test_one_source_that_fails_is_named_and_the_others_are_read(
    site: LocalSite, path: str, handler: object, told_en: str, told_ja: str
) -> None:
    with site.instead(path, handler):  # type: ignore[arg-type]
        ran = site.run("refresh", "jcm-projects", "jcm-locations", "unep-pipeline")
    assert ran.code == 1
    lines = [line for line in ran.err.splitlines() if line.startswith("jcm-projects: ")]
    assert len(lines) == 2
    assert told_en in lines[0]
    assert told_ja in lines[1]
    noted = {row["source_code"]: row["outcome"] for row in read_rows(site.data / "refresh" / "attempts.csv")}
    assert noted["jcm-projects"] == "failed"
    assert noted["jcm-locations"] == noted["unep-pipeline"] == "unchanged"


def test_offline_reads_what_was_kept_and_asks_nobody(site: LocalSite) -> None:
    ran = site.run("refresh", "jcm-projects", "jcm-issuances", "--offline")
    assert (ran.code, site.answers()) == (0, {})
    assert "Nothing is proposed." in ran.out


def test_offline_without_anything_kept_says_how_to_save_it(
    site: LocalSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JCM_REFRESH_CACHE", str(tmp_path))
    ran = site.run("refresh", "jcm-projects", "--offline")
    assert ran.code == 1
    assert "python -m etl refresh jcm-projects --from FILE" in ran.err
    assert "Nothing could be read" in ran.out
    assert "読み込めた資料がない" in ran.out


def test_a_saved_file_of_one_source(site: LocalSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCM_REFRESH_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "JCM database 2026.xlsx"
    path.write_bytes(iges_workbook([["MN003", "Quite another title", "Mongolia", "", "", ""]]))
    ran = site.run("refresh", "iges-database", "--from", str(path))
    assert (ran.code, site.answers()) == (0, {})
    assert [(row["action"], row["column"], row["value_after"]) for row in site.proposals()] == [
        ("contradicting", "title_en", "Quite another title")
    ]


def test_a_folder_of_saved_files(site: LocalSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCM_REFRESH_CACHE", str(tmp_path / "cache"))
    saved = tmp_path / "saved"
    saved.mkdir()
    save_all(site.data.parents[0] / "data", saved)
    ran = site.run("refresh", "--from", str(saved))
    assert (ran.code, site.answers()) == (0, {})
    assert "jcm-issuances" in ran.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("refresh", "jcm-project"), "jcm-project: no such source"),
        (("refresh", "--from", "no/such/file"), "does not exist"),
        (("accept", "--only", "P0001"), "day"),
        (("reject", "2026-01-01"), "reason"),
    ],
)
def test_wrong_usage_gives_2(site: LocalSite, words: tuple[str, ...], told: str) -> None:
    ran = site.run(*words)
    assert ran.code == 2
    assert told.lower() in (ran.out + ran.err).lower()


def test_a_file_of_no_source_gives_2_in_both_languages(site: LocalSite, tmp_path: Path) -> None:
    path = tmp_path / "list.html"
    path.write_bytes(b"<html></html>")
    ran = site.run("refresh", "--from", str(path))
    assert ran.code == 2
    assert "which source is it?" in ran.err
    assert "出典を指定してください" in ran.err


def test_a_pause_that_is_none_gives_2_and_is_named(site: LocalSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCM_FETCH_PAUSE", "long")
    ran = site.run("refresh", "jcm-projects")
    assert ran.code == 2
    assert ran.err.startswith("JCM_FETCH_PAUSE: ")


def test_proposals_that_are_not_there_give_1_in_both_languages(site: LocalSite) -> None:
    ran = site.run("accept", "2020-01-01")
    assert ran.code == 1
    assert "refused: The proposals 2020-01-01 are not there" in ran.err
    assert "更新案 2020-01-01 がないか不完全です" in ran.err


def test_a_template_is_written_where_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "selections", str(tmp_path / "given.xlsx")]) == 0
    assert (tmp_path / "given.xlsx").read_bytes().startswith(b"PK")
    assert main(["template", "selection"]) == 2
    assert "selections" in capsys.readouterr().err


def _started(site: LocalSite, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "etl", *words, "--data", str(site.data)],
        cwd=ROOT,
        env=dict(os.environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_refreshes_at_once_do_not_disturb_each_other(site: LocalSite, tmp_path: Path) -> None:
    path = tmp_path / "iges-database.xlsx"
    path.write_bytes(iges_workbook([["MN003", "Quite another title", "Mongolia", "", "", ""]]))
    both = [_started(site, "refresh", "iges-database", "--from", str(path)) for _ in range(2)]
    told = [one.communicate(timeout=60) for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    assert len(site.proposals()) == 1
    assert sum("Nothing is proposed." in out for out, _ in told) == 1


def test_killed_while_fetching_the_next_run_is_whole(
    site: LocalSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JCM_REFRESH_CACHE", str(tmp_path / "cache"))
    with site.instead("/jc/mn-projects/", dripping(b"<html>" + b" " * 10_000, 0.05)):
        running = _started(site, "refresh", "jcm-projects")
        until = time.monotonic() + 30
        while not site.server.asked("/jc/mn-projects/") and time.monotonic() < until:
            time.sleep(0.02)
        running.send_signal(signal.SIGKILL)
        running.communicate()
    ran = site.run("refresh", "jcm-projects")
    assert ran.code == 0, ran.err
    assert "Nothing is proposed." in ran.out
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file() and path.name != ".lock"]
    assert sorted(path.suffix for path in kept) == [".html", ".json"]


def test_killed_while_writing_the_next_run_is_whole(site: LocalSite, tmp_path: Path) -> None:
    path = tmp_path / "iges-database.xlsx"
    path.write_bytes(iges_workbook([["MN003", "Quite another title", "Mongolia", "", "", ""]]))
    running = _started(site, "refresh", "iges-database", "--from", str(path))
    assert running.stdout is not None
    while running.stdout.readline().strip() not in {"writing", ""}:
        pass
    running.send_signal(signal.SIGKILL)
    running.communicate()
    ran = site.run("refresh", "iges-database", "--from", str(path))
    assert ran.code == 0, ran.err
    assert len(site.proposals()) == 1
    assert not list((site.data / FOLDER).glob(".*"))


def _committed(project_id: str, column: str) -> str:
    rows = read_rows(ROOT / "data" / "snapshot" / "projects.csv")
    return next(row[column] for row in rows if row["project_id"] == project_id)
