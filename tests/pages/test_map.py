"""The map page: every project is on it or beside it, its sums are those of the target page, nothing hides."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from queries.warehouse import current
from tests.pages.reading import html_of, opened

PAGE = "pages/map.py"


def figure_of(app: AppTest) -> dict[str, Any]:
    (chart,) = app.get("plotly_chart")
    found: dict[str, Any] = json.loads(chart.proto.spec)
    return found


def traces(app: AppTest, meta: str) -> list[dict[str, Any]]:
    return [trace for trace in figure_of(app)["data"] if trace.get("meta") == meta]


def in_legend(app: AppTest) -> list[dict[str, Any]]:
    """One trace of each group: where there are two drawings, that of the first."""
    return [trace for trace in traces(app, "projects") if trace.get("showlegend") is not False]


def words_of(app: AppTest) -> str:
    return re.sub("<.*?>", "", html_of(app))


@pytest.mark.parametrize(
    "filters", [{}, {"country": ["IDN", "MNG"]}, {"as_of": "2021-10-22"}, {"sector": "1"}]
)
def test_drawn_and_listed_projects_are_all_projects(filters: dict[str, Any]) -> None:
    app = opened(PAGE, lang="en", **filters)
    drawn = {point[0] for trace in traces(app, "projects") for point in trace["customdata"]}
    beside = sum(
        int(n) for n in re.findall(r'<tr><th scope="row">.*?<td class="jcm-n">(\d+)</td>', html_of(app))
    )
    listed = set(re.findall(r"project\?[^\"]*project=([\w-]+)", html_of(app)))
    total = int(re.search(r"\d+ of (\d+) projects are placed", words_of(app))[1])  # type: ignore[index]
    assert len(drawn) + beside == total
    assert len(listed) == total
    assert drawn <= listed


def test_the_expected_tonnes_are_those_of_the_target_page(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    for filters in ({}, {"countries": ["THA"]}, {"technologies": ["solar PV"]}):
        ladder = warehouse.run("ladder", **filters).to_pylist()
        expected = sum(r["tco2_low"] for r in ladder if r["rung"] in {"pipeline", "validation", "registered"})
        rows = warehouse.run("map_projects", **filters).to_pylist()
        once = {r["project_id"]: r["expected_tco2"] or 0 for r in rows}
        assert sum(once.values()) == expected


def test_every_partner_is_marked_so_that_small_islands_are_seen(warehouse_dir: Path) -> None:
    partners = traces(opened(PAGE, lang="en"), "partners")
    codes = {code for trace in partners for (code,) in trace["customdata"]}
    rows = current(warehouse_dir).run("filter_options").to_pylist()
    assert codes == {row["value"] for row in rows if row["filter"] == "country"}
    assert {"PLW", "MDV"} <= codes


def test_what_shares_a_place_is_moved_apart() -> None:
    points = []
    for trace in traces(opened(PAGE, lang="en"), "projects"):
        decoded = [
            np.frombuffer(__import__("base64").b64decode(trace[axis]["bdata"]), trace[axis]["dtype"])
            if isinstance(trace[axis], dict)
            else np.array(trace[axis])
            for axis in ("x", "y")
        ]
        points += list(zip(*(axis.round(1).tolist() for axis in decoded), strict=True))
    assert len(points) > 100
    assert len(set(points)) == len(points)


def test_the_slider_takes_later_projects_away() -> None:
    late = opened(PAGE, lang="en")
    early = opened(PAGE, lang="en", built_by="2016")
    count = {
        name: sum(len(trace["customdata"]) for trace in traces(app, "projects"))
        for name, app in (("late", late), ("early", early))
    }
    assert 0 < count["early"] < count["late"]
    assert "Projects selected or known by the end of FY2016" in words_of(early)


def test_the_build_up_plays_in_the_browser_year_by_year() -> None:
    figure = figure_of(opened(PAGE, lang="en"))
    labels = [b["label"] for b in figure["layout"]["updatemenus"][0]["buttons"]]
    assert labels == ["Play the build-up", "Stop"]
    years = [row["from_fiscal_year"] for row in current().run("map_projects").to_pylist()]
    assert figure["frames"][0]["name"] == str(min(years))


@pytest.mark.parametrize(
    ("lang", "name"), [("en", "Selected long ago, never listed"), ("ja", "選定後長期未掲載")]
)
def test_dormant_projects_have_a_sign_of_their_own_and_are_in_no_sum(lang: str, name: str) -> None:
    app = opened(PAGE, lang=lang)
    signs = {trace["name"]: trace["marker"]["symbol"] for trace in in_legend(app)}
    assert name in signs
    kinds = {
        (symbols[0] if isinstance(symbols, list) else symbols).removesuffix("-open")
        for symbols in signs.values()
    }
    assert len(kinds) == len(signs)
    assert ("never listed" if lang == "en" else "合計には含めません") in words_of(app)


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("show", ["projects", "partners"])
def test_source_and_border_policy_stand_on_the_map(lang: str, show: str) -> None:
    words = words_of(opened(PAGE, lang=lang, show=show))
    assert (
        "do not imply official endorsement" if lang == "en" else "公式な承認又は受諾を意味しない"
    ) in words
    assert ("UN geodata" if lang == "en" else "国連地理データ") in words


def test_colours_by_technology_name_each_group() -> None:
    names = [trace["name"] for trace in in_legend(opened(PAGE, lang="en", colour="technology"))]
    assert len(set(names)) == len(names)
    assert "Solar power" in names
    assert "Other technologies" in names
    assert len(names) <= 8


def test_an_empty_selection_says_so() -> None:
    words = words_of(opened(PAGE, lang="en", country="IND", sector="14"))
    assert "No project in this selection was known on this day." in words


@pytest.mark.parametrize("country", ["IDN", "CHL"])
def test_the_map_of_one_country_is_zoomed_to_it(country: str) -> None:
    layout = figure_of(opened(PAGE, lang="en", country=country))["layout"]
    west, east = layout["xaxis"]["range"]
    assert east - west < 6_000
    assert "xaxis2" not in layout


def test_beside_the_map_stands_how_many_of_each_country_have_no_point() -> None:
    rows = current().run("map_projects", countries=["THA"]).to_pylist()
    best = {row["project_id"]: False for row in rows}
    for row in rows:
        best[row["project_id"]] |= row["precision"] != "country"
    html = html_of(opened(PAGE, lang="en", country="THA"))
    row = re.search(r'<tr><th scope="row">[^/]*Thailand</a></th>(.*?)</tr>', html)
    assert row
    numbers = [int(n) for n in re.findall(r">(\d+)<", row[1])]
    assert numbers == [list(best.values()).count(False), list(best.values()).count(True)]
