"""Countries and their profiles: every partner is reachable, sums are those of the target page, gaps are told."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from queries.warehouse import Warehouse, current
from tests.pages.reading import answer_of, figures_of, html_of, opened
from view.texts import texts

LIST, PROFILE = "pages/countries.py", "pages/country.py"
EXPECTED = {"pipeline", "validation", "registered"}


@pytest.fixture
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


def words_of(app: AppTest) -> str:
    return re.sub("<.*?>", " ", re.sub("<style>.*?</style>", "", html_of(app), flags=re.DOTALL))


def partners_of(warehouse: Warehouse) -> list[str]:
    return [row["iso3"] for row in warehouse.run("coverage_matrix").to_pylist()]


def test_every_partner_is_one_link_away_from_the_list(warehouse: Warehouse) -> None:
    linked = set(re.findall(r'href="country\?[^"]*iso3=([A-Z]{3})', html_of(opened(LIST, lang="en"))))
    assert linked == set(partners_of(warehouse))


@pytest.mark.parametrize(
    "filters",
    [{}, {"share": "japan"}, {"sectors": [1]}, {"fundings": ["government"], "until_fiscal_year": 2040}],
)
def test_countries_sum_to_the_ladder_of_the_target_page(
    warehouse: Warehouse, filters: dict[str, Any]
) -> None:
    whole = {r["rung"]: r for r in warehouse.run("ladder", **filters).to_pylist()}
    for by in ("country", "sector", "technology", "programme", "funding"):
        rows = warehouse.run("ladder_by_group", by=by, **filters).to_pylist()
        for rung, row in whole.items():
            of_rung = [r for r in rows if r["rung"] == rung]
            for column in ("projects", "events", "events_without_amount", "tco2_low", "tco2_high"):
                assert sum(r[column] or 0 for r in of_rung) == (row[column] or 0), (by, rung, column)


def test_groups_by_year_sum_to_the_series_of_the_target_page(warehouse: Warehouse) -> None:
    for measure in ("rungs", "combined"):
        whole: dict[tuple[int | None, str], int] = {}
        for r in warehouse.run("reductions_by_year", measure=measure).to_pylist():
            whole[r["year"], r["rung"]] = r["tco2_low"]
        for by in ("country", "sector", "technology", "programme", "funding"):
            sums: dict[tuple[int | None, str], int] = {}
            for r in warehouse.run("reductions_by_group", by=by, measure=measure).to_pylist():
                key = (r["year"], r["rung"])
                sums[key] = sums.get(key, 0) + r["tco2_low"]
            assert {k: v for k, v in sums.items() if v} == {k: v for k, v in whole.items() if v}


def test_the_ranking_ends_with_the_sum_of_the_target_page(warehouse: Warehouse) -> None:
    expected = sum(r["tco2_low"] for r in warehouse.run("ladder").to_pylist() if r["rung"] in EXPECTED)
    html = html_of(opened(LIST, lang="en"))
    total = re.search(r'<tr class="jcm-sum">.*?</tr>', html, re.DOTALL)
    assert total
    assert f"{expected / 1e6:.1f} Mt" in total[0]


def test_three_kinds_of_nothing_read_differently() -> None:
    words = words_of(opened(LIST, lang="en", as_of="2017-06-30", figure="registered"))
    assert "no project" in words
    assert "not yet a partner" in words
    html = html_of(opened(LIST, lang="en", as_of="2017-06-30", figure="registered"))
    assert "jcm-state-no-project" in html
    assert "jcm-state-not-yet-a-partner" in html


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("figure", ["expected", "notified", "itmo"])
@pytest.mark.parametrize("per", ["amount", "target", "project"])
def test_every_measure_can_be_shown_in_both_languages(lang: str, figure: str, per: str) -> None:
    app = opened(LIST, lang=lang, figure=figure, per=per)
    assert "Ignored in the address" not in words_of(app)
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("iso3", ["MNG", "THA", "IND", "PLW", "KGZ"])
def test_a_profile_is_there_for_rich_and_for_empty_countries(lang: str, iso3: str) -> None:
    app = opened(PROFILE, lang=lang, iso3=iso3)
    words = words_of(app)
    assert ("What is not known" if lang == "en" else "判明していない事項") in words
    assert not app.exception


def test_profiles_together_are_the_target_page(warehouse: Warehouse) -> None:
    counted = 0
    for iso3 in partners_of(warehouse):
        rows = warehouse.run("ladder", countries=[iso3]).to_pylist()
        counted += sum(r["tco2_low"] for r in rows if r["rung"] in EXPECTED)
    assert counted == sum(r["tco2_low"] for r in warehouse.run("ladder").to_pylist() if r["rung"] in EXPECTED)


@pytest.mark.parametrize("asked", ["mng", "Mongolia", "モンゴル", "ＭＮＧ"])
def test_a_country_is_found_by_code_and_name_in_any_writing(asked: str) -> None:
    assert "Partner no. 1 by signature" in words_of(opened(PROFILE, lang="en", iso3=asked))


def test_an_unknown_country_is_told_with_near_matches_and_all_partners(warehouse: Warehouse) -> None:
    html = html_of(opened(PROFILE, lang="en", iso3="Mongol"))
    assert "“Mongol” is no partner country" in html
    assert "Near matches:" in html
    linked = re.findall(r"iso3=([A-Z]{3})", html)
    assert linked[0] == "MNG"
    assert set(linked) == set(partners_of(warehouse))


def test_html_in_a_link_is_shown_as_text() -> None:
    html = html_of(opened(PROFILE, lang="en", iso3="<script>alert(1)</script>"))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_country_that_had_not_signed_is_no_partner_on_a_past_day() -> None:
    html = html_of(opened(PROFILE, lang="en", iso3="IND", as_of="2015-01-01"))
    assert "Not yet a partner on this day." in html
    assert "signed 2025" not in html
    assert "Memorandum signed" not in html
    assert "NDC 3.0" not in html


def test_the_matrix_of_a_past_day_holds_no_later_fact() -> None:
    rows = {r["iso3"]: r for r in current().run("coverage_matrix", as_of=date(2014, 1, 1)).to_pylist()}
    assert not any(r["has_ndc"] for r in rows.values())
    now = {r["iso3"]: r for r in current().run("coverage_matrix").to_pylist()}
    assert (now["IDN"]["methodologies"], now["CRI"]["methodologies"]) == (27, 3)


def test_an_actual_rung_says_no_event_and_not_no_project() -> None:
    html = html_of(opened(LIST, lang="en", figure="itmo"))
    assert "no event known" in html
    assert "no project" not in html.replace("no project known", "")


def test_per_project_names_the_largest_and_not_the_holders() -> None:
    assert "per project or event" in answer_of(opened(LIST, lang="en", per="project"))
    assert answer_of(opened(LIST, lang="en", country="IDN")).startswith(
        "Expected reductions: Indonesia accounts for all of"
    )


def test_no_target_is_asked_of_a_part_of_the_programme() -> None:
    html = html_of(opened("pages/target.py", lang="en", country="MNG"))
    assert "Part of the targets" in html
    assert "Reaching 100 Mt" not in html
    assert "required ÷ this pace" not in html


def test_the_country_chosen_on_another_page_opens_its_profile() -> None:
    one = opened(PROFILE, lang="en", country="MNG")
    assert "Mongolia" in html_of(one)
    assert "All partner countries:" not in html_of(one)
    several = opened(PROFILE, lang="en", country=["MNG", "THA"])
    assert "All partner countries:" in html_of(several)


@pytest.mark.parametrize(("lang", "amount"), [("en", "0.55 to 0.61 Mt"), ("ja", "55万～61.3万t")])
def test_a_range_stands_with_both_its_ends_in_the_ranking(lang: str, amount: str) -> None:
    html = html_of(opened(LIST, lang=lang, figure="issued"))
    assert amount in words_of(opened(LIST, lang=lang, figure="issued"))
    assert "jcm-range" in html


@pytest.mark.parametrize(("lang", "said"), [("en", "86,564 t reported"), ("ja", "86,564tは報道等による")])
def test_the_part_that_is_only_reported_is_told(lang: str, said: str) -> None:
    assert said in words_of(opened(LIST, lang=lang, figure="notified"))
    assert ("(reported)" if lang == "en" else "（報道等）") in words_of(
        opened(PROFILE, lang=lang, iso3="MNG")
    )


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            (
                "How far the partner is with Article 6",
                "National authority",
                "research",
                "28 February 2026",
                "SRUK",
            ),
        ),
        ("ja", ("6条への対応状況", "指定国家機関等", "研究", "2026年2月28日", "SRUK")),
    ],
)
def test_readiness_stands_with_date_and_kind_of_source(lang: str, said: tuple[str, ...]) -> None:
    words = words_of(opened(PROFILE, lang=lang, iso3="IDN"))
    for text in said:
        assert text in words, text


def test_readiness_of_a_past_day_holds_no_later_statement() -> None:
    words = words_of(opened(PROFILE, lang="en", iso3="IDN", as_of="2020-01-01"))
    assert "Nothing is known of it on this day." in words
    assert "SRUK" not in words


def test_carbon_pricing_of_a_country_may_be_of_several_states() -> None:
    words = words_of(opened(PROFILE, lang="en", iso3="IDN"))
    assert "Carbon pricing, implemented" in words
    assert "Carbon pricing, under development" in words


def test_a_partner_without_ndc_facts_says_so() -> None:
    words = words_of(opened(PROFILE, lang="en", iso3="OMN"))
    assert "NDC not known" in words
    assert "NDC: no source found" in words


def test_years_of_the_small_drawings_are_those_of_the_data(warehouse: Warehouse) -> None:
    years = [r["year"] for r in warehouse.run("reductions_by_group").to_pylist() if r["year"]]
    words = words_of(opened(LIST, lang="en"))
    assert f" countries on one scale, FY{min(years)} to FY{max(years)}." in words


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    ("subject", "above"),
    [
        (("country", "iso3", "MNG"), "countries"),
        (("project", "project", "MN001"), "projects"),
        (("participant", "name", "marubeni"), "participants"),
    ],
)
def test_the_way_back_keeps_the_filters(lang: str, subject: tuple[str, str, str], above: str) -> None:
    page, key, value = subject
    address = {key: value, "lang": lang, "sector": "1", "as_of": "2024-03-31"}
    html = html_of(opened(f"pages/{page}.py", **address))
    way = re.search(r'<nav class="jcm-crumbs" aria-label="[^"]+">(.*?)</nav>', html)
    assert way
    link = re.search(rf'href="{above}\?([^"]*)"', way[1])
    assert link
    for part in (f"lang={lang}", "sector=1", "as_of=2024-03-31"):
        assert part in link[1]
    if page == "country":
        assert f'<li aria-current="page">{texts(lang).country(value)}</li>' in way[1]


@pytest.mark.parametrize("iso3", ["MNG", "IDN", "KHM"])
def test_the_title_of_a_profile_says_where_the_country_stands(warehouse: Warehouse, iso3: str) -> None:
    sums: dict[str, int] = {}
    for row in warehouse.run("ladder_by_group", by="country").to_pylist():
        if row["rung"] in EXPECTED and row["tco2_low"]:
            sums[row["value"]] = sums.get(row["value"], 0) + row["tco2_low"]
    rank = 1 + sum(tco2 > sums[iso3] for tco2 in sums.values())
    title = answer_of(opened(PROFILE, lang="en", iso3=iso3))
    assert f"no. {rank} of " in title.partition(";")[0]
    assert "on paper by FY" in title
    assert "decided for issuance" in title


def test_the_title_of_a_country_without_projects_claims_none() -> None:
    assert answer_of(opened(PROFILE, lang="en", iso3="OMN")) == (
        "Oman: no project known; no decision on issuance known"
    )


def test_a_part_of_the_japanese_side_that_is_not_known_is_no_zero() -> None:
    app = opened(PROFILE, lang="en", iso3="KHM", share="japan")
    assert answer_of(app) == (
        "Cambodia: the Japanese side's part on paper is not known; the Japanese side's part of the credits is not known"
    )
    assert "0 t expected" not in html_of(app)


def test_the_chart_of_a_country_has_its_own_milestones_and_no_target(warehouse: Warehouse) -> None:
    app = opened(PROFILE, lang="en", iso3="MNG")
    chart = str(figures_of(app)["chart_cumulative"])
    assert "First JCM bilateral document signed (Mongolia)" in chart
    assert "First project registered" in chart
    others = [
        r["title_en"] for r in warehouse.run("milestones").to_pylist() if "Mongolia" not in r["title_en"]
    ]
    assert not [title for title in others if title[:25] in chart]
    assert "FY2030: 100 Mt" not in chart
    html = html_of(app)
    assert "against both targets" not in html
    assert "Cumulative expected reductions of Mongolia" in html


@pytest.mark.parametrize(("lang", "said"), [("en", "35,313 tCO2 stated"), ("ja", "公表値35,313 tCO2")])
def test_stated_totals_stand_beside_ours(warehouse: Warehouse, lang: str, said: str) -> None:
    stated = [
        row
        for row in warehouse.run("reconciliation", metrics=["credits_issued_cumulative"]).to_pylist()
        if (row["iso3"], row["stated_value"]) == ("VNM", 35_313)
    ]
    words = words_of(opened(PROFILE, lang=lang, iso3="VNM"))
    assert said in words
    assert f"{stated[0]['our_value']:,.0f}" in words
    assert f"{stated[0]['coverage']:.1%}" in words
    assert "35,313" not in words_of(opened(PROFILE, lang=lang, iso3="VNM", as_of="2024-03-31"))


@pytest.mark.parametrize("figure", ["expected", "notified"])
def test_each_country_with_tonnes_has_a_line_of_its_years(warehouse: Warehouse, figure: str) -> None:
    html = html_of(opened(LIST, lang="en", figure=figure))
    rungs = EXPECTED if figure == "expected" else {figure}
    rows = warehouse.run("reductions_by_group", by="country").to_pylist()
    with_tonnes = {r["value"] for r in rows if r["rung"] in rungs and r["year"] and r["cumulative_high_tco2"]}
    lines = re.findall(r'<img class="jcm-spark" alt="([^"]+)" src="data:image/svg', html)
    assert len(lines) == len(with_tonnes)
    assert all(", cumulative from FY" in alt for alt in lines)
