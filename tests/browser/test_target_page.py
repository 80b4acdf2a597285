"""The target page in Chromium: what only a browser shows."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, go_to, open_controls, wait_until_still

EXPECTED_ANSWER = {
    "en": "JCM projects on paper cover",
    "ja": "案件の見込みは",
}


def test_one_choice_in_a_panel_leaves_the_others_alone(open_page: OpenPage) -> None:
    page = open_page("/", lang="en", query={"share": "japan"})
    open_controls(page)
    page.get_by_text("Each year", exact=True).click()
    expect(page).to_have_url(re.compile("share=japan.*form=yearly|form=yearly.*share=japan"))
    wait_until_still(page)
    expect(page.get_by_text("Expected reductions of each year").first).to_be_visible()


def test_the_language_follows_the_switch_and_the_browser(open_page: OpenPage) -> None:
    page = open_page("/", locale="ja-JP")
    expect(page.get_by_role("heading", level=1)).to_contain_text(EXPECTED_ANSWER["ja"])
    page.get_by_text("English", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(EXPECTED_ANSWER["en"])
    expect(page).to_have_url(re.compile("lang=en"))
    other = open_page("/", locale="mn-MN")
    expect(other.get_by_role("heading", level=1)).to_contain_text(EXPECTED_ANSWER["en"])


def test_a_tile_opens_its_table_and_gives_its_files(open_page: OpenPage) -> None:
    page = open_page("/", lang="ja", height=3000)
    page.locator(".st-key-panel_cumulative").get_by_text("表・ダウンロード・クエリ").click()
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    with page.expect_download() as download:
        page.locator(".st-key-csv_cumulative button").click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "Excel needs the byte-order mark to read Japanese"
    assert "2030年度".encode() in content
    assert download.value.suggested_filename.startswith("jcm_cumulative_")
    with page.expect_download() as download:
        page.locator(".st-key-svg_cumulative button").click()
    drawn = Path(download.value.path()).read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "2040年度" in drawn
    with page.expect_download() as download:
        page.locator(".st-key-xlsx_cumulative button").click()
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"


def test_the_pages_keep_the_filters_and_the_language(open_page: OpenPage) -> None:
    page = open_page("/", lang="ja", query={"country": "MNG"})
    go_to(page, "説明", "データと方法")
    expect(page.get_by_role("heading", level=1)).to_have_text("データと方法")
    go_to(page, "進捗", "目標")
    expect(page.get_by_role("heading", level=1)).to_contain_text("モンゴル")
    expect(page).to_have_url(re.compile("country=MNG"))


def test_a_hostile_address_is_shown_as_text(open_page: OpenPage) -> None:
    page = open_page("/", lang="en", query={"country": "<img src=x onerror=alert(1)>"})
    note = page.get_by_role("status").filter(has_text="Ignored in the address")
    expect(note).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("img[src=x]").count() == 0
