"""Zooms a map of the world to where partners are; those beyond an ocean stand in a second drawing beside the first."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from view.marks.figure import Figure
from view.world_map import Rows, bounds_of

View = tuple[float, float, float, float]
"""West, east, south and north, km."""
Mask = npt.NDArray[np.bool_]

OCEAN_KM = 4_000.0
"""From this breadth on, the widest empty stretch between two partners is left out of the map."""
MARGIN_KM = 350.0
_BETWEEN = 0.02
"""Room between the two drawings, as a part of the figure."""


def zoomed(figure: go.Figure, shapes: Rows, codes: Collection[str]) -> go.Figure:
    """The figure of `world_map` zoomed to the partners of these codes; to all of them where none is among them."""
    partners = [s for s in shapes if s["kind"] == "partner"]
    boxes = sorted(bounds_of([s]) for s in [p for p in partners if p["iso3"] in codes] or partners)
    groups = _groups(boxes)
    if len(groups) == 1:
        west, east, south, north = _around(groups[0])
        figure.update_layout(xaxis={"range": [west, east]}, yaxis={"range": [south, north]})
        return figure
    border = (max(east for _, east, _, _ in groups[0]) + groups[1][0][0]) / 2
    views = [_around(group) for group in groups]
    shares = [(east - west) / (north - south) for west, east, south, north in views]
    middle = (1 - _BETWEEN) * shares[0] / sum(shares)
    traces = []
    for trace in figure.data:
        parts = [_part(trace, view, border, is_second=n == 1) for n, view in enumerate(views)]
        if parts[0] and parts[1]:
            parts[1].showlegend = False
        traces += [part for part in parts if part]
    beside = Figure(data=traces, layout=figure.layout)
    (west, east, south, north), (west2, east2, south2, north2) = views
    beside.update_layout(
        xaxis={"range": [west, east], "domain": [0, middle]},
        yaxis={"range": [south, north]},
        xaxis2={
            **_settings(figure.layout.xaxis),
            "range": [west2, east2],
            "domain": [middle + _BETWEEN, 1],
            "anchor": "y2",
        },
        yaxis2={
            **_settings(figure.layout.yaxis),
            "range": [south2, north2],
            "anchor": "x2",
            "scaleanchor": "x2",
        },
    )
    line = {"color": figure.layout.modebar.color, "width": 1, "dash": "dot"}
    at = middle + _BETWEEN / 2
    beside.add_shape(type="line", xref="paper", yref="paper", x0=at, x1=at, y0=0, y1=1, line=line)
    return beside


def _settings(axis: Any) -> dict[str, Any]:  # noqa: ANN401 - an axis of Plotly
    found: dict[str, Any] = axis.to_plotly_json()
    return found


def _groups(boxes: Sequence[View]) -> list[Sequence[View]]:
    """The boxes, west first, in two groups where the widest empty stretch between them is an ocean."""
    reach = np.maximum.accumulate([east for _, east, _, _ in boxes])
    gaps = [after[0] - far for far, (_, after) in zip(reach, pairwise(boxes), strict=False)]
    if not gaps or max(gaps) < OCEAN_KM:
        return [boxes]
    at = gaps.index(max(gaps)) + 1
    return [boxes[:at], boxes[at:]]


def _around(boxes: Sequence[View]) -> View:
    wests, easts, souths, norths = zip(*boxes, strict=True)
    return (
        min(wests) - MARGIN_KM,
        max(easts) + MARGIN_KM,
        min(souths) - MARGIN_KM,
        max(norths) + MARGIN_KM,
    )


def _part(trace: go.Scatter, view: View, border: float, *, is_second: bool) -> go.Scatter | None:
    """What of a trace one of the drawings shows: rings that reach into its view, points on its side of the border."""
    x, y = (np.asarray(values, dtype=np.float64) for values in (trace.x, trace.y))
    kept = _rings_within(x, y, view) if trace.fill == "toself" else (x > border) == is_second
    if not kept.any():
        return None
    settings: dict[str, Any] = _taken(trace.to_plotly_json(), kept)
    if is_second:
        settings |= {"xaxis": "x2", "yaxis": "y2"}
    return go.Scatter(settings)


def _rings_within(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], view: View) -> Mask:
    """The points of the rings, each ended by a gap, whose box overlaps the view."""
    west, east, south, north = view
    starts = np.flatnonzero(np.r_[True, np.isnan(x)[:-1]])
    is_in = (
        (np.fmax.reduceat(x, starts) >= west)
        & (np.fmin.reduceat(x, starts) <= east)
        & (np.fmax.reduceat(y, starts) >= south)
        & (np.fmin.reduceat(y, starts) <= north)
    )
    return np.repeat(is_in, np.diff(np.r_[starts, len(x)]))


def _taken(value: Any, kept: Mask) -> Any:  # noqa: ANN401 - any setting of a trace
    """The same settings with the kept entries of every list that has one for each point."""
    if isinstance(value, Mapping):
        return {key: _taken(one, kept) for key, one in value.items()}
    if isinstance(value, np.ndarray) and len(value) == len(kept):
        return value[kept]
    if isinstance(value, list | tuple) and len(value) == len(kept):
        return [one for one, is_kept in zip(value, kept, strict=True) if is_kept]
    return value
