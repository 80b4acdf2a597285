"""The first screen of the target page: the squares, how far they can be trusted, and the line of controls."""

import base64
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from queries.runner import ask
from queries.warehouse import current
from tests.pages.reading import control, html_of, opened
from view.names import filter_options, names_of, texts_of
from view.page import context_of
from view.selection import Selection
from view.target import page as target

SVG = "{http://www.w3.org/2000/svg}"


def drawings(html: str) -> dict[str, ET.Element]:
    found = re.findall(r'class="jcm-squares-(\w+)" alt="" src="data:image/svg\+xml;base64,([^"]+)"', html)
    # Our own file, not one from outside.
    return {form: ET.fromstring(base64.b64decode(body)) for form, body in found}  # noqa: S314


def words_of(drawing: ET.Element) -> str:
    return " ".join(text.text or "" for text in drawing.iter(f"{SVG}text"))


def widths_in(path: ET.Element) -> list[float]:
    """Widths of the rectangles of a path."""
    return [float(found) for found in re.findall(r"M[\d. ]+h([\d.]+)", path.get("d", ""))]


@pytest.mark.parametrize(("lang", "word", "unit"), [("en", "squares", "1 Mt"), ("ja", "マス", "100万t")])
def test_the_picture_names_its_unit_its_parts_and_what_is_missing(
    lang: str, word: str, unit: str, warehouse_dir: Path
) -> None:
    rows = {row["rung"]: row for row in current(warehouse_dir).run("ladder").to_pylist()}
    stated = sum(rows[rung]["tco2_low"] for rung in ("pipeline", "validation", "registered"))
    html = html_of(opened(lang=lang))
    pictures = drawings(html)
    assert set(pictures) == {"wide", "phone"}
    wide = words_of(pictures["wide"])
    assert word in wide
    assert f"{100 - stated / 1e6:.0f}" in wide
    assert unit in html
    for form in pictures.values():
        (empty,) = [p for p in form.iter(f"{SVG}path") if p.get("stroke-opacity") == ".45"]
        assert len(widths_in(empty)) == 100


def test_the_squares_filled_are_the_tonnes_of_the_ladder(warehouse_dir: Path) -> None:
    rows = {row["rung"]: row for row in current(warehouse_dir).run("ladder").to_pylist()}
    wide = drawings(html_of(opened(lang="en")))["wide"]
    cell = 37.0
    filled = {
        rung: sum(
            width / cell
            for p in wide.iter(f"{SVG}path")
            if p.get("fill") == colour and f"v{cell:.0f}h" in p.get("d", "")
            for width in widths_in(p)
        )
        for rung, colour in (
            ("registered", "#0b4f8a"),
            ("validation", "#3f8fc8"),
            ("pipeline", "url(#pipeline)"),
        )
    }
    for rung, squares in filled.items():
        assert squares == pytest.approx(rows[rung]["tco2_low"] / 1e6, abs=0.01)


def test_those_who_cannot_see_it_hear_what_it_says() -> None:
    found = re.search(r'<div role="img" aria-label="([^"]+)">', html_of(opened(lang="en")))
    assert found
    for said in (
        "One square is 1 Mt",
        "squares: registered",
        "nothing stated yet",
        "issued",
        "one project in",
    ):
        assert said in found[1]


def test_before_any_target_there_are_no_squares_and_before_any_issue_none_is_magnified() -> None:
    assert drawings(html_of(opened(lang="en", as_of="2014-06-01"))) == {}
    early = html_of(opened(lang="en", as_of="2016-01-01"))
    assert "Inside the first" not in words_of(drawings(early)["wide"])


def test_a_part_of_the_programme_is_named_and_asked_for_no_pace() -> None:
    html = html_of(opened(lang="en", country="MNG"))
    assert "On paper, Mongolia covers" in re.sub("<[^>]+>", "", html)
    assert "nothing stated yet" not in words_of(drawings(html)["wide"])
    assert "The target needs" not in html


def test_each_ground_of_trust_leads_to_its_evidence(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    rows = warehouse.run("expectation_by_project").to_pylist()
    known = sum(row["annual_tco2"] is not None for row in rows)
    total = sum(row["expected_tco2"] or 0 for row in rows)
    basis = {
        row["item"]: row
        for row in warehouse.run("headline_basis").to_pylist()
        if row["target_fiscal_year"] == 2030
    }
    assert total == basis["all"]["tco2"]
    html = html_of(opened(lang="en"))
    panel = re.search(r'<ul class="jcm-trust">(.*?)</ul>', html)
    assert panel
    figures = re.findall(r"<b>([^<]+)</b>", panel[1])
    assert figures[:3] == [
        f"{known / len(rows):.0%}",
        f"{basis['start_assumed']['share']:.0%}",
        f"{basis['five_largest']['share']:.0%}",
    ]
    pages = re.findall(r'href="(\w+)\?', panel[1])
    assert pages == ["projects", "methods", "projects", "credits", "quality"]


def test_the_folded_line_says_what_is_chosen() -> None:
    app = opened(lang="en", country="MNG", share="japan")
    label = next(e.label for e in app.expander if "change" in e.label)
    assert label.startswith("Mongolia · Japanese side")
    control(app, "country").set_value(["MNG", "KEN"]).run()
    assert "Partner country: 2 chosen" in next(e.label for e in app.expander if "change" in e.label)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ヴェトナム", "ベトナム"),
        ("モルジブ", "モルディブ"),
        ("コジェネ", "コージェネ"),
        ("MN006", "MN006"),
        ("hydro", "水力"),
    ],
)
def test_the_search_finds_names_in_either_language_however_they_are_written(asked: str, found: str) -> None:
    html = html_of(opened("pages/search.py", lang="ja", q=asked))
    assert "検索結果" in html
    assert found in html


def test_a_search_without_a_result_offers_what_is_near() -> None:
    html = html_of(opened("pages/search.py", lang="en", q="Mongollia"))
    assert "Did you mean" in html
    assert "Mongolia" in html


def test_a_reader_in_the_past_is_told_and_led_back() -> None:
    html = html_of(opened(lang="en", as_of="2021-03-31"))
    assert "You are looking at 31 March 2021" in html
    assert "jcm-note jcm-past" not in html_of(opened(lang="en"))


def test_errors_can_be_reported_where_an_address_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Report an error" not in html_of(opened(lang="en"))
    monkeypatch.setenv("JCM_CONTACT", "mailto:tracker@example.org")
    assert 'href="mailto:tracker@example.org">Report an error' in html_of(opened(lang="en"))


def test_a_term_tells_its_meaning_without_a_page_being_opened() -> None:
    html = html_of(opened(lang="en"), with_term_links=True)
    term = re.search(r'<a class="jcm-term" href="[^"]*term=decision" data-meaning="([^"]+)"', html)
    assert term
    assert "Joint Committee" in term[1]


def test_the_table_of_countries_adds_up_to_the_ladder(warehouse_dir: Path) -> None:
    """Page and file tell the same: the file each country, the page the largest and all others in one row."""
    warehouse = current(warehouse_dir)
    ladder = {row["rung"]: row for row in warehouse.run("ladder").to_pylist()}
    expected = sum(ladder[rung]["tco2_low"] for rung in ("pipeline", "validation", "registered"))
    t, day = texts_of(warehouse, "en"), Selection(as_of=warehouse.data_as_of)
    context = context_of(warehouse, t, "light", day, names=names_of(filter_options(warehouse, t)))
    tile = target.page_of(context, ask(warehouse, target.questions(context))).tile("countries")
    filed = tile.rows().to_pylist()
    assert sum(row["Expected by FY2030 (tCO2)"] or 0 for row in filed) == expected
    assert (
        sum(row["Issuance decided, low end (tCO2)"] or 0 for row in filed) == ladder["notified"]["tco2_low"]
    )
    assert sum(row["Projects"] for row in filed) == sum(
        ladder[rung]["projects"] for rung in ("pipeline", "validation", "registered")
    )
    shown = re.findall(r"<tr[^>]*><th scope=\"row\">(.*?)</th><td[^>]*>(\d+)</td>", tile.drawn().body)
    assert sum(int(count) for _, count in shown) == sum(row["Projects"] for row in filed)
    assert shown[-1][0] == "All others"
