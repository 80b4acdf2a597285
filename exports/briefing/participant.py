"""The briefing on one participant."""

from exports.briefing import parts
from exports.briefing.document import Section
from exports.briefing.grids import Pick, as_amount, as_tonnes_if_any
from exports.briefing.parts import Contents, Desk, section_of, table_of
from exports.briefing.programme import events_section
from view.participants import profile as profile_page
from view.participants.words import meaning, name_of
from view.texts import Texts
from view.tiles import Tile


def participant_contents(desk: Desk) -> Contents:
    """The target page of its projects and its profile; a section without facts says so."""
    t, key = desk.t, desk.request.subject
    selection = desk.selection(participant=[key])
    part = parts.target_part(desk, selection)
    page = desk.page(profile_page, selection, {"name": key})
    tile, own = page.tile, page.content.own
    events = (
        [events_section(tile("issuance_events"), t, parts.ROWS_OF_A_LIST)] if own and own["events"] else []
    )
    return Contents(
        title=t("JCM projects of {participant}", participant=name_of(page.content.who, t)),
        subtitle=f"{desk.as_of} · {meaning(t)}",
        answer=profile_page.answer(page.content, t),
        part=part,
        figures=part.figures(t, is_whole=False),
        sections=(
            parts.cumulative_section(part, t, to_targets=False),
            parts.ladder_section(part, t),
            parts.projects_section(tile("participant_projects"), ("iso3", "technology", "stage")),
            _mix(tile("mix"), t),
            _partners(tile("participant_partners"), t),
            *events,
            section_of(tile("participant_facts"), ("fact", "value", "remark")),
        ),
    )


def _mix(tile: Tile, t: Texts) -> Section:
    by, names, tco2 = map(table_of(tile).values, ("by", "value", "tco2"))
    countries = [(name, low, low) for of, name, low in zip(by, names, tco2, strict=True) if of == by[0]]
    picks = ("by", "value", "projects", "projects_with_estimate", Pick("tco2", write=as_amount))
    return section_of(tile, picks, finding=parts.most_expected(countries, t))


def _partners(tile: Tile, t: Texts) -> Section:
    first = next(iter(zip(*map(table_of(tile).values, ("name", "projects")), strict=True)), None)
    finding = first and t.count(
        "It works most often with {name}: {n} project together.",
        "It works most often with {name}: {n} projects together.",
        first[1],
        name=first[0],
    )
    picks = ("name", "side", "projects", "countries", Pick("expected_first_tco2", write=as_tonnes_if_any))
    return section_of(tile, picks, rows_at_most=parts.ROWS_OF_A_LIST, finding=finding or "")
