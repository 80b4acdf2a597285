"""Chromium on the real app: fixtures that fail a test on anything a visitor should never meet."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from tests.install_browser import find_browser
from tests.running_server import RunningServer

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
LOCALES = {"en": "en-GB", "ja": "ja-JP"}
MILLISECONDS_TO_WAIT = 60_000

Language = Literal["en", "ja"]
Theme = Literal["light", "dark"]
OpenPage = Callable[..., Page]

SEARCH_FOR_THE_SERVER = re.compile(r"/[a-z0-9]+/_stcore/(health|host-config)$")
"""On every page but the first, Streamlit's front end looks for its server below the page's own address first."""


expect.set_options(timeout=MILLISECONDS_TO_WAIT)  # a busy machine is slow, not wrong


THIRDS = {
    "test_every_page": "every-page",
    "test_own_record": "servers",
    "test_serving": "servers",
    "test_tasks": "servers",
}
"""Modules that take about a third of the time of all."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives Chromium; a worker does a third of it, so that no more than three servers run at a time."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            third = THIRDS.get(item.path.stem, "visits")
            item.add_marker(pytest.mark.xdist_group(f"browser-{third}"))


@pytest.fixture(scope="session")
def server(warehouse_dir: Path) -> Iterator[RunningServer]:
    """The app on the warehouse that the tests share, served as `make run` serves it but for the warming up."""
    with RunningServer.tuned("--no-warm", environment={"JCM_WAREHOUSE_DIR": str(warehouse_dir)}) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window and without a way out of this machine."""
    program = find_browser()
    if program is None:
        pytest.fail("no Chromium: run tests/install_browser.py, or name one in CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield chromium
        chromium.close()


@dataclass
class Watch:
    """What happened on the pages of one test. `problems` must be empty when it ends.

    A test that provokes a message on purpose names it in `expected` (a regular expression).
    """

    requests: list[Request] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def attach(self, page: Page, address: str) -> None:
        """Note every request and every complaint of this page."""
        host = urlsplit(address).netloc

        def note_address(url: str) -> None:
            parts = urlsplit(url)
            if parts.scheme not in {"data", "blob"} and parts.netloc != host:
                self.problems.append(f"request to another host: {url}")

        def note_request(request: Request) -> None:
            self.requests.append(request)
            note_address(request.url)

        page.on("request", note_request)
        page.on("websocket", lambda socket: note_address(socket.url))
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on(
            "console",
            lambda message: (
                self.problems.append(f"console: {message.text} ({message.location})")
                if message.type == "error" and not SEARCH_FOR_THE_SERVER.search(message.location["url"])
                else None
            ),
        )

    def remaining(self) -> list[str]:
        """Problems that the test did not expect."""
        return [p for p in self.problems if not any(re.search(pattern, p) for pattern in self.expected)]


@pytest.fixture
def watch() -> Watch:
    """Requests and problems of the pages that this test opens."""
    return Watch()


@pytest.fixture
def open_page(request: pytest.FixtureRequest, browser: Browser, watch: Watch) -> Iterator[OpenPage]:
    """Opens pages of the app: `open_page("/", lang="ja", theme="dark", width=390)`.

    Waits until the script has run and every chart is drawn. `query` is a mapping of further controls in the
    address; `at` another server. Afterwards the test fails if a page left this host, a script failed in the
    browser, the console showed an error, or the app's script raised.
    """
    contexts: list[BrowserContext] = []
    servers: set[RunningServer] = set()

    def opening(
        path: str = "/",
        lang: Language | None = None,
        theme: Theme = "light",
        width: int = 1440,
        *,
        height: int = 1000,
        query: dict[str, str] | None = None,
        locale: str | None = None,
        at: RunningServer | None = None,
    ) -> Page:
        running = at or request.getfixturevalue("server")
        servers.add(running)
        context = new_context(browser, locale or LOCALES[lang or "en"], theme, width, height)
        contexts.append(context)
        page = context.new_page()
        watch.attach(page, running.address)
        controls = {**({"lang": lang} if lang else {}), **(query or {})}
        page.goto(f"{running.address}{path}{'?' + urlencode(controls) if controls else ''}")
        wait_until_still(page)
        return page

    already = {running: len(running.output) for running in _running(request)}
    yield opening
    for context in contexts:
        for page in context.pages:
            if page.get_by_test_id("stException").count():
                watch.problems.append(
                    f"exception on the page: {page.get_by_test_id('stException').inner_text()}"
                )
        context.close()
    printed = "".join(running.output[already.get(running, 0) :] for running in servers)
    if "Traceback" in printed:
        watch.problems.append("the app's script raised")
    assert not watch.remaining(), "\n".join([*watch.remaining(), "The server printed:", printed])


def new_context(
    browser: Browser, locale: str, theme: Theme = "light", width: int = 1440, height: int = 1000
) -> BrowserContext:
    """A visitor's browser, with nothing kept from another visit."""
    context = browser.new_context(
        color_scheme=theme,
        locale=locale,
        viewport={"width": width, "height": height},
        timezone_id="Asia/Tokyo",
        accept_downloads=True,
        reduced_motion="reduce",
    )
    context.set_default_timeout(MILLISECONDS_TO_WAIT)
    return context


def _running(request: pytest.FixtureRequest) -> list[RunningServer]:
    """Servers that run already, so that what they printed for earlier tests is not counted again."""
    names = [name for name in ("server", "small_server", "below") if name in request.fixturenames]
    return [request.getfixturevalue(name) for name in names]


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """The first page in English, light, 1440 pixels wide."""
    return open_page("/", lang="en")


def wait_until_still(page: Page) -> None:
    """Wait until the app's script has run to its end and every chart on the page is drawn."""
    app = page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(app).to_be_attached(timeout=MILLISECONDS_TO_WAIT)
    page.wait_for_function(
        """() => document.querySelectorAll("[data-testid=stSkeleton]").length === 0
        && [...document.querySelectorAll("[data-testid=stPlotlyChart]")]
           .every(chart => chart.querySelector(".main-svg"))""",
        timeout=MILLISECONDS_TO_WAIT,
    )


def go_to(page: Page, group: str, name: str) -> None:
    """Go to a page by the menu: open its group, and take it."""
    page.get_by_test_id("stTopNavSection").filter(has_text=group).click()
    page.get_by_test_id("stTopNavPopover").locator("a").filter(has=page.get_by_text(name, exact=True)).click()


def open_controls(page: Page) -> None:
    """Open the line that holds the filters, as a reader without a mouse does."""
    line = page.locator(".st-key-pick summary")
    line.focus()
    line.press("Enter")
    expect(page.locator(".st-key-pick details")).to_have_attribute("open", "")


@pytest.fixture
def picture_folder() -> Path | None:
    """Where to keep pictures for people to look at: JCM_PICTURES, or None to keep none."""
    given = os.environ.get("JCM_PICTURES")
    if not given:
        return None
    folder = Path(given)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
