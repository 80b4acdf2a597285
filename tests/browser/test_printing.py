"""A page on paper: figures and words, and none of the controls."""

import numpy as np
import pypdfium2 as pdfium
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Language, OpenPage, Theme


def test_paper_has_the_figures_and_not_the_controls(open_page: OpenPage) -> None:
    page = open_page("/country", "ja", query={"iso3": "MNG"})
    panels = page.get_by_text("表・ダウンロード・クエリ")
    languages = page.get_by_role("radio", name="English")
    expect(panels.first).to_be_visible()
    expect(languages).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="モンゴル").first).to_be_visible()
    expect(page.get_by_test_id("stPlotlyChart").first).to_be_visible()
    expect(page.get_by_test_id("stTopNav")).to_be_hidden()
    expect(languages).to_be_hidden()
    assert not any(panel.is_visible() for panel in panels.all())


@pytest.mark.parametrize(
    ("path", "lang", "theme"),
    [("/", "ja", "dark"), ("/methods", "en", "light"), ("/briefing", "en", "light")],
)
def test_every_sheet_is_light_and_filled_and_the_title_is_clear_of_the_name(
    open_page: OpenPage, path: str, lang: Language, theme: Theme
) -> None:
    page = open_page(path, lang, theme)
    with pdfium.PdfDocument(page.pdf(prefer_css_page_size=True)) as paper:
        sheets = [sheet.get_textpage().get_text_bounded().strip() for sheet in paper]
        grounds = [float(np.median(sheet.render(scale=0.2).to_numpy())) for sheet in paper]
    assert all(sheets), [len(sheet) for sheet in sheets]
    assert min(grounds) > 250, "paper is light whatever the theme"
    page.emulate_media(media="print")
    name, title = page.get_by_test_id("stHeader").bounding_box(), page.locator("h1").first.bounding_box()
    assert name
    assert title
    assert title["y"] >= name["y"] + name["height"] - 1
