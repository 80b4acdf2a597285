"""Maps on plain axes: one land shape, partner countries, hatched disputed areas, places. Nothing is fetched.

The shapes come projected from the warehouse (Equal Earth about 150°E, kilometres), so a map is a set of filled lines on
axes of equal scale and looks the same on the page, in print and in a downloaded file.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from view.marks.figure import Figure
from view.stated_words import stated
from view.texts import Texts
from view.theme import PALETTES, TEMPLATES, ThemeName

Rows = Sequence[Mapping[str, Any]]
Line = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]

WORLD = (-16_300.0, 14_600.0, -6_700.0, 7_300.0)
"""West, east, south and north of the map of the world, km: every partner lies within."""
SMALLEST_VIEW_KM = 900.0
MAP_CONFIG: Mapping[str, object] = {
    "displayModeBar": True,
    "modeBarButtons": [["pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d"]],
}
"""A map has buttons to move and to zoom; the wheel and the finger keep scrolling the page."""
_RING = re.compile(r"\(([-\d][-\d. ,]*)\)")
_SYMBOLS = {"site": "circle", "town": "circle", "province": "circle-open", "country": "diamond-open"}


@lru_cache(maxsize=128)
def outline(wkt: str) -> Line:
    """Rings of a shape as one line with gaps, km."""
    xs: list[npt.NDArray[np.float32]] = []
    ys: list[npt.NDArray[np.float32]] = []
    gap = np.array([np.nan], np.float32)
    for ring in _RING.findall(wkt):
        points = np.array([pair.split() for pair in ring.split(",")], np.float32)
        xs += [points[:, 0], gap]
        ys += [points[:, 1], gap]
    return np.concatenate(xs), np.concatenate(ys)


def joined(wkts: Iterable[str]) -> Line:
    """Several shapes as one line."""
    lines = [outline(wkt) for wkt in wkts]
    return np.concatenate([x for x, _ in lines]), np.concatenate([y for _, y in lines])


def world_map(
    shapes: Rows,
    t: Texts,
    theme: ThemeName,
    *,
    colours: Mapping[str, str] | None = None,
    patterns: Mapping[str, str] | None = None,
    hover: Mapping[str, str] | None = None,
) -> go.Figure:
    """The world with every partner: `colours`, `patterns` (Plotly's fill patterns) and `hover` by ISO 3166-1 alpha-3.

    Every partner has a marker, so that small islands are seen and each can be pointed at; its customdata is
    the code.
    """
    palette = PALETTES[theme]
    figure = _base(shapes, theme)
    partners = [s for s in shapes if s["kind"] == "partner"]
    usual = _partner_colour(theme)
    kinds: dict[tuple[str, str], list[str]] = {}
    for shape in partners:
        code = shape["iso3"]
        key = ((colours or {}).get(code, usual), (patterns or {}).get(code, ""))
        kinds.setdefault(key, []).append(shape["outline"])
    for (colour, pattern), wkts in kinds.items():
        figure.add_trace(_filled(joined(wkts), colour, pattern, theme))
    _add_disputed(figure, shapes, theme)
    names = {s["iso3"]: t.country(s["iso3"]) for s in partners}
    figure.add_scatter(
        x=[s["label_x"] for s in partners],
        y=[s["label_y"] for s in partners],
        mode="markers",
        marker={
            "size": 9,
            "color": [(colours or {}).get(s["iso3"], usual) for s in partners],
            "line": {"color": palette.ink, "width": 1},
        },
        customdata=[[s["iso3"]] for s in partners],
        text=[(hover or {}).get(s["iso3"], names[s["iso3"]]) for s in partners],
        hovertemplate="%{text}<extra></extra>",
        name=t("Partner countries"),
        showlegend=False,
    )
    _frame(figure, theme, WORLD)
    return figure


def country_map(shapes: Rows, iso3: str, sites: Rows, t: Texts, theme: ThemeName) -> go.Figure:
    """One country with the places of its projects; how exact a place is shows in its symbol.

    `sites` have map_x, map_y, precision, place_text and project_id. A country without a shape is framed by its sites.
    """
    palette = PALETTES[theme]
    figure = _base(shapes, theme)
    own = [s for s in shapes if s["kind"] == "partner" and s["iso3"] == iso3]
    figure.add_trace(
        _filled(joined(s["outline"] for s in own), _partner_colour(theme), "", theme)
    ) if own else None
    _add_disputed(figure, shapes, theme)
    placed = [s for s in sites if s["map_x"] is not None and s["precision"] != "country"]
    for precision, name in precision_names(t).items():
        some = [s for s in placed if s["precision"] == precision]
        if some:
            figure.add_scatter(
                x=[s["map_x"] for s in some],
                y=[s["map_y"] for s in some],
                mode="markers",
                marker={
                    "size": 9,
                    "symbol": _SYMBOLS[precision],
                    "color": palette.rungs["registered"].colour,
                    "line": {
                        "color": palette.background
                        if precision in {"site", "town"}
                        else palette.rungs["registered"].colour,
                        "width": 1.5,
                    },
                },
                customdata=[[s["project_id"]] for s in some],
                text=[f"{s['project_id']} · {stated(s['place_text'] or '', t)}" for s in some],
                hovertemplate="%{text}<extra></extra>",
                name=name,
            )
    _frame(figure, theme, _view_of(own, placed))
    figure.update_layout(showlegend=bool(placed))
    return figure


def precision_names(t: Texts) -> dict[str, str]:
    """How exact a place is, from the most exact to the least."""
    return {
        "site": t("Site"),
        "town": t("Town or district"),
        "province": t("Province"),
        "country": t("Country only"),
    }


def border_note(t: Texts) -> str:
    """Source and policy of the borders, shown with every map."""
    return t(
        "Outlines: UN geodata as shipped with plotly.js. Boundaries and names shown do not imply official endorsement or"
        " acceptance; disputed areas are neutral and hatched, and borders between other countries are not drawn"
    )


def _base(shapes: Rows, theme: ThemeName) -> go.Figure:
    figure = Figure()
    for shape in shapes:
        if shape["kind"] == "land":
            figure.add_trace(_filled(outline(shape["outline"]), _land_colour(theme), "", theme, width=0))
    return figure


def _add_disputed(figure: go.Figure, shapes: Rows, theme: ThemeName) -> None:
    wkts = [s["outline"] for s in shapes if s["kind"] == "disputed"]
    if wkts:
        figure.add_trace(_filled(joined(wkts), _land_colour(theme), "/", theme))


def _filled(line: Line, colour: str, pattern: str, theme: ThemeName, *, width: float = 0.7) -> go.Scatter:
    palette = PALETTES[theme]
    fill: dict[str, object] = {}
    if pattern:
        fill = {
            "fillpattern": {
                "shape": pattern,
                "size": 5,
                "solidity": 0.25,
                "fgcolor": palette.muted,
                "bgcolor": colour,
                "fillmode": "replace",
            }
        }
    return go.Scatter(
        x=line[0],
        y=line[1],
        mode="lines",
        line={"width": width, "color": palette.background},
        fill="toself",
        fillcolor=colour,
        hoverinfo="skip",
        showlegend=False,
        **fill,
    )


def _land_colour(theme: ThemeName) -> str:
    return "#e3e7eb" if theme == "light" else "#27313b"


def _partner_colour(theme: ThemeName) -> str:
    return "#bcd3e4" if theme == "light" else "#3d5c77"


def bounds_of(shapes: Rows) -> tuple[float, float, float, float]:
    """West, east, south and north of the outlines, km."""
    x, y = joined(s["outline"] for s in shapes)
    return float(np.nanmin(x)), float(np.nanmax(x)), float(np.nanmin(y)), float(np.nanmax(y))


def _view_of(shapes: Rows, sites: Rows) -> tuple[float, float, float, float]:
    """West, east, south, north around a country and its sites."""
    xs = [s["map_x"] for s in sites]
    ys = [s["map_y"] for s in sites]
    if shapes:
        west, east, south, north = bounds_of(shapes)
        xs += [west, east]
        ys += [south, north]
    if not xs:
        return WORLD
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    half = max((max(xs) - min(xs)) / 2, (max(ys) - min(ys)) / 2, SMALLEST_VIEW_KM / 2) * 1.12
    return middle[0] - half, middle[0] + half, middle[1] - half, middle[1] + half


def _frame(figure: go.Figure, theme: ThemeName, view: tuple[float, float, float, float]) -> None:
    west, east, south, north = view
    hidden = {"visible": False, "showgrid": False, "zeroline": False}
    figure.update_layout(
        template=TEMPLATES[theme],
        hovermode="closest",
        dragmode=False,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={**hidden, "range": [west, east], "constrain": "domain"},
        yaxis={
            **hidden,
            "range": [south, north],
            "scaleanchor": "x",
            "constrain": "domain",
            "rangemode": "normal",
        },
        legend={"orientation": "h", "x": 0, "y": 0, "yanchor": "bottom"},
        modebar={
            "bgcolor": "rgba(0,0,0,0)",
            "color": PALETTES[theme].muted,
            "activecolor": PALETTES[theme].ink,
            "orientation": "h",
        },
    )
