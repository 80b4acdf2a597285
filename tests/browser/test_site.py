"""The static edition opened from a disk: with scripts and without, in both languages, themes and widths, on paper."""

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessible import findings

PAGES = (
    "index.html",
    "countries/index.html",
    "countries/vnm.html",
    "credits.html",
    "methods.html",
    "data.html",
    "changes.html",
)


def opened(
    browser: Browser, file: Path, *, theme: str = "light", width: int = 1440, scripts: bool = True
) -> tuple[Page, list[str]]:
    """A page from the disk, and what it complained of or asked for outside of the disk."""
    context = browser.new_context(
        color_scheme=theme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
        locale="en-GB",
    )
    page, problems = context.new_page(), list[str]()
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith("file:") else problems.append(asked.url))
    page.goto(file.as_uri())
    return page, problems


@pytest.mark.parametrize(("lang", "theme", "width"), [("en", "light", 1440), ("ja", "dark", 390)])
def test_every_kind_of_page_is_whole_and_accessible(
    browser: Browser, site: Path, lang: str, theme: str, width: int
) -> None:
    for path in PAGES:
        page, problems = opened(browser, site / lang / path, theme=theme, width=width)
        assert problems == [], path
        assert findings(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.context.close()


def test_without_scripts_everything_can_be_read(browser: Browser, site: Path) -> None:
    page, _ = opened(browser, site / "index.html", scripts=False)
    page.get_by_role("link", name="in English").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_count(0)
    page.get_by_role("link", name="Countries", exact=True).click()
    page.get_by_role("row").get_by_role("link", name="Mongolia").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("JCM with Mongolia")
    page.get_by_role("link", name="日本語").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("モンゴル")
    page.context.close()


def test_scripts_sort_search_and_remember_the_language(browser: Browser, site: Path) -> None:
    page, problems = opened(browser, site / "index.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Progress of the JCM towards its targets")
    page.goto((site / "en" / "countries" / "index.html").as_uri())
    table = page.get_by_role("table").first
    names = table.locator("tbody th")
    table.get_by_role("button", name=re.compile("^Partner country,")).click()
    assert names.all_inner_texts() == sorted(names.all_inner_texts(), key=str.casefold)
    table.get_by_role("button", name=re.compile("^Projects,")).click()
    numbers = [
        int(text) for text in table.locator("tbody tr td:nth-child(3)").all_inner_texts() if text.isdigit()
    ]
    assert numbers == sorted(numbers, reverse=True)
    page.get_by_role("searchbox").fill("ベトナム")
    page.get_by_role("link", name="JCM with Viet Nam").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("JCM with Viet Nam")
    page.get_by_role("link", name="日本語").click()
    page.goto((site / "index.html").as_uri())
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    assert problems == []
    page.context.close()


def test_it_prints_on_a4_and_light(browser: Browser, site: Path, tmp_path: Path) -> None:
    page, _ = opened(browser, site / "ja" / "countries" / "mng.html", theme="dark")
    file = tmp_path / "page.pdf"
    page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    with pypdfium2.PdfDocument(file) as document:
        width, height = document[0].get_size()
        assert (round(width), round(height)) == (595, 842)
        corner = document[0].render(scale=0.2).to_pil().convert("RGB").getpixel((2, 2))
        assert corner == (255, 255, 255)
        assert len(document) < 12
    page.context.close()
