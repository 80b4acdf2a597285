"""The outlook page as its reader meets it: language, scenarios, levers, what is said when nothing was known."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from model.outlook.counted_report import counted_report_of
from model.outlook.counting_terms import CountingRules
from model.outlook.report import report_of
from queries.outlook import known_on, shipped_scenarios
from queries.warehouse import current
from tests.pages.reading import address_of, html_of, opened
from view.outlook.counted_sentences import counted_sentence
from view.texts import Texts

PAGE = "pages/outlook.py"


def words_of(html: str) -> str:
    return re.sub("<.*?>", "", re.sub("<style>.*?</style>", "", html, flags=re.DOTALL))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_speaks_its_language(lang: str) -> None:
    words = words_of(html_of(opened(PAGE, lang=lang)))
    japanese = re.findall("[ぁ-んァ-ヶ一-龠]", words)
    assert (len(japanese) > 600) == (lang == "ja")
    if lang == "en":
        assert set(japanese) <= set("万億")


def test_the_answer_is_that_of_the_model(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    known = known_on(warehouse, warehouse.data_as_of)
    report = report_of(known, shipped_scenarios()["present-pace"])
    words = words_of(html_of(opened(PAGE, lang="en")))
    for found in report.goals:
        assert f"{found.at.p50 / 1e6:.1f} Mt-CO₂ by FY{found.goal.fiscal_year}" in words


def test_a_link_carries_scenario_and_levers() -> None:
    app = opened(PAGE, lang="en", scenario="present-portfolio", realisation_pipeline="0.5")
    words = words_of(html_of(app))
    assert "Own scenario:" in words
    assert "Your own values, starting from “Present portfolio”." in words
    assert address_of(app)["realisation_pipeline"] == ["0.5"]
    assert address_of(app)["scenario"] == ["present-portfolio"]


def test_a_link_to_a_scenario_under_its_former_name_still_leads_there() -> None:
    words = words_of(html_of(opened(PAGE, lang="ja", scenario="announced-policies")))
    assert "試算：民間JCMの拡大（本サイトの仮定）：" in words
    assert "使用できない" not in words


def test_a_lever_out_of_range_in_the_address_is_ignored_and_said() -> None:
    words = words_of(html_of(opened(PAGE, lang="en", growth="7", scenario="doom")))
    assert "Ignored in the address" in words
    assert "growth=7" in words
    assert "scenario=doom" in words
    assert "Present intake goes on:" in words


def test_levers_that_are_too_much_together_leave_the_last_valid_result() -> None:
    app = opened(PAGE, lang="en", new_per_year="500", growth="0.5")
    words = words_of(html_of(app))
    assert "This scenario cannot be used; the last valid one stays on the page." in words
    assert "at most 5,000" in words
    assert "Present intake goes on:" in words


def test_a_day_before_the_first_project_is_said_with_the_first_day() -> None:
    words = words_of(html_of(opened(PAGE, lang="en", as_of="2013-03-01")))
    assert "No project was known on this day" in words
    assert re.search(r"the first became known on \d+ \w+ 2013", words)


def test_every_figure_names_its_measure_and_the_chart_has_its_sentence() -> None:
    app = opened(PAGE, lang="en")
    heading = r'<h2 class="jcm-title">(.*?)</h2>(?:<p class="jcm-subject">(.*?)</p>)?'
    titles = [f"{message} {subject}" for message, subject in re.findall(heading, html_of(app))]
    assert len(titles) == 16
    named = [title for title in titles if re.search("verified|expected", title.lower())]
    # What became of past selections, the steps, what the draws rest on, and the scenarios in full.
    assert len(named) == len(titles) - 4
    fan, vintages = app.get("plotly_chart")
    assert "eight of ten futures" in fan.proto.alt
    assert "cancelled in time" in vintages.proto.alt


def lit(app: AppTest) -> list[str]:
    """What is chosen among the scenarios."""
    return [str(one.value) for one in app.get("button_group")]


def test_a_moved_lever_makes_the_scenario_the_readers_own_and_nothing_else_stays_lit() -> None:
    app = opened(PAGE, lang="en")
    number = next(one for one in app.number_input if one.key.startswith("new_per_year@"))
    number.set_value(40.0).run()
    assert not app.exception
    words = words_of(html_of(app))
    assert "Own scenario:" in words
    assert "These values are the reader" in words
    assert address_of(app)["new_per_year"] == ["40"]
    slider = next(one for one in app.slider if one.key.startswith("new_per_year@"))
    assert slider.value == 40.0
    assert "own" in str(lit(app))


def test_four_levers_come_first_with_a_number_beside_each_and_no_needless_digits() -> None:
    app = opened(PAGE, lang="en")
    first = [one.key.partition("@")[0] for one in app.number_input][:4]
    assert first == ["new_per_year", "size_factor", "realisation_pipeline", "start_shift_years"]
    levers = [one for one in [*app.slider, *app.number_input] if "@" in one.key]
    assert {one.proto.format for one in levers} == {"%g"}
    folded = [one.label for one in app.expander if "change" not in one.label]
    assert folded[:2] == ["Expert", "The way to counting"]


def test_where_assumptions_make_the_headline_it_says_so() -> None:
    words = words_of(html_of(opened(PAGE, lang="en", scenario="more-private-projects")))
    assert "Illustration: private JCM expands (our assumptions):" in words
    assert re.search(r"% of the figure for FY\d+ comes from new projects that this site assumes", words)


def test_the_back_test_says_how_unsure_its_share_is() -> None:
    words = words_of(html_of(opened(PAGE, lang="en")))
    assert re.search(r"Tonnes verified for a period: \d+ of \d+ inside \(true share \d+% to \d+%", words)
    assert "poor: too few for intervals of eight in ten" in words


def test_what_counts_is_told_in_the_words_and_numbers_of_the_model(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    known = known_on(warehouse, warehouse.data_as_of)
    scenario = shipped_scenarios()["present-pace"]
    rules = CountingRules.of(known.assumptions)
    terms = replace(rules.terms, deadline_on=rules.deadlines["gx"])
    report, t = counted_report_of(known, scenario, terms), Texts("en")
    html = html_of(opened(PAGE, lang="en", count_by="gx", count_for="MNG"))
    assert counted_sentence(report, "MNG", "Mongolia", t) in unescape(words_of(html))
    assert "One project worked through: " in words_of(html)
    assert "Illustration of GX-ETS" in html
    assert "The demand is not known" in html


def test_a_lever_of_the_way_to_counting_moves_what_counts_and_not_the_outlook() -> None:
    usual = words_of(html_of(opened(PAGE, lang="en")))
    app = opened(PAGE, lang="en", weeks_saved="52", covered_mt="700")
    moved = words_of(html_of(app))
    assert "Own scenario:" in moved
    answer = re.compile(r"[\d.]+ Mt-CO₂ by FY\d+")
    assert answer.findall(moved)[:2] == answer.findall(usual)[:2]
    cancelled = re.compile(r"and ([\d.]+) Mt \(.*?\) are cancelled by")
    assert float(cancelled.findall(moved)[0]) > float(cancelled.findall(usual)[0])
    assert "10% of the 700 Mt that the reader stated" in moved
    assert address_of(app)["weeks_saved"] == ["52"]


def test_settings_that_cannot_be_used_are_named_and_the_last_valid_result_stays() -> None:
    app = opened(PAGE, lang="en", count_by="own", deadline="2020-01-01", period_to="2019", covered_mt="many")
    words = words_of(html_of(app))
    assert "These settings cannot be used; the last valid ones stay on the page." in words
    assert "deadline = 2020-01-01: is in the past; give a day from" in words
    assert "period_to = 2019-12-31: is before the period begins (2021-01-01)." in words
    assert "covered_mt = nan: is out of range" in words
    assert "From realised to counted by 31 August 2032" in words


def test_a_country_without_issuances_is_told_to_rest_on_all_countries(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    known = known_on(warehouse, warehouse.data_as_of)
    issued = {event["iso3"] for event in known.events}
    rows = [row for row in known.portfolio.rows if row["start_on"] and row["annual_tco2"]]
    country = next(row["iso3"] for row in rows if row["iso3"] not in issued)
    words = words_of(html_of(opened(PAGE, lang="ja", count_for=country)))
    name = Texts("ja").country(country)
    assert f"{name}の発行実績はなく、各段階には全ての国の値を用いています。" in words
