"""The briefing on one sector."""

import pyarrow as pa

from exports.briefing import figures, parts
from exports.briefing.document import Section
from exports.briefing.grids import Columns, as_amount, as_mark, as_text, as_tonnes, grid_of
from exports.briefing.parts import Desk, section_of
from exports.briefing.programme import credits_sections
from model.ranking import EXPECTED
from queries.runner import Questions, ask
from view.countries import page as countries_page
from view.countries import profile
from view.page import Rows
from view.stated_words import title_of
from view.target.content import labelled
from view.tiles import TileMaker


def sector_sections(desk: Desk) -> tuple[parts.TargetPart, tuple[Section, ...]]:
    """The sector's target page, its countries, projects and issued credits."""
    t, number = desk.t, int(desk.request.subject)
    selection = desk.selection(sector=[str(number)])
    part = parts.target_part(desk, selection)
    until = part.content.first_year
    page = desk.page(countries_page, selection, {"figure": EXPECTED, "per": "amount", "until": until})
    ranking = page.tile("ranking")
    groups = [
        (t.country(s.iso3), None if s.value is None else float(s.tco2 or 0), s.tco2_high)
        for s in page.content.standings
    ]
    own = ranking.rows().filter([bool(n) for n in ranking.rows().column(6).to_pylist()])
    columns: Columns = [
        (1, as_text),
        ((5, 9), as_amount),
        (6, as_text),
        (7, as_text),
        (3, as_text),
    ]
    by_country = section_of(
        ranking,
        figures.groups_figure(groups, "registered", ranking.title, ranking.sentence, t),
        grid_of(own, columns, t, heads={5: t("By {year}", year=t.year(until))}),
    )
    asked: Questions = {
        "projects": {**selection.filters(), "sort": "country", "rows_at_most": profile.ALL_ROWS}
    }
    listed = ask(desk.warehouse, asked)["projects"]
    return part, (
        parts.cumulative_section(part, t, to_targets=False),
        parts.ladder_section(part, t),
        by_country,
        parts.verified_section(part, t),
        *credits_sections(desk, selection),
        _projects(desk, listed, desk.tile_maker(asked)),
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
            t("Issuance decided, low end (tCO2)"): pa.array(
                [r["notified_low_tco2"] for r in projects], pa.int64()
            ),
            t("Issuance decided, high end (tCO2)"): pa.array(
                [r["notified_high_tco2"] for r in projects], pa.int64()
            ),
            t("Rests on reports alone"): [r["is_reported"] for r in projects],
        }
    )
    tile = maker(
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
        key="projects",
    )
    writes: Columns = [*((i, as_text) for i in range(5)), (5, as_tonnes), ((6, 7), as_text)]
    return section_of(tile, grid=grid_of(table, writes, t, where_any=[(8, as_mark)]), is_annex=True)
