"""Packs for the programme and every partner country, in both languages: read back, and compared with the warehouse."""

import re
from datetime import date
from functools import lru_cache
from io import BytesIO

import pyarrow as pa
import pytest
from pptx import Presentation

from exports.briefing.compose import document_of
from exports.briefing.document import Chart, Document, Series
from exports.briefing.drawing import label_format
from exports.briefing.fonts import SLIDES_JA
from exports.briefing.formats import FORMATS
from exports.briefing.layout import fitting
from exports.briefing.pptx import FOOT
from exports.briefing.request import request_of
from exports.briefing.writing import WRITERS
from queries.warehouse import Warehouse
from tests.exports.briefing.reading_back import Slides, cells_of, paper_of, slides_of, web_page_of
from view.amounts import amount_short, between, tonnes, tonnes_between
from view.texts import LANGUAGES, Language, texts

EXPECTED = ("pipeline", "validation", "registered")


@lru_cache(maxsize=4)
def document(warehouse: Warehouse, audience: str, subject: str, lang: Language) -> Document:
    earlier = date(2023, 3, 31) if audience == "comparison" else None
    return document_of(
        warehouse, request_of(warehouse, audience=audience, subject=subject, lang=lang, earlier=earlier)
    )


def by_key(table: pa.Table) -> pa.Table:
    """The table under the keys of its columns."""
    return table.rename_columns([field.metadata[b"key"].decode() for field in table.schema])


def ladder(warehouse: Warehouse, audience: str, subject: str) -> dict[str, tuple[int | None, int | None]]:
    parameter = {"country": "countries", "participant": "participants"}.get(audience)
    rows = warehouse.run("ladder", **({parameter: [subject]} if parameter else {})).to_pylist()
    return {row["rung"]: (row["tco2_low"], row["tco2_high"]) for row in rows}


CASES: list[tuple[str, str, Language]] = [
    ("programme", "", "en"),
    ("programme", "", "ja"),
    ("sector", "1", "ja"),
    ("sector", "14", "en"),
    ("country", "IDN", "en"),  # the most projects
    ("country", "KHM", "ja"),  # an amount known as a range
    ("country", "MNG", "ja"),  # first transfers
    ("country", "LAO", "en"),  # much that is dormant
    ("country", "SAU", "ja"),  # one large project
    ("country", "PLW", "en"),  # small amounts
    ("country", "OMN", "ja"),  # the newest partner, without a project
    ("participant", "sharp-energy-solutions", "en"),  # many countries, issued credits
    ("participant", "green-carbon", "ja"),  # estimates, but no schedule
]


@pytest.mark.parametrize(("audience", "subject", "lang"), CASES)
def test_every_file_holds_the_figures_of_the_warehouse(
    audience: str, subject: str, lang: Language, warehouse: Warehouse
) -> None:
    t = texts(lang)
    made = document(warehouse, audience, subject, lang)
    bodies = {code: write_it(made, t) for code, write_it in WRITERS.items() if code in FORMATS}
    slides, book = slides_of(bodies["pptx"]), cells_of(bodies["xlsx"])
    check_the_one_slide(made, slides_of(bodies["slide"]))
    paper, page = (
        paper_of(bodies["pdf"], at_most=40 if subject in {"", "MNG"} else 2),
        paper_of(bodies["page"]),
    )
    web = web_page_of(bodies["html"])
    sheet = next(rows for name, rows in book.items() if name.startswith("2 "))
    if audience != "sector":
        for rung, ends in ladder(warehouse, audience, subject).items():
            row = next((row for row in sheet if rung in row), None)
            assert row is not None, rung
            assert all(tco2 is None or tco2 in row for tco2 in ends), (rung, ends, row)
    for figure in made.figures:
        spaceless = re.sub(r"\s+", "", figure.value)
        assert any(figure.value in text for text in slides.texts)
        assert spaceless in paper.pages[0]
        assert spaceless in page.pages[0]
        assert figure.value in web.text
    for section in made.sections:
        assert section.sentence in web.text
        if section.grid:
            assert set(section.grid.rows) <= set(slides.rows), section.key
    drawn = [s.chart for s in made.sections if s.chart]
    assert len(slides.charts) == len(drawn)
    for chart, native in zip(drawn, slides.charts, strict=True):
        for series in chart.series:
            assert native[series.name] == pytest.approx(chart.shown(series), nan_ok=True)
    check_that_nothing_runs_out(slides)
    assert re.sub(r"\s+", "", made.answer)[:30] in paper.pages[0], "the paper can be searched"
    check_what_every_page_carries(made, slides.feet, [*paper.pages, *page.pages], web.text)
    assert len(page.pages) == 1
    assert page.smallest > 7.9, "a printed page can be read"
    assert (page.standard, paper.standard) == ("2a", "2a")
    assert page.is_tagged
    assert paper.is_tagged
    assert made.title == paper.title
    assert web.lang == lang
    assert web.addresses == []
    assert not [
        c for rows in book.values() for row in rows for c in row if isinstance(c, str) and c.startswith("=")
    ]


def check_that_nothing_runs_out(slides: Slides) -> None:
    """No text runs out of its box, and nothing is below the slide."""
    assert all(slides.notes)
    assert all(slides.alts)
    assert max(slides.bottoms) <= 540.5
    for text, size, wide, high, is_bold in slides.boxes:
        assert fitting(text, size, wide, high, is_bold=is_bold) == size, text
    assert FOOT < 540


def check_the_one_slide(made: Document, slide: Slides) -> None:
    """A message, the takeaways, the figure, and where it comes from."""
    assert len(slide.feet) == 1
    assert made.message in slide.texts
    assert set(made.takeaways) <= set(slide.texts)
    if made.sections[0].chart is not None:
        assert len(made.takeaways) == 3 or made.request.audience != "programme"
        assert slide.charts or made.squares is not None
    if made.squares is not None:
        assert all(label.heading in slide.texts for label in made.squares.labels)
        assert slide.groups == ["squares"]
    check_that_nothing_runs_out(slide)


def check_what_every_page_carries(made: Document, feet: list[str], pages: list[str], web: str) -> None:
    as_of, version = made.as_of, made.data_version
    for foot in feet:
        assert as_of in foot
        assert version in foot
        assert made.source in foot
    for page in pages:
        assert re.sub(r"\s+", "", as_of) in page
        assert re.sub(r"\s+", "", version) in page
    assert web.count(version) == len(made.sections) + 1


def test_the_same_request_gives_the_same_numbers_and_the_same_paper(warehouse: Warehouse) -> None:
    t = texts("ja")
    request = request_of(warehouse, audience="country", subject="MNG", lang="ja")
    first, second = document_of(warehouse, request), document_of(warehouse, request)
    assert first.answer == second.answer
    assert WRITERS["page"](first, t) == WRITERS["page"](second, t)
    assert WRITERS["html"](first, t) == WRITERS["html"](second, t)


def test_a_comparison_shows_both_days_and_the_difference(warehouse: Warehouse) -> None:
    made = document(warehouse, "comparison", "", "en")
    table = by_key(made.sections[0].data)
    before, after = (
        {r["rung"]: (r["tco2_low"], r["tco2_high"]) for r in warehouse.run("ladder", as_of=day).to_pylist()}
        for day in (date(2023, 3, 31), warehouse.data_as_of)
    )
    for i, rung in enumerate(("dormant", "pipeline", "validation", "registered", "notified", "issued")):
        for end in (0, 1):
            old, new = before[rung][end], after[rung][end]
            assert table[f"after_0_{end}_tco2"][i].as_py() == new
            # No list is on record of the earlier day: what was under validation then is not known.
            is_hidden = rung == "validation"
            difference = None if is_hidden else (new or 0) - (old or 0)
            assert table[f"before_0_{end}_tco2"][i].as_py() == (None if is_hidden else old)
            assert table[f"difference_0_{end}_tco2"][i].as_py() == difference
    total = sum(after[rung][0] or 0 for rung in EXPECTED)
    assert amount_short(total, texts("en")) in made.answer
    check_that_nothing_runs_out(slides_of(WRITERS["pptx"](made, texts("en"))))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_amount_known_as_a_range_stands_with_both_ends_everywhere(
    lang: Language, warehouse: Warehouse
) -> None:
    t = texts(lang)
    made = document(warehouse, "country", "KHM", lang)
    span = tonnes_between(550_000, 612_525, t)
    slides, book = slides_of(WRITERS["pptx"](made, t)), cells_of(WRITERS["xlsx"](made, t))
    web = web_page_of(WRITERS["html"](made, t))
    assert any(span in cell for row in slides.rows for cell in row)
    assert span in web.text
    cells = [cell for rows in book.values() for row in rows for cell in row]
    assert 550_000 in cells
    assert 612_525 in cells
    low, high = ladder(warehouse, "country", "KHM")["notified"]
    assert low is not None
    assert high is not None
    assert between(low, high, t) == made.figures[0].value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_dormant_projects_stand_on_the_ladder_and_in_no_sum(lang: Language, warehouse: Warehouse) -> None:
    t = texts(lang)
    made = document(warehouse, "programme", "", lang)
    grid = next(s.grid for s in made.sections if s.key == "ladder" and s.grid)
    row = grid.rows[-1]
    assert t("in no sum") in row[0]
    assert row[3] == row[5] == "–"
    total = sum(low or 0 for rung, (low, _) in ladder(warehouse, "programme", "").items() if rung in EXPECTED)
    (summed,) = [grid.rows[i] for i in grid.strong]
    assert summed[2] == amount_short(total, t)
    notes = next(s.notes for s in made.sections if s.key == "ladder")
    assert any(tonnes(86_564, t) in note for note in notes)


def test_a_dormant_project_without_a_schedule_has_no_tonnes_rather_than_none(warehouse: Warehouse) -> None:
    made = document(warehouse, "country", "KHM", "en")
    row = next(s.grid for s in made.sections if s.key == "ladder" and s.grid).rows[-1]
    assert row[1] == "1"
    assert row[2].startswith("no schedule")


def test_a_country_without_projects_says_so_where_they_would_stand(warehouse: Warehouse) -> None:
    t = texts("en")
    made = document(warehouse, "country", "UKR", "en")
    assert made.answer == "No project is known on this day."
    assert made.figures[0].value == "–"
    slides = slides_of(WRITERS["pptx"](made, t))
    assert sum("Nothing is known on" in title for title in slides.titles) == 1, "one slide for all of them"
    assert ("Issuance decided and how it was shared", "No issuance is known.") in slides.rows
    assert "No issuance is known." in web_page_of(WRITERS["html"](made, t)).text


def test_before_the_first_project_the_pack_says_what_is_not_there(warehouse: Warehouse) -> None:
    request = request_of(warehouse, as_of=date(2013, 2, 1), lang="ja")
    made = document_of(warehouse, request)
    assert "fan" not in {section.key for section in made.sections}
    for code in FORMATS:
        assert len(WRITERS[code](made, texts("ja"))) > 5_000, code


@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_of_slides_are_messages_and_their_charts_have_a_japanese_font(
    lang: Language, warehouse: Warehouse
) -> None:
    t = texts(lang)
    made = document(warehouse, "programme", "", lang)
    slides = slides_of(WRITERS["pptx"](made, t))
    for section in made.sections:
        assert section.message in slides.titles
        assert section.message != section.title
        assert len(section.message) > len("Projects by size")
    assert slides.asian == [SLIDES_JA] * len(slides.charts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_projects_by_size_add_up_to_what_is_expected(lang: Language, warehouse: Warehouse) -> None:
    t = texts(lang)
    sizes = next(s for s in document(warehouse, "programme", "", lang).sections if s.key == "sizes")
    table = by_key(sizes.data)
    tonnes_of_each = table["expected_tco2"].to_pylist()
    total = sum(low or 0 for rung, (low, _) in ladder(warehouse, "programme", "").items() if rung in EXPECTED)
    assert sum(tonnes_of_each) == total
    assert tonnes_of_each == sorted(tonnes_of_each, reverse=True)
    assert table["running"].to_pylist()[-1] == pytest.approx(1)
    assert t.percent(tonnes_of_each[0] / total) in sizes.sentence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_estimates_without_a_start_are_no_zero(lang: Language, warehouse: Warehouse) -> None:
    made = document(warehouse, "participant", "green-carbon", lang)
    told = [
        made.message,
        *made.takeaways,
        *(s.message for s in made.sections),
        *(f.value for f in made.figures),
    ]
    assert not [text for text in told if re.search(r"(?<![\d.,])0 ?(Mt|万?t|%)", text)]
    assert {figure.value for figure in made.figures} == {"–"}
    ladder_rows = next(s.grid for s in made.sections if s.key == "ladder" and s.grid)
    assert [ladder_rows.rows[i][2:] for i in ladder_rows.strong] == [
        (texts(lang)("no schedule"), "–", "–", "–")
    ]


def test_every_list_of_projects_begins_with_the_largest(warehouse: Warehouse) -> None:
    made = document(warehouse, "country", "VNM", "en")
    grid = next(s.grid for s in made.sections if s.key == "country_projects" and s.grid)
    column = grid.heads.index("Annual estimate")
    known = [int(re.sub(r"\D", "", row[column])) for row in grid.rows if row[column] != "not known"]
    assert known == sorted(known, reverse=True)
    assert [row[column] for row in grid.rows[len(known) :]] == ["not known"] * (len(grid.rows) - len(known))


def test_bars_of_two_days_stand_side_by_side_and_show_every_digit_they_need(warehouse: Warehouse) -> None:
    made = document(warehouse, "comparison", "", "en")
    (chart, *_) = (
        shape.chart
        for slide in Presentation(BytesIO(WRITERS["pptx"](made, texts("en")))).slides
        for shape in slide.shapes
        if shape.has_chart
    )
    assert chart.plots[0].overlap == 0
    assert len(chart.plots[0].series) == 2
    # A format with a point and no digit behind it would leave the point: 25,000.
    assert not chart.value_axis.tick_labels.number_format.endswith((".", ".##"))


def test_a_small_bar_is_not_labelled_nothing() -> None:
    chart = Chart("bars", "", ("a", "b"), (Series("x", (550_000.0, 207.0), "notified"),), "Mt", 1_000_000, "")
    assert label_format(chart) == "[>=1]#,##0.0;[>=0.1]0.00;0.00###"
