"""A figure alone: one figure, its source, no controls; a key that is not there names those that are."""

import re
from html import unescape
from urllib.parse import parse_qs

import pytest

from queries.warehouse import current
from tests.pages.reading import figures_of, html_of, opened
from view.embedding import snippet, whole_page

FIGURES = [
    ("pages/target.py", "cumulative", {"country": "MNG"}),
    ("pages/target.py", "hero", {"country": "VNM"}),
    ("pages/target.py", "ladder", {}),
    ("pages/countries.py", "ranking", {}),
    ("pages/countries.py", "choropleth", {}),
    ("pages/country.py", "country_issuances", {"iso3": "MNG"}),
    ("pages/sectors.py", "heat", {}),
    ("pages/credits.py", "credits_by_year", {"counted": "issuance"}),
    ("pages/article6.py", "ledger_states", {}),
    ("pages/map.py", "map", {}),
    ("pages/outlook.py", "fan", {"scenario": "more-private-projects"}),
    ("pages/project.py", "cycle", {"project": "MN003"}),
    ("pages/projects.py", "projects", {"sort": "annual"}),
    ("pages/changes.py", "changed_rungs", {"earlier": "2023-03-31"}),
]


@pytest.fixture
def _embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the framework tells of `embed=true`, which it hides from the page's own address."""
    monkeypatch.setattr("view.embedding.is_on", lambda: True)


@pytest.mark.usefixtures("_embedded")
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(("page", "figure", "given"), FIGURES)
def test_one_figure_stands_alone_with_its_source(
    page: str, figure: str, given: dict[str, str], lang: str
) -> None:
    app = opened(page, lang=lang, figure=figure, **given)
    html = html_of(app)
    assert len(re.findall('<h2 class="jcm-title">', html)) == 1
    assert "<h1" not in html
    assert html.count('class="jcm-source"') == 1
    assert ("Data version" if lang == "en" else "データ版") in html
    widgets = [*app.multiselect, *app.selectbox, *app.date_input, *app.button, *app.text_input, *app.expander]
    assert not widgets
    assert len(app.get("plotly_chart")) <= 1


@pytest.mark.usefixtures("_embedded")
def test_filters_of_the_address_count() -> None:
    html = html_of(opened("pages/target.py", lang="en", figure="ladder", country="MNG"))
    whole = html_of(opened("pages/target.py", lang="en", figure="ladder"))
    assert html != whole
    rows = current().run("ladder", countries=["MNG"]).to_pylist()
    events = next(row["events"] for row in rows if row["rung"] == "notified")
    assert f"{events} events" in html


@pytest.mark.usefixtures("_embedded")
def test_a_measure_of_the_countries_page_and_a_figure_share_their_key() -> None:
    html = html_of(opened("pages/countries.py", lang="en", figure=["notified", "ranking"]))
    assert "Issuance decided by partner country" in html


@pytest.mark.usefixtures("_embedded")
def test_a_figure_that_is_not_there_names_those_that_are() -> None:
    html = html_of(opened("pages/credits.py", lang="ja", figure="nonsense"))
    assert "このページにその図はありません" in html
    assert re.search('href="[^"]*figure=vintages[^"]*"[^>]*>vintages</a>', html)


@pytest.mark.usefixtures("_embedded")
def test_a_figure_that_is_nearly_there_is_named() -> None:
    html = html_of(opened("pages/target.py", lang="en", figure="cumulativ"))
    nearest = html.partition("the nearest first:")[2]
    assert nearest.index(">cumulative<") < nearest.index(">gap<")


@pytest.mark.usefixtures("_embedded")
def test_a_value_of_the_address_that_is_not_known_is_told_in_the_frame() -> None:
    html = html_of(opened("pages/target.py", lang="en", figure="cumulative", country="XXX"))
    assert "Ignored in the address: country=XXX." in html
    plain = html_of(opened("pages/countries.py", lang="en", figure=["notified", "ranking"]))
    assert "Ignored" not in plain


@pytest.mark.usefixtures("_embedded")
def test_filters_that_leave_nothing_are_told_in_the_frame() -> None:
    given = {"country": "ETH", "programme": "NEDO demonstration"}
    html = html_of(opened("pages/target.py", lang="en", figure="cumulative", **given))
    assert "No project fits all filters of this figure: Ethiopia; NEDO" in html
    some = html_of(opened("pages/target.py", lang="en", figure="cumulative", country="ETH"))
    assert "No project fits" not in some


@pytest.mark.usefixtures("_embedded")
def test_the_map_has_no_buttons_in_a_frame() -> None:
    figure = figures_of(opened("pages/map.py", lang="en", figure="map"))["chart_map"]
    assert not figure["layout"].get("updatemenus")
    assert not figure.get("frames")


def test_the_code_to_embed_a_figure_keeps_the_measure_that_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = {"figure": ["notified"], "q": ["a&b=c"], "lang": ["ja"]}
    monkeypatch.setattr("view.address.present", lambda: shown)
    monkeypatch.setattr("view.embedding.present", lambda: shown)
    address, script = re.findall('src="(.*?)"', snippet("ranking", "t", (500, 600)))
    assert script.endswith("/app/static/embed.js")
    assert parse_qs(unescape(address).partition("?")[2]) == {
        **{key: values for key, values in shown.items() if key != "figure"},
        "figure": ["notified", "ranking"],
        "embed": ["true"],
    }


def test_the_offered_height_is_that_of_the_figure_on_a_telephone_and_in_a_column() -> None:
    app = opened("pages/target.py", lang="en")
    for key in ("hero", "verified", "ladder"):
        app.session_state[f"panel_{key}"] = True
    app.run()
    code = unescape(html_of(app))
    heights = {
        key: tuple(map(int, found))
        for key, *found in re.findall(
            r"figure=(\w+)&embed=true.*?height=\"(\d+)\".*?clamp\((\d+)px,calc\(.*?vw\),(\d+)px\)",
            unescape(code),
        )
    }
    assert sorted(heights) == ["hero", "ladder", "verified"]
    assert len({wide for wide, *_ in heights.values()}) == 3
    for wide, least, most in heights.values():
        assert 300 < least <= wide <= most <= 1200
    assert heights["verified"][0] < heights["hero"][0] < heights["ladder"][0]


def test_the_link_to_the_whole_page_leaves_out_the_figure_only(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = {"figure": ["notified", "ranking"], "q": ["a&b=c"], "embed": ["true"]}
    monkeypatch.setattr("view.address.present", lambda: shown)
    monkeypatch.setattr("view.embedding.present", lambda: shown)
    assert parse_qs(whole_page("ranking").partition("?")[2]) == {"figure": ["notified"], "q": ["a&b=c"]}
