"""What readers come for, done with a mouse and with keys alone; `STEPS` says how many things there are to do for each.

Each hand is one visit, in one language, that goes from task to task by the menu.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import LOCALES, Language, Watch, new_context, wait_until_still
from tests.browser.hands import Hand, Keys, Mouse
from tests.running_server import RunningServer
from view.control_words import filter_labels
from view.texts import Texts, texts

pytestmark = pytest.mark.tasks
STEPS = {
    "how far the JCM is and why": 1,
    "a figure on another page": 2,
    "as of an earlier day": 2,
    "one country, and back": 3,
    "one country beside another": 4,
    "what has changed since the last council meeting": 3,
    "hydropower in Indonesia as a workbook": 7,
    "from a figure to its statement to a link": 3,
    "fifty new projects a year": 3,
    "a page on Viet Nam in Japanese": 7,
}
"""Links followed, lines opened, options taken, fields written; opening the menu is one of them."""


@dataclass
class Reader:
    """A visit with one hand, in one language."""

    page: Page
    hand: Hand
    t: Texts

    @contextmanager
    def task(self, name: str) -> Iterator[Hand]:
        """Counts what is done for a task."""
        self.hand.begin()
        yield self.hand
        assert self.hand.steps == STEPS[name]

    @property
    def answer(self) -> Locator:
        """What the page says first."""
        return self.page.locator("h1.jcm-answer")

    def open_controls(self) -> None:
        """Opens the line that holds the filters."""
        self.hand.use(self.page.locator(".st-key-pick summary"))

    def box(self, key: str) -> Locator:
        """The list of a filter."""
        return self.page.get_by_role("combobox", name=filter_labels(self.t)[key][1])

    def panel(self, key: str) -> Locator:
        """The line under a figure that opens its table, files and statement."""
        return self.page.locator(f".st-key-panel_{key} summary")

    def go(self, group: str, name: str) -> None:
        """Another page by the menu."""
        before = self.answer.inner_text()
        self.hand.use(self.page.get_by_test_id("stTopNavSection").filter(has_text=self.t(group)))
        menu = self.page.get_by_test_id("stTopNavPopover")
        self.hand.use(menu.locator("a").filter(has=self.page.get_by_text(name, exact=True)))
        expect(self.answer).not_to_have_text(before)
        wait_until_still(self.page)


@pytest.fixture(scope="module", params=[("en", Mouse), ("ja", Keys)], ids=["mouse", "keys"])
def reader(request: pytest.FixtureRequest, browser: Browser, server: RunningServer) -> Iterator[Reader]:
    """One visit for all tasks; afterwards nothing was amiss in the browser."""
    lang: Language = request.param[0]
    context, watch = new_context(browser, LOCALES[lang]), Watch()
    page = context.new_page()
    watch.attach(page, server.address)
    page.goto(f"{server.address}/")
    wait_until_still(page)
    yield Reader(page, request.param[1](page), texts(lang))
    context.close()
    assert not watch.remaining()


def test_the_whole_page_is_reached_by_keys_and_every_stop_is_seen_and_named(reader: Reader) -> None:
    if not isinstance(reader.hand, Keys):
        pytest.skip("for keys")
    page = reader.page
    page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0)")
    stops = list(reader.hand.walk())
    # The main part is where the link past the menu leads; the framework marks it with nothing.
    assert [stop for stop in stops if not (stop.is_seen or stop.element.startswith("<main"))] == []
    assert [stop for stop in stops if not stop.name] == []
    left_out = page.evaluate(
        """() => [...document.querySelectorAll("a[href],button,input,summary,[role=radio],[tabindex='0']")]
        .filter(e => e.checkVisibility({checkVisibilityCSS: true}) && !e.disabled && e.tabIndex >= 0 && !e.jcmSeen
          && !(e.getAttribute("role") === "radio" && e.getAttribute("aria-checked") !== "true"))
        .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert left_out == []


def test_how_far_the_jcm_is_and_why(reader: Reader) -> None:
    with reader.task("how far the JCM is and why") as hand:
        expect(reader.answer).to_contain_text("%")
        hand.use(reader.panel("trust"))
        expect(reader.page.locator(".st-key-tile_trust").get_by_test_id("stDataFrame")).to_be_visible()


def test_a_figure_for_another_page(reader: Reader) -> None:
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    with reader.task("a figure on another page") as hand:
        hand.use(reader.panel("verified"))
        take = reader.page.locator(".st-key-tile_verified .jcm-take").filter(has_text="<iframe")
        expect(take).to_contain_text("figure=verified&amp;embed=true")
        wait_until_still(reader.page)
        hand.use(take.get_by_role("button", name=reader.t("Copy")))
        expect(reader.page.locator("body > [role=status]")).to_have_text(reader.t("Copied."))
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert copied == take.locator("code").text_content()


def test_as_of_an_earlier_day(reader: Reader) -> None:
    with reader.task("as of an earlier day") as hand:
        reader.open_controls()
        hand.write(reader.page.locator("[class*=st-key-as_of] [role=spinbutton]").first, "20210331")
        expect(reader.page).to_have_url(re.compile("as_of=2021-03-31"))
        expect(reader.page.locator(".jcm-past")).to_contain_text("2021")
        wait_until_still(reader.page)
    said = reader.page.locator("body > [role=status]")
    expect(said).to_have_text(reader.answer.inner_text())


def test_one_country_and_back_again_and_a_second_tab(reader: Reader) -> None:
    page, t = reader.page, reader.t
    mongolia, thailand = t.country("MNG"), t.country("THA")
    with reader.task("one country, and back") as hand:
        hand.use(page.locator(".jcm-past a"))
        wait_until_still(page)
        reader.open_controls()
        hand.pick(reader.box("country"), mongolia)
        expect(page).to_have_url(re.compile("country=MNG"))
        wait_until_still(page)
    expect(reader.answer).to_contain_text(mongolia)
    before = page.url
    reader.go("Countries and sectors", t("Countries"))
    expect(page).to_have_url(re.compile("countries.*country=MNG"))
    page.go_back()
    wait_until_still(page)
    assert page.url == before, "no step of the history is without the filters"
    expect(reader.answer).to_contain_text(mongolia)
    second = page.context.new_page()
    second.goto(before.replace("MNG", "THA"))
    wait_until_still(second)
    page.reload()
    wait_until_still(page)
    expect(reader.answer).to_contain_text(mongolia)
    expect(second.locator("h1.jcm-answer")).to_contain_text(thailand)
    second.close()


def test_one_country_beside_another(reader: Reader) -> None:
    page, t = reader.page, reader.t
    with reader.task("one country beside another") as hand:
        reader.go("Countries and sectors", t("Compare"))
        hand.pick(page.get_by_role("combobox", name=t("First")), t.country("THA"))
        hand.pick(page.get_by_role("combobox", name=t("Second")), t.country("VNM"))
    expect(reader.answer).to_contain_text(re.compile(f"{t.country('THA')}.*{t.country('VNM')}"))
    chart = page.locator(".st-key-tile_compare_series").get_by_role("figure")
    expect(chart).to_have_accessible_name(re.compile(f"(?:{t.country('THA')}.*){{2}}"))


def test_what_has_changed_since_the_last_council_meeting(reader: Reader) -> None:
    with reader.task("what has changed since the last council meeting") as hand:
        reader.go("Progress", reader.t("What has changed"))
        council = reader.t("since the last council meeting on record ({day})", day="")
        council = re.split("[(（]", council)[0].strip()
        hand.use(reader.page.get_by_role("button", name=council))
    wait_until_still(reader.page)
    expect(reader.page.locator(".jcm-failure")).to_have_count(0)


def test_hydropower_in_indonesia_as_a_workbook(reader: Reader) -> None:
    page, t = reader.page, reader.t
    hydro = {"en": "Hydropower", "ja": "水力"}[t.lang]
    with reader.task("hydropower in Indonesia as a workbook") as hand:
        reader.go("Countries and sectors", t("Projects"))
        reader.open_controls()
        hand.pick(reader.box("country"), t.country("IDN"))
        hand.pick(reader.box("technology"), hydro)
        hand.use(reader.panel("projects"))
        with page.expect_download() as download:
            hand.use(page.locator(".st-key-tile_projects").get_by_role("button", name="XLSX"))
    rows = list(load_workbook(BytesIO(Path(download.value.path()).read_bytes())).worksheets[0].values)
    assert len(rows) > 1
    assert all({"IDN", "hydro"} <= set(row) for row in rows[1:])


def test_from_a_figure_to_its_statement_to_a_link(reader: Reader) -> None:
    page, t = reader.page, reader.t
    with reader.task("from a figure to its statement to a link") as hand:
        hand.use(page.get_by_role("link", name=t("Open in the SQL page")))
        expect(page.locator(".cm-content")).to_contain_text("SELECT")
        wait_until_still(page)
        statement = "SELECT iso3, count(*) AS n FROM project GROUP BY ALL ORDER BY n DESC, iso3"
        hand.write(page.locator(".cm-content"), statement, "Control+Enter")
        expect(page.locator(".jcm")).to_contain_text(["2"])
        wait_until_still(page)
        hand.use(page.get_by_role("button", name=t("Link")))
    link = page.get_by_test_id("stPopoverBody").locator("code").first
    expect(link).to_contain_text("sql=")
    expect(link).to_contain_text("version=")
    page.goto(link.inner_text())
    expect(page.locator(".cm-content")).to_contain_text("ORDER BY n DESC, iso3")
    wait_until_still(page)


def test_fifty_new_projects_a_year(reader: Reader) -> None:
    with reader.task("fifty new projects a year") as hand:
        reader.go("Outlook", reader.t("Outlook"))
        field = reader.page.get_by_role("spinbutton").first
        hand.write(field, "50")
        expect(reader.answer).to_contain_text(reader.t("Own scenario"))
    expect(reader.page).to_have_url(re.compile("new_per_year=50"))


def test_a_page_on_viet_nam_in_japanese(reader: Reader) -> None:
    page, t = reader.page, reader.t
    with reader.task("a page on Viet Nam in Japanese") as hand:
        reader.go("Use it", t("Briefing pack"))
        hand.pick(page.get_by_role("combobox", name=t("For whom")), t("One partner country"))
        hand.pick(page.get_by_role("combobox", name=t("Partner country")), t.country("VNM"))
        hand.use(page.get_by_role("radio", name="日本語").last)
        wait_until_still(page)
        hand.use(page.get_by_role("button", name=t("Make the pack")))
        made = page.get_by_role("button", name=t("One page (PDF)"))
        expect(made).to_be_visible(timeout=120_000)
        wait_until_still(page)
        with page.expect_download() as download:
            hand.use(made)
    assert download.value.suggested_filename.endswith("_page.pdf")
