"""Every page as four readers see it: nothing sticks out, colours and language fit, charts are named, one data version."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

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
READERS: list[tuple[Language, Theme, int, Iterable[str]]] = [
    ("en", "light", 1440, PAGES),
    ("ja", "dark", 390, PAGES),
    ("en", "dark", 390, CHARTED),
    ("ja", "light", 1440, CHARTED),
]


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
    return int(
        page.evaluate(
            """() => Math.max(document.documentElement.scrollWidth - window.innerWidth,
            ...[...document.querySelectorAll(".jcm")].map(e => e.getBoundingClientRect().right - window.innerWidth))"""
        )
    )


def names_of_charts(page: Page) -> list[str | None]:
    """What a screen reader says of each chart."""
    named: list[str | None] = page.get_by_test_id("stPlotlyChart").evaluate_all(
        "all => all.map(e => e.getAttribute('aria-label') || e.querySelector('[aria-label]')?.ariaLabel)"
    )
    return named
