"""The list beside the map: every project with its place and how exactly it is known."""

from collections.abc import Callable, Mapping
from typing import Any

from view.map.content import MapContent
from view.map.points import of_country_only
from view.marks.table import Column, Markup, Table, linked, small
from view.stated_words import stated, title_of
from view.texts import Texts
from view.tiles import Tile, TileMaker
from view.world_map import precision_names

Link = Callable[..., str]
LISTED_AT_MOST = 400


def list_html(content: MapContent, link: Link, t: Texts) -> Markup:
    """Every project by country with its place and precision, for those who cannot use a map."""
    precision = precision_names(t)
    rows: dict[str, list[Mapping[str, Any]]] = {}
    shown = 0
    for row in content.rows:
        if row["site_number"] == 1 and shown < LISTED_AT_MOST:
            rows.setdefault(row["iso3"], []).append(row)
            shown += 1
    body = Markup("")
    for code, some in rows.items():
        body += Markup('<tr class="jcm-group"><th colspan="3" scope="rowgroup">{} · {}</th></tr>').format(
            linked(link("country", iso3=code), t.country(code)),
            t.count("{n} project", "{n} projects", len(some)),
        )
        for row in some:
            place = stated(row["place_text"], t) if row["place_text"] else t("place not stated")
            more = f" (+{t.number(row['sites'] - 1)})" if row["sites"] > 1 else ""
            body += Markup("<tr><td>{}</td><td>{}{}</td><td>{}</td></tr>").format(
                linked(link("project", project=row["project_id"]), row["project_id"]),
                title_of(row, t),
                small(place + more),
                precision[row["precision"]],
            )
    rest = sum(row["projects"] for row in content.totals) - shown
    if rest > 0:
        words = t("{n} more; narrow the filters, or take the table", n=t.number(rest))
        body += Markup('<tr class="jcm-kept"><td colspan="3">{}</td></tr>').format(words)
    heads = Markup("").join(
        Markup('<th scope="col">{}</th>').format(head)
        for head in (t("Project"), t("Title and place"), t("Location precision"))
    )
    return Markup(
        '<div class="jcm-list" tabindex="0" role="region" aria-label="{}"><table class="jcm-tight">'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(t("Projects by country"), heads, body)


def list_tile(content: MapContent, link: Link, tile: TileMaker, t: Texts) -> Tile:
    """The list beside the map."""
    doubts: dict[str, int] = {}
    for some in of_country_only(content.rows).values():
        for row in some:
            doubts[row["doubt"]] = doubts.get(row["doubt"], 0) + 1
    names = doubt_names(t)
    reasons = [
        t("{reason}: {n}", reason=names[code], n=t.number(n))
        for code, n in sorted(doubts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return tile(
        "map_projects",
        t("Places by GeoNames (CC BY 4.0); provinces stand at their capital"),
        title=t("The same projects as a list"),
        sentence=t("Known to the country only: {reasons}.", reasons=t.listing(reasons))
        if reasons
        else t("Every project of this selection has a place."),
        body=list_html(content, link, t),
        table=_table(content, t),
    )


def doubt_names(t: Texts) -> dict[str, str]:
    """Why a project is shown at country level."""
    return {
        "not stated": t("no place stated"),
        "not found": t("name not found"),
        "several places of that name": t("several places of that name"),
        "area too wide": t("area too wide"),
        "not looked up": t("not looked up yet"),
        "outside its country": t("coordinates outside the country"),
        "looks swapped": t("coordinates look swapped"),
    }


def _table(content: MapContent, t: Texts) -> Table[Mapping[str, Any]]:
    precision, doubts = precision_names(t), doubt_names(t)
    technologies, stages = content.names["technology"], content.names["status"]
    return Table(
        (
            Column("project_id", t("Project")),
            Column("site_number", t("Site")),
            Column("title", t("Title"), value=lambda r: title_of(r, t)),
            Column("iso3", t("Partner country"), value=lambda r: t.country(r["iso3"])),
            Column(
                "technology",
                t("Technology"),
                value=lambda r: technologies.get(r["technology"], r["technology"]),
            ),
            Column("stage", t("Stage"), value=lambda r: stages.get(r["stage"], r["stage"])),
            Column("annual_tco2", t("Annual estimate (tCO2)"), "tonnes"),
            Column("from_fiscal_year", t("Known from"), value=lambda r: t.year(r["from_fiscal_year"])),
            Column(
                "place_text",
                t("Place"),
                value=lambda r: stated(r["place_text"], t) if r["place_text"] else None,
            ),
            Column("precision", t("Location precision"), value=lambda r: precision[r["precision"]]),
            Column("doubt", t("Why not better"), value=lambda r: doubts[r["doubt"]] if r["doubt"] else None),
        ),
        content.rows,
        t,
    )
