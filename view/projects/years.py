"""The tonnes of one project by fiscal year: expected, and decided for issuance."""

from collections.abc import Mapping
from typing import Any

from model.ladder import DORMANT
from view.amounts import amount_short, tonnes_between
from view.marks.axes import tonnes_ticks
from view.marks.course import courses
from view.marks.figure import Figure
from view.marks.table import Column, Table
from view.projects.content import ProjectProfile, coverage_of
from view.texts import Texts
from view.theme import PALETTES, TEMPLATES, ThemeName
from view.tiles import Tile, TileMaker

TCO2 = "tCO2"


def years_tile(profile: ProjectProfile, tile: TileMaker, t: Texts, theme: ThemeName) -> Tile:
    """What is expected of the project year by year, and what was decided of it."""
    dated = [row for row in profile.years if row["fiscal_year"] is not None]
    expected = sum(row["expected_tco2"] for row in dated)
    low, high = (sum(row[f"notified_{end}_tco2"] for row in profile.years) for end in ("low", "high"))
    parts = []
    if expected and profile.facts["stage"] == DORMANT:
        parts.append(t("{amount} by its estimate, in no sum", amount=amount_short(expected, t)))
    elif expected:
        parts.append(t("{amount} expected over its lifetime", amount=amount_short(expected, t)))
    if high:
        parts.append(t("{amount} decided for issuance so far", amount=tonnes_between(low, high, t)))
    low_end, high_end = t("Issuance decided, low end (tCO2)"), t("Issuance decided, high end (tCO2)")

    def year(row: Mapping[str, Any]) -> str | None:
        return t.year(row["fiscal_year"]) if row["fiscal_year"] else None

    table = Table(
        (
            Column("fiscal_year", t("Fiscal year"), value=year, cell=None),
            Column("expected_tco2", t("Expected (tCO2)"), "tonnes", cell=None),
            Column("notified_low_tco2", low_end, "tonnes", cell=None),
            Column("notified_high_tco2", high_end, "tonnes", cell=None),
        ),
        profile.years,
        t,
    )
    shared: dict[str, Any] = {
        "title": t("Expected by fiscal year against issuance decided by monitoring period"),
        "told": (t.listing(parts), "") if parts else ("", t("No tonnes are known of this project.")),
        "table": table,
    }
    coverage = coverage_of(profile, t)
    if not parts:
        return tile("project_years", coverage, body=" ", **shared)
    palette = PALETTES[theme]
    rung = profile.facts["stage"] if profile.facts["stage"] in palette.rungs else "registered"
    figure = Figure()
    years = [row["fiscal_year"] for row in dated]
    bars = (
        (t("Expected"), ("expected_tco2", "expected_tco2"), rung),
        (t("Issuance decided"), ("notified_low_tco2", "notified_high_tco2"), "notified"),
    )
    for name, ends, code in bars:
        beyond = [row[ends[1]] - row[ends[0]] for row in dated]
        figure.add_bar(
            x=years,
            y=[row[ends[0]] for row in dated],
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [width or None for width in beyond],
                "arrayminus": [None] * len(beyond),
                "color": palette.ink,
                "thickness": 1.5,
                "visible": any(beyond),
            },
            name=name,
            marker={
                "color": palette.rungs[code].colour,
                "pattern": {
                    "shape": palette.rungs[code].pattern,
                    "fgcolor": palette.background,
                    "fillmode": "overlay",
                },
            },
            customdata=[
                [t.year(row["fiscal_year"]), tonnes_between(row[ends[0]], row[ends[1]], t)] for row in dated
            ],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra>" + name + "</extra>",
        )
    highest = max((max(row["expected_tco2"], row["notified_high_tco2"]) for row in dated), default=1)
    every = 5 if len(years) > 7 else 2
    ticks = [year for year in years if year % every == 0]
    figure.update_layout(
        template=TEMPLATES[theme],
        barmode="group",
        bargap=0.25,
        hovermode="closest",
        xaxis={
            "tickmode": "array",
            "tickvals": ticks,
            "ticktext": [t.year(year) for year in ticks],
            "tickangle": 0,
        },
        yaxis={**_small_ticks(highest, t), "title": {"text": t("t-CO₂ of the year")}},
    )
    lines = [
        (name, [(t.year(row["fiscal_year"]), row[ends[0]], row[ends[1]]) for row in dated])
        for name, ends, _ in bars
    ]
    return tile("project_years", coverage, figure=figure, course=courses(lines, t), height=320, **shared)


def _small_ticks(highest: int, t: Texts) -> dict[str, object]:
    """Tonnes as they are for a project: Mt would be all noughts."""
    ticks = tonnes_ticks(float(highest), t)
    values = ticks["tickvals"]
    labels = [t.number(round(value)) for value in values] if isinstance(values, list) else []
    return {**ticks, "ticktext": labels}
