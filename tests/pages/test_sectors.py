"""The sectors page as its reader meets it."""

import json
import re
from pathlib import Path

import pytest

from model.delivery import delivery_of
from queries.warehouse import current
from tests.model.day_by_day import expected_over_period
from tests.pages.reading import answer_of, html_of, opened

PAGE = "pages/sectors.py"
EXPECTED = {"pipeline", "validation", "registered"}


def rows_of(html: str, table: str) -> list[list[str]]:
    """Texts of the cells of one of our tables, row by row."""
    found = re.search(rf'<table class="[^"]*{table}.*?</table>', html, flags=re.DOTALL)
    assert found
    return [
        [
            re.sub("<.*?>", " ", cell).strip()
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, flags=re.DOTALL)
        ]
        for row in re.findall(r"<tr.*?</tr>", found[0], flags=re.DOTALL)
    ]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_speaks_its_language(lang: str) -> None:
    html = html_of(opened(PAGE, lang=lang))
    words = re.sub("<.*?>", "", re.sub("<style>.*?</style>", "", html, flags=re.DOTALL))
    japanese = re.findall("[ぁ-んァ-ヶ一-龠]", words)
    assert not japanese if lang == "en" else len(japanese) > 500


def test_every_scope_has_its_row_and_an_empty_one_says_so() -> None:
    rows = rows_of(html_of(opened(PAGE, lang="en")), "jcm-groups")
    headings = [row[0] for row in rows]
    for number in range(1, 16):
        assert any(re.match(rf"{number} [A-Z]", text) for text in headings), number
    construction = next(row for row in rows if row[0].startswith("6 "))
    assert "no project known" in construction
    without_estimate = next(row for row in rows if row[0].startswith("11 "))
    assert any("no estimate stated" in cell for cell in without_estimate)
    without_schedule = next(row for row in rows if row[0].startswith("15 "))
    assert any("none with a schedule" in cell for cell in without_schedule)
    assert not any(cell.startswith("0 Mt") for cell in without_schedule)


@pytest.mark.parametrize("by", ["sector", "technology"])
@pytest.mark.parametrize("address", [{}, {"country": "MNG"}, {"as_of": "2021-10-22"}, {"share": "japan"}])
def test_totals_equal_those_of_the_target_page_to_the_tonne(by: str, address: dict[str, str]) -> None:
    app = opened(PAGE, lang="en", by=by, **address)
    app.session_state["panel_groups"] = True
    app.run()
    table = app.dataframe[0].value
    groups, total = table.iloc[:-1], table.iloc[-1]
    target = opened("pages/target.py", lang="en", **address)
    target.session_state["panel_ladder"] = True
    target.run()
    ladder = target.dataframe[0].value.set_index("Code")
    for column in ("Projects", "Expected by FY2030 (tCO2)", "Issuance decided, low end (tCO2)"):
        assert groups[column].sum() == (total[column] or 0)
    expected = ladder.loc[sorted(EXPECTED)]
    assert total["Projects"] == expected["Projects"].sum()
    assert total["Expected by FY2030 (tCO2)"] == expected["Tonnes by FY2030, low end (tCO2)"].sum()
    for end in ("low", "high"):
        whole = ladder.loc["notified", f"Tonnes by FY2030, {end} end (tCO2)"]
        assert total[f"Issuance decided, {end} end (tCO2)"] == whole


@pytest.mark.parametrize("cell", ["projects", "near", "far", "notified"])
def test_the_heat_map_shows_what_was_chosen_and_sums_in_both_directions(cell: str) -> None:
    rows = rows_of(html_of(opened(PAGE, lang="en", cell=cell)), "jcm-heat")

    def number(text: str) -> float:
        low = text.partition(" to ")[0]
        return float(low.replace(",", "") or 0) if low not in {"–", ""} else 0.0

    sums, countries = rows[1], rows[2:]
    whole = number(sums[1])
    # Tonnes are shown rounded; to the tonne they are compared in the tests of the queries.
    rounding = 0.5 * len(countries) if cell in {"near", "far"} else 0
    assert sum(number(text) for text in sums[2:]) == pytest.approx(whole, abs=rounding)
    assert sum(number(row[1]) for row in countries) == pytest.approx(whole, abs=rounding)


def test_a_project_without_an_amount_and_no_project_look_different() -> None:
    html = html_of(opened(PAGE, lang="en", cell="near"))
    assert "<td></td>" in html
    assert re.search(r'<td class="jcm-heat-0"><a [^>]*>–</a></td>', html)


def test_an_unknown_share_is_not_shown_as_zero() -> None:
    html = html_of(opened(PAGE, lang="en", share="japan", as_of="2016-01-01", cell="near"))
    demand = next(row for row in rows_of(html, "jcm-groups") if row[0].startswith("3 "))
    assert any("share not known" in cell for cell in demand)
    assert not any(cell.startswith("0 ") for cell in demand)
    assert "0.0" not in [row[2] for row in rows_of(html, "jcm-heat")[2:]]


def test_a_target_under_discussion_is_not_called_decided() -> None:
    assert "of the 100 Mt at the upper end under discussion" in answer_of(
        opened(PAGE, lang="en", as_of="2016-01-01")
    )
    assert "of the 100 Mt target" in answer_of(opened(PAGE, lang="en"))


def test_a_cell_leads_to_its_projects() -> None:
    html = html_of(opened(PAGE, lang="en", as_of="2024-03-31"))
    links = re.findall(r'href="(projects\?[^"]*country=VNM[^"]*)"', html)
    assert any("sector=3" in link and "as_of=2024-03-31" in link and "lang=en" in link for link in links)


def test_links_follow_the_filters_at_once() -> None:
    app = opened(PAGE, lang="en")
    assert "funding=" not in html_of(app)
    next(w for w in app.multiselect if str(w.key).startswith("funding")).set_value(["private"]).run()
    assert re.search(r'href="projects\?[^"]*funding=private', html_of(app))


def test_the_chart_sums_to_the_warehouse(warehouse_dir: Path) -> None:
    app = opened(PAGE, lang="en")
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    areas = [trace for trace in spec["data"] if trace.get("stackgroup")]
    whole = current(warehouse_dir).run("ladder", until_fiscal_year=2040).to_pylist()
    assert sum(trace["y"][-1] for trace in areas) == sum(
        r["tco2_low"] for r in whole if r["rung"] in EXPECTED
    )
    assert len(areas) <= 8


def test_many_technologies_are_drawn_together_and_named() -> None:
    html = html_of(opened(PAGE, lang="en", by="technology"))
    assert "Drawn together as other: " in html
    assert "Solar power" in answer_of(opened(PAGE, lang="en", by="technology"))


def test_medians_stand_with_the_number_of_projects_behind_them() -> None:
    html = html_of(opened(PAGE, lang="en"))
    assert re.search(r"Registration came [\d.]+ years after selection in the median of \d+ projects<", html)
    assert "too few to generalise" in html
    assert "measured from its 1 April" in html


def test_the_delivery_ratio_says_on_how_little_it_rests() -> None:
    html = html_of(opened(PAGE, lang="en"))
    assert re.search(r"\d+ events of \d+ projects can be compared", html)
    assert "decisions compared (left out: amount not known" in html


def test_one_project_has_one_ratio_on_every_page(warehouse_dir: Path) -> None:
    rows = current(warehouse_dir).run("delivery_ratio").to_pylist()
    for row in (r for r in rows if r["project_id"] == "MN003"):
        period = (row["period_start_on"], row["period_end_on"])
        assert row["expected_tco2"] == pytest.approx(expected_over_period(row["annual_tco2"], *period))
    found = delivery_of(r for r in rows if r["iso3"] == "MNG" and r["technology"] == "solar PV")
    assert found
    html = html_of(opened(PAGE, lang="en", country="MNG", technology="solar PV"))
    html = html[html.index("Delivery ratio by technology") :]
    solar = next(row for row in rows_of(html, "jcm-strips") if row[0] == "Solar power")
    assert solar[1] == f"{found.ratio:.2f}"
    other = re.sub("<.*?>", " ", html_of(opened("pages/credits.py", lang="en", technology="solar PV")))
    assert re.search(rf"Mongolia\s+{found.ratio:.2f}\s", other)


@pytest.mark.parametrize(("lang", "amount"), [("en", "550,000 to 612,525 t"), ("ja", "550,000～612,525t")])
def test_a_range_stands_with_both_its_ends(lang: str, amount: str) -> None:
    html = html_of(opened(PAGE, lang=lang, cell="notified"))
    redd = next(row for row in rows_of(html, "jcm-groups") if row[0].startswith("14 "))
    assert any(amount in cell for cell in redd)
    assert ("550,000 to 612,525" if lang == "en" else "550,000～612,525") in html.split("jcm-heat", 1)[1]


def test_dormant_projects_stand_beside_those_that_count(warehouse_dir: Path) -> None:
    rows = rows_of(html_of(opened(PAGE, lang="en")), "jcm-groups")
    ladder = {r["rung"]: r for r in current(warehouse_dir).run("ladder").to_pylist()}
    assert f"+ {ladder['dormant']['projects']} selected long ago, never listed" in rows[-1][1]
    assert rows[-1][1].startswith(str(sum(ladder[rung]["projects"] for rung in EXPECTED)))


def test_an_empty_selection_says_so_and_shows_no_figure_out_of_nothing() -> None:
    html = html_of(opened(PAGE, lang="en", country="ARE", sector="14"))
    assert "Nothing is known of United Arab Emirates and 14 REDD-plus together" in html
    assert "jcm-title" not in html.split("</style>")[-1]


@pytest.mark.parametrize("day", ["2016-01-01", "2019-12-31"])
def test_the_page_goes_back_in_time(day: str) -> None:
    html = html_of(opened(PAGE, lang="en", as_of=day))
    assert "2026" not in re.sub("<.*?>", "", html.split("jcm-title")[0].split("</style>")[-1])


def test_a_bad_choice_is_ignored_and_said() -> None:
    html = html_of(opened(PAGE, lang="en", by="company", cell="money"))
    assert "Ignored in the address: by=company and cell=money" in html
