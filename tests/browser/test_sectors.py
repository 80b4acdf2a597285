"""The sectors page in Chromium: what only a browser shows."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage


def test_the_heat_map_keeps_its_countries_in_sight_and_a_cell_opens_its_projects(open_page: OpenPage) -> None:
    page = open_page("/sectors", lang="en", width=390, height=900)
    table = page.locator("table.jcm-heat")
    box = table.locator("xpath=..")
    before = table.locator("tbody th").nth(3).bounding_box()
    box.evaluate("e => e.scrollLeft = 200")
    after = table.locator("tbody th").nth(3).bounding_box()
    assert before
    assert after
    assert abs(before["x"] - after["x"]) <= 2  # the gap between cells
    page.locator("table.jcm-heat td a").first.click()
    expect(page).to_have_url(re.compile(r"/projects\?.*country=.*sector=1"))
