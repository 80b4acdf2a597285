"""The tracker below /jcm/ of a host that nginx speaks for: nothing is asked of the rest of the host, and what fails is said."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LOCALES, MILLISECONDS_TO_WAIT, Language, wait_until_still
from tests.proxies import documented, free_port, nginx, site
from tests.running_server import RunningServer
from tests.serve.conftest import SMALL_APP

PAGES = (
    "",
    "changes",
    "countries",
    "country?iso3=MNG",
    "map",
    "compare",
    "readiness",
    "sectors",
    "projects",
    "participants",
    "methodologies",
    "credits",
    "article6",
    "outlook",
    "briefing",
    "downloads",
    "sql",
    "guide",
    "methods",
    "quality",
    "search?q=solar",
    "nothing",
    "?figure=hero&embed=true",
)


@pytest.fixture(scope="module")
def below(warehouse_dir: Path) -> Iterator[RunningServer]:
    """The tracker below /jcm."""
    environment = {"JCM_WAREHOUSE_DIR": str(warehouse_dir), "FORWARDED_ALLOW_IPS": "127.0.0.1"}
    with RunningServer.tuned("--no-warm", "--base-path", "jcm", environment=environment) as running:
        yield running


@dataclass(frozen=True)
class Visitor:
    """A page behind the proxy, and every address that it asked for."""

    page: Page
    asked: list[str]


def visitor(browser: Browser, lang: Language) -> Visitor:
    context = browser.new_context(
        locale=LOCALES[lang], accept_downloads=True, viewport={"width": 1440, "height": 1000}
    )
    context.set_default_timeout(MILLISECONDS_TO_WAIT)
    page = context.new_page()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    return Visitor(page, asked)


def behind(server: RunningServer, *left_out: str) -> tuple[str, int]:
    port = free_port()
    replaced = {"127.0.0.1:8501": f"127.0.0.1:{server.port}", **dict.fromkeys(left_out, "")}
    return site(documented("nginx.conf", replaced), port), port


def test_nothing_outside_of_the_path_is_asked_for_or_linked_to(
    browser: Browser, below: RunningServer
) -> None:
    with nginx(*behind(below)) as address:
        reader = visitor(browser, "en")
        linked: set[str] = set()
        for path in PAGES:
            reader.page.goto(f"{address}/jcm/{path}")
            wait_until_still(reader.page)
            linked |= set(
                reader.page.evaluate(
                    "() => [...document.querySelectorAll('[href], [src]')].map(one => one.href?.baseVal ?? one.href ?? one.src)"
                )
            )
        reader.page.goto(f"{address}/jcm/downloads?lang=en")
        wait_until_still(reader.page)
        with reader.page.expect_download() as downloading:
            reader.page.get_by_test_id("stDownloadButton").get_by_role("button").first.click()
        assert downloading.value.path().stat().st_size > 100
        reader.page.context.close()
    for url in (*reader.asked, *linked):
        parts = urlsplit(url)
        if parts.netloc == urlsplit(address).netloc:
            assert parts.path.startswith("/jcm/"), url
        else:
            assert url not in reader.asked or parts.scheme in {"data", "blob"}, url
    assert any("/fonts/" in url or url.endswith(".woff2") for url in reader.asked)
    assert any(url.startswith("ws://") for url in reader.asked)
    assert any(".atom" in url for url in linked)
    assert "Traceback" not in below.output


WORDS = {
    "ja": "このページはサーバーに接続できていません。",
    "en": "This page does not reach its server.",
}


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("ja", "proxy_set_header Upgrade $http_upgrade;"),
        ("en", "proxy_set_header Host $http_host;"),
    ],
)
def test_a_page_without_its_websocket_says_so(
    browser: Browser, below: RunningServer, picture_folder: Path | None, lang: Language, line: str
) -> None:
    with nginx(*behind(below, line)) as address:
        reader = visitor(browser, lang)
        reader.page.goto(f"{address}/jcm/countries")
        said = reader.page.get_by_role("alert").filter(has_text=WORDS[lang])
        expect(said).to_be_visible()
        assert said.get_attribute("lang") == lang
        if picture_folder:
            reader.page.screenshot(path=picture_folder / f"no-websocket-{lang}.png")
            reader.page.set_viewport_size({"width": 390, "height": 800})
            reader.page.screenshot(path=picture_folder / f"no-websocket-{lang}-390.png")
        reader.page.context.close()
    assert "A session was refused" in below.output


def test_a_page_that_has_come_says_nothing_of_a_connection(browser: Browser, below: RunningServer) -> None:
    with nginx(*behind(below)) as address:
        reader = visitor(browser, "en")
        reader.page.clock.install()
        reader.page.goto(f"{address}/jcm/")
        wait_until_still(reader.page)
        reader.page.clock.fast_forward(60_000)
        expect(reader.page.get_by_role("alert").filter(has_text="does not reach")).to_have_count(0)
        assert [url for url in reader.asked if url.endswith("/jcm/connection")] == []
        reader.page.context.close()


def test_a_page_whose_process_is_lost_goes_on_with_another_by_itself(browser: Browser) -> None:
    arguments = ("--script", str(SMALL_APP), "--no-warm", "--base-path", "jcm")
    with RunningServer.tuned(*arguments) as first, nginx(*behind(first)) as address:
        reader = visitor(browser, "en")
        reader.page.goto(f"{address}/jcm/?rows=7")
        expect(reader.page.get_by_text("rows=7")).to_be_visible()
        wait_until_still(reader.page)
        first.kill()
        with RunningServer.tuned(*arguments, port=first.port) as second:
            assert second.port == first.port
            reader.page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]").wait_for()
            wait_until_still(reader.page)
            reader.page.get_by_role("slider").press("ArrowRight")
            expect(reader.page.get_by_text("rows=8")).to_be_visible()
        reader.page.context.close()
