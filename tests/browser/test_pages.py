"""Pages in Chromium: clicks and keys lead on, maps answer the pointer."""

import re
from contextlib import suppress

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as NotInTime

from tests.browser.conftest import OpenPage, go_to, wait_until_still


def test_every_partner_is_two_clicks_or_keys_from_the_first_page(open_page: OpenPage) -> None:
    page = open_page("/", lang="en")
    go_to(page, "Countries and sectors", "Countries")
    expect(page.locator("table.jcm-ranking")).to_be_visible()
    wait_until_still(page)
    assert page.locator("table.jcm-ranking tbody a").count() >= 31
    page.locator("table.jcm-ranking a", has_text="Palau").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Palau")
    page.go_back()
    link = page.locator("table.jcm-ranking a").first
    name = link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_next_and_previous_flip_through_the_partners(open_page: OpenPage) -> None:
    page = open_page("/country", lang="en", query={"iso3": "MNG"})
    page.get_by_role("link", name="Bangladesh →").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bangladesh")
    page.get_by_role("link", name="← Mongolia").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mongolia")


def clicked_point(page: Page, group: str) -> None:
    """Clicks on the middle of the last point of a group of the map, found anew until its label shows.

    A click counts for the point whose label is shown, so the pointer comes first, as a hand does it; a map that is
    still finding its size moves its points meanwhile.
    """
    label = page.locator(".hoverlayer .hovertext").first
    for _ in range(20):
        box = page.evaluate(
            """group => {
              const plot = document.querySelector(".js-plotly-plot");
              const points = [...plot.querySelectorAll(".scatterlayer .trace")]
                .filter(e => plot.data[e.__data__[0].trace.index].meta === group)[0].querySelectorAll(".point");
              const r = points[points.length - 1].getBoundingClientRect();
              return {x: r.x + r.width / 2, y: r.y + r.height / 2};
            }""",
            group,
        )
        page.mouse.move(box["x"] - 30, box["y"] - 30)
        page.mouse.move(box["x"], box["y"], steps=5)
        with suppress(NotInTime):
            label.wait_for(state="visible", timeout=1_500)
            break
    page.mouse.click(box["x"], box["y"])


def test_a_project_on_the_map_leads_to_its_page(open_page: OpenPage) -> None:
    page = open_page("/map", lang="en", query={"country": "CRI"})
    clicked_point(page, "projects")
    expect(page).to_have_url(re.compile(r"/project\?.*project=CR001"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Solar")


def test_the_build_up_plays_without_the_server(open_page: OpenPage) -> None:
    page = open_page("/map", lang="en")
    before = page.evaluate("performance.getEntriesByType('resource').length")
    page.evaluate(
        """() => {
          const chart = document.querySelector(".js-plotly-plot");
          window.yearsSeen = new Set();
          new MutationObserver(() => {
            for (const mark of chart.querySelectorAll(".annotation-text")) window.yearsSeen.add(mark.textContent);
          }).observe(chart, {childList: true, subtree: true, characterData: true});
        }"""
    )  # a year stands for less than a second, which a busy machine may take between two looks
    page.get_by_text("Play the build-up").click()
    for year in ("FY2013", "FY2014", "FY2017"):
        page.wait_for_function("year => window.yearsSeen.has(year)", arg=year)
    assert page.evaluate("performance.getEntriesByType('resource').length") == before


def test_islands_are_seen_on_the_map_of_the_world(open_page: OpenPage) -> None:
    page = open_page("/map", lang="en", query={"show": "partners"})
    sizes = page.evaluate(
        """() => {
          const plot = document.querySelector(".js-plotly-plot");
          const at = plot.data.findIndex(t => t.customdata && t.customdata.some(c => c[0] === "PLW"));
          const trace = plot.data[at];
          const group = [...plot.querySelectorAll(".scatterlayer .trace")].find(e => e.__data__[0].trace.index === at);
          const points = group.querySelectorAll(".point");
          return ["PLW", "MDV"].map(code => {
            const r = points[trace.customdata.findIndex(c => c[0] === code)].getBoundingClientRect();
            return [r.width, r.height];
          });
        }"""
    )
    assert all(width >= 4 and height >= 4 for width, height in sizes)


def test_a_lever_of_the_outlook_changes_the_answer_and_the_link(open_page: OpenPage) -> None:
    page = open_page(
        "/outlook", lang="en", query={"scenario": "present-portfolio", "realisation_pipeline": "0.5"}
    )
    answer = page.get_by_role("heading", level=1)
    expect(answer).to_contain_text("Own scenario:")
    before = answer.inner_text()
    page.get_by_test_id("stButtonGroup").get_by_text("Illustration: private JCM expands").click()
    expect(answer).not_to_have_text(before)
    expect(page).to_have_url(re.compile(r"scenario=more-private-projects"))


def test_the_chart_stays_in_sight_while_a_lever_moves(open_page: OpenPage) -> None:
    page = open_page("/outlook", lang="en")
    page.set_viewport_size({"width": 1440, "height": 900})
    chart = page.locator(".st-key-outlook_chart .js-plotly-plot").first
    expect(chart).to_be_in_viewport(ratio=0.95)
    levers = page.get_by_test_id("stSlider")
    for place in range(4):
        expect(levers.nth(place)).to_be_in_viewport()
    levers.first.get_by_role("slider").press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Own scenario:")
    expect(chart).to_be_in_viewport(ratio=0.95)


def test_the_day_of_the_last_visit_is_kept_in_the_browser_and_offered_on_the_next(
    open_page: OpenPage,
) -> None:
    page = open_page("/changes", lang="en")
    expect(page.get_by_text("This browser has no earlier visit on record.")).to_be_visible()
    page.wait_for_function("() => localStorage.getItem('jcm.visit')")
    page.evaluate("localStorage.setItem('jcm.visit', JSON.stringify({day: '2025-04-01', version: 'gone'}))")
    page.reload()
    page.get_by_role("button", name="since my last visit").click()
    expect(page).to_have_url(re.compile("earlier=2025-04-01"))
