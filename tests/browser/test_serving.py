"""What a browser gets from the server, with a small app behind it."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, Watch, wait_until_still
from tests.running_server import ROOT, RunningServer
from tests.serve.conftest import SMALL_APP


@pytest.fixture(scope="module")
def small_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    environment = {"JCM_WAREHOUSE_DIR": str(tmp_path_factory.mktemp("no-warehouse"))}
    with RunningServer.tuned("--script", str(SMALL_APP), "--no-warm", environment=environment) as running:
        yield running


def test_the_page_runs_under_the_headers_with_nothing_from_outside(
    open_page: OpenPage, watch: Watch, small_server: RunningServer
) -> None:
    page = open_page(lang="ja", query={"rows": "7"}, at=small_server)
    expect(page.get_by_text("rows=7 lang=ja locale=ja-JP")).to_be_visible()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    expect(page.get_by_test_id("stPlotlyChart").locator(".main-svg").first).to_be_visible()
    assert len(watch.requests) > 20
    assert watch.problems == []


def test_scripts_are_fetched_once_and_compressed(
    open_page: OpenPage, watch: Watch, small_server: RunningServer
) -> None:
    page = open_page(at=small_server)
    scripts = [r for r in watch.requests if "/static/js/" in r.url]
    answers = [answer for r in scripts if (answer := r.response())]
    sizes = [int(a.headers["content-length"]) for a in answers]
    large = [a for a in answers if int(a.headers["content-length"]) > 10_000]
    assert large
    assert all(a.headers.get("content-encoding") == "br" for a in large)
    assert sum(sizes) < 3_500_000
    page.reload()
    wait_until_still(page)
    kept = page.evaluate(
        """() => performance.getEntriesByType("resource")
        .filter(entry => entry.name.includes("/static/js/")).map(entry => entry.transferSize)"""
    )
    assert kept
    assert sum(kept) == 0, "the second visit takes every script from the browser's own store"


def test_a_control_a_page_and_a_download_work_through_the_server(
    open_page: OpenPage, small_server: RunningServer
) -> None:
    page = open_page(at=small_server)
    page.get_by_role("slider").press("ArrowRight")
    expect(page.get_by_text("rows=6 lang=None")).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]rows=6"))
    wait_until_still(page)  # the run before its end still shows the button of the run before it
    with page.expect_download() as downloading:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert downloading.value.suggested_filename == "rows.csv"
    assert downloading.value.path().read_bytes() == b"row\n1\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_server_that_has_run_every_page_holds_no_library_for_files(server: RunningServer) -> None:
    held = Path(f"/proc/{server.pid}/maps").read_text(encoding="utf-8")
    assert "_duckdb" in held
    assert [name for name in ("pyproj", "lxml", "matplotlib") if f"/{name}/" in held] == []


@pytest.fixture(scope="module")
def below(warehouse_dir: Path) -> Iterator[RunningServer]:
    """The tracker below /jcm."""
    environment = {"JCM_WAREHOUSE_DIR": str(warehouse_dir)}
    with RunningServer.tuned("--no-warm", "--base-path", "jcm", environment=environment) as running:
        yield running


def test_below_a_path_pages_links_and_figures_work_and_nothing_is_asked_outside_of_it(
    open_page: OpenPage, watch: Watch, below: RunningServer
) -> None:
    page = open_page("/jcm/countries", lang="en", at=below)
    page.locator("table.jcm-ranking a", has_text="Palau").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Palau")
    assert urlsplit(page.url).path == "/jcm/country"
    figure = open_page("/jcm/", lang="en", query={"figure": "cumulative", "embed": "true"}, at=below)
    expect(figure.get_by_test_id("stPlotlyChart").locator(".main-svg").first).to_be_visible()
    editor = open_page("/jcm/sql", lang="en", at=below)
    expect(editor.locator(".cm-content")).to_be_visible()
    assert [r.url for r in watch.requests if not r.url.startswith(("blob:", f"{below.address}/jcm/"))] == []


@pytest.fixture(scope="module")
def plain_below(warehouse_dir: Path) -> Iterator[RunningServer]:
    """The tracker below /jcm, as Streamlit's own command serves it."""
    environment = {"JCM_WAREHOUSE_DIR": str(warehouse_dir)}
    with RunningServer.plain(ROOT / "app.py", "--server.baseUrlPath=jcm", environment=environment) as running:
        yield running


def test_components_of_our_own_work_below_a_path_without_our_server(
    open_page: OpenPage, plain_below: RunningServer
) -> None:
    editor = open_page("/jcm/sql", lang="en", at=plain_below)
    expect(editor.locator(".cm-content")).to_be_visible()
    changes = open_page("/jcm/changes", lang="en", at=plain_below)
    changes.wait_for_function("() => localStorage.getItem('jcm.visit')")


def test_a_link_to_a_page_opens_it_and_the_back_button_leads_back(
    open_page: OpenPage, small_server: RunningServer
) -> None:
    page = open_page("/countries", at=small_server)
    expect(page.get_by_role("heading", name="Countries")).to_be_visible()
    page.get_by_role("link", name="start").click()
    expect(page.get_by_text("rows=5")).to_be_visible()
    assert page.url.removeprefix(small_server.address) == "/"
    page.go_back()
    expect(page.get_by_role("heading", name="Countries")).to_be_visible()
    assert page.url.removeprefix(small_server.address) == "/countries"
