"""The briefing on one partner country."""

from exports.briefing import figures, parts
from exports.briefing.document import Section
from exports.briefing.grids import Pick, as_amount, as_listing, as_mark, as_year
from exports.briefing.parts import Contents, Desk, section_of, table_of
from exports.briefing.sizes import sizes_sections
from view.countries import profile as profile_page
from view.stated_words import stated
from view.texts import Texts
from view.tiles import Tile


def country_contents(desk: Desk) -> Contents:
    """The country's target page and profile; a section without facts says so."""
    t, iso3 = desk.t, desk.request.subject
    selection = desk.selection(country=[iso3])
    part = parts.target_part(desk, selection)
    page = desk.page(profile_page, selection, {"iso3": iso3})
    tile = page.tile
    return Contents(
        title=t("JCM with {country}", country=t.country(iso3)),
        subtitle=f"{profile_page.signature(page.content, t)} · {desk.as_of}",
        answer=t.prose(profile_page.cumulative_told(page.content, t)),
        part=part,
        figures=part.figures(t, is_whole=False),
        sections=(
            parts.cumulative_section(part, t, to_targets=False),
            parts.ladder_section(part, t),
            _mix(tile("mix"), t),
            parts.projects_section(
                tile("country_projects"),
                ("technology", "stage", Pick("fy_selected", write=as_year)),
            ),
            *sizes_sections(part, t),
            _issuances(tile("country_issuances"), t),
            _time_line(tile("time_line"), t),
            _climate(tile("climate"), t),
            _statements(tile("country_statements"), t),
            _unknown(tile("unknown"), t),
        ),
    )


def _mix(tile: Tile, t: Texts) -> Section:
    by, names, tco2 = map(table_of(tile).values, ("by", "value", "tco2"))
    sectors = [(name, low, low) for of, name, low in zip(by, names, tco2, strict=True) if of == by[0]]
    chart = figures.groups_figure(sectors, "registered", tile, t)
    picks = ("by", "value", "projects", "projects_with_estimate", Pick("tco2", write=as_amount))
    return section_of(tile, picks, chart=chart)


def _time_line(tile: Tile, t: Texts) -> Section:
    finding = next((parts.latest(day, what, t) for _, day, what in table_of(tile).rows[-1:]), "")
    return section_of(tile, ("day", "event"), finding=finding)


def _climate(tile: Tile, t: Texts) -> Section:
    latest = next((row for row in table_of(tile).rows if row["item"] == "latest NDC"), None)
    finding = latest and t("The latest NDC is {name}.", name=stated(latest["value"], t))
    return section_of(tile, ("item", "value", "dated_on"), finding=finding or tile.sentence)


def _statements(tile: Tile, t: Texts) -> Section:
    rows = table_of(tile).rows
    beside = sum(row["our_value"] is not None for row in rows)
    finding = rows and t.count(
        "{beside} of {n} statement can be set beside our records.",
        "{beside} of {n} statements can be set beside our records.",
        len(rows),
        beside=t.number(beside),
    )
    picks = ("metric", "scope", "as_of_on", "stated_value", "unit", Pick("our_value", "our_high_value"))
    return section_of(tile, picks, finding=finding or "")


def _unknown(tile: Tile, t: Texts) -> Section:
    most = max(table_of(tile).rows, key=lambda row: row[1], default=None)
    finding = most and t("Most often not known: {what} ({n}).", what=most[0], n=t.number(most[1]))
    return section_of(tile, ("unknown", "n"), finding=finding or "")


def _issuances(tile: Tile, t: Texts) -> Section:
    picks = (
        Pick("project_ids", write=as_listing),
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
