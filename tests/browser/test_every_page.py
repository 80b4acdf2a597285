"""Every page as four readers see it: nothing sticks out, colours and language fit, charts are named, one data version.

On a telephone words keep clear of each other, amounts keep their units, and every choice is in sight; in the dark the main
buttons can be read.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessible import findings
from tests.browser.conftest import Language, OpenPage, Theme, wait_until_still

PAGES: dict[str, dict[str, str]] = {
    "": {},
    "countries": {},
    "country": {"iso3": "MNG"},
    "readiness": {},
    "sectors": {},
    "methodologies": {},
    "projects": {},
    "project": {"project": "MN003"},
    "credits": {},
    "article6": {},
    "map": {},
    "compare": {},
    "participants": {},
    "search": {"q": "JCM"},
    "outlook": {},
    "sql": {},
    "briefing": {},
    "changes": {},
    "downloads": {},
    "guide": {},
    "methods": {},
    "quality": {},
}
CHARTED = ("", "countries", "country", "sectors", "outlook", "map")
WITH_CHOICES = (*CHARTED, "project", "credits", "briefing", "downloads")
PHONE = 390
NARROWEST = 320
_OVERFLOW = """Math.max(document.documentElement.scrollWidth - innerWidth,
    ...[...document.querySelectorAll(".jcm")].map(e => e.getBoundingClientRect().right - innerWidth))"""
READERS: list[tuple[Language, Theme, int, Iterable[str]]] = [
    ("en", "light", 1440, PAGES),
    ("ja", "dark", 390, PAGES),
    ("en", "dark", 390, WITH_CHOICES),
    ("ja", "light", 1440, CHARTED),
]
"""The first two see every page, and axe-core sees it with them: both languages, themes and widths."""


@pytest.mark.parametrize("reader", READERS)
def test_every_page_reads_well(
    reader: tuple[Language, Theme, int, Iterable[str]], open_page: OpenPage, picture_folder: Path | None
) -> None:
    lang, theme, width, names = reader
    page = open_page("/methods", lang=lang, theme=theme, width=width, height=1000 if width > 500 else 844)
    for name in names:
        go_to(page, f"/{name}", {"lang": lang, **PAGES[name]})
        answer = page.get_by_role("heading", level=1).first
        assert answer.evaluate("e => e.closest('[lang]').lang") == lang, name
        assert overflow(page) <= 0, name
        background, ink = page.evaluate(
            """() => [getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor,
            getComputedStyle(document.querySelector("h1")).color]
            .map(c => c.match(/\\d+/g).slice(0, 3).reduce((sum, x) => sum + Number(x), 0))"""
        )
        assert (background < 150 and ink > 600) if theme == "dark" else (background > 700 and ink < 200), name
        for named in names_of_charts(page):
            assert named, name
            assert len(named) > 10, (name, named)
        lines = page.locator(".jcm-source").all_inner_texts()
        assert len({found for line in lines for found in re.findall(r"\b[0-9a-f]{12}\b", line)}) <= 1, name
        if names is PAGES:
            assert findings(page) == [], name
        if width == PHONE:
            assert words_on_each_other(page) == [], name
            assert legends_beyond_their_chart(page) == [], name
            lines = lines_of_amounts(page)
            assert len(lines) > 3 or name not in {"countries", "outlook", "project"}
            assert [line for line in lines if re.fullmatch(r"M?t|万t?|億", line)] == [], name
            for choice in page.get_by_role("radio").all():
                box = choice.bounding_box()
                assert box, (name, choice.inner_text())
                assert box["x"] + box["width"] <= PHONE, (name, choice.inner_text())
            page.set_viewport_size({"width": NARROWEST, "height": 844})
            page.wait_for_function(f"() => {_OVERFLOW} <= 0")
            page.set_viewport_size({"width": width, "height": 844})
        if theme == "dark":
            contrasts = contrasts_of_main_buttons(page)
            assert contrasts or name not in {"briefing", "downloads"}
            assert [contrast for contrast in contrasts if contrast < 4.5] == [], name
        if picture_folder:
            height = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
            page.set_viewport_size({"width": width, "height": int(height) + 60})
            wait_until_still(page)
            page.screenshot(path=picture_folder / f"{name or 'target'}-{lang}-{theme}-{width}.png")
            page.set_viewport_size({"width": width, "height": 1000})


def go_to(page: Page, path: str, query: dict[str, str]) -> None:
    """Another page in the same visit, as by the browser's own back button: scripts are not loaded again."""
    heading = page.get_by_role("heading", level=1).first
    before = heading.inner_text()
    address = path + "?" + "&".join(f"{key}={value}" for key, value in query.items())
    page.evaluate(
        "to => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')) }", address
    )
    expect(heading).not_to_have_text(before)
    wait_until_still(page)


def overflow(page: Page) -> int:
    """Pixels by which the page or a block of ours outside a scrolling frame sticks out of the window."""
    return int(page.evaluate(f"() => {_OVERFLOW}"))


def names_of_charts(page: Page) -> list[str | None]:
    """What a screen reader says of each chart."""
    named: list[str | None] = page.get_by_test_id("stPlotlyChart").evaluate_all(
        "all => all.map(e => e.getAttribute('aria-label') || e.querySelector('[aria-label]')?.ariaLabel)"
    )
    return named


def words_on_each_other(page: Page) -> list[list[str]]:
    """Pairs of words in a chart that lie on each other."""
    pairs: list[list[str]] = page.evaluate(
        """() => [...document.querySelectorAll(".js-plotly-plot")].flatMap(plot => {
          const words = [...plot.querySelectorAll(".annotation-text")];
          const boxes = words.map(e => e.getBoundingClientRect());
          return words.flatMap((one, i) => words.slice(i + 1).filter((_, j) => {
            const [a, b] = [boxes[i], boxes[i + 1 + j]];
            return a.left < b.right && b.left < a.right && a.top < b.bottom - 1 && b.top < a.bottom - 1;
          }).map(other => [one.textContent, other.textContent]));
        })"""
    )
    return pairs


def legends_beyond_their_chart(page: Page) -> list[str]:
    """Words of legends that stick out of their chart."""
    beyond: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".js-plotly-plot")].flatMap(plot =>
          [...plot.querySelectorAll(".legendtext")]
            .filter(e => e.getBoundingClientRect().right > plot.getBoundingClientRect().right + 1)
            .map(e => e.textContent))"""
    )
    return beyond


def lines_of_amounts(page: Page) -> list[str]:
    """Every line of every amount in a table, as the browser breaks it."""
    lines: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".jcm td.jcm-n")].flatMap(cell => {
          const lines = new Map(), walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode()); ) {
            if (node.parentElement.closest("small")) continue;
            for (let i = 0; i < node.length; i++) {
              const range = document.createRange();
              range.setStart(node, i);
              range.setEnd(node, i + 1);
              const top = Math.round(range.getBoundingClientRect().top);
              lines.set(top, (lines.get(top) ?? "") + node.data[i]);
            }
          }
          return [...lines.values()].map(line => line.trim());
        })"""
    )
    return lines


def contrasts_of_main_buttons(page: Page) -> list[float]:
    """Contrast of the words on each main button with their ground."""
    colours: list[list[list[int]]] = page.locator("[data-testid$=Button-primary]:enabled").evaluate_all(
        """all => all.map(e => [getComputedStyle(e.querySelector("p") ?? e).color, getComputedStyle(e).backgroundColor]
        .map(colour => colour.match(/\\d+/g).slice(0, 3).map(Number)))"""
    )
    pairs = [sorted(map(luminance, both), reverse=True) for both in colours]
    return [(lighter + 0.05) / (darker + 0.05) for lighter, darker in pairs]


def luminance(colour: list[int]) -> float:
    """Relative luminance as the guidelines on accessibility define it."""
    parts = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in (c / 255 for c in colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
