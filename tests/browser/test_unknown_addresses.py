"""Pages that are not there, in a browser, where the framework would speak up itself; and tabs by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Language, OpenPage, wait_until_still


@pytest.mark.parametrize(
    ("lang", "said", "countries"),
    [
        ("en", "There is no page “contries”", "Countries"),
        ("ja", "「contries」というページはありません", "パートナー国"),
    ],
)
def test_an_unknown_page_leads_to_those_that_are_near_and_keeps_the_choices(
    lang: Language, said: str, countries: str, open_page: OpenPage
) -> None:
    open_page(
        "/guide", lang=lang
    )  # before anyone has come, the framework does not know that it has a navigation
    page = open_page("/contries", lang=lang, query={"country": "VNM"})
    expect(page.get_by_role("heading", level=1)).to_have_text(said)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.reload()
    wait_until_still(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(said)
    near = page.locator("ul.jcm-found").first.get_by_role("link", name=countries, exact=True)
    near.focus()
    near.press("Enter")
    page.wait_for_url("**/countries?*")
    wait_until_still(page)
    assert "country=VNM" in page.url
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_an_address_of_several_parts_is_told_by_its_last(open_page: OpenPage) -> None:
    open_page("/guide", lang="en")
    page = open_page("/country/vnm", lang="en")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page “vnm”")
    page.get_by_role("link", name="Search the tracker for it").click()
    page.wait_for_url("**/search?*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("vnm")


def test_credits_and_article_6_are_tabs_of_one_place_for_the_keyboard_too(open_page: OpenPage) -> None:
    page = open_page("/credits", lang="en", query={"country": "MNG"})
    tabs = page.get_by_role("navigation", name="Credits and Article 6")
    expect(tabs.locator("[aria-current=page]")).to_have_text("Credits")
    other = tabs.get_by_role("link", name="Article 6")
    page.get_by_role("radio", name="English").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
        if other.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/article6?*")
    wait_until_still(page)
    assert "country=MNG" in page.url
    expect(tabs.locator("[aria-current=page]")).to_have_text("Article 6")
