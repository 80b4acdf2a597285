"""A map of any result that has country codes or coordinates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import pyarrow as pa

from model.map_projection import project
from view.map.page import shades
from view.sql.chart import roles_of
from view.texts import Texts
from view.theme import PALETTES, ThemeName
from view.world_map import world_map

Rows = Sequence[Mapping[str, Any]]

POINTS_AT_MOST = 5_000
_LONGITUDES, _LATITUDES = ("longitude", "lon", "lng"), ("latitude", "lat")
_PLANE = ("map_x", "map_y")


@dataclass(frozen=True)
class Places:
    """Where the rows of a result are: a column of country codes, or two columns of coordinates."""

    codes: str | None = None
    x: str | None = None
    y: str | None = None


def places_in(table: pa.Table, known_codes: Sequence[str]) -> Places | None:
    """Columns that place the rows; None where there are none.

    Coordinates are recognised by their names, codes by their values: nine of ten are partners' ISO 3166-1 alpha-3 codes.
    """
    roles, lower = roles_of(table), {name.lower(): name for name in table.column_names}
    for xs, ys in ((_PLANE[:1], _PLANE[1:]), (_LONGITUDES, _LATITUDES)):
        x = next((lower[n] for n in xs if n in lower), None)
        y = next((lower[n] for n in ys if n in lower), None)
        if x and y and roles[x] == roles[y] == "number":
            return Places(x=x, y=y)
    known = set(known_codes)
    for name, role in roles.items():
        values = [v for v in table.column(name).to_pylist() if v is not None] if role == "word" else []
        if values and sum(v in known for v in values) >= 0.9 * len(values):
            return Places(codes=name)
    return None


def numbers_in(table: pa.Table) -> list[str]:
    """Columns that shades or sizes can show."""
    return [name for name, role in roles_of(table).items() if role == "number"]


def result_map(
    result: tuple[pa.Table, Places, str | None], shapes: Rows, t: Texts, theme: ThemeName
) -> go.Figure:
    """Countries shaded by the sum of a measure, or points at the coordinates, of a table with places and a measure."""
    table, places, measure = result
    if places.codes is not None:
        return shaded_map(
            country_values(table, places, measure), measure or t("Number of rows"), shapes, t, theme
        )
    figure = world_map(shapes, t, theme)
    add_points(figure, table, places, measure, theme)
    return figure


def country_values(table: pa.Table, places: Places, measure: str | None) -> dict[str, float]:
    """Sum of a measure by country code, or rows of each country; null is left out."""
    sums: dict[str, float] = {}
    values = table.column(measure).to_pylist() if measure else [1] * table.num_rows
    for code, value in zip(table.column(places.codes).to_pylist(), values, strict=True):
        if code is not None and value is not None:
            sums[code] = sums.get(code, 0.0) + float(value)
    return sums


def shaded_map(sums: Mapping[str, float], name: str, shapes: Rows, t: Texts, theme: ThemeName) -> go.Figure:
    """Countries shaded by their value; those that the result does not have are dotted."""
    largest = max((abs(v) for v in sums.values()), default=0.0) or 1.0
    steps = shades(theme)
    partners = [s["iso3"] for s in shapes if s["kind"] == "partner"]
    panel = PALETTES[theme].panel
    return world_map(
        shapes,
        t,
        theme,
        colours={
            code: steps[min(int(abs(sums[code]) / largest * len(steps)), len(steps) - 1)]
            if code in sums
            else panel
            for code in partners
        },
        patterns={code: "." for code in partners if code not in sums},
        hover={
            code: f"<b>{t.country(code)}</b><br>"
            + (t.named(name, t.number(sums[code])) if code in sums else t("not in the result"))
            for code in partners
        },
    )


def add_points(
    figure: go.Figure, table: pa.Table, places: Places, measure: str | None, theme: ThemeName
) -> None:
    """Points at the coordinates of the rows, their area by the measure."""
    rows = table.slice(0, POINTS_AT_MOST).to_pylist()
    found = [r for r in rows if r[places.x] is not None and r[places.y] is not None]
    plane = [
        (float(r[places.x]), float(r[places.y]))
        if places.x == _PLANE[0]
        else project(float(r[places.x]), float(r[places.y]))
        for r in found
    ]
    sizes = [float(r[measure] or 0) for r in found] if measure else []
    largest = max((abs(s) for s in sizes), default=0.0) or 1.0
    figure.add_scatter(
        x=[x for x, _ in plane],
        y=[y for _, y in plane],
        mode="markers",
        marker={
            "size": [5 + 17 * (abs(s) / largest) ** 0.5 for s in sizes] if sizes else 7,
            "color": PALETTES[theme].rungs["registered"].colour,
            "opacity": 0.75,
            "line": {"color": PALETTES[theme].background, "width": 1},
        },
        text=["<br>".join(f"{k}: {v}" for k, v in list(r.items())[:8]) for r in found],
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )
