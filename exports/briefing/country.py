"""The briefing on one partner country."""

import re
from html import unescape

from exports.briefing import figures, parts
from exports.briefing.document import Section
from exports.briefing.grids import Columns, as_amount, as_mark, as_text, as_tonnes, grid_of
from exports.briefing.parts import Desk, section_of
from view.countries import profile as profile_page
from view.texts import Texts
from view.tiles import Tile

_TAG = re.compile(r"<[^>]+>")


def country_sections(desk: Desk) -> tuple[parts.TargetPart, str, str, tuple[Section, ...]]:
    """The country's target page, its answer, the line below, and every section; those without facts say so."""
    t, iso3 = desk.t, desk.request.subject
    selection = desk.selection(country=[iso3])
    part = parts.target_part(desk, selection)
    page = desk.page(profile_page, selection, {"iso3": iso3})
    tile = page.tile
    sections = (
        parts.cumulative_section(part, t, to_targets=False),
        parts.ladder_section(part, t),
        _mix(tile("mix"), t),
        parts.projects_section(tile("country_projects"), t),
        _issuances(tile("country_issuances"), t),
        _plain(tile("time_line"), [(1, as_text), (2, as_text)], t, is_annex=True),
        _plain(tile("climate"), [(0, as_text), (1, as_text), (2, as_text)], t),
        _plain(
            tile("country_statements"),
            [(0, as_text), (1, as_text), (2, as_text), (3, as_text), ((4, 6), as_text)],
            t,
        ),
        _plain(tile("unknown"), [(0, as_text), (1, as_text)], t),
    )
    paragraphs = page.head().split("<p ")[1:]
    under = unescape(_TAG.sub("", "<p " + paragraphs[-1])) if paragraphs else ""
    return part, profile_page.answer(page.content, t), under, sections


def _plain(tile: Tile, columns: Columns, t: Texts, *, is_annex: bool = False) -> Section:
    return section_of(tile, grid=grid_of(tile.rows(), columns, t), is_annex=is_annex)


def _mix(tile: Tile, t: Texts) -> Section:
    table = tile.rows()
    part = table.column(0).to_pylist()
    pairs = zip(part, table.column(1).to_pylist(), table.column(4).to_pylist(), strict=True)
    sectors = [(name, value, value) for kind, name, value in pairs if part and kind == part[0]]
    columns: Columns = [
        (0, as_text),
        (1, as_text),
        (2, as_text),
        (3, as_text),
        (4, as_amount),
    ]
    chart = figures.groups_figure(sectors, "registered", tile.title, tile.sentence, t)
    return section_of(tile, chart, grid_of(table, columns, t, heads={4: t("Expected")}))


def _issuances(tile: Tile, t: Texts) -> Section:
    table = tile.rows()
    columns: Columns = [
        (1, as_text),
        (2, as_text),
        (3, as_text),
        (11, as_text),
        ((4, 9), as_tonnes),
        ((5, 10), as_tonnes),
        (6, as_tonnes),
        (7, as_tonnes),
    ]
    heads = {4: t("Total"), 5: t("Japanese side"), 6: t("Japanese government"), 7: t("Partner side")}
    return section_of(tile, grid=grid_of(table, columns, t, heads=heads, where_any=[(12, as_mark)]))
