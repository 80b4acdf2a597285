"""A chart of any result: which kind fits the types of its columns, and the figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go
import pyarrow as pa
import pyarrow.types as pt

from view.marks.figure import Figure
from view.texts import Texts
from view.theme import PALETTES, TEMPLATES, ThemeName

Kind = Literal["line", "area", "bar", "scatter"]
Role = Literal["number", "time", "word", "other"]

KINDS: tuple[Kind, ...] = ("line", "area", "bar", "scatter")
SERIES_AT_MOST = 12
BARS_AT_MOST = 60
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
_YEARS = ("year", "fiscal_year", "fy")


@dataclass(frozen=True)
class Choice:
    """A chart: its kind and the columns for both axes and the colour."""

    kind: Kind
    x: str
    y: str
    series: str | None = None


def role_of(name: str, arrow_type: pa.DataType) -> Role:
    """What a column can be used for. A number whose name says that it is a year is time."""
    if pt.is_integer(arrow_type) and (name in _YEARS or name.endswith("_year") or name.startswith("fy_")):
        return "time"
    if pt.is_integer(arrow_type) or pt.is_floating(arrow_type) or pt.is_decimal(arrow_type):
        return "number"
    if pt.is_temporal(arrow_type):
        return "time"
    if pt.is_string(arrow_type) or pt.is_large_string(arrow_type) or pt.is_boolean(arrow_type):
        return "word"
    return "other"


def roles_of(table: pa.Table) -> dict[str, Role]:
    """Role of each column."""
    return {field.name: role_of(field.name, field.type) for field in table.schema}


def proposed(table: pa.Table) -> Choice | None:
    """The chart that fits: a line over time, bars over words, points over two numbers; None where nothing is a number."""
    roles = roles_of(table)
    numbers = [n for n, r in roles.items() if r == "number"]
    times = [n for n, r in roles.items() if r == "time"]
    words = [n for n, r in roles.items() if r == "word"]
    if not numbers or not table.num_rows:
        return None
    # The last number is most often what was asked for, unless one is named as tonnes.
    y = next((n for n in numbers if n.endswith("tco2")), numbers[-1])
    few = [w for w in words if len(set(table.column(w).to_pylist())) <= SERIES_AT_MOST]
    if times:
        is_one_each = len(set(table.column(times[0]).to_pylist())) == table.num_rows
        return Choice("line", times[0], y, None if is_one_each or not few else few[0])
    if words:
        return Choice("bar", words[0], y, None)
    if len(numbers) > 1:
        return Choice("scatter", next(n for n in numbers if n != y), y, None)
    return None


def chart(table: pa.Table, choice: Choice, names: Mapping[str, str], t: Texts, theme: ThemeName) -> go.Figure:
    """The figure; `names` are the meanings of columns, for the axes."""
    palette = PALETTES[theme]
    figure = Figure(layout={"template": TEMPLATES[theme], "meta": theme})
    groups = _groups(table, choice)
    rungs = palette.rungs
    colours = _colours(theme)
    if all(name in rungs for name, _, _ in groups):
        colours = [rungs[str(name)].colour for name, _, _ in groups]
    for i, (name, xs, ys) in enumerate(groups):
        colour, dash = colours[i % len(colours)], _DASHES[i // len(colours) % len(_DASHES)]
        text = t("not known") if name is None else str(name)
        if choice.kind == "bar":
            figure.add_bar(x=xs, y=ys, name=text, marker={"color": colour})
        elif choice.kind == "scatter":
            marker = {
                "color": colour,
                "size": 8,
                "opacity": 0.8,
                "line": {"width": 0.5, "color": palette.background},
            }
            figure.add_scatter(x=xs, y=ys, name=text, mode="markers", marker=marker)
        else:
            figure.add_scatter(
                x=xs,
                y=ys,
                name=text,
                mode="lines+markers" if len(xs) < 40 else "lines",
                line={"color": colour, "dash": dash, "width": 2},
                marker={"size": 5},
                stackgroup="all" if choice.kind == "area" else None,
            )
    figure.update_layout(
        showlegend=choice.series is not None,
        barmode="stack",
        bargap=0.25,
        hovermode="closest" if choice.kind == "scatter" else "x unified",
        xaxis={"title": {"text": _titled(choice.x, names)}, "type": _axis_type(table, choice)},
        yaxis={"title": {"text": _titled(choice.y, names)}, "tickformat": ",~f"},
        margin={"t": 10, "b": 10},
    )
    return figure


def drawn_rows(table: pa.Table, choice: Choice) -> int:
    """Rows that the chart draws: bars stop where they could not be distinguished."""
    rows = int(table.num_rows)
    return min(rows, BARS_AT_MOST) if choice.kind == "bar" and choice.series is None else rows


def _axis_type(table: pa.Table, choice: Choice) -> str:
    role = roles_of(table)[choice.x]
    if choice.kind == "bar" or role in {"word", "other"}:
        return "category"
    return "date" if pt.is_temporal(table.schema.field(choice.x).type) else "linear"


def _titled(column: str, names: Mapping[str, str]) -> str:
    meaning = names.get(column, "")
    return f"{column}: {meaning[:60]}" if meaning else column


def _groups(table: pa.Table, choice: Choice) -> list[tuple[object, list[object], list[object]]]:
    rows = table.slice(0, drawn_rows(table, choice))
    xs, ys = rows.column(choice.x).to_pylist(), rows.column(choice.y).to_pylist()
    if choice.series is None:
        return [(choice.y, xs, ys)]
    found: dict[object, tuple[list[object], list[object]]] = {}
    for value, x, y in zip(rows.column(choice.series).to_pylist(), xs, ys, strict=True):
        group = found.setdefault(value, ([], []))
        group[0].append(x)
        group[1].append(y)
    return [(value, *group) for value, group in found.items()]


def _colours(theme: ThemeName) -> Sequence[str]:
    rungs = PALETTES[theme].rungs
    return (
        rungs["registered"].colour,
        rungs["notified"].colour,
        PALETTES[theme].target,
        rungs["itmo"].colour,
        rungs["validation"].colour,
        PALETTES[theme].muted,
    )
