"""A page on paper: figures and words, and none of the controls."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage


def test_paper_has_the_figures_and_not_the_controls(open_page: OpenPage) -> None:
    page = open_page("/country", "ja", query={"iso3": "MNG"})
    panels = page.get_by_text("表・ダウンロード・クエリ")
    languages = page.get_by_role("radio", name="English")
    expect(panels.first).to_be_visible()
    expect(languages).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="モンゴル").first).to_be_visible()
    expect(page.get_by_test_id("stPlotlyChart").first).to_be_visible()
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(languages).to_be_hidden()
    assert not any(panel.is_visible() for panel in panels.all())
