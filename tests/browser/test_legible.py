"""Words keep clear of each other, amounts keep their units, and buttons and choices can be read."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Language, OpenPage

PHONE = 390


@pytest.mark.parametrize(
    ("path", "query"), [("/country", {"iso3": "MNG"}), ("/outlook", {}), ("/", {})], ids=str
)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_words_in_a_chart_do_not_lie_on_each_other(
    open_page: OpenPage, path: str, query: dict[str, str], lang: Language
) -> None:
    page = open_page(path, lang, width=PHONE, query=query)
    overlaps = page.evaluate(
        """() => [...document.querySelectorAll(".js-plotly-plot")].flatMap(plot => {
          const words = [...plot.querySelectorAll(".annotation-text")];
          const boxes = words.map(e => e.getBoundingClientRect());
          return words.flatMap((one, i) => words.slice(i + 1).filter((_, j) => {
            const [a, b] = [boxes[i], boxes[i + 1 + j]];
            return a.left < b.right && b.left < a.right && a.top < b.bottom - 1 && b.top < a.bottom - 1;
          }).map(other => [one.textContent, other.textContent]));
        })"""
    )
    assert overlaps == []


def test_a_legend_fits_a_narrow_screen(open_page: OpenPage) -> None:
    page = open_page("/", "en", width=PHONE)
    beyond = page.evaluate(
        """() => [...document.querySelectorAll(".js-plotly-plot")].flatMap(plot =>
          [...plot.querySelectorAll(".legendtext")]
            .filter(e => e.getBoundingClientRect().right > plot.getBoundingClientRect().right + 1)
            .map(e => e.textContent))"""
    )
    assert beyond == []


@pytest.mark.parametrize(("path", "lang"), [("/countries", "ja"), ("/outlook", "ja"), ("/project", "en")])
def test_an_amount_is_not_torn_from_its_unit(open_page: OpenPage, path: str, lang: Language) -> None:
    query = {"project": "MN003"} if path == "/project" else {}
    page = open_page(path, lang, width=PHONE, query=query)
    page.evaluate("document.fonts.ready")
    assert [line for line in lines_of_amounts(page) if re.fullmatch(r"M?t|万t?|億", line)] == []


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
    assert len(lines) > 3
    return lines


@pytest.mark.parametrize(
    ("path", "name"), [("/briefing", "Make the pack"), ("/downloads", "Data Package (ZIP)")]
)
def test_the_main_button_can_be_read_in_the_dark(open_page: OpenPage, path: str, name: str) -> None:
    button = open_page(path, "en", "dark").get_by_role("button", name=name)
    ink, ground = button.evaluate(
        """e => [getComputedStyle(e.querySelector("p") ?? e).color, getComputedStyle(e).backgroundColor]
        .map(colour => colour.match(/\\d+/g).slice(0, 3).map(Number))"""
    )
    lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(colour: list[int]) -> float:
    """Relative luminance as the guidelines on accessibility define it."""
    parts = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in (c / 255 for c in colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("path", ["/credits", "/briefing"])
def test_every_choice_is_in_sight_on_a_narrow_screen(open_page: OpenPage, path: str) -> None:
    page = open_page(path, "en", width=PHONE)
    for choice in page.get_by_role("radio").all():
        box = choice.bounding_box()
        assert box, choice.inner_text()
        assert box["x"] + box["width"] <= PHONE, choice.inner_text()
