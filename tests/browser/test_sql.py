"""The SQL page in Chromium: keys, errors, stopping."""

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage, Watch, wait_until_still
from tests.running_server import ROOT

ENDLESS = "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE (a.range + b.range) % 7 = 3"


def write(page: Page, statement: str) -> None:
    """Puts a statement in place of what the editor holds, once the page is still."""
    wait_until_still(page)
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(statement)


def test_an_error_is_marked_in_the_editor_and_told_below(open_page: OpenPage) -> None:
    page = open_page("/sql", lang="ja")
    write(page, "SELECT title_ja\nFROM projcet")
    page.get_by_role("button", name=re.compile("^実行")).first.click()
    expect(page.locator(".jcm-failure")).to_contain_text("project")
    expect(page.locator(".jcm-failure pre").first).to_contain_text("^^^^^^^")
    expect(page.locator(".cm-lintRange-error")).to_have_text("projcet")


def test_a_query_that_does_not_end_is_stopped_by_its_reader(open_page: OpenPage) -> None:
    page = open_page("/sql", lang="en")
    write(page, ENDLESS)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".jcm-failure")).to_contain_text("No result")
    write(page, "SELECT 41 + 1 AS answer")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(re.compile("^1 column "))).to_be_visible()


def test_names_are_completed_and_text_is_formatted(open_page: OpenPage) -> None:
    page = open_page("/sql", lang="en")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("select * from partner_c")
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("partner_country")
    page.keyboard.press("Escape")
    for typed, offered, taken in (
        ("from history.expec", "expected", "from history.expected"),
        ("from ladder_as", "ladder_as_of", "from ladder_as_of(DATE '"),
    ):
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
        page.locator(".cm-tooltip-autocomplete li").get_by_text(offered, exact=True).click()
        expect(page.locator(".cm-content")).to_contain_text(taken)
    write(page, "select iso3,count(*) from project where iso3=$code group by iso3")
    page.get_by_role("button", name="Format").click()
    expect(page.locator(".cm-content")).to_contain_text("SELECT")
    expect(page.locator(".cm-line")).to_have_count(9)
    page.get_by_role("button", name="Query plan").click()
    expect(page.locator(".jcm-failure")).to_contain_text("$code")
    page.get_by_role("textbox", name="$code").fill("MNG")
    page.keyboard.press("Enter")
    wait_until_still(page)
    page.get_by_role("button", name="Run (Ctrl+Enter)").click()
    expect(page.get_by_text("1 row", exact=True)).to_be_visible()


def test_the_script_of_the_editor_is_fetched_by_its_address_and_not_sent_with_a_run(
    open_page: OpenPage, watch: Watch
) -> None:
    page = open_page("/", lang="en")
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: sent.append(len(data))))
    page.goto(page.url.replace("/?", "/sql?"))
    for statement, told in (("SELECT 1 AS a", "^1 column "), ("SELECT 1 AS a, 2 AS b", "^2 columns")):
        write(page, statement)
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text(re.compile(told))).to_be_visible()
    assert len([r for r in watch.requests if "/app/static/sql_editor.js?v=" in r.url]) == 1
    assert 0 < max(sent) < (ROOT / "static" / "sql_editor.js").stat().st_size / 2


def test_a_question_chosen_while_the_editor_still_loads_is_put_before_the_reader(open_page: OpenPage) -> None:
    page = open_page("/", lang="en")
    held: list[Route] = []
    page.route("**/sql_editor.js*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks its handlers
    with page.expect_request("**/sql_editor.js*"):
        page.goto(page.url.replace("/?", "/sql?"))
    page.get_by_test_id("stSelectbox").first.locator("input").click()
    page.get_by_role("option").nth(1).click()
    expect(page.get_by_text(" columns · ")).to_be_visible()
    wait_until_still(page)
    for route in held:
        route.continue_()
    expect(page.locator(".cm-content")).to_contain_text("SELECT")
    page.wait_for_timeout(300)  # what the framework takes back, it takes back at once
    expect(page.locator(".cm-content")).to_be_visible()
