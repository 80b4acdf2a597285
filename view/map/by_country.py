"""Beside the map: how many projects of each country have a place, and of how many only the country is known."""

from collections.abc import Callable

from view.map.content import MapContent
from view.map.points import counts_by_country
from view.marks.table import Column, Table, linked
from view.texts import Texts
from view.tiles import Tile, TileMaker

Link = Callable[..., str]
Row = tuple[str, int, int]
"""Country, projects with a place, projects known to the country only."""


def by_country_tile(content: MapContent, link: Link, tile: TileMaker, t: Texts) -> Tile:
    """The countries of the map, those with the most projects that no point can stand for first."""
    found = counts_by_country(content.rows)
    rows: list[Row] = sorted(
        ((code, *counts) for code, counts in found.items()), key=lambda r: (-r[2], -r[1], r[0])
    )
    table = Table[Row](
        (
            Column(
                "iso3",
                t("Partner country"),
                value=lambda r: t.country(r[0]),
                cell=lambda r: linked(link("country", iso3=r[0]), t.country(r[0])),
                is_head=True,
            ),
            Column("country_only", t("Country only"), "number", value=lambda r: r[2]),
            Column("placed", t("Placed"), "number", value=lambda r: r[1]),
        ),
        rows,
        t,
        css="jcm-tight jcm-by-country",
        is_long=True,
    )
    beside = sum(r[2] for r in rows)
    return tile(
        "map_projects",
        t("Places by GeoNames (CC BY 4.0); provinces stand at their capital"),
        title=t("Known to the country only"),
        told=(
            t.count(
                "{n} project has no point on the map: only its country is known",
                "{n} projects have no point on the map: only their country is known",
                beside,
            ),
            "",
        )
        if beside
        else ("", t("Every project of this selection has a place.")),
        table=table,
        body="" if rows else " ",
    )
