"""The app below a path of its host, as behind a proxy that other sites share."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apart import run_apart
from tests.running_server import RunningServer, ServerFailed
from tests.serve.conftest import SMALL_APP, fetch, scripts_of
from tests.streamlit_session import Run, StreamlitSession


@pytest.fixture(scope="module")
def below(warehouse_dir: Path) -> Iterator[RunningServer]:
    """The tracker below /jcm."""
    environment = {"JCM_WAREHOUSE_DIR": str(warehouse_dir), "STREAMLIT_SERVER_BASE_URL_PATH": "jcm"}
    with RunningServer.tuned("--no-warm", environment=environment) as running:
        yield running


def visit(address: str, page: str = "", *, origin: str) -> Run:
    async def one() -> Run:
        async with StreamlitSession(address, origin=origin) as session:
            return await session.run("lang=en", page)

    return run_apart(one())


def test_the_address_said_leads_to_the_app(below: RunningServer) -> None:
    assert f"JCM target tracker: {below.address}/jcm\n" in below.output
    assert fetch(below, "/jcm").status in {301, 307}
    start = fetch(below, "/jcm/")
    assert start.status == fetch(below, "/jcm/countries").status == 200
    assert 'src="./static/js/' in start.body.decode()


def test_scripts_arrive_compressed(below: RunningServer) -> None:
    scripts = scripts_of(below, "/jcm")
    assert len(scripts) > 20
    codings = {fetch(below, path, accept_encoding="br").headers["Content-Encoding"] for path in scripts}
    assert codings == {"br"}


def test_health_and_feed_stand_below_it_too(below: RunningServer) -> None:
    assert json.loads(fetch(below, "/jcm/health").body)["status"] == "alive"
    assert json.loads(fetch(below, "/jcm/ready").body)["status"] == "ready"
    feed = fetch(below, "/jcm/feed/changes.ja.atom")
    assert feed.status == 200
    assert f'href="{below.address}/jcm/feed/changes.ja.atom"' in feed.body.decode()
    assert fetch(below, "/jcm/_stcore/health").body == b"ok"


def test_a_figure_below_it_may_be_framed(below: RunningServer) -> None:
    figure = fetch(below, "/jcm/?figure=gap&embed=true").headers
    assert "frame-ancestors *" in figure["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in fetch(below, "/jcm/").headers["Content-Security-Policy"]


def test_nothing_is_served_outside_of_it(below: RunningServer) -> None:
    for target in ("/", "/health", "/ready", "/metrics", "/_stcore/health", "/jcmx/", "/static/js/"):
        assert fetch(below, target).status == 404


def test_a_session_runs_a_page(below: RunningServer) -> None:
    run = visit(f"{below.address}/jcm", "countries", origin=below.address)
    assert "html" in run.kinds()
    assert "exception" not in run.kinds()


def test_no_link_leads_out_of_it_in_any_run(below: RunningServer) -> None:
    async def links() -> list[str]:
        found: list[str] = []
        async with StreamlitSession(f"{below.address}/jcm", origin=below.address) as session:
            for page in ("", "", "countries", "", "quality"):
                run = await session.run("lang=en&as_of=2025-03-31", page, is_history_navigation=True)
                for element in run.elements("html"):
                    found += re.findall(r'(?:href|src)="([^"#][^"]*)"', element.body)  # type: ignore[attr-defined]
        return found

    found = [link for link in run_apart(links()) if not link.startswith(("https://", "mailto:", "data:"))]
    absolute = [link for link in found if link.startswith(("http://", "/"))]
    assert len(found) > 50
    assert absolute
    assert [link for link in absolute if not link.startswith(f"{below.address}/jcm/")] == []


def test_a_path_that_ends_like_a_page_is_no_page(warehouse_dir: Path) -> None:
    environment = {"JCM_WAREHOUSE_DIR": str(warehouse_dir)}
    with RunningServer.tuned("--no-warm", "--base-path", "jcm-map", environment=environment) as running:
        run = visit(f"{running.address}/jcm-map", origin=running.address)
        texts = " ".join(text.body for text in run.elements("html"))  # type: ignore[attr-defined]
        assert "No such page" not in texts
        assert "jcm-answer" in texts


def test_the_path_can_be_an_option_written_with_slashes() -> None:
    with RunningServer.tuned("--script", str(SMALL_APP), "--no-warm", "--base-path", "/a/b/") as running:
        assert f"{running.address}/a/b\n" in running.output
        run = visit(f"{running.address}/a/b", origin=running.address)
        assert [text.body for text in run.elements("markdown")] == ["rows=5 lang=en locale=en"]  # type: ignore[attr-defined]


def test_a_path_that_contradicts_streamlits_own_option_is_refused(tmp_path: Path) -> None:
    settings = tmp_path / ".streamlit" / "config.toml"  # where Streamlit looks for settings of this user
    settings.parent.mkdir()
    settings.write_text('[server]\nbaseUrlPath = "own"\n', encoding="utf-8")
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    small = ("--script", str(SMALL_APP), "--no-warm")
    with RunningServer.tuned(*small, environment=home) as running:
        assert fetch(running, "/own/_stcore/health").body == b"ok"
        assert fetch(running, "/own/health").status == 200
        assert f"{running.address}/own\n" in running.output
    with (
        pytest.raises(ServerFailed, match=r"config\.toml says own"),
        RunningServer.tuned(*small, "--base-path", "jcm", environment=home),
    ):
        pass
