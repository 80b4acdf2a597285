"""The briefing on the whole programme."""

import re
from functools import cache

from exports.briefing import figures, parts
from exports.briefing.document import Figure, Section
from exports.briefing.grids import Columns, as_amount, as_share, as_text, as_tonnes, grid_of
from exports.briefing.parts import Desk, cut_off, section_of
from model.outlook.report import Report, report_of
from model.ranking import EXPECTED
from queries.outlook import NothingKnown, known_on, shipped_scenarios
from queries.warehouse import Warehouse
from view.countries import page as countries_page
from view.credits import page as credits_page
from view.ledger import page as ledger_page
from view.outlook import page as outlook_page
from view.sectors import page as sectors_page
from view.selection import Selection


def programme_sections(desk: Desk) -> tuple[parts.TargetPart, tuple[Section, ...]]:
    """Every section, in the order of a briefing."""
    t, selection = desk.t, desk.selection()
    part = parts.target_part(desk, selection)
    sections = (
        parts.cumulative_section(part, t, to_targets=True),
        parts.ladder_section(part, t),
        parts.gap_section(part, t),
        countries_section(desk, selection, part.content.first_year),
        sectors_section(desk, selection),
        parts.verified_section(part, t),
        *credits_sections(desk, selection),
        article6_section(desk, selection),
        parts.statements_section(part, t),
        *outlook_sections(desk),
        parts.milestones_section(part, t),
    )
    return part, sections


def countries_section(desk: Desk, selection: Selection, until: int) -> Section:
    """Partner countries by what is expected of their projects."""
    t = desk.t
    page = desk.page(countries_page, selection, {"figure": EXPECTED, "per": "amount", "until": until})
    tile = page.tile("ranking")
    groups = [
        (t.country(s.iso3), None if s.value is None else float(s.tco2 or 0), s.tco2_high)
        for s in page.content.standings
    ]
    columns: Columns = [
        (1, as_text),
        ((5, 9), as_amount),
        (6, as_text),
        (7, as_text),
        (3, as_text),
    ]
    grid = grid_of(
        tile.rows(), columns, t, heads={5: t("By {year}", year=t.year(until))}, where_any=[(10, as_tonnes)]
    )
    chart = figures.groups_figure(groups, "registered", tile.title, tile.sentence, t)
    return section_of(tile, chart, grid)


def sectors_section(desk: Desk, selection: Selection) -> Section:
    """Sectors by what is expected of their projects."""
    t = desk.t
    page = desk.page(sectors_page, selection, {"by": "sector", "cell": "near"})
    first, last = page.content.target_years
    tile = page.tile("groups")
    table = tile.rows()
    expected = table.column(8).to_pylist()
    groups = list(zip(table.column(0).to_pylist(), expected, expected, strict=True))[:-1]
    columns: Columns = [
        (0, as_text),
        (2, as_text),
        (6, as_text),
        (8, as_amount),
        (9, as_share),
        (10, as_amount),
        ((13, 14), as_tonnes),
    ]
    heads = {
        8: t("By {year}", year=t.year(first)),
        10: t("By {year}", year=t.year(last)),
        13: t("Issuance decided"),
    }
    chart = figures.groups_figure(groups, "registered", tile.title, tile.sentence, t)
    return section_of(tile, chart, grid_of(table, columns, t, heads=heads))


def credits_sections(desk: Desk, selection: Selection) -> tuple[Section, ...]:
    """Who received what was decided, and every event."""
    t = desk.t
    page = desk.page(credits_page, selection, {"counted": "decision", "by": "country"})
    shared, events = page.tile("allocation_country"), page.tile("issuance_events")
    groups = list(zip(*(shared.rows().column(i).to_pylist() for i in (0, 3, 4)), strict=True))
    allocation: Columns = [
        (0, as_text),
        (1, as_text),
        ((3, 4), as_tonnes),
        *((i, as_tonnes) for i in (5, 6, 7, 8, 9)),
    ]
    listed: Columns = [
        (5, as_text),
        (1, as_text),
        (2, as_text),
        (3, as_text),
        (4, as_text),
        (7, as_text),
        ((8, 9), as_tonnes),
        ((10, 11), as_tonnes),
    ]
    unitless = {i: _without_unit(shared.rows().column_names[i]) for i in (5, 6, 7, 8, 9)}
    unitless[3] = t("Issuance decided")
    plain = {8: t("Amount"), 10: t("Japanese side")}
    return (
        section_of(
            shared,
            figures.groups_figure(groups, "notified", shared.title, shared.sentence, t),
            grid_of(shared.rows(), allocation, t, heads=unitless, where_any=[(12, as_tonnes)]),
        ),
        section_of(
            events,
            grid=grid_of(events.rows(), listed, t, rows_at_most=parts.ROWS_OF_A_LIST, heads=plain),
            notes=cut_off(parts.ROWS_OF_A_LIST, events.rows().num_rows, t),
            is_annex=True,
        ),
    )


def _without_unit(name: str) -> str:
    return re.sub(r" ?[(（]tCO2[)）]", "", name).replace("、tCO2）", "）")


def article6_section(desk: Desk, selection: Selection) -> Section:
    """In which state and with which holder every tonne stands."""
    tile = desk.page(ledger_page, selection).tile("ledger_states")
    table = tile.rows()
    columns: Columns = [(0, as_text), (1, as_text), ((2, 3), as_tonnes), (5, as_text)]
    heads = {2: desk.t("Amount")}
    return section_of(tile, grid=grid_of(table, columns, desk.t, heads=heads, where_any=[(4, as_tonnes)]))


@cache
def _report(warehouse: Warehouse, as_of: object, code: str) -> Report:
    """Results of a shipped scenario on a day; the same draws serve both languages."""
    return report_of(known_on(warehouse, as_of), shipped_scenarios()[code])  # type: ignore[arg-type]


def outlook_sections(desk: Desk) -> tuple[Section, ...]:
    """The fan of the scenario chosen, and the shipped scenarios beside each other; nothing before the first project."""
    t, as_of, code = desk.t, desk.request.as_of, desk.request.scenario
    try:
        known = known_on(desk.warehouse, as_of)
    except NothingKnown:
        return ()
    codes = (code, *(c for c in shipped_scenarios() if c != code))
    reports = [_report(desk.warehouse, as_of, c) for c in codes]
    choice = {"reports": reports, "evidence": known.evidence}
    page = desk.page(outlook_page, desk.selection(), choice)
    fan, goals = page.tile("fan"), page.tile("goals")
    columns: Columns = [
        (0, as_text),
        (1, as_text),
        (3, as_amount),
        (4, as_amount),
        (5, as_amount),
        (6, as_share),
        (7, as_share),
    ]
    heads = {3: "P10", 4: "P50", 5: "P90"}
    scenario = shipped_scenarios()[code]
    note = t("Scenario: {name}", name=t.pick(scenario.name_en, scenario.name_ja))
    return (
        section_of(
            fan,
            figures.fan_figure(reports[0], fan.title, fan.sentence, t),
            grid_of(goals.rows(), columns, t, heads=heads),
            notes=(note, t("Draws of a model, not a forecast; the method stands on the outlook page")),
        ),
    )


def outlook_figure(desk: Desk) -> Figure | None:
    """The chance of the nearest target in the scenario chosen; None before the first project."""
    try:
        report = _report(desk.warehouse, desk.request.as_of, desk.request.scenario)
    except NothingKnown:
        return None
    t, near = desk.t, report.goals[0]
    return Figure(
        t("Outlook for {year}, middle of the draws", year=t.year(near.goal.fiscal_year)),
        as_amount(near.at.p50, t),
        t("{low} to {high} in eight of ten", low=as_amount(near.at.p10, t), high=as_amount(near.at.p90, t)),
    )
