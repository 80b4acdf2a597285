"""What readers come for, done with a mouse and with keys alone, counted against the table of `docs/accessibility.md`.

A task is a tab of its own; both hands have a visit each, one in English and light, the other in Japanese and dark.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import LOCALES, Language, Theme, Watch, new_context, wait_until_still
from tests.browser.hands import Hand, Keys, Mouse
from tests.running_server import RunningServer
from view.control_words import filter_labels
from view.texts import Texts, texts

_TABLE = Path(__file__).parents[2] / "docs/accessibility.md"
AT_MOST = {
    task: (int(steps), int(stops))
    for task, steps, stops in re.findall(
        r"^\| (.+?) +\| +(\d+) \| +(\d+) \|$", _TABLE.read_text("utf-8"), re.MULTILINE
    )
}
"""Things to do for each task, and presses of Tab or an arrow on the way to them."""


@dataclass
class Reader:
    """A tab with one hand, in one language."""

    page: Page
    hand: Hand
    t: Texts

    @contextmanager
    def task(self, name: str) -> Iterator[Hand]:
        """Counts what is done for a task."""
        self.hand.begin()
        yield self.hand
        steps, stops = AT_MOST[name]
        assert self.hand.steps <= steps
        assert self.hand.stops <= stops, f"{self.hand.stops} stops"

    @property
    def answer(self) -> Locator:
        """What the page says first."""
        return self.page.locator("h1.jcm-answer")

    def open_controls(self) -> None:
        """Opens the line that holds the filters."""
        self.hand.use(
            self.page.locator(".st-key-pick summary"), self.page.locator(".st-key-pick details[open]")
        )

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


Visit = tuple[BrowserContext, type[Mouse] | type[Keys], Language]


@pytest.fixture(scope="module", params=[("en", "light", Mouse), ("ja", "dark", Keys)], ids=["mouse", "keys"])
def visit(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Visit]:
    """A browser in one language, whose tabs share what they have loaded."""
    lang: Language
    theme: Theme
    lang, theme, hand = request.param
    context = new_context(browser, LOCALES[lang], theme)
    yield context, hand, lang
    context.close()


@pytest.fixture
def reader(visit: Visit, server: RunningServer) -> Iterator[Reader]:
    """A tab on the first page; afterwards nothing was amiss in it."""
    context, hand, lang = visit
    page, watch = context.new_page(), Watch()
    watch.attach(page, server.address)
    page.goto(f"{server.address}/")
    wait_until_still(page)
    yield Reader(page, hand(page), texts(lang))
    page.close()
    assert not watch.remaining()


def test_the_whole_page_is_reached_by_keys_and_every_stop_is_seen_and_named(reader: Reader) -> None:
    page, hand = reader.page, reader.hand
    if not isinstance(hand, Keys):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.matches('main, [data-testid=stMain]')")
        return
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.reload()
        wait_until_still(page)
        stops = list(hand.walk())
        # The main part is where the link past the menu leads; the framework marks it with nothing.
        assert [stop for stop in stops if stop.contrast < 3 and not stop.element.startswith("<main")] == []
        assert [stop for stop in stops if not stop.name] == []
    parts = [stop.part for stop in stops if stop.part]
    assert parts == sorted(parts, key=("head", "filters", "content").index)
    assert [stop.part for stop in stops].index("content") < AT_MOST["the first figure of the target page"][1]
    assert len(stops) <= AT_MOST["the whole target page"][1]
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


@pytest.mark.parametrize("key", ["Enter", "Escape"])
def test_as_of_an_earlier_day(reader: Reader, key: str) -> None:
    with reader.task("as of an earlier day") as hand:
        reader.open_controls()
        field = reader.page.locator("[class*=st-key-as_of] [role=spinbutton]").first
        hand.write(field, "20210331", "as_of=2021-03-31", key)
        expect(reader.page.locator(".jcm-past")).to_contain_text("2021")
    expect(reader.page.locator("body > [role=status]")).to_have_text(reader.answer.inner_text())
    at = reader.page.evaluate("document.activeElement.closest('[class*=st-key-as_of]') !== null")
    assert at, "the focus stays where it was"
    reader.hand.use(reader.page.locator(".st-key-reset button").first)
    expect(reader.page).not_to_have_url(re.compile("as_of"))
    if isinstance(reader.hand, Keys):
        expect(reader.page.locator(".st-key-pick summary")).to_be_focused()


def test_one_country_and_back_again_and_a_second_tab(reader: Reader) -> None:
    page, t = reader.page, reader.t
    mongolia, thailand = t.country("MNG"), t.country("THA")
    with reader.task("one country, and back") as hand:
        reader.open_controls()
        hand.pick(reader.box("country"), mongolia, "country=MNG")
    expect(reader.answer).to_contain_text(mongolia)
    before = page.url
    reader.go("Countries and sectors", t("Countries"))
    expect(page).to_have_url(re.compile("countries.*country=MNG"))
    page.go_back()
    expect(page).to_have_url(before)  # no step of the history is without the filters
    expect(reader.answer).to_contain_text(mongolia)
    second = page.context.new_page()
    second.goto(before.replace("MNG", "THA"))
    page.reload()
    expect(reader.answer).to_contain_text(mongolia)
    expect(second.locator("h1.jcm-answer")).to_contain_text(thailand)
    second.close()


def test_one_country_beside_another(reader: Reader) -> None:
    page, t = reader.page, reader.t
    with reader.task("one country beside another") as hand:
        reader.go("Countries and sectors", t("Compare"))
        for place, (box, code) in enumerate([(t("First"), "THA"), (t("Second"), "VNM")]):
            name = t.country(code)
            told = reader.answer.filter(has_text=re.compile(f"{name}.+" if place == 0 else f".+{name}"))
            hand.pick(page.get_by_role("combobox", name=box), name, told)
    chart = page.locator(".st-key-tile_compare_series").get_by_role("figure")
    expect(chart).to_have_accessible_name(re.compile(f"(?:{t.country('THA')}.*){{2}}"))


def test_what_has_changed_since_the_last_council_meeting(reader: Reader) -> None:
    with reader.task("what has changed since the last council meeting"):
        reader.go("Progress", reader.t("What has changed"))
    council = re.split("[(（]", reader.t("since the last council meeting on record ({day})", day=""))[
        0
    ].strip()
    words = reader.page.get_by_role("button", name=council).inner_text()
    year, _, day = reader.page.locator("[class*=st-key-earlier] [role=spinbutton]").all_inner_texts()
    assert {int(year), int(day)} <= set(map(int, re.findall(r"\d+", words))), "the page begins with it"
    expect(reader.page.locator(".jcm-failure")).to_have_count(0)


def test_hydropower_in_indonesia_as_a_workbook(reader: Reader) -> None:
    page, t = reader.page, reader.t
    hydro = {"en": "Hydropower", "ja": "水力"}[t.lang]
    with reader.task("hydropower in Indonesia as a workbook") as hand:
        reader.go("Countries and sectors", t("Projects"))
        reader.open_controls()
        hand.pick(reader.box("country"), t.country("IDN"), "country=IDN")
        hand.pick(reader.box("technology"), hydro, "technology=hydro")
        workbook = page.locator(".st-key-tile_projects").get_by_role("button", name="XLSX")
        hand.use(reader.panel("projects"), workbook)
        with page.expect_download() as download:
            hand.use(workbook)
    rows = list(load_workbook(BytesIO(Path(download.value.path()).read_bytes())).worksheets[0].values)
    assert len(rows) > 1
    assert all({"IDN", "hydro"} <= set(row) for row in rows[1:])


def test_from_a_figure_to_its_statement_to_a_link(reader: Reader) -> None:
    page, t = reader.page, reader.t
    with reader.task("from a figure to its statement to a link") as hand:
        leads_on = page.get_by_role("link", name=t("Open in the SQL page"))
        hand.use(reader.panel("verified"), leads_on)
        editor, link = page.locator(".cm-content"), page.get_by_role("button", name=t("Link"))
        hand.use(leads_on, editor)
        expect(editor).to_contain_text("SELECT")
        statement = "SELECT iso3, count(*) AS n FROM project GROUP BY ALL ORDER BY n DESC, iso3"
        # A heading of rows alone: what the figure asked has its question before them.
        answered = page.locator("h2.jcm-title").filter(has_text=re.compile(r"^\d+ ?\D{1,6}$"))
        hand.write(editor, statement, answered, "Control+Enter")
        wait_until_still(page)
        hand.use(link)
    address = page.get_by_test_id("stPopoverBody").locator("code").first
    expect(address).to_contain_text("sql=")
    expect(address).to_contain_text("version=")
    page.goto(address.inner_text())
    expect(page.locator(".cm-content")).to_contain_text("ORDER BY n DESC, iso3")
    wait_until_still(page)


def test_fifty_new_projects_a_year(reader: Reader) -> None:
    with reader.task("fifty new projects a year") as hand:
        reader.go("Outlook", reader.t("Outlook"))
        hand.write(reader.page.get_by_role("spinbutton").first, "50", "new_per_year=50")
        expect(reader.answer).to_contain_text(reader.t("Own scenario"))


def test_a_page_on_viet_nam_in_japanese(reader: Reader) -> None:
    page, t = reader.page, reader.t
    with reader.task("a page on Viet Nam in Japanese") as hand:
        reader.go("Use it", t("Briefing pack"))
        country = page.get_by_role("combobox", name=t("Partner country"))
        hand.pick(page.get_by_role("combobox", name=t("For whom")), t("One partner country"), country)
        hand.pick(country, t.country("VNM"), "VNM")
        hand.use(
            page.get_by_role("radio", name="日本語").last,
            page.get_by_role("radio", name="日本語", checked=True).last,
        )
        paper = page.get_by_role("button", name=t("One page (PDF)"))
        hand.use(page.get_by_role("button", name=t("Make the pack")))
        expect(paper).to_be_visible(timeout=120_000)
        wait_until_still(page)
        with page.expect_download() as download:
            hand.use(paper)
    assert download.value.suggested_filename.endswith("_page.pdf")
