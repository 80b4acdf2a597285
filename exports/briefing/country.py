"""The briefing on one partner country."""

from exports.briefing import figures, parts
from exports.briefing.document import Section
from exports.briefing.grids import Pick, as_amount, as_mark
from exports.briefing.parts import Contents, Desk, section_of, table_of
from exports.briefing.sizes import sizes_sections
from view.amounts import amount_short
from view.countries import profile as profile_page
from view.texts import Texts
from view.tiles import Tile


def country_contents(desk: Desk) -> Contents:
    """The country's target page and profile; a section without facts says so."""
    t, iso3 = desk.t, desk.request.subject
    selection = desk.selection(country=[iso3])
    part = parts.target_part(desk, selection)
    page = desk.page(profile_page, selection, {"iso3": iso3})
    tile = page.tile
    statements = ("metric", "scope", "stated_value", "unit", Pick("our_value", "our_high_value"))
    return Contents(
        title=t("JCM with {country}", country=t.country(iso3)),
        subtitle=f"{profile_page.signature(page.content, t)} · {desk.as_of}",
        answer=profile_page.answer(page.content, t),
        part=part,
        figures=part.figures(t, is_whole=False),
        sections=(
            parts.cumulative_section(part, t, to_targets=False),
            parts.ladder_section(part, t),
            _mix(tile("mix"), t),
            parts.projects_section(tile("country_projects")),
            *sizes_sections(part, t),
            _issuances(tile("country_issuances"), t),
            _time_line(tile("time_line"), t),
            *(
                section_of(tile(key), picks, finding=tile(key).title)
                for key, picks in (
                    ("climate", ("item", "value", "dated_on")),
                    ("country_statements", statements),
                    ("unknown", ("unknown", "n")),
                )
            ),
        ),
    )


def _mix(tile: Tile, t: Texts) -> Section:
    by, names, tco2 = map(table_of(tile).values, ("by", "value", "tco2"))
    sectors = [(name, low, low) for of, name, low in zip(by, names, tco2, strict=True) if of == by[0]]
    chart = figures.groups_figure(sectors, "registered", tile, t)
    picks = ("by", "value", "projects", "projects_with_estimate", Pick("tco2", write=as_amount))
    most = max((one for one in sectors if one[1]), key=lambda one: one[1], default=None)
    finding = most and t(
        "Most is expected of {name}: {tonnes}.", name=most[0], tonnes=amount_short(most[1], t)
    )
    return section_of(tile, picks, chart=chart, finding=finding or "")


def _time_line(tile: Tile, t: Texts) -> Section:
    latest = next(iter(table_of(tile).rows[-1:]), None)
    finding = latest and t("Latest ({day}): {what}", day=latest[1], what=latest[2])
    return section_of(tile, ("day", "event"), finding=finding or "")


def _issuances(tile: Tile, t: Texts) -> Section:
    picks = (
        "project_ids",
        "decided_on",
        "issued_on",
        "amount_basis",
        Pick("tco2_low", "tco2_high"),
        Pick("japan_low_tco2", "japan_high_tco2"),
        Pick("japan_government_tco2", label=t("Japanese government")),
        "partner_tco2",
        Pick("is_reported", write=as_mark, if_any=True),
    )
    return section_of(tile, picks)
