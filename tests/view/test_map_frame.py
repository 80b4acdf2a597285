"""A map is zoomed to the partners asked for: none of them lies outside, and no point is lost or drawn twice."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
from hypothesis import given
from hypothesis import strategies as st

from queries.warehouse import current
from view.map_frame import zoomed
from view.texts import texts
from view.world_map import bounds_of, world_map


@lru_cache
def shapes_of(warehouse_dir: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = current(warehouse_dir).run("map_shapes").to_pylist()
    return found


def markers(figure: go.Figure) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.mode == "markers"]


@given(data=st.data())
def test_every_partner_asked_for_is_within_its_drawing_and_no_point_is_lost(
    warehouse_dir: Path, data: st.DataObject
) -> None:
    shapes = shapes_of(warehouse_dir)
    partners = {s["iso3"]: s for s in shapes if s["kind"] == "partner"}
    codes = data.draw(st.sets(st.sampled_from(sorted(partners)), min_size=1))
    figure = zoomed(world_map(shapes, texts("en"), "light"), shapes, codes)
    drawn = [
        (code, trace.xaxis or "x", x)
        for trace in markers(figure)
        for (code,), x in zip(trace.customdata, trace.x, strict=True)
    ]
    assert sorted(code for code, _, _ in drawn) == sorted(partners)
    for code, axis, _ in drawn:
        if code in codes:
            across, up = (figure.layout[name + axis[1:]] for name in ("xaxis", "yaxis"))
            west, east, south, north = bounds_of([partners[code]])
            assert across.range[0] <= west <= east <= across.range[1]
            assert up.range[0] <= south <= north <= up.range[1]


def test_without_any_partner_asked_for_all_are_shown(warehouse_dir: Path) -> None:
    shapes = shapes_of(warehouse_dir)
    whole = world_map(shapes, texts("en"), "light")
    every = {s["iso3"] for s in shapes if s["kind"] == "partner"}
    some, none = (zoomed(go.Figure(whole), shapes, codes) for codes in (every, set()))
    assert some.layout == none.layout
