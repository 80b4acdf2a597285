"""The briefing on one sector."""

from exports.briefing import parts
from exports.briefing.document import Section
from exports.briefing.parts import Contents, Desk
from exports.briefing.programme import countries_section, credits_sections
from exports.briefing.sizes import sizes_sections
from queries.runner import Questions, Row, ask
from view.marks.table import Column, Table
from view.projects.selected import ALL_ROWS
from view.selection import Selection
from view.stated_words import title_of


def sector_contents(desk: Desk) -> Contents:
    """The sector's target page, its countries, projects and issued credits."""
    t, number = desk.t, desk.request.subject
    selection = desk.selection(sector=[number])
    part = parts.target_part(desk, selection)
    return Contents(
        title=t("JCM, sector: {sector}", sector=desk.names["sector"][number]),
        subtitle=desk.as_of,
        answer=part.answer,
        part=part,
        figures=part.figures(t, is_whole=False),
        sections=(
            parts.cumulative_section(part, t, to_targets=False),
            parts.ladder_section(part, t),
            countries_section(desk, selection, part.content.first_year, are_all=False),
            *sizes_sections(part, t),
            parts.verified_section(part, t),
            *credits_sections(desk, selection),
            _projects(desk, selection),
        ),
    )


def _projects(desk: Desk, selection: Selection) -> Section:
    t = desk.t
    asked: Questions = {"projects": {**selection.filters(), "sort": "country", "rows_at_most": ALL_ROWS}}
    projects = ask(desk.warehouse, asked)["projects"]

    def named(key: str, label: str, names: str) -> Column[Row]:
        return Column(key, label, value=lambda r: desk.names[names].get(r[key], r[key]))

    table: Table[Row] = Table(
        (
            Column("project_id", t("Project")),
            Column("title", t("Title"), value=lambda r: title_of(r, t)),
            Column("iso3", t("Partner country"), value=lambda r: t.country(r["iso3"])),
            named("technology", t("Technology"), "technology"),
            named("stage", t("Stage"), "status"),
            Column("annual_tco2", t("Annual estimate (tCO2)"), "tonnes", page_label=t("Annual estimate")),
            Column(
                "notified_low_tco2",
                t("Issuance decided, low end (tCO2)"),
                "tonnes",
                page_label=t("Issuance decided"),
            ),
            Column("notified_high_tco2", t("Issuance decided, high end (tCO2)"), "tonnes"),
            Column("is_reported", t("Rests on reports alone")),
        ),
        projects,
        t,
    )
    tile = desk.tile_maker(asked)(
        "projects",
        t(
            "{n} of {all} projects with an annual estimate",
            n=t.number(sum(1 for row in projects if row["annual_tco2"] is not None)),
            all=t.number(len(projects)),
        ),
        title=t("Projects with stage, annual estimate and issuance decided"),
        sentence=t.count("{n} project.", "{n} projects.", len(projects)),
        table=table,
        key="projects",
    )
    return parts.projects_section(tile, ("iso3", "technology", "stage"))
