"""The projects of a profile: with stage, annual estimate and issuance decided."""

from collections.abc import Callable, Mapping

from queries.runner import Row
from view.amounts import as_reported, tonnes
from view.marks.table import DASH, ONE_LINE, WIDE, Column, Markup, Table, linked, small
from view.page import Content, Rows
from view.projects.listing import decided_words
from view.stated_words import title_of
from view.tiles import Tile, TileMaker

Link = Callable[..., str]
ALL_ROWS = 10_000


def projects_tile(
    content: Content,
    projects: Rows,
    coverage: str,
    link: Link,
    tile: TileMaker,
    *,
    has_country: bool = False,
) -> Tile:
    """The projects of a profile, those of several countries with their country; `projects`: rows of that query."""
    names, t = content.names, content.context.t

    def title(row: Row) -> Markup:
        number = as_reported(row["project_id"], t) if row["is_reported"] else row["project_id"]
        return linked(link("project", project=row["project_id"]), title_of(row, t)) + small(number)

    def named(key: str, heading: str, names: Mapping[str, str], css: str) -> Column[Row]:
        return Column(
            key, heading, value=lambda r: names.get(r[key]), cell=lambda r: names.get(r[key], r[key]), css=css
        )

    country = [Column[Row]("iso3", t("Partner country"), value=lambda r: t.country(r["iso3"]))]
    country = country if has_country else []
    table = Table[Row](
        (
            Column("project_id", t("Project"), cell=None),
            Column("title", t("Title"), value=lambda r: title_of(r, t), cell=title, page_label=t("Project")),
            *country,
            named("technology", t("Technology"), names["technology"], f"{WIDE} {ONE_LINE}"),
            named("stage", t("Stage"), names["status"], ""),
            Column(
                "fy_selected",
                t("Selected"),
                cell=lambda r: t.year(r["fy_selected"]) if r["fy_selected"] else DASH,
                css=f"{WIDE} {ONE_LINE}",
            ),
            Column("registered_on", t("Registered on"), "day", cell=None),
            Column(
                "annual_tco2",
                t("Annual estimate (tCO2)"),
                "tonnes",
                cell=lambda r: DASH if r["annual_tco2"] is None else tonnes(r["annual_tco2"], t),
                page_label=t("Annual estimate"),
            ),
            Column(
                "notified_low_tco2",
                t("Issuance decided, low end (tCO2)"),
                "tonnes",
                cell=lambda r: decided_words(r, t),
                page_label=t("Issuance decided"),
                css=WIDE,
            ),
            Column("notified_high_tco2", t("Issuance decided, high end (tCO2)"), "tonnes", cell=None),
            Column("is_reported", t("Rests on reports alone"), cell=None),
        ),
        projects,
        t,
        is_long=True,
    )
    return tile(
        "projects",
        coverage,
        title=t("Projects with stage, annual estimate and issuance decided"),
        sentence=t.count("{n} project known on this day.", "{n} projects known on this day.", len(projects)),
        table=table,
        body="" if projects else " ",
    )
