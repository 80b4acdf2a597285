"""The own record in a browser: what its readers see, and the sign-in that guards it."""

import json
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Language, OpenPage, Watch, wait_until_still
from tests.browser.test_every_page import go_to
from tests.oidc_provider import secrets_of
from tests.own_warehouse import MARK
from tests.running_server import ROOT, RunningServer

PROVIDER = "request to another host: http://127.0.0.1"
"""The provider is another host to the page, on this machine."""
PROJECTS = {"record": "own", "q": "wind farm"}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider of sign-ins on this machine."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "tests.oidc_provider",
        "--port",
        str(port),
        "--tracker",
        "http://127.0.0.1:1",
    ]
    with RunningServer(command):
        yield f"http://127.0.0.1:{port}"


def served(
    laid_over: Path, provider: str, folder: Path, sign_in: str, *, plain: bool = False
) -> RunningServer:
    """A tracker with an own record that demands a sign-in."""
    port = free_port()
    file = folder / ".streamlit" / "secrets.toml"
    file.parent.mkdir()
    file.write_text(secrets_of(provider, f"http://127.0.0.1:{port}"))
    environment = {
        "JCM_WAREHOUSE_DIR": str(laid_over),
        "JCM_SIGN_IN": sign_in,
        "HOME": str(folder),  # Streamlit looks there, and in the folder it is started in
        "NO_PROXY": "127.0.0.1",
    }
    if plain:
        return RunningServer.plain(ROOT / "app.py", f"--server.port={port}", environment=environment)
    return RunningServer.tuned("--no-warm", environment=environment, port=port)


@pytest.fixture(scope="module")
def guarded(
    laid_over: Path, provider: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A tracker whose own record is for those who are signed in."""
    with served(laid_over, provider, tmp_path_factory.mktemp("secrets"), "own") as running:
        yield running


@pytest.fixture(scope="module")
def closed(
    laid_over: Path, provider: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A tracker that is for those who are signed in."""
    with served(laid_over, provider, tmp_path_factory.mktemp("secrets"), "all") as running:
        yield running


@pytest.fixture(scope="module")
def plain_guarded(
    laid_over: Path, provider: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """The same, as Streamlit's own command serves it."""
    with served(laid_over, provider, tmp_path_factory.mktemp("secrets"), "own", plain=True) as running:
        yield running


@pytest.fixture(scope="module")
def unguarded(laid_over: Path) -> Iterator[RunningServer]:
    """A tracker with an own record for everybody who can reach it."""
    environment = {"JCM_WAREHOUSE_DIR": str(laid_over), "JCM_SIGN_IN": ""}
    with RunningServer.tuned("--no-warm", environment=environment) as running:
        yield running


def sign_in(page: Page, server: RunningServer, name: str = "Kakuu Hanako") -> None:
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{server.address}/**")
    expect(page.get_by_role("button", name=f"Sign out {name}")).to_be_visible()
    wait_until_still(page)


def test_the_own_record_is_behind_the_sign_in_and_the_public_one_is_not(
    open_page: OpenPage, guarded: RunningServer, watch: Watch
) -> None:
    watch.expected.append(PROVIDER)
    page = open_page("/projects", lang="en", query=PROJECTS, at=guarded)
    expect(page.get_by_text("Sign in to see the organisation's own record.")).to_be_visible()
    assert MARK not in page.content()
    page.goto(f"{guarded.address}/?lang=en&record=own")
    wait_until_still(page)
    sign_in(page, guarded)
    page.goto(f"{guarded.address}/projects?lang=en&record=own&q=wind+farm")
    wait_until_still(page)
    expect(page.get_by_text("Not public", exact=True)).to_be_visible()
    expect(page.get_by_text(f"{MARK} wind farm").first).to_be_visible()
    another = open_page("/projects", lang="en", query=PROJECTS, at=guarded)
    assert MARK not in another.content()
    page.get_by_role("button", name="Sign out Kakuu Hanako").click()
    expect(page.get_by_role("button", name="Sign out Kakuu Hanako")).to_have_count(0)
    wait_until_still(page)
    page.goto(f"{guarded.address}/projects?lang=en&record=own&q=wind+farm")
    wait_until_still(page)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert MARK not in page.content()


def test_a_closed_tracker_shows_nothing_before_the_sign_in(
    open_page: OpenPage, closed: RunningServer, watch: Watch
) -> None:
    watch.expected.append(PROVIDER)
    for path in ("/", "/projects", "/sql", "/downloads", "/project?project=VN001"):
        page = open_page(
            path.partition("?")[0], at=closed, query={"lang": "en", "record": "own", "project": "VN001"}
        )
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        source = page.content()
        assert not re.search(
            r"VN001(?!\b.*project=)|tCO2|Mt-CO|Viet Nam",
            re.sub(r"<style.*?</style>", "", source, flags=re.DOTALL),
        )
        assert not page.get_by_test_id("stPlotlyChart").count()
        assert not page.get_by_text("Countries").count()
    embedded = open_page("/", at=closed, query={"lang": "en", "figure": "cumulative", "embed": "true"})
    expect(embedded.get_by_text("Sign in on the page itself")).to_be_visible()
    assert not embedded.get_by_test_id("stPlotlyChart").count()
    page = open_page("/", lang="en", at=closed)
    sign_in(page, closed)
    expect(page.get_by_test_id("stPlotlyChart").first).to_be_visible()
    feed = page.request.get(f"{closed.address}/feed/changes.en.atom")
    assert feed.ok
    assert MARK not in feed.text()


def test_a_cookie_that_was_made_up_opens_nothing(open_page: OpenPage, guarded: RunningServer) -> None:
    page = open_page("/", lang="en", at=guarded)
    made_up = json.dumps({"is_logged_in": True, "name": "x", "origin": guarded.address})
    page.context.add_cookies(
        [{"name": "_streamlit_user", "value": made_up.encode().hex(), "url": guarded.address}]
    )
    page.goto(f"{guarded.address}/projects?lang=en&record=own&q=wind+farm")
    wait_until_still(page)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert MARK not in page.content()


def test_the_sign_in_works_with_streamlits_own_command(
    open_page: OpenPage, plain_guarded: RunningServer, watch: Watch
) -> None:
    watch.expected.append(PROVIDER)
    page = open_page("/", lang="en", query={"record": "own"}, at=plain_guarded)
    sign_in(page, plain_guarded)
    page.goto(f"{plain_guarded.address}/?lang=en&record=own")
    wait_until_still(page)
    expect(page.get_by_text("Not public", exact=True)).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_note_on_the_own_record_is_plain_and_leaves_the_figures_in_sight(
    open_page: OpenPage, unguarded: RunningServer, lang: Language, picture_folder: Path | None
) -> None:
    page = open_page("/methods", lang=lang, at=unguarded)
    tops: dict[tuple[str, int, str], float] = {}
    for record in ("public", "own"):
        for path, query in (("/", {}), ("/projects", {}), ("/country", {"iso3": "VNM"})):
            go_to(page, path, {"lang": lang, **query, **({"record": "own"} if record == "own" else {})})
            for width in (1440, 390):
                page.set_viewport_size({"width": width, "height": 1000})
                wait_until_still(page)
                if picture_folder:
                    name = f"own-record-{path.strip('/') or 'target'}-{record}-{lang}-{width}.png"
                    page.screenshot(path=picture_folder / name)
                first = page.locator("[class*='st-key-tile_']").first.bounding_box()
                tops[path, width, record] = first["y"] if first else 0
                note = page.locator(".jcm-own")
                assert note.count() == (record == "own")
                if record == "own":
                    box = note.bounding_box()
                    assert box is not None
                    assert box["height"] < (70 if width > 1000 else 170)
    for path, width, record in tops:
        if record == "own":
            lower = tops[path, width, "own"] - tops[path, width, "public"]
            assert lower < (80 if width > 1000 else 170), (path, width)
