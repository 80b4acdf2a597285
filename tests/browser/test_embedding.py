"""A figure in a frame of another page: framed where it may be, as high as its content, without navigation."""

import http.server
import re
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Language, OpenPage, Watch, wait_until_still
from tests.running_server import RunningServer
from view.texts import texts

OUTSIDE = [
    "frame-ancestors",
    "X-Frame-Options",
    "request to another host",
    "chrome-error",
    "Refused to",
    "favicon",
]
"""What a page of another origin does that none of ours may."""


@pytest.fixture
def other_site(tmp_path: Path, server: RunningServer) -> Iterator[str]:
    """Address of another origin whose pages are the files of `tmp_path`; the first holds a figure and a whole page."""
    (tmp_path / "index.html").write_text(
        f'<!DOCTYPE html><iframe id="figure" width="600" height="450" src="{server.address}/?lang=en&figure=gap&embed=true">'
        f'</iframe><iframe id="page" src="{server.address}/?lang=en"></iframe>',
        encoding="utf-8",
    )
    handler = partial(_Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}/"
        site.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


def offered_code(page: Page, key: str) -> str:
    """The code for another page, copied from the panel of a figure with keys alone."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    line = page.locator(f".st-key-panel_{key} summary")
    line.focus()
    line.press("Enter")
    button = page.locator(f".st-key-tile_{key} .jcm-take").filter(has_text="<iframe").get_by_role("button")
    expect(button).to_be_visible()
    wait_until_still(page)
    button.focus()
    button.press("Enter")
    lang = page.evaluate("document.documentElement.lang")
    expect(page.locator("body > [role=status]")).to_have_text(texts(lang)("Copied."))
    return str(page.evaluate("navigator.clipboard.readText()"))


def height_of(page: Page, frame: str) -> float:
    """Height of a frame on the page that holds it, px."""
    return float(page.locator(frame).evaluate("frame => frame.getBoundingClientRect().height"))


_AS_HIGH_AS_ITS_CONTENT = """() => {
  const main = document.querySelector(".stMain"), content = document.querySelector(".stMainBlockContainer");
  return content?.querySelector(".jcm-source") && Math.abs(innerHeight - content.getBoundingClientRect().height) <= 2
    && main.scrollHeight <= main.clientHeight && main.scrollWidth <= main.clientWidth;
}"""


@pytest.mark.parametrize(
    "figure",
    [
        ("/", "hero", "en"),
        ("/", "cumulative", "ja"),
        ("/countries", "choropleth", "en"),
        ("/credits", "vintages", "ja"),
    ],
)
def test_the_offered_code_makes_a_frame_as_high_as_its_figure(
    figure: tuple[str, str, Language], open_page: OpenPage, watch: Watch, other_site: str, tmp_path: Path
) -> None:
    path, key, lang = figure
    page = open_page(path, lang=lang)
    heads = page.locator(f".st-key-tile_{key} :is(h2.jcm-title, p.jcm-subject)")
    title = heads.last.inner_text()
    code = offered_code(page, key)
    assert code.startswith(f'<iframe src="{page.url.partition("?")[0]}?')
    (tmp_path / "story.html").write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><body style="margin:0"><p>Before</p>{code}<p>After</p>',
        encoding="utf-8",
    )
    watch.expected += OUTSIDE
    page.set_viewport_size({"width": 1000, "height": 900})
    page.goto(f"{other_site}story.html")
    assert page.locator("iframe").get_attribute("title") == title
    offered = height_of(page, "iframe")
    for width in (1000, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.frames[1].wait_for_function(_AS_HIGH_AS_ITS_CONTENT)
        if width == 1000:
            fits = height_of(page, "iframe")
            assert 0.75 * fits < offered < 1.5 * fits
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_figure_tells_its_height_and_nothing_else_and_only_its_own_frame_follows(
    open_page: OpenPage, watch: Watch, other_site: str, tmp_path: Path, server: RunningServer
) -> None:
    page = open_page("/", lang="en")
    figure = f'<iframe height="50" src="{server.address}/?lang=en&figure=verified&embed=true"></iframe>'
    other = '<iframe id="other" height="50" src="advert.html"></iframe>'
    # The script arrives long after the figure has told its height.
    script = f"""<script>addEventListener("message", e => {{
      if (e.data.type !== "jcm-figure" || e.source !== frames[0] || window.told) return;
      window.told = e.data;
      document.body.append(Object.assign(document.createElement("script"), {{src: "{server.address}/app/static/embed.js"}}));
    }})</script>"""
    (tmp_path / "story.html").write_text(f"<!DOCTYPE html>{script}{figure}{other}", encoding="utf-8")
    (tmp_path / "advert.html").write_text(
        '<!DOCTYPE html><script>setInterval(() => parent.postMessage({type: "jcm-figure", height: 9000}, "*"), 20)</script>',
        encoding="utf-8",
    )
    watch.expected += OUTSIDE
    page.goto(f"{other_site}story.html")
    page.frames[1].wait_for_function(_AS_HIGH_AS_ITS_CONTENT)
    told = page.evaluate("told")
    assert sorted(told) == ["figure", "height", "type"]
    assert told["figure"] == "verified"
    assert height_of(page, "#other") < 100


def test_a_link_of_a_figure_leads_out_of_the_frame(
    open_page: OpenPage, watch: Watch, other_site: str, tmp_path: Path, server: RunningServer
) -> None:
    page = open_page("/", lang="en")
    (tmp_path / "story.html").write_text(
        f'<!DOCTYPE html><iframe width="900" height="700" src="{server.address}/countries?lang=en&figure=ranking&embed=true">',
        encoding="utf-8",
    )
    watch.expected += OUTSIDE
    page.goto(f"{other_site}story.html")
    with page.expect_popup() as opened:
        page.frame_locator("iframe").locator("table a", has_text="Palau").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Palau")


def test_a_figure_may_be_framed_and_a_whole_page_may_not(
    open_page: OpenPage, watch: Watch, other_site: str
) -> None:
    page = open_page("/?lang=en&figure=gap&embed=true")
    watch.expected += OUTSIDE
    page.goto(other_site)
    figure = page.frame_locator("#figure")
    expect(figure.get_by_role("heading", name=re.compile("are missing by FY2030"))).to_be_visible()
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
