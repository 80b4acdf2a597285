"""A figure in a frame of another page: framed where it may be, without navigation, small."""

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, Watch
from tests.running_server import RunningServer


@pytest.fixture
def other_site(tmp_path: Path, server: RunningServer) -> Iterator[str]:
    """A page of another origin that holds a figure in a frame, and a whole page in another."""
    (tmp_path / "index.html").write_text(
        f'<!DOCTYPE html><iframe id="figure" width="600" height="450" src="{server.address}/?lang=en&figure=gap&embed=true">'
        f'</iframe><iframe id="page" src="{server.address}/?lang=en"></iframe>',
        encoding="utf-8",
    )
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}/index.html"
        site.shutdown()


def test_a_figure_may_be_framed_and_a_whole_page_may_not(
    open_page: OpenPage, watch: Watch, other_site: str
) -> None:
    page = open_page("/?lang=en&figure=gap&embed=true")
    watch.expected += [
        "frame-ancestors",
        "X-Frame-Options",
        "request to another host",
        "chrome-error",
        "Refused to",
        "favicon",
    ]
    page.goto(other_site)
    figure = page.frame_locator("#figure")
    expect(figure.get_by_role("heading", name="Gap to the targets (verified, then expected)")).to_be_visible()
    whole = page.frame_locator("#page")
    expect(whole.get_by_role("heading", level=1)).to_have_count(0)


@pytest.mark.parametrize(("lang", "theme", "width"), [("en", "light", 600), ("ja", "dark", 390)])
def test_an_embedded_figure_has_no_navigation_and_fits(
    lang: str, theme: str, width: int, open_page: OpenPage
) -> None:
    page = open_page(
        "/", lang=lang, theme=theme, width=width, height=450, query={"figure": "cumulative", "embed": "true"}
    )
    expect(page.locator(".js-plotly-plot")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(0)
    expect(page.get_by_test_id("stTopNavLink")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
