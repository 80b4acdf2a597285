"""Figures of the paper and the web edition as SVG, drawn by Matplotlib without a browser; texts stay texts.

Hatches, dashes and markers distinguish the series in black and white.
"""

import math
import re
from functools import lru_cache
from io import StringIO
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from exports.briefing.document import Chart, Series
from exports.briefing.figures import axis_words, label_of
from exports.briefing.fonts import family, width
from view.texts import Texts
from view.theme import LIGHT

WIDTH_INCHES = 6.9
POINTS = 8.0
"""Size of every text of a figure: none on paper is smaller."""
_HEIGHTS = {"columns": 2.75, "lines": 2.45, "bars": 0.0}
_HATCHES = {"/": "////", "\\": "\\\\\\\\", "x": "xxxx", ".": "....", "": ""}
_DASHES = {"solid": "-", "dash": (0, (5, 2)), "dot": (0, (1.2, 1.6)), "dashdot": (0, (5, 2, 1, 2))}
_EXTRA = {
    "target": (LIGHT.target, "", "dot"),
    "gap": (LIGHT.target, "", "dot"),
    "middle": (LIGHT.rungs["registered"].colour, "", "solid"),
    "range": (LIGHT.rungs["validation"].colour, "", "dash"),
}
_EDGE: dict[str, Any] = {"edgecolor": "white", "linewidth": 0.3}
_LABELLED_EVERY = 5
COLOURS = {
    "ink": LIGHT.ink,
    "muted": LIGHT.muted,
    "line": LIGHT.grid,
    "panel": LIGHT.panel,
    "accent": LIGHT.rungs["registered"].colour,
}
"""Colours of the paper and the web page, beside those of the figures."""


def style_of(series: Series) -> tuple[str, str, str]:
    """Colour, hatch and dash of a series."""
    if series.style in _EXTRA:
        return _EXTRA[series.style]
    rung = LIGHT.rungs[series.style]
    if series.is_high:
        return _lighter(rung.colour), "", "dot"
    return rung.colour, rung.pattern, rung.dash


def _lighter(colour: str) -> str:
    """A colour of the palette half-way to white."""
    return "#" + "".join(f"{(int(colour[i : i + 2], 16) + 255) // 2:02x}" for i in (1, 3, 5))


@lru_cache(maxsize=64)
def svg(chart: Chart, t: Texts, part: float = 1.0) -> str:
    """The figure as an SVG element, `part` of its usual height. The same chart makes the same bytes."""
    rows = len(chart.categories) * max(1, beside_each_other(chart))
    height = _HEIGHTS[chart.kind] * part or 0.5 + 0.2 * rows + (0.3 if len(chart.series) > 1 else 0)
    with mpl.rc_context(_settings()):
        figure = Figure(figsize=(WIDTH_INCHES, height), layout="constrained")
        axes = figure.subplots()
        {"columns": _columns, "bars": _bars, "lines": _lines}[chart.kind](axes, chart, t)
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[["left", "bottom"]].set_color(LIGHT.muted)
        axes.tick_params(colors=LIGHT.ink, labelsize=POINTS, length=2.5, color=LIGHT.muted)
        out = StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    return re.sub(r"\s*\n\s*", "\n", text[text.index("<svg") :])


def _settings() -> Any:  # noqa: ANN401 - the library names every key
    chosen = family()
    for path in {chosen.regular, chosen.bold}:
        if path not in _known:
            font_manager.fontManager.addfont(str(path))
            _known.add(path)
    return {
        "svg.fonttype": "none",
        "svg.hashsalt": "jcm",
        "font.family": [chosen.name, "DejaVu Sans"],
        "font.size": POINTS,
        "hatch.linewidth": 0.7,
        "hatch.color": "white",
        "axes.axisbelow": True,
        "text.color": LIGHT.ink,
    }


_known: set[object] = set()


def beside_each_other(chart: Chart) -> int:
    """Bars side by side in a group: series with values in the same category."""
    return max(
        (
            sum(one.values[i] is not None for one in chart.series if not one.is_high)
            for i in range(len(chart.categories))
        ),
        default=1,
    )


def _number(t: Texts) -> FuncFormatter:
    def write(value: float, _position: int | None) -> str:
        decimals = 0 if abs(value) >= 10 or value == int(value) else 1 if abs(value) >= 1 else 2
        return t.number(value, decimals)

    return FuncFormatter(write)


def axis_format(chart: Chart) -> str:
    """Numbers of the value axis: no more digits than its steps have, and no point without any."""
    highest = max((v for one in chart.series for v in chart.shown(one) if v is not None), default=0.0)
    decimals = 0 if highest >= 10 else 1 if highest >= 1 else 2
    return f"#,##0.{'0' * decimals}".rstrip(".")


def label_format(chart: Chart) -> str:
    """Numbers beside bars, rounded as the texts round them; what is small keeps two digits that count."""
    values = [v for one in chart.series for v in chart.shown(one) if v]
    decimals = min(6, max(2, 1 - math.floor(math.log10(min(values, default=1.0)))))
    rest = f"0.00{'#' * (decimals - 2)}"
    # A format has room for two conditions.
    if max(values, default=0.0) >= 100:
        return f"[>=100]#,##0;[>=1]#,##0.0;{rest}"
    return f"[>=1]#,##0.0;[>=0.1]0.00;{rest}"


def _value_axis(axes: Axes, chart: Chart, t: Texts) -> None:
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(_number(t))
    axes.set_ylabel(axis_words(chart, t), fontsize=POINTS, color=LIGHT.muted)
    axes.grid(axis="y", color=LIGHT.grid, linewidth=0.6)
    axes.set_ylim(bottom=0)


def _year_axis(axes: Axes, chart: Chart) -> None:
    last = len(chart.categories) - 1
    step = _LABELLED_EVERY if last > 12 else 1
    # The last year of a long series is a target year, so labels are counted from the end.
    at = sorted(range(last, -1, -step))
    axes.set_xticks(at, [chart.categories[i] for i in at])
    axes.set_xlim(-0.7, last + 0.7)


def _legend(axes: Axes, columns: int) -> None:
    """Above the figure, in as many columns as have room."""
    names = axes.get_legend_handles_labels()[1]
    widest = max((width(name, POINTS) for name in names), default=0.0) + 4.2 * POINTS
    columns = max(1, min(columns, int(WIDTH_INCHES * 72 * 0.9 / widest)))
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=columns,
        frameon=False,
        fontsize=POINTS,
        handlelength=1.8,
        columnspacing=1.4,
        borderaxespad=0.2,
    )


def _columns(axes: Axes, chart: Chart, t: Texts) -> None:
    below = [0.0] * len(chart.categories)
    for one in chart.series:
        colour, pattern, _ = style_of(one)
        values = [v or 0.0 for v in chart.shown(one)]
        # What is short of a target has an outline alone, and only where something is short.
        is_gap = one.style == "gap"
        at = [i for i, value in enumerate(values) if value or not is_gap]
        look = (
            {"facecolor": "none", "edgecolor": colour, "linewidth": 0.9, "linestyle": (0, (2, 1.5))}
            if is_gap
            else {"facecolor": colour, "hatch": _HATCHES[pattern], **_EDGE}
        )
        bottoms = [below[i] for i in at]
        axes.bar(at, [values[i] for i in at], bottom=bottoms, width=0.78, label=one.name, **look)
        below = [a + b for a, b in zip(below, values, strict=True)]
        for i in at if is_gap else ():
            look = {"ha": "center", "fontsize": POINTS, "fontweight": "bold", "color": LIGHT.target}
            _label(axes, label_of(below[i], t), (i, below[i]), (0, 2), **look)
    axes.margins(y=0.1)
    _value_axis(axes, chart, t)
    _year_axis(axes, chart)
    _legend(axes, 4)


def _bars(axes: Axes, chart: Chart, t: Texts) -> None:
    size = len(chart.categories)
    rows = beside_each_other(chart)
    thick = 0.68 / rows
    number = 0
    for one in chart.series:
        colour, pattern, _ = style_of(one)
        shift = (number - (rows - 1) / 2) * thick if rows > 1 else 0.0
        first = next((i for i, v in enumerate(one.values) if v is not None), -1)
        for i, value in enumerate(chart.shown(one)):
            if value is None:
                continue
            axes.barh(
                i + shift,
                value,
                height=thick,
                facecolor=colour,
                hatch=_HATCHES[pattern],
                label=one.name if i == first else None,
                **_EDGE,
            )
            if not one.is_high:  # the name of the group has the high end
                _label(axes, label_of(value, t), (value, i + shift), (3, 0), va="center", fontsize=POINTS)
        number += not one.is_high
    axes.set_yticks(range(size), chart.categories)
    axes.set_ylim(size - 0.45, -0.55)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(_number(t))
    axes.set_xlabel(axis_words(chart, t), fontsize=POINTS, color=LIGHT.muted)
    axes.grid(axis="x", color=LIGHT.grid, linewidth=0.6)
    axes.margins(x=0.12)
    axes.set_xlim(left=0)
    if len(chart.series) > 1:
        _legend(axes, 3)


def _label(
    axes: Axes,
    text: str,
    place: tuple[float, float],
    shift: tuple[float, float],
    **look: Any,  # noqa: ANN401
) -> None:
    """Writes a value beside its place; `shift` in points."""
    axes.annotate(text, place, xytext=shift, textcoords="offset points", **look)


def _lines(axes: Axes, chart: Chart, t: Texts) -> None:
    for one in chart.series:
        colour, _, dash = style_of(one)
        values = [float("nan") if v is None else v for v in chart.shown(one)]
        if one.is_marks:
            axes.plot(range(len(values)), values, "D", color=colour, markersize=5.5, label=one.name, zorder=5)
            look = {"ha": "right", "va": "center", "fontsize": POINTS, "fontweight": "bold", "color": colour}
            for i, value in enumerate(chart.shown(one)):
                if value is not None:
                    _label(axes, label_of(value, t), (i, value), (-7, 0), **look)
            continue
        thick = 2.0 if one.style == "middle" else 0.9 if one.is_high else 1.5
        axes.plot(
            range(len(values)), values, linestyle=_DASHES[dash], color=colour, linewidth=thick, label=one.name
        )
    ranges = [chart.shown(one) for one in chart.series if one.style == "range"]
    if len(ranges) == 2:
        high, low = ([v or 0.0 for v in some] for some in ranges)
        axes.fill_between(
            range(len(high)), low, high, color=LIGHT.rungs["validation"].colour, alpha=0.16, linewidth=0
        )
    _value_axis(axes, chart, t)
    _year_axis(axes, chart)
    _legend(axes, 4)
