"""The briefing on one sector."""

import pyarrow as pa

from briefing import figures, parts
from briefing.document import Section
from briefing.grids import Writes, as_amount, as_text, as_tonnes, grid_of
from briefing.parts import Desk, section_of
from briefing.programme import credits_sections
from loading.countries import countries_parameters, load_countries
from loading.country import ALL_ROWS
from model.ranking import EXPECTED
from view.countries import page as countries_page
from view.stated_words import title_of
from view.target.content import Rows, labelled
from view.tiles import TileMaker


def sector_sections(desk: Desk) -> tuple[parts.TargetPart, tuple[Section, ...]]:
    """The sector's target page, its countries, projects and issued credits."""
    t, number = desk.t, int(desk.request.subject)
    selection = desk.selection(sectors=(number,))
    name = desk.names["sector"][desk.request.subject]
    part = parts.target_part(desk, selection, name)
    until = part.content.first_year
    countries = load_countries(desk.warehouse, selection, (EXPECTED, "amount", until), name)
    maker = desk.tile_maker(countries_parameters(selection, until))
    ranking = countries_page.tiles_of(countries, desk.link(selection), maker, t, "light")["ranking"]
    groups = [
        (t.country(s.iso3), None if s.value is None else float(s.tco2 or 0)) for s in countries.standings
    ]
    own = ranking.rows().filter([bool(n) for n in ranking.rows().column(6).to_pylist()])
    columns: list[tuple[int, Writes]] = [
        (1, as_text),
        (5, as_amount),
        (6, as_text),
        (7, as_text),
        (3, as_text),
    ]
    by_country = section_of(
        ranking,
        figures.groups_figure(groups, "registered", ranking.title, ranking.sentence, t),
        grid_of(own, columns, t, heads={5: t("By {year}", year=t.year(until))}),
    )
    filters = selection.filters()
    projects = desk.warehouse.run("projects", **filters, sort="country", rows_at_most=ALL_ROWS).to_pylist()
    parameters = {"projects": {**filters, "sort": "country", "rows_at_most": ALL_ROWS}}
    return part, (
        parts.cumulative_section(part, t, to_targets=False),
        parts.ladder_section(part, t),
        by_country,
        parts.verified_section(part, t),
        *credits_sections(desk, selection),
        _projects(desk, projects, desk.tile_maker(parameters)),
    )


def _projects(desk: Desk, projects: Rows, maker: TileMaker) -> Section:
    t, names = desk.t, desk.names
    estimates = sum(1 for row in projects if row["annual_tco2"] is not None)
    table = labelled(
        {
            t("Project"): [r["project_id"] for r in projects],
            t("Title"): [title_of(r, t) for r in projects],
            t("Partner country"): [t.country(r["iso3"]) for r in projects],
            t("Technology"): [names["technology"].get(r["technology"], r["technology"]) for r in projects],
            t("Stage"): [names["status"].get(r["stage"], r["stage"]) for r in projects],
            t("Annual estimate (tCO2)"): pa.array([r["annual_tco2"] for r in projects], pa.int64()),
            t("Issuance decided (tCO2)"): pa.array([r["notified_tco2"] for r in projects], pa.int64()),
        }
    )
    tile = maker(
        "projects",
        "projects",
        t(
            "{n} of {all} projects with an annual estimate",
            n=t.number(estimates),
            all=t.number(len(projects)),
        ),
        title=t("Projects with stage, annual estimate and issuance decided"),
        sentence=t.count("{n} project.", "{n} projects.", len(projects)),
        body=" ",
        table=table,
    )
    writes: list[tuple[int, Writes]] = [(i, as_tonnes if i > 4 else as_text) for i in range(7)]
    return section_of(tile, grid=grid_of(table, writes, t), is_annex=True)
