"""Every page in both languages, as its reader meets it: language, figures, links, what is said when data is missing."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from queries.warehouse import current
from tests.pages.reading import (
    PAGES,
    address_of,
    answer_of,
    control,
    html_of,
    opened,
    opened_table,
    under_answer_of,
)
from view.texts import texts


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_page_speaks_its_language(page: str, lang: str) -> None:
    html = html_of(opened(page, lang=lang))
    assert f'<div class="jcm" lang="{lang}">' in html
    words = re.sub(
        r'<small lang=.*?</small>|<style>.*?</style>|<span class="jcm-scope".*?</span>',
        "",
        html,
        flags=re.DOTALL,
    )
    words = re.sub("<.*?>", "", words)
    japanese = re.findall("[ぁ-んァ-ヶ一-龠]", words)
    if lang == "en":
        assert set(japanese) <= set("万億"), "Japanese left in the English page"
    else:
        assert len(japanese) > 300


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_chart_has_its_sentence_as_alternative_text(lang: str) -> None:
    charts = opened(lang=lang).get("plotly_chart")
    assert len(charts) == 3
    for chart in charts:
        assert len(chart.proto.alt) > 30


def test_the_answer_says_in_two_figures_what_is_on_paper_and_what_became_credits(warehouse_dir: Path) -> None:
    rows = {row["rung"]: row for row in current(warehouse_dir).run("ladder").to_pylist()}
    stated = sum(rows[rung]["tco2_low"] for rung in ("pipeline", "validation", "registered"))
    share = f"{stated / 1e6:.0f}%"
    assert rows["notified"]["tco2_high"] < 1_000_000
    for lang, said in (
        (
            "en",
            f"JCM projects on paper cover {share} of the 100 Mt target for FY2030. Less than 1% has become credits.",
        ),
        ("ja", f"2030年度目標1億tに対し、案件の見込みは{share}。クレジットになったのは1%未満です。"),
    ):
        assert answer_of(opened(lang=lang)) == said


def test_what_is_verified_is_told_as_a_range_with_the_part_that_is_only_reported(warehouse_dir: Path) -> None:
    rows = {row["rung"]: row for row in current(warehouse_dir).run("ladder").to_pylist()}
    decided = rows["notified"]
    assert decided["tco2_low"] < decided["tco2_high"]
    low, high = (f"{decided[end] / 1e6:.2f}" for end in ("tco2_low", "tco2_high"))
    app = opened(lang="en")
    html, under = html_of(app), under_answer_of(app)
    told = f"of which {decided['reported_tco2']:,} t reported, not confirmed"
    assert f"Decided for issuance: {low} to {high} Mt, {told}." in under
    assert f"{100 - float(high):.1f} to {100 - float(low):.1f} Mt are to go from what is verified" in html
    for rung in ("notified", "itmo"):
        row = re.search(rf'<tr><th scope="row"[^>]*><span class="jcm-swatch jcm-fill-{rung}".*?</tr>', html)
        assert row
        assert f"of which {rows[rung]['reported_tco2']:,} t reported, not confirmed" in row[0]
    assert f"{low} to {high} Mt" not in under_answer_of(opened(lang="en", as_of="2023-01-31"))


@pytest.mark.parametrize(("lang", "mark"), [("en", "in no sum"), ("ja", "合計に含めない")])
def test_dormant_projects_are_shown_apart_and_in_no_sum(lang: str, mark: str, warehouse_dir: Path) -> None:
    rows = {row["rung"]: row for row in current(warehouse_dir).run("ladder").to_pylist()}
    app = opened(lang=lang)
    row = re.search(r'<tr class="jcm-kept">.{0,400}?jcm-fill-dormant.*?</tr>', html_of(app))
    assert row
    assert mark in row[0]
    assert texts(lang).number(rows["dormant"]["projects"]) in row[0]  # type: ignore[arg-type]
    # The stacked expectation is that of the three rungs of the headline alone.
    spec = next(json.loads(c.proto.spec) for c in app.get("plotly_chart") if "stackgroup" in c.proto.spec)
    assert len([trace for trace in spec["data"] if trace.get("stackgroup")]) == 3


def test_the_figures_of_the_answer_are_those_of_the_warehouse(warehouse_dir: Path) -> None:
    with current(warehouse_dir)._connection.cursor() as cursor:
        row = cursor.execute(
            "SELECT sum(tco2) / 1e6 FROM history.expected WHERE known_until IS NULL AND fiscal_year <= 2030"
            " AND rung IN ('pipeline', 'validation', 'registered')"
        ).fetchone()
    assert row
    under = under_answer_of(opened(lang="en"))
    assert f"projects state {row[0]:.1f} Mt by FY2030." in under


@pytest.mark.parametrize(
    ("lang", "verified", "expected"),
    [("en", "from what is verified", "from the stated expectation"), ("ja", "検証済み", "見込み累計")],
)
def test_the_gap_is_told_from_what_is_verified_first(lang: str, verified: str, expected: str) -> None:
    html = html_of(opened(lang=lang))
    begins = html.index('<div class="jcm-gap">')
    sentence = html[html.rindex('<p class="jcm-sentence"', 0, begins) : begins]
    for text in (sentence, html[begins:], html[html.index("<table", begins) :]):
        assert 0 <= text.find(verified) < text.find(expected)


def test_the_age_of_the_list_is_the_same_here_and_under_methods(warehouse_dir: Path) -> None:
    files = current(warehouse_dir).run("source_files").to_pylist()
    day = next(row["facts_of_on"] for row in files if row["table_name"] == "project")
    told = re.search(
        r"<b>(\d+) days?</b> is the age of the list of projects \(copy of ([^)]*)\)",
        html_of(opened(lang="en")),
    )
    assert told
    assert told[2] == texts("en").day(day)
    rows = opened_table("freshness", lang="en").set_index("File")
    assert told[1] == str(rows.loc["snapshot/projects.csv", "Age (days)"])
    assert f"前のプロジェクト一覧による（{texts('ja').day(day)}時点の写し）" in html_of(opened(lang="ja"))


def test_the_chart_sums_to_the_rows_of_the_warehouse(warehouse_dir: Path) -> None:
    app = opened(lang="en", form="yearly")
    spec = next(json.loads(c.proto.spec) for c in app.get("plotly_chart") if '"bar"' in c.proto.spec)
    drawn = sum(sum(trace["y"]) for trace in spec["data"] if trace["type"] == "bar")
    with current(warehouse_dir)._connection.cursor() as cursor:
        row = cursor.execute(
            "SELECT sum(tco2) FROM history.expected WHERE known_until IS NULL AND fiscal_year >= 2013"
            " AND rung IN ('pipeline', 'validation', 'registered')"
        ).fetchone()
    assert row
    assert drawn == float(row[0])


def test_a_link_restores_the_whole_view() -> None:
    app = opened(
        lang="en",
        country=["MNG", "THA"],
        sector="1",
        funding="government",
        share="japan",
        form="yearly",
        year="calendar",
        measure="combined",
        dating="decision",
        as_of="2025-03-31",
    )
    assert control(app, "country").value == ["MNG", "THA"]
    assert control(app, "as_of").value == date(2025, 3, 31)
    text = html_of(app)
    assert "Verified and expected reductions of each year" in text
    assert "Japanese side" in text
    assert "Mongolia and Thailand" in text
    assert address_of(app) == {
        "lang": ["en"],
        "country": ["MNG", "THA"],
        "sector": ["1"],
        "funding": ["government"],
        "share": ["japan"],
        "form": ["yearly"],
        "year": ["calendar"],
        "measure": ["combined"],
        "dating": ["decision"],
        "as_of": ["2025-03-31"],
    }


def test_a_choice_is_written_into_the_address() -> None:
    app = opened(lang="en")
    control(app, "country").set_value(["MNG"]).run()
    assert address_of(app)["country"] == ["MNG"]
    assert "Mongolia" in html_of(app)
    control(app, "country").set_value([]).run()
    assert "country" not in app.query_params


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("country", "XXX"),
        ("sector", "99"),
        ("form", "weekly"),
        ("as_of", "2027-01-01"),
        ("as_of", "yesterday"),
        ("bogus", "1"),
        ("lang", "fr"),
        ("country", "<script>alert(1)</script>"),
    ],
)
def test_a_bad_value_is_ignored_and_said(key: str, value: str) -> None:
    app = opened(**{"lang": "en", key: value})
    html = html_of(app)
    assert "Ignored in the address" in html
    assert "<script>" not in html
    assert "JCM projects on paper cover" in answer_of(app)


def test_good_values_are_not_said_to_be_ignored() -> None:
    assert "Ignored in the address" not in html_of(opened(lang="en", country="MNG"))


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2014-06-01", "No target was in force on this day"),
        ("2016-01-01", "of the target under discussion for FY2030"),
        ("2022-01-01", "of the 100 Mt target"),
        ("2026-11-23", "by FY2040"),
    ],
)
def test_the_page_goes_back_in_time(day: str, told: str) -> None:
    text = html_of(opened(lang="en", as_of=day))
    assert told in text
    if day < "2025-02-18":
        assert "FY2040 target" not in text
    assert "2026" not in answer_of(opened(lang="en", as_of=day)) or day.startswith("2026")


def test_a_view_of_the_past_shows_no_later_milestone_or_statement() -> None:
    app = opened(lang="en", as_of="2018-06-30")
    for chart in app.get("plotly_chart"):
        spec = json.loads(chart.proto.spec)
        for trace in spec["data"]:
            if trace.get("mode") == "markers" and trace.get("yaxis") == "y2":
                assert max(trace["x"]) <= "2018-06-30"


def test_an_empty_selection_says_so_and_draws_no_figure_out_of_nothing() -> None:
    app = opened(lang="en", country="ARE", sector="14")
    assert answer_of(app) == "No project is known in this selection."
    assert not app.get("plotly_chart")


def test_the_japanese_side_leaves_out_what_is_not_known() -> None:
    html = html_of(opened(lang="en", share="japan"))
    assert "the share is not known, and they are left out" in html


def test_filters_stay_when_the_reader_comes_back_from_another_page() -> None:
    app = opened(lang="en", country="MNG")
    app.switch_page(PAGES[1]).run()
    assert not app.exception
    app.switch_page(PAGES[0]).run()
    assert control(app, "country").value == ["MNG"]


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("broken", ["missing", "damaged"])
def test_without_data_the_page_says_what_to_run(
    lang: str, broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if broken == "damaged":
        (tmp_path / "jcm-x.duckdb").write_bytes(b"this is not a database")
        (tmp_path / "current.duckdb").symlink_to("jcm-x.duckdb")
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(tmp_path))
    html = html_of(opened(lang=lang))
    assert "python -m etl build" in html
    assert "Traceback" not in html
    wanted = {
        ("en", "missing"): "No data have been built yet.",
        ("en", "damaged"): "The data file cannot be read.",
        ("ja", "missing"): "データがまだ構築されていません。",
        ("ja", "damaged"): "データファイルを読み取れません。",
    }
    assert wanted[lang, broken] in html


def test_the_panel_of_a_tile_is_drawn_when_opened() -> None:
    app = opened(lang="en")
    assert len(app.dataframe) == 0
    app.session_state["panel_ladder"] = True
    app.run()
    assert len(app.dataframe) == 1
    rungs = app.dataframe[0].value["Code"].tolist()
    assert rungs[:4] == ["dormant", "pipeline", "validation", "registered"]
    sql = next(code.value for code in app.code if "rung_tonnes_as_of" in code.value)
    assert "$until_fiscal_year = 2030" in sql


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_methods_page_tells_what_the_headline_rests_on(lang: str, warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    basis = warehouse.run("headline_basis").to_pylist()
    near = {r["item"]: r for r in basis if r["target_fiscal_year"] == 2030}
    shown = opened_table("headline", lang=lang)
    assert shown.iloc[0].tolist()[2] == near["all"]["tco2"]
    assert len(shown) == len(near)
    assert set(shown.iloc[:, 2]) == {r["tco2"] for r in near.values()}
    moved = warehouse.run("headline_sensitivity").to_pylist()
    variants = {r["difference_tco2"] for r in moved if r["target_fiscal_year"] == 2030}
    assert set(opened_table("sensitivity", lang=lang).iloc[:, 2]) == variants


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_yearly_totals_stated_stand_beside_our_events_with_their_sum(
    lang: str, warehouse_dir: Path
) -> None:
    years = [
        r for r in current(warehouse_dir).run("official_years").to_pylist() if r["stated_tco2"] is not None
    ]
    total = sum(r["stated_tco2"] for r in years)
    shown = opened_table("official-years", lang=lang)
    last = shown.iloc[-1].tolist()
    assert total in last
    assert sum(r["itemised_exact_tco2"] for r in years) in last
    low, high = (sum(r[f"open_{end}_tco2"] for r in years) for end in ("low", "high"))
    assert {f"{low:,} to {high:,} t", f"{low:,}～{high:,}t"} & {str(cell) for cell in last}
    # A year without a statement has nothing open: nothing is known of it.
    unstated = shown[shown.iloc[:, 1].isna()]
    assert unstated.iloc[:, 6].isna().all()


def test_the_assumptions_are_those_measurable_on_the_day() -> None:
    def assumptions(**address: str) -> list[list[object]]:
        table = opened_table("assumptions", lang="en", **address)
        return [table["Value"].tolist(), table["Observations"].tolist()]

    assert assumptions() != assumptions(as_of="2018-03-31")
