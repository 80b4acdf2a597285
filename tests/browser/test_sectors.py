"""The sectors page in Chromium: what only a browser shows."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Language, OpenPage, Theme


@pytest.mark.parametrize(("lang", "theme", "width"), [("en", "light", 1440), ("ja", "dark", 390)])
def test_nothing_sticks_out_and_the_heat_map_keeps_its_countries_in_sight(
    lang: Language, theme: Theme, width: int, open_page: OpenPage
) -> None:
    page = open_page("/sectors", lang=lang, theme=theme, width=width, height=900)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    table = page.locator("table.jcm-heat")
    box = table.locator("xpath=..")
    before = table.locator("tbody th").nth(3).bounding_box()
    box.evaluate("e => e.scrollLeft = 200")
    after = table.locator("tbody th").nth(3).bounding_box()
    assert before
    assert after
    assert abs(before["x"] - after["x"]) <= 2  # the gap between cells


def test_a_cell_of_the_heat_map_opens_its_projects(open_page: OpenPage) -> None:
    page = open_page("/sectors", lang="en")
    page.locator("table.jcm-heat td a").first.click()
    expect(page).to_have_url(re.compile(r"/projects\?.*country=.*sector=1"))
