"""The projects of a profile by what they are grouped by, such as sector, technology and programme."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from model.ladder import EXPECTED_RUNGS
from view.amounts import amount_short
from view.marks.table import WIDE, Column, Markup, Table, linked
from view.names import plain_name
from view.page import Content, Rows
from view.texts import Texts
from view.tiles import Tile, TileMaker

Link = Callable[..., str]
Row = dict[str, Any]
SUMMED = ("projects", "projects_with_estimate", "projects_with_schedule", "tco2_low")


def _rows_of(found: Rows, by: str) -> list[Row]:
    """Each value of a grouping that has projects, the most tonnes first.

    Tonnes are None where no project has an estimate and a schedule.
    """
    sums: dict[str, dict[str, int]] = {}
    for row in found:
        if row["rung"] in EXPECTED_RUNGS:
            of_value = sums.setdefault(row["value"], dict.fromkeys(SUMMED, 0))
            for key in SUMMED:
                of_value[key] += row[key] or 0
    rows: list[Row] = [
        {
            **some,
            "by": by,
            "value": value,
            "tco2": some["tco2_low"] if some["projects_with_schedule"] else None,
        }
        for value, some in sums.items()
        if some["projects"]
    ]
    return sorted(rows, key=lambda row: (-(row["tco2"] or 0), -row["projects"], row["value"]))


def _mix_table(content: Content, rows: list[Row], link: Link, t: Texts) -> Table[Row]:
    """Values of one grouping as the page shows them; files hold those of all in one table."""
    titles = {
        "country": t("Partner country"),
        "sector": t("Sector"),
        "technology": t("Technology"),
        "programme": t("Programme"),
        "funding": t("Funding"),
    }
    largest = max((row["tco2"] or 0 for row in rows), default=0) or 1

    def name(row: Row) -> str:
        return content.names[row["by"]].get(row["value"], row["value"])

    return Table(
        (
            Column("by", t("Part"), value=lambda r: titles[r["by"]], cell=None),
            Column(
                "value",
                t("Value"),
                value=name,
                cell=lambda r: linked(link("projects", **{r["by"]: r["value"]}), name(r)),
                page_label=titles[rows[0]["by"]] if rows else None,
            ),
            Column("projects", t("Projects"), "number"),
            Column("projects_with_estimate", t("Projects with an estimate"), "number", cell=None),
            Column(
                "tco2",
                t("Expected (tCO2)"),
                "tonnes",
                cell=lambda r: t("not known") if r["tco2"] is None else amount_short(r["tco2"], t),
                page_label=t("Expected by {year}", year=t.year(content.first_year)),
            ),
            Column(
                "bar", "", value=None, cell=lambda r: _bar(r["tco2"] / largest) if r["tco2"] else "", css=WIDE
            ),
        ),
        rows,
        t,
    )


def _bar(share: float) -> Markup:
    return Markup(
        '<div class="jcm-bar" aria-hidden="true"><i class="jcm-fill-registered" style="width:{:.1f}%"></i></div>'
    ).format(share * 100)


def _most_words(content: Content, parts: Sequence[list[Row]], t: Texts) -> str:
    """Which sector most of what is expected is of; empty where nothing is."""
    rows = next((part for part in parts if part and part[0]["by"] == "sector"), [])
    total = sum(row["tco2"] or 0 for row in rows)
    if not total:
        return ""
    values = {
        "name": plain_name(content.names["sector"].get(rows[0]["value"], rows[0]["value"])),
        "total": amount_short(total, t),
        "year": t.year(content.first_year),
    }
    if rows[0]["tco2"] == total:
        return t("All of the {total} expected by {year} is of {name}", **values)
    share = t.percent(rows[0]["tco2"] / total)
    return t("{share} of the {total} expected by {year} is of {name}", share=share, **values)


def mix_tile(
    content: Content, mixes: Mapping[str, Rows], coverage: str, link: Link, tile: TileMaker, *, title: str
) -> Tile:
    """Projects and expected tonnes by each of some groupings, and the same as a table.

    `mixes`: rows of `ladder_by_group` by grouping. `link` leads on with the subject of the profile as a filter.
    """
    t = content.context.t
    parts = [_rows_of(found, by) for by, found in mixes.items()]
    every = [row for part in parts for row in part]
    halves = Markup("").join(
        Markup("<div>{}</div>").format(_mix_table(content, part, link, t).html()) for part in parts
    )
    return tile(
        "ladder_by_group",
        coverage,
        title=title,
        told=(_most_words(content, parts, t), t("Each part sums to the same projects and tonnes.")),
        body=Markup('<div class="jcm-halves">{}</div>').format(halves) if every else " ",
        table=_mix_table(content, every, link, t),
    )
