"""The list of projects and the page of each: search, totals, facets, paging, claims, links that are nearly right."""

import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from model.fiscal_year import fiscal_year_of
from queries.record import build_of
from queries.warehouse import Warehouse, current
from tests.changed_warehouse import MANY_PROJECTS, changed
from tests.pages.reading import address_of, figures_of, html_of, opened
from view.amounts import tonnes
from view.texts import texts

LIST, PAGE = "pages/projects.py", "pages/project.py"
EXPECTED = {"pipeline", "validation", "registered"}


@pytest.fixture
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


def words_of(app: AppTest) -> str:
    return re.sub("<.*?>", " ", re.sub("<style>.*?</style>", "", html_of(app), flags=re.DOTALL))


def listed(app: AppTest) -> list[str]:
    table = re.search(r'<table class="jcm-projects">.*?</table>', html_of(app), re.DOTALL)
    return re.findall(r"project=([\w-]+)", table[0]) if table else []


@pytest.mark.parametrize(
    ("search", "some"),
    [
        ("ｂｏｉｌｅｒ", "MN001"),
        ("ぼいらー", "ID038"),
        ("karawang", "ID004"),
        ("MN003", "MN003"),
        ("モンゴル　solar", "MN003"),
        ("farmdo", "MN003"),
    ],
)
def test_a_search_finds_titles_places_participants_and_numbers_in_any_writing(search: str, some: str) -> None:
    assert some in listed(opened(LIST, lang="en", q=search))


@pytest.mark.parametrize("search", ["%", "%_%", "' OR 1=1 --", "\\", "x" * 200, "\u0000"])
def test_odd_searches_are_harmless_and_say_what_to_do(search: str) -> None:
    app = opened(LIST, lang="en", q=search)
    assert listed(app) == []
    assert "Nothing is known for the search" in words_of(app)


@pytest.mark.parametrize(
    "filters", [{}, {"country": "THA"}, {"technology": "solar PV", "status": "registered"}]
)
def test_totals_are_those_of_the_target_page(warehouse: Warehouse, filters: dict[str, str]) -> None:
    names = {"country": "countries", "technology": "technologies", "status": "statuses"}
    given = {names[key]: [value] for key, value in filters.items()}
    row = warehouse.run("project_totals", **given).to_pylist()[0]
    ladder = warehouse.run("ladder", **given).to_pylist()
    assert row["expected_first_tco2"] == sum(r["tco2_low"] for r in ladder if r["rung"] in EXPECTED)
    assert row["counted"] == sum(r["projects"] for r in ladder if r["rung"] in EXPECTED)
    words = " ".join(words_of(opened(LIST, lang="en", **filters)).split())
    assert f"In this selection {row['projects']} {row['counted']}" in words
    assert f"Total {warehouse.run('project_totals').to_pylist()[0]['projects']}" in words


def test_every_project_is_on_one_page_of_the_list(warehouse: Warehouse) -> None:
    total = warehouse.run("project_totals").to_pylist()[0]["projects"]
    seen: list[str] = []
    for page in range(1, 8):
        found = listed(opened(LIST, lang="en", page=str(page)))
        seen += [key for key in found if key not in seen]
    assert len(seen) == total


@pytest.mark.parametrize(
    "sort", ["annual", "expected", "selected", "registered", "country", "stage", "technology"]
)
def test_every_order_is_total(warehouse: Warehouse, sort: str) -> None:
    whole = [r["project_id"] for r in warehouse.run("projects", sort=sort, rows_at_most=1000).to_pylist()]
    parts: list[str] = []
    for start in range(0, len(whole), 40):
        some = warehouse.run("projects", sort=sort, rows_before=start, rows_at_most=40)
        parts += [r["project_id"] for r in some.to_pylist()]
    assert parts == whole
    assert len(set(whole)) == len(whole)


def test_facets_count_under_the_other_filters(warehouse: Warehouse) -> None:
    html = html_of(opened(LIST, lang="en", technology="hydro"))
    facet = re.search(r"<nav.*?</nav>", html, re.DOTALL)
    assert facet
    rows = warehouse.run("project_facet", by="country", technologies=["hydro"]).to_pylist()
    assert f"country={rows[0]['value']}" in facet[0]
    assert f"<span>{rows[0]['projects']}</span>" in facet[0]
    assert "technology=solar" in facet[0]  # other technologies stay on offer


def test_columns_are_the_readers_choice_and_in_the_link() -> None:
    app = opened(LIST, lang="en", column=["methodology", "japanese"])
    table = re.search(r'<table class="jcm-projects">.*?</table>', html_of(app), re.DOTALL)
    assert table
    assert "Methodology" in table[0]
    assert "Annual estimate" not in table[0]
    assert address_of(app)["column"] == ["methodology", "japanese"]


def test_a_project_not_known_yet_is_not_listed() -> None:
    assert "P-THA-008" not in listed(opened(LIST, lang="en", as_of="2018-03-31", q="P-THA-008"))
    assert "P-THA-008" in listed(opened(LIST, lang="en", q="P-THA-008"))


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("project", ["MN001", "MN003", "P-IDN-015", "VN004", "TH015"])
def test_a_project_has_its_page_in_both_languages(lang: str, project: str) -> None:
    app = opened(PAGE, lang=lang, project=project)
    words = words_of(app)
    assert project in words
    assert ("Life cycle" if lang == "en" else "経過") in words
    assert ("What the sources state" if lang == "en" else "各資料の記載") in words


def test_withdrawn_projects_and_studies_say_that_they_count_for_nothing(warehouse: Warehouse) -> None:
    for stage in ("withdrawn", "study"):
        (row, *_) = warehouse.run("projects", statuses=[stage]).to_pylist()
        words = words_of(opened(PAGE, lang="en", project=row["project_id"]))
        assert "Kept on record; nothing is expected of it and it is in no sum." in words


def test_sources_that_differ_are_all_shown_with_the_one_taken() -> None:
    words = words_of(opened(PAGE, lang="en", project="CR001"))
    assert "Sources differ on: Annual estimate. Which was taken is marked." in words
    assert "2,245 t" in words
    assert "2,404 t" in words


def test_a_month_agrees_with_a_day_in_it() -> None:
    words = words_of(opened(PAGE, lang="en", project="MN003"))
    assert "Sources differ on: Annual estimate. Which was taken is marked." in words  # and not on the day
    assert "May 2017" in words
    assert "26 May 2017" in words


def test_a_start_known_to_the_month_is_not_told_to_the_day(warehouse: Warehouse) -> None:
    facts = warehouse.run("project_facts", project="CR001").to_pylist()[0]
    assert (facts["start_basis"], facts["operation_start_precision"]) == ("stated", "month")
    words = words_of(opened(PAGE, lang="en", project="CR001"))
    assert "from August 2018 for" in words


def test_a_start_taken_from_a_verified_period_says_so() -> None:
    words = words_of(opened(PAGE, lang="en", project="KH005"))
    assert "from 12 March 2018 for" in words
    assert "start of the earliest verified period" in words


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "No schedule: neither start, selection nor registration is known"),
        ("ja", "稼働期間なし：稼働開始、採択、登録のいずれも不明"),
    ],
)
def test_a_project_without_a_schedule_shows_its_estimate_and_no_year(
    lang: str, said: str, warehouse: Warehouse
) -> None:
    row = next(
        r
        for r in warehouse.run("projects", rows_at_most=1_000).to_pylist()
        if r["start_basis"] is None and r["stage"] == "validation" and r["annual_tco2"]
    )
    assert row["expected_first_tco2"] is None
    assert warehouse.run("project_years", project=row["project_id"]).to_pylist() == []
    words = words_of(opened(PAGE, lang=lang, project=row["project_id"]))
    assert said in words
    assert tonnes(row["annual_tco2"], texts(lang)) in words  # type: ignore[arg-type]
    listed_words = words_of(opened(LIST, lang=lang, q=row["project_id"]))
    assert ("no schedule" if lang == "en" else "稼働期間なし") in listed_words


def test_a_dormant_project_is_shown_with_its_stage_and_is_in_no_sum(warehouse: Warehouse) -> None:
    rows = warehouse.run("projects", statuses=["dormant"], rows_at_most=1_000).to_pylist()
    assert rows
    assert all(r["expected_first_tco2"] is None for r in rows)
    app = opened(LIST, lang="en", status="dormant")
    assert set(listed(app)) == {r["project_id"] for r in rows}
    assert "Selected long ago, never listed" in words_of(app)
    totals = warehouse.run("project_totals", statuses=["dormant"]).to_pylist()[0]
    assert (totals["projects"], totals["counted"], totals["expected_first_tco2"]) == (len(rows), 0, 0)
    one = next(r for r in rows if r["annual_tco2"])
    words = words_of(opened(PAGE, lang="en", project=one["project_id"]))
    assert "never listed: kept on record, in no sum." in words
    assert "expected over its lifetime" not in words


@pytest.mark.parametrize(("lang", "amount"), [("en", "550,000 to 612,525 t"), ("ja", "550,000～612,525t")])
def test_an_amount_known_as_a_range_is_shown_with_both_its_ends(lang: str, amount: str) -> None:
    assert amount in words_of(opened(PAGE, lang=lang, project="KH005"))
    assert amount in words_of(opened(LIST, lang=lang, q="KH005"))
    bars = figures_of(opened(PAGE, lang="en", project="KH005"))["chart_years"]["data"]
    assert any(any(bar["error_y"]["array"]) for bar in bars if "error_y" in bar)


@pytest.mark.parametrize(("lang", "amount"), [("en", "at least 12 t"), ("ja", "少なくとも12t")])
def test_an_amount_known_in_part_is_told_as_at_least_that(lang: str, amount: str) -> None:
    words = words_of(opened(PAGE, lang=lang, project="PW002"))
    assert amount in words
    assert ("not known" if lang == "en" else "不明") in words


def test_a_project_that_rests_on_reports_alone_is_marked(warehouse: Warehouse) -> None:
    row = next(r for r in warehouse.run("projects", rows_at_most=1_000).to_pylist() if r["is_reported"])
    assert f"{row['project_id']} (reported)" in words_of(opened(LIST, lang="en", q=row["project_id"]))
    words = words_of(opened(PAGE, lang="ja", project=row["project_id"]))
    assert "（報道等）" in words
    assert "報道等のみ（他の出典による確認なし）" in words


def test_an_estimate_stands_with_what_it_rests_on() -> None:
    assert "11,223 t (project document)" in words_of(opened(PAGE, lang="en", project="MN003"))
    assert "11,223t（プロジェクト設計書）" in words_of(opened(PAGE, lang="ja", project="MN003"))


def test_list_and_map_agree_on_the_year_of_selection_known_on_a_day(warehouse: Warehouse) -> None:
    for day in (date(2018, 6, 1), warehouse.data_as_of):
        rows = warehouse.run("projects", as_of=day, rows_at_most=1_000).to_pylist()
        on_map = {
            r["project_id"]: r["from_fiscal_year"]
            for r in warehouse.run("map_projects", as_of=day).to_pylist()
        }
        assert {r["project_id"] for r in rows} == set(on_map)
        selected = {r["project_id"]: r["fy_selected"] for r in rows if r["fy_selected"]}
        assert selected == {key: on_map[key] for key in selected}
        assert max(on_map.values()) <= fiscal_year_of(day)
    assert "MN007" in {r["project_id"] for r in warehouse.run("projects", as_of=date(2018, 6, 1)).to_pylist()}
    # Its selection of FY2018 became known later: neither page tells it on that day.
    words = words_of(opened(PAGE, lang="en", project="MN007", as_of="2018-06-01"))
    facts = words.partition("Counted as a JCM project")[2]
    assert re.search(r"Selected\s+not known", facts)


def test_a_view_of_the_past_names_no_later_claim_or_source(warehouse: Warehouse) -> None:
    list_of = texts("en").day(build_of(warehouse)["list_of_on"])  # which the source line of every view tells
    words = words_of(opened(PAGE, lang="en", project="MN003", as_of="2016-01-01"))
    assert "Not known on this day." in words
    assert not re.search(
        r"\b20(1[7-9]|2\d)\b",
        words.partition("What the sources state")[2].partition("An independent")[0].replace(list_of, ""),
    )


def test_an_estimate_of_a_project_that_does_not_count_is_told_and_not_summed(warehouse: Warehouse) -> None:
    (row,) = (
        r for r in warehouse.run("projects", rows_at_most=1_000).to_pylist() if r["project_id"] == "P-MNG-003"
    )
    assert (row["annual_tco2"], row["in_target_scope"]) == (24_836, False)
    assert "24,836 t" in words_of(opened(PAGE, lang="en", project="P-MNG-003"))
    assert "Selected or planned, not counted" in words_of(opened(LIST, lang="en", country="MNG"))


def test_the_next_page_keeps_order_and_columns(warehouse: Warehouse) -> None:
    html = html_of(opened(LIST, lang="en", sort="annual", column=["annual", "place"], q="solar"))
    link = next(m for m in re.findall(r'href="([^"]*page=2[^"]*)"', html))
    for part in ("sort=annual", "column=annual", "column=place", "q=solar"):
        assert part in link
    second = html_of(opened(LIST, lang="en", sort="annual", page="2"))
    rows = warehouse.run("projects", sort="annual", rows_before=50, rows_at_most=50).to_pylist()
    shown = re.findall(r"project=([A-Z0-9-]+)", second)
    assert [r["project_id"] for r in rows] == list(dict.fromkeys(shown))[: len(rows)]


def test_issued_tonnes_of_the_list_and_of_no_single_project_make_the_ladder(warehouse: Warehouse) -> None:
    for given in ({}, {"countries": ["IDN"]}, {"countries": ["MNG"]}):
        totals = warehouse.run("project_totals", **given).to_pylist()[0]
        ladder = {r["rung"]: r for r in warehouse.run("ladder", **given).to_pylist()}
        for end in ("low", "high"):
            own, shared = totals[f"notified_{end}_tco2"], totals[f"shared_events_{end}_tco2"]
            assert own + shared == ladder["notified"][f"tco2_{end}"]


def test_every_project_stands_on_the_ladder_or_beside_it(warehouse: Warehouse) -> None:
    rows = warehouse.run("ladder").to_pylist()
    counted = sum((r["projects"] or 0) + (r["projects_outside_scope"] or 0) for r in rows)
    assert counted == warehouse.run("project_totals").to_pylist()[0]["projects"]
    assert "Not confirmed as a JCM project" in words_of(opened("pages/target.py", lang="en"))


def test_years_of_a_project_sum_to_the_warehouse(warehouse: Warehouse) -> None:
    rows = warehouse.run("project_years", project="MN003").to_pylist()
    ladder = warehouse.run("projects", words=["mn003"]).to_pylist()
    assert (
        sum(r["expected_tco2"] for r in rows if r["fiscal_year"] <= 2030) == ladder[0]["expected_first_tco2"]
    )
    assert sum(r["notified_low_tco2"] for r in rows) == ladder[0]["notified_low_tco2"]


@pytest.mark.parametrize("asked", ["mn003", "ＭＮ００３", "mn-003"])
def test_a_number_written_otherwise_is_understood(asked: str) -> None:
    app = opened(PAGE, lang="en", project=asked)
    assert address_of(app)["project"] == ["MN003"]


def test_an_unknown_project_is_told_with_near_matches() -> None:
    html = html_of(opened(PAGE, lang="en", project="MN099"))
    assert "There is no project “MN099”" in html
    assert "project=MN00" in html


def test_html_in_a_title_is_text(
    warehouse_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(
        warehouse_dir,
        tmp_path,
        "UPDATE history.project SET title_en = '<img src=x onerror=alert(1)>' WHERE project_id = 'MN001'",
    )
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(tmp_path))
    for page, address in ((LIST, {"q": "MN001"}), (PAGE, {"project": "MN001"}), ("pages/map.py", {})):
        html = html_of(opened(page, lang="en", **address))
        assert "<img src=x" not in html
        assert "&lt;img src=x" in html


def test_twenty_thousand_projects_are_paged_and_counted_in_the_warehouse(
    warehouse_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current(warehouse_dir).run("project_totals").to_pylist()[0]["projects"]
    changed(warehouse_dir, tmp_path, *MANY_PROJECTS)
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(tmp_path))
    app = opened(LIST, lang="en", country="MNG")
    assert len(listed(app)) == 50
    total = current(tmp_path).run("project_totals").to_pylist()[0]
    assert total["projects"] == before * 71
    assert f"Total {total['projects']:,}" in " ".join(words_of(app).split())
    assert f"{total['projects']:,} projects" in words_of(opened("pages/map.py", lang="en"))
