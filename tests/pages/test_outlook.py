"""The outlook page as its reader meets it: language, scenarios, levers, what is said when nothing was known."""

import re
from pathlib import Path

import pytest

from model.outlook.report import report_of
from queries.outlook import known_on, shipped_scenarios
from queries.warehouse import current
from tests.pages.reading import address_of, html_of, opened

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
    assert "Present portfolio only" in words
    assert address_of(app)["realisation_pipeline"] == ["0.5"]
    assert address_of(app)["scenario"] == ["present-portfolio"]


def test_a_link_to_a_scenario_under_its_former_name_still_leads_there() -> None:
    words = words_of(html_of(opened(PAGE, lang="ja", scenario="announced-policies")))
    assert "民間JCM拡大の試算（本サイトの仮定）の場合" in words
    assert "使用できない" not in words


def test_a_lever_out_of_range_in_the_address_is_ignored_and_said() -> None:
    words = words_of(html_of(opened(PAGE, lang="en", growth="7", scenario="doom")))
    assert "Ignored in the address" in words
    assert "growth=7" in words
    assert "scenario=doom" in words
    assert "Present pace goes on:" in words


def test_levers_that_are_too_much_together_leave_the_last_valid_result() -> None:
    app = opened(PAGE, lang="en", new_per_year="500", growth="0.5")
    words = words_of(html_of(app))
    assert "This scenario cannot be used; the last valid one stays on the page." in words
    assert "at most 5,000" in words
    assert "Present pace goes on:" in words


def test_a_day_before_the_first_project_is_said_with_the_first_day() -> None:
    words = words_of(html_of(opened(PAGE, lang="en", as_of="2013-03-01")))
    assert "No project was known on this day" in words
    assert re.search(r"the first became known on \d+ \w+ 2013", words)


def test_every_figure_names_its_measure_and_the_chart_has_its_sentence() -> None:
    app = opened(PAGE, lang="en")
    titles = re.findall(r'<h2 class="jcm-title">(.*?)</h2>', html_of(app))
    assert len(titles) == 9
    named = [title for title in titles if re.search("verified|expected", title.lower())]
    assert len(named) == len(titles) - 2  # what the draws rest on, and the scenarios in full
    (chart,) = app.get("plotly_chart")
    assert "eight of ten futures" in chart.proto.alt
