"""The briefing on the whole programme."""

from functools import cache, partial

from exports.briefing import figures, parts
from exports.briefing.document import Figure, Section
from exports.briefing.grids import Pick, Picks, as_amount, as_listing, grid_of
from exports.briefing.parts import Contents, Desk, section_of, table_of
from exports.briefing.sizes import sizes_sections
from model.outlook.counted_report import ALL, CountedReport, counted_report_of
from model.outlook.counting_terms import CountingRules
from model.outlook.report import Report, report_of
from model.ranking import EXPECTED
from queries.outlook import NothingKnown, known_on, shipped_scenarios
from queries.warehouse import Warehouse
from view.countries import page as countries_page
from view.credits import page as credits_page
from view.credits.allocation import PARTS
from view.ledger import page as ledger_page
from view.ledger.sentences import answer as ledger_answer
from view.outlook import page as outlook_page
from view.sectors import page as sectors_page
from view.selection import Selection
from view.target.hero import squares_of
from view.texts import Texts
from view.tiles import Tile

CREDITS = {"counted": "decision", "by": "country"}
"""Choices of the credits page."""


def programme_contents(desk: Desk) -> Contents:
    """Every section, in the order of a briefing."""
    t, selection = desk.t, desk.selection()
    part = parts.target_part(desk, selection)
    chance = outlook_figure(desk)
    return Contents(
        title=t("Progress of the JCM towards its targets"),
        subtitle=f"{t('all partner countries, public and private')} · {desk.as_of}",
        answer=part.answer,
        part=part,
        figures=(*part.figures(t, is_whole=True), *((chance,) if chance else ())),
        squares=squares_of(part.content, t),
        sections=(
            parts.cumulative_section(part, t, to_targets=True),
            parts.ladder_section(part, t),
            parts.gap_section(part, t),
            countries_section(desk, selection, part.content.first_year),
            sectors_section(desk, selection),
            *sizes_sections(part, t),
            parts.verified_section(part, t),
            *credits_sections(desk, selection),
            article6_section(desk, selection),
            parts.statements_section(part),
            *outlook_sections(desk),
            parts.milestones_section(part, t),
        ),
    )


def countries_section(desk: Desk, selection: Selection, until: int, *, are_all: bool = True) -> Section:
    """Partner countries by what is expected of their projects; those without projects too unless not `are_all`."""
    t = desk.t
    page = desk.page(countries_page, selection, {"figure": EXPECTED, "per": "amount", "until": until})
    tile, standings = page.tile("ranking"), page.content.standings
    groups = [
        (t.country(s.iso3), None if s.value is None else float(s.tco2 or 0), s.tco2_high) for s in standings
    ]
    picks: Picks = (
        "country",
        Pick("tco2", "tco2_high", t("By {year}", year=t.year(until)), as_amount),
        "projects",
        "with_estimate",
        "state",
        Pick("reported_tco2", if_any=True),
    )
    chart = figures.groups_figure(groups, "registered", tile, t)
    return section_of(tile, picks, chart=chart, rows=[s for s in standings if are_all or s.projects])


def sectors_section(desk: Desk, selection: Selection) -> Section:
    """Sectors by what is expected of their projects."""
    t = desk.t
    tile = desk.page(sectors_page, selection, {"by": "sector", "cell": "near"}).tile("groups")
    names, expected = map(table_of(tile).values, ("name", "near"))
    groups = list(zip(names, expected, expected, strict=True))[:-1]
    picks: Picks = (
        "name",
        "projects",
        "with_estimate",
        Pick("near", write=as_amount),
        "share",
        Pick("far", write=as_amount, if_any=True),
        Pick("notified", "notified_high"),
    )
    chart = figures.groups_figure(groups, "registered", tile, t)
    return section_of(tile, picks, chart=chart, finding=parts.most_expected(groups, t))


def credits_sections(
    desk: Desk, selection: Selection, rows_at_most: int | None = parts.ROWS_OF_A_LIST
) -> tuple[Section, ...]:
    """Who received what was decided, and the events, all where no number of rows is given."""
    t = desk.t
    page = desk.page(credits_page, selection, CREDITS)
    shared = page.tile("allocation_country")
    groups = list(zip(*map(table_of(shared).values, ("value", "tco2_low", "tco2_high")), strict=True))
    picks: Picks = (
        "value",
        "events",
        Pick("tco2_low", "tco2_high"),
        *(f"{part}_tco2" for part in PARTS),
        Pick("reported_tco2", if_any=True),
    )
    return (
        section_of(shared, picks, chart=figures.groups_figure(groups, "notified", shared, t)),
        events_section(page.tile("issuance_events"), t, rows_at_most),
    )


def events_section(tile: Tile, t: Texts, rows_at_most: int | None = None) -> Section:
    """Decisions on issuance, as the credits page lists them."""
    picks = (
        Pick("project_ids", write=as_listing),
        "iso3",
        "period_start_on",
        "period_end_on",
        "decided_on",
        "issued_on",
        "amount_basis",
        Pick("tco2_low", "tco2_high", t("Amount")),
        Pick("japan_low_tco2", "japan_high_tco2"),
    )
    latest = next((row["decided_on"] for row in table_of(tile).rows if row["decided_on"]), None)
    finding = latest and t("The latest dated decision known is of {day}.", day=t.day(latest))
    return section_of(tile, picks, rows_at_most=rows_at_most, finding=finding or "")


def article6_section(desk: Desk, selection: Selection) -> Section:
    """State and holder of every tonne."""
    amount = Pick("tco2_low", "tco2_high", desk.t("Amount"))
    picks: Picks = ("state", "holder", amount, "without_amount", Pick("reported_tco2", if_any=True))
    page = desk.page(ledger_page, selection)
    return section_of(page.tile("ledger_states"), picks, finding=ledger_answer(page.content, desk.t))


@cache
def _report(warehouse: Warehouse, as_of: object, code: str) -> Report:
    """Results of a shipped scenario on a day; the same draws serve both languages."""
    return report_of(known_on(warehouse, as_of), shipped_scenarios()[code])  # type: ignore[arg-type]


@cache
def _counted(warehouse: Warehouse, as_of: object, code: str) -> CountedReport:
    """The same scenario counted by the deadline of the NDC."""
    known = known_on(warehouse, as_of)  # type: ignore[arg-type]
    return counted_report_of(known, shipped_scenarios()[code], CountingRules.of(known.assumptions).terms)


def outlook_sections(desk: Desk) -> tuple[Section, ...]:
    """The fan of the scenario chosen with all shipped ones in a table, and what counts; nothing before the first project."""
    t, as_of, code = desk.t, desk.request.as_of, desk.request.scenario
    try:
        known = known_on(desk.warehouse, as_of)
    except NothingKnown:
        return ()
    codes = (code, *(c for c in shipped_scenarios() if c != code))
    reports = [partial(_report, desk.warehouse, as_of, c) for c in codes]
    counted = partial(_counted, desk.warehouse, as_of, code)
    choice = {"reports": reports, "known": known, "group": ALL, "counted": counted}
    page = desk.page(outlook_page, desk.selection(), choice)
    fan = page.tile("fan")
    quantiles = [Pick(f"at_{p}_tco2", label=p.upper(), write=as_amount) for p in ("p10", "p50", "p90")]
    picks: Picks = ("scenario", "fiscal_year", *quantiles, "chance", "chance_of_half")
    scenario = shipped_scenarios()[code]
    return (
        section_of(
            fan,
            chart=figures.fan_figure(reports[0](), fan, t),
            grid=grid_of(table_of(page.tile("goals")), picks),
            notes=(
                t("Scenario: {name}", name=t.pick(scenario.name_en, scenario.name_ja)),
                t("Draws of a model, not a forecast; the method stands on the outlook page"),
            ),
        ),
        section_of(
            page.tile("counted"),
            ("level", *(Pick(f"{p}_tco2", label=p.upper(), write=as_amount) for p in ("p10", "p50", "p90"))),
            notes=(t("Draws of a model, not a forecast; the method stands on the outlook page"),),
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
        t("Outlook for {year}, median of the draws", year=t.year(near.goal.fiscal_year)),
        as_amount(near.at.p50, t),
        t("{low} to {high} in eight of ten", low=as_amount(near.at.p10, t), high=as_amount(near.at.p90, t)),
    )
