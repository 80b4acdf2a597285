"""Nothing of an own record reaches anybody who did not ask for it: a marker is looked for in all that the server sends."""

import io
import os
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from queries.catalogue import catalogue
from queries.warehouse import current
from tests.apart import run_apart
from tests.own_warehouse import AMOUNT, MARK, PROJECT
from tests.running_server import ROOT, RunningServer
from tests.serve.conftest import fetch
from tests.streamlit_session import Run, StreamlitSession
from view.sql.desk import packed

MARKERS = (
    MARK.encode(),
    PROJECT.encode(),
    f"{AMOUNT:,}".encode(),
    str(AMOUNT).encode(),
    struct.pack("<q", AMOUNT),
)
PAGES = {
    "": {},
    "countries": {},
    "country": {"iso3": "VNM"},
    "readiness": {},
    "sectors": {},
    "methodologies": {},
    "projects": {},
    "project": {"project": "VN001"},
    "credits": {},
    "article6": {},
    "map": {},
    "outlook": {},
    "guide": {},
    "methods": {},
    "quality": {},
    "changes": {},
    "downloads": {},
    "briefing": {},
    "sql": {},
}
FOR_OTHERS = ("methods", "changes", "downloads", "briefing", "sql")


@pytest.fixture(scope="module")
def tracker(laid_over: Path) -> Iterator[RunningServer]:
    """The tracker with an own record, warmed as `make run` does it."""
    environment = {"JCM_WAREHOUSE_DIR": str(laid_over), "JCM_SIGN_IN": "", "JCM_API_PER_SECOND": "0"}
    with RunningServer.tuned(environment=environment) as running:
        yield running


def sent(run: Run) -> bytes:
    return b"\n".join(message.SerializeToString() for message in run.messages)


def leaks(data: bytes) -> list[bytes]:
    return [mark for mark in MARKERS if mark in data]


def visit(server: RunningServer, page: str = "", *, embedded: bool = False, **query: str) -> bytes:
    async def one() -> bytes:
        async with StreamlitSession(server.address) as session:
            return sent(await session.run(urlencode(query), page, is_embedded=embedded))

    return run_apart(one())


def public_round(server: RunningServer) -> None:
    for page, given in PAGES.items():
        for lang in ("en", "ja"):
            assert leaks(visit(server, page, lang=lang, **given)) == [], f"{page} {lang}"


def test_a_public_session_before_and_after_an_own_one_in_the_same_process_has_nothing_of_it(
    tracker: RunningServer,
) -> None:
    public_round(tracker)
    found = {
        mark
        for page, given in PAGES.items()
        for mark in leaks(visit(tracker, page, lang="en", record="own", **given))
    }
    found |= set(leaks(visit(tracker, "project", lang="en", record="own", project=PROJECT)))
    assert {MARK.encode(), PROJECT.encode()} <= found, (
        "the marker is not even in the own view: the test shows nothing"
    )
    for page in FOR_OTHERS:
        assert leaks(visit(tracker, page, lang="en", record="own", **PAGES[page])) == [], page
    public_round(tracker)
    # The same link without its record, as somebody passes it on.
    assert MARK.encode() not in visit(tracker, "project", lang="en", project=PROJECT)
    assert MARK.encode() not in visit(tracker, "projects", lang="en", q="wind farm")


def test_a_session_that_goes_back_to_the_public_record_is_sent_nothing_of_the_own_one(
    tracker: RunningServer,
) -> None:
    async def both() -> bytes:
        async with StreamlitSession(tracker.address) as session:
            assert leaks(sent(await session.run("lang=en&record=own", "countries"))) is not None
            return sent(await session.run("lang=en", "projects"))

    kept = run_apart(both())
    assert kept  # an empty address after a change of page keeps the record that was chosen

    async def back() -> bytes:
        async with StreamlitSession(tracker.address) as session:
            await session.run("lang=en&record=own", "projects")
            return sent(await session.run("lang=en&record=public", "projects"))

    assert MARK.encode() not in run_apart(back())


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_figures_in_frames_show_the_public_record_whatever_their_address_asks(
    tracker: RunningServer, lang: str
) -> None:
    figures = {
        "": "cumulative",
        "countries": "ranking",
        "projects": "projects",
        "map": "list",
        "project": "facts",
    }
    for page, figure in figures.items():
        given = {
            **PAGES[page],
            "lang": lang,
            "figure": figure,
            "record": "own",
            "q": MARK if page == "projects" else "",
        }
        data = visit(tracker, page, embedded=True, **{k: v for k, v in given.items() if v})
        assert f"{MARK} wind".encode() not in data
        assert f"{MARK}風力".encode() not in data
        assert leaks(data.replace(MARK.encode(), b"")) == []


def test_feeds_health_and_files_have_nothing_of_it(tracker: RunningServer, laid_over: Path) -> None:
    own_version = (laid_over / "own" / "current.duckdb").resolve().stem.removeprefix("jcm-")
    paths = [
        *(
            f"/feed/changes.{lang}.atom{query}"
            for lang in ("en", "ja")
            for query in ("", "?country=VNM", "?record=own")
        ),
        *(
            "/health",
            "/health?record=own",
            "/_stcore/health",
            "/_stcore/host-config",
            "/",
            "/projects?record=own",
        ),
        *(
            f"/app/static/{file.relative_to(ROOT / 'static').as_posix()}"
            for file in (ROOT / "static").rglob("*")
            if file.is_file()
        ),
    ]
    for path in paths:
        body = fetch(tracker, path).body
        assert leaks(body) == [], path
        assert own_version.encode() not in body, path
    assert fetch(tracker, "/feed/changes.en.atom").status == 200


def test_the_interface_for_programs_has_nothing_of_it(tracker: RunningServer, laid_over: Path) -> None:
    own_version = (laid_over / "own" / "current.duckdb").resolve().stem.removeprefix("jcm-")
    assert leaks(visit(tracker, "projects", lang="en", record="own")) != []  # it is open in this process
    for name, query in catalogue().items():
        rows = "?rows_at_most=100000" if "rows_at_most" in {p.name for p in query.parameters} else ""
        for address in (f"query/{name}{rows}", f"query/{name}{rows or '?'}&format=csv"):
            assert leaks(fetch(tracker, f"/api/v1/{address}").body) == [], address
    for address in ("", "openapi.json", "queries", "ladder", "countries/VNM", "projects/VN001", "versions"):
        body = fetch(tracker, f"/api/v1/{address}").body
        assert leaks(body) == [], address
        assert own_version.encode() not in body
    assert fetch(tracker, f"/api/v1/projects/{PROJECT}").status == 404
    assert fetch(tracker, f"/api/v1/versions/{own_version}/ladder").status == 404
    assert fetch(tracker, "/api/v1/ladder?record=own").status == 422


@pytest.mark.parametrize("start", ["", "/app/static", "/static", "/media", "/component", "/own"])
def test_no_address_leads_to_the_files_of_the_own_record(
    tracker: RunningServer, laid_over: Path, start: str
) -> None:
    version = (laid_over / "own" / "current.duckdb").resolve().name
    for path in (
        "own/report.csv",
        f"own/{version}",
        "own/current.duckdb",
        "data/own/a.csv",
        "data/warehouse/own/report.csv",
    ):
        for up in ("", "../", "..%2f", "../../../../", quote(str(laid_over), safe="") + "/", f"{laid_over}/"):
            answer = fetch(tracker, f"{start}/{up}{path}")
            assert leaks(answer.body) == []
            assert b"DUCK" not in answer.body[:64]


def test_statements_of_visitors_reach_the_public_record_alone(
    tracker: RunningServer, laid_over: Path
) -> None:
    own_file = (laid_over / "own" / "current.duckdb").resolve()
    statements = (
        f"SELECT project_id, annual_tco2 FROM project WHERE title_en LIKE '%{MARK[2:]}%'",
        f"SELECT annual_tco2 FROM project WHERE project_id = '{PROJECT[:-1]}' || '1'",
        f"ATTACH '{own_file}' AS own_record",
        f"FROM '{own_file}'",
        f"FROM read_blob('{own_file}')",
        f"FROM read_csv('{laid_over}/own/report.csv')",
        f"FROM glob('{laid_over}/own/*')",
    )
    for statement in statements:
        data = visit(tracker, "sql", lang="en", record="own", sql=packed(statement))
        asked_for = data.replace(statement.encode(), b"")
        assert MARK.encode() not in asked_for, statement
        assert struct.pack("<q", AMOUNT) not in asked_for, statement


def test_packages_packs_and_comparisons_have_nothing_of_it(laid_over: Path, tmp_path: Path) -> None:
    environment = {"JCM_WAREHOUSE_DIR": str(laid_over), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    commands = (
        ["package", "--to", str(tmp_path)],
        ["briefing", "country", "VNM", "--lang", "both", "--to", str(tmp_path / "packs")],
        ["changes", "--from", "2025-03-31"],
        ["article6", "export", "2026", "--out", str(tmp_path / "article6")],
        ["outlook", "--json"],
    )
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "exports", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            check=False,
        )
        assert leaks(done.stdout + done.stderr) == []
        assert done.returncode in {0, 1}, done.stderr.decode()
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.suffix == ".zip" for path in written)
    assert any(path.suffix == ".pptx" for path in written)
    for path in written:
        for name, body in unpacked(path.name, path.read_bytes()):
            assert leaks(body) == [], name


def unpacked(name: str, body: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and the files within it where it is an archive."""
    yield name, body
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for inner in archive.namelist():
                yield from unpacked(f"{name}/{inner}", archive.read(inner))


def test_taken_off_while_the_server_runs_nothing_of_it_is_shown_any_more(
    laid_over: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(laid_over, tmp_path / "warehouse", symlinks=True))
    with RunningServer.tuned("--no-warm", environment={"JCM_WAREHOUSE_DIR": str(folder)}) as running:
        assert MARK.encode() in visit(
            running, "projects", lang="en", record="own", sort="annual", q="wind farm"
        )
        shutil.rmtree(folder / "own")
        after = visit(running, "projects", lang="en", record="own", q="wind farm")
        assert leaks(after) == []
        assert b"Ignored in the address: record=own" in after
        maps = Path(f"/proc/{running.pid}/maps")
        held = [*Path(f"/proc/{running.pid}/fd").iterdir()] if maps.exists() else []
        names = [str(link.readlink()) for link in held if link.exists() or link.is_symlink()]
        assert not [name for name in names if "/own/" in name], "the file that was removed is still open"
        assert current(folder).data_version


def test_a_path_that_streamlits_sign_in_does_not_know_is_refused() -> None:
    command = [sys.executable, "-m", "serve", "--port", "0", "--no-warm", "--base-path", "jcm"]
    environment = {**os.environ, "JCM_SIGN_IN": "own"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert "set baseUrlPath there, below [server]" in done.stdout
