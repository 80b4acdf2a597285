"""What a visitor waits for in Chromium: the first chart, and the redraw after a control was changed."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from tests.bench.result import Row, median, milliseconds
from tests.browser.conftest import FLAGS, go_to, open_controls
from tests.install_browser import find_browser
from tests.running_server import RunningServer

ROOT = Path(__file__).parent.parent.parent
BARE_PAGE = Path(__file__).parent / "bare_page.py"
REPETITIONS = 5

MAP_LIMIT = "1.2 s"

VISITS_BEFORE = 2
"""The first visit compiles, the second keeps the compiled scripts, the third finds them."""

FIRST_CHART = """
const noteFirst = (name, mark) => {
    if (!mark || window[name] || mark.getBoundingClientRect().height <= 0) return;
    requestAnimationFrame(() => { window[name] = window[name] || performance.now(); });
};
const watchFirst = () => {
    noteFirst("firstChart", document.querySelector("[data-testid=stPlotlyChart] .main-svg"));
    const squares = [...document.querySelectorAll(".jcm-squares img")].find(one => one.offsetHeight && one.complete);
    noteFirst("firstPicture", squares);
};
document.addEventListener("load", watchFirst, true);
new MutationObserver(watchFirst).observe(document, {childList: true, subtree: true, attributes: true});
"""
"""Notes when the first chart of Plotly, and the first picture of squares, had been painted."""

WATCH_REDRAW = """() => {
    window.pressed = null; window.drawn = null;
    addEventListener("pointerdown", event => { window.pressed = performance.now(); window.drawn = null; }, true);
    const chart = document.querySelector("[data-testid=stPlotlyChart]").closest("[data-testid=stElementContainer]");
    new MutationObserver(changes => {
        if (changes.some(change => change.target.closest && change.target.closest(".main-svg, .svg-container")))
            requestAnimationFrame(() => { window.drawn = performance.now(); });
    }).observe(chart.parentElement, {childList: true, subtree: true, characterData: true});
}"""

WATCH_MAP = """() => {
    let pressed = null;
    window.drawn = null;
    addEventListener("pointerdown", () => { pressed = performance.now(); }, {capture: true, once: true});
    const watcher = new MutationObserver(() => {
        const charts = [...document.querySelectorAll("[data-testid=stPlotlyChart]")];
        if (!pressed || !charts.some(chart => chart.querySelectorAll(".points path").length > 150)) return;
        watcher.disconnect();
        requestAnimationFrame(() => { window.drawn = performance.now() - pressed; });
    });
    watcher.observe(document, {childList: true, subtree: true});
}"""

STILL = """() => window.drawn && performance.now() - window.drawn > 600"""


def measure(server: RunningServer) -> list[Row]:
    """First chart of the bare page and of the target page, each under both servers; then the redraw."""
    with (
        _chromium() as visitors,
        RunningServer.plain(BARE_PAGE) as bare,
        RunningServer.tuned("--script", str(BARE_PAGE)) as bare_tuned,
        RunningServer.plain(ROOT / "app.py") as plain,
    ):
        names = {
            "bare page, streamlit run": bare.address,
            "bare page, this server": bare_tuned.address,
            "target page, streamlit run": plain.address,
            "target page, this server": server.address,
            "map page, this server": f"{server.address}/map",
        }
        cold, cached = _first_charts(visitors, names)
        rows = [
            _first_chart_row(name, kind, times[name], times["bare page, streamlit run"])
            for kind, times in (("cold", cold), ("cached", cached))
            for name in times
        ]
        rows.append(_redraw(visitors, server.address))
        rows.append(_map_from_another_page(visitors, server.address))
    return rows


def _first_chart_row(name: str, kind: str, times: list[float], bare: list[float]) -> Row:
    is_picture = name.endswith(PICTURE)
    is_held = name.removesuffix(PICTURE) == "target page, this server"
    ratio = f" ({median(times) / median(bare):.2f} ×)" if is_held else ""
    how = f"Chromium, {kind}, median of {REPETITIONS}"
    held = "1.1 × bare" if is_picture else "1.5 × bare"
    limit = held if is_held else MAP_LIMIT if name.startswith("map") else ""
    return Row(
        f"{'First picture' if is_picture else 'First chart'}, {name.removesuffix(PICTURE)}, {kind}",
        f"{milliseconds(median(times))}{ratio}",
        limit,
        how,
    )


@contextmanager
def _chromium() -> Iterator["Visitors"]:
    program = find_browser()
    with sync_playwright() as playwright:
        yield Visitors(playwright, program)


@dataclass(frozen=True)
class Visitors:
    """People with a browser of their own: a profile on disk, as only that keeps compiled scripts."""

    playwright: Playwright
    program: str | None

    @contextmanager
    def one(self) -> Iterator[BrowserContext]:
        """Somebody who has never been here."""
        with tempfile.TemporaryDirectory() as profile:
            context = self.playwright.chromium.launch_persistent_context(
                profile,
                executable_path=self.program,
                args=list(FLAGS),
                viewport={"width": 1440, "height": 1000},
                locale="en-GB",
            )
            context.add_init_script(FIRST_CHART)
            yield context
            context.close()


Times = Mapping[str, list[float]]
"""Seconds by name of a page; those to its first picture stand under the name and `PICTURE`."""
PICTURE = ", first picture"


def _first_charts(visitors: Visitors, addresses: Mapping[str, str]) -> tuple[Times, Times]:
    """Seconds to the first chart and picture at each address: of people who were never there, and of people who were.

    The addresses take turns, so that whatever else the machine does falls on all of them.
    """
    cold: dict[str, list[float]] = {}
    cached: dict[str, list[float]] = {}
    for address in addresses.values():  # the server's own first visit is not what is compared
        with visitors.one() as visitor:
            _first_marks(visitor, address)
    for _ in range(REPETITIONS):
        for name, address in addresses.items():
            with visitors.one() as visitor:
                _note(cold, name, _first_marks(visitor, address))
                for _ in range(VISITS_BEFORE):
                    _first_marks(visitor, address)
                _note(cached, name, _first_marks(visitor, address))
    return cold, cached


def _note(times: dict[str, list[float]], name: str, marks: tuple[float, float | None]) -> None:
    chart, picture = marks
    times.setdefault(name, []).append(chart)
    if picture is not None:
        times.setdefault(name + PICTURE, []).append(picture)


def _first_marks(context: BrowserContext, address: str) -> tuple[float, float | None]:
    """Seconds to the first chart, and to the first picture where the page has one."""
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.firstChart", timeout=60_000)
    _until_still(page)
    chart, picture = page.evaluate("[window.firstChart, window.firstPicture || null]")
    page.close()
    return chart / 1000, None if picture is None else picture / 1000


def _until_still(page: Page) -> None:
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)


def _redraw(visitors: Visitors, address: str) -> Row:
    """Median seconds from pressing a choice of the target page to the last change of its first chart."""
    with visitors.one() as visitor:
        return _redraw_of(visitor.new_page(), address)


def _redraw_of(page: Page, address: str) -> Row:
    page.goto(f"{address}/?lang=en")
    page.wait_for_function("() => window.firstChart")
    _until_still(page)
    page.evaluate(WATCH_REDRAW)
    taken = []
    for press in 2 * _choices(page):
        press()
        page.wait_for_function(STILL, timeout=20_000)
        taken.append(page.evaluate("(window.drawn - window.pressed) / 1000"))
        _until_still(page)
    return Row(
        "Changed control to redrawn chart",
        f"{milliseconds(median(taken))} (longest {milliseconds(max(taken))})",
        "300 ms",
        f"Chromium, {len(taken)} changes, median",
    )


def _choices(page: Page) -> list[Callable[[], None]]:
    """Presses that change the first chart of the target page, and back again."""
    open_controls(page)

    def press(name: str) -> Callable[[], None]:
        return lambda: page.get_by_role("radio", name=name, exact=True).click()

    names = ("Verified + expected", "Japanese side", "Each year", "Cumulative", "Total", "Expected")
    return [press(name) for name in names]


def _map_from_another_page(visitors: Visitors, address: str) -> Row:
    """Median seconds from pressing the menu on the target page to a map with its places drawn."""
    taken = []
    with visitors.one() as visitor:
        page = visitor.new_page()
        for _ in range(REPETITIONS):
            page.goto(f"{address}/?lang=en")
            page.wait_for_function("() => window.firstChart")
            _until_still(page)
            page.evaluate(WATCH_MAP)
            go_to(page, "Countries and sectors", "Map")
            page.wait_for_function("() => window.drawn")
            taken.append(page.evaluate("window.drawn / 1000"))
    return Row(
        "Map, every place drawn, from another page",
        f"{milliseconds(median(taken))} (longest {milliseconds(max(taken))})",
        MAP_LIMIT,
        f"Chromium, {REPETITIONS} visits, median",
    )
