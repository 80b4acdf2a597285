"""Figures as inline SVG, wide and for a telephone: texts stay texts, and colours are those of the style sheet.

Drawn here and not by Matplotlib: a page has a figure in two widths and two themes, and a site thousands of them.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from exports.briefing.document import Chart, Series
from exports.briefing.figures import axis_words, label_of
from view.picture import text_width, wrapped
from view.texts import Texts
from view.theme import LIGHT

HATCHED = frozenset({"pipeline", "issued", "japan", "itmo"})
"""Series whose areas have a pattern of the page (`patterns`)."""
_EM = 0.56
"""Mean width of a Latin letter over the size of its font."""
_DASHES = {"solid": "", "dash": "6 3", "dot": "1.5 2.5", "dashdot": "6 3 1.5 3"}
_TURNS = {"pipeline": 45, "issued": -45, "japan": 45, "itmo": 0}
Scale = tuple[float, list[float]]
"""The highest value of an axis and the values with a line."""


@dataclass(frozen=True)
class _Form:
    """Measures of a form, px: the lines of the axis have `left` px for their words, a group of bars `names` px."""

    name: str
    width: int
    height: int
    font: float
    left: int
    names: int
    year_room: float


_FORMS = (_Form("wide", 760, 300, 13, 48, 230, 62), _Form("phone", 350, 260, 12, 42, 0, 56))


def drawn(chart: Chart, t: Texts) -> Markup:
    """The figure with its key, in both forms; the style sheet shows the one that the window has room for."""
    draw = {"columns": _columns, "bars": _bars, "lines": _lines}[chart.kind]
    pictures = Markup("").join(_svg(draw, chart, form, t) for form in _FORMS)
    unit = Markup('<p class="unit">{}</p>').format(axis_words(chart, t))
    return Markup('<figure class="chart">{}{}{}</figure>').format(_key(chart), unit, pictures)


def patterns() -> Markup:
    """The patterns of hatched areas, once a page."""
    found = Markup("").join(
        Markup(
            '<pattern id="h-{0}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate({1})">'
            '<rect width="6" height="6" fill="var(--{0})"/>{2}</pattern>'
        ).format(name, turn, _marks(name))
        for name, turn in _TURNS.items()
    )
    return Markup(
        '<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>{}</defs></svg>'
    ).format(found)


def _marks(name: str) -> Markup:
    line = Markup('<path d="{}" stroke="var(--ground)" stroke-width="1.5"/>')
    if name == "itmo":
        return Markup('<circle cx="3" cy="3" r="1.2" fill="var(--ground)"/>')
    return line.format("M0 0V6M0 0H6" if name == "japan" else "M0 0V6")


def _svg(draw: object, chart: Chart, form: _Form, t: Texts) -> Markup:
    parts, height = draw(chart, form, t)  # type: ignore[operator]
    return Markup(
        '<svg class="{}" viewBox="0 0 {} {:.0f}" width="{}" height="{:.0f}" font-size="{:g}" role="img"'
        ' aria-label="{}">{}</svg>'
    ).format(form.name, form.width, height, form.width, height, form.font, chart.alt, Markup("").join(parts))


def _key(chart: Chart) -> Markup:
    """What each colour means; nothing for one series alone."""
    if len(chart.series) < 2:
        return Markup("")
    kind = "line" if chart.kind == "lines" else "area"
    signs = Markup("").join(
        Markup('<li><i class="sign {}-{}{}"></i>{}</li>').format(
            "mark" if one.is_marks else kind, one.style, " is-high" if one.is_high else "", one.name
        )
        for one in chart.series
    )
    return Markup('<ul class="key">{}</ul>').format(signs)


def _look(one: Series) -> Markup:
    """How an area of a series is filled."""
    if one.style == "gap":
        return Markup(' class="gap"')
    if one.is_high:
        return Markup(' fill="var(--{})" opacity=".45"').format(one.style)
    paint = f"url(#h-{one.style})" if one.style in HATCHED else f"var(--{one.style})"
    return Markup(' fill="{}"').format(paint)


def _scale(highest: float, steps: int = 5) -> Scale:
    """A round end of the axis at or above the highest value, and about so many lines."""
    if highest <= 0:
        return 1.0, [0.0, 1.0]
    rough = highest / steps
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= rough * 0.999)
    count = math.ceil(highest / step - 1e-9)
    return step * count, [step * i for i in range(count + 1)]


def _written(value: float, t: Texts) -> str:
    decimals = 0 if abs(value) >= 10 or value == int(value) else 1 if abs(value) >= 1 else 2
    if decimals and round(value, decimals) != round(value, 6):
        decimals += 1
    return t.number(value, decimals)


def _text(x: float, y: float, words: str, css: str = "", anchor: str = "") -> Markup:
    look = Markup(' class="{}"').format(css) if css else Markup("")
    place = Markup(' text-anchor="{}"').format(anchor) if anchor else Markup("")
    return Markup('<text x="{:.1f}" y="{:.1f}"{}{}>{}</text>').format(x, y, look, place, words)


def _frame(chart: Chart, form: _Form, scale: Scale, t: Texts) -> tuple[list[Markup], float, float, float]:
    """Lines and years of a figure over time; then its top, the height of its area and the width of a year."""
    top, last, room = form.font, scale[0], form.height - form.font * 3.2
    width = (form.width - form.left - 4) / len(chart.categories)
    parts = []
    for value in scale[1]:
        y = top + room * (1 - value / last)
        parts.append(Markup('<path class="rule" d="M{} {:.1f}H{}"/>').format(form.left, y, form.width))
        parts.append(_text(form.left - 6, y + form.font * 0.35, _written(value, t), "muted", "end"))
    step = max(1, math.ceil(form.year_room / width))
    # Counted from the end: the last year of a long series is a target year.
    for i in range(len(chart.categories) - 1, -1, -step):
        x = form.left + width * (i + 0.5)
        half = text_width(chart.categories[i]) * form.font * _EM / 2
        x = min(max(x, half), form.width - half)
        parts.append(_text(x, top + room + form.font * 1.5, chart.categories[i], "", "middle"))
    return parts, top, room, width


def _columns(chart: Chart, form: _Form, t: Texts) -> tuple[list[Markup], float]:
    shown = [[v or 0.0 for v in chart.shown(one)] for one in chart.series]
    sums = [sum(values) for values in zip(*shown, strict=True)]
    scale = _scale(max(sums, default=0.0))
    parts, top, room, width = _frame(chart, form, scale, t)
    below = [0.0] * len(sums)
    for one, values in zip(chart.series, shown, strict=True):
        path = []
        for i, value in enumerate(values):
            if value:
                x = form.left + width * (i + 0.12)
                y = top + room * (1 - (below[i] + value) / scale[0])
                tall = room * value / scale[0]
                path.append(f"M{x:.1f} {y:.2f}h{width * 0.76:.1f}v{tall:.2f}h-{width * 0.76:.1f}z")
                below[i] += value
        parts.append(Markup('<path d="{}"{}/>').format("".join(path), _look(one)) if path else Markup(""))
    for i, lacks in enumerate(_gaps(chart)):
        if lacks:
            x, words = form.left + width * (i + 0.5), label_of(below[i], t)
            half = text_width(words) * form.font * _EM / 2
            x = min(x, form.width - half)
            parts.append(_text(x, top + room * (1 - below[i] / scale[0]) - 3, words, "goal", "middle"))
    return parts, float(form.height)


def _gaps(chart: Chart) -> Iterable[float | None]:
    return next((one.values for one in chart.series if one.style == "gap"), ())


def _bars(chart: Chart, form: _Form, t: Texts) -> tuple[list[Markup], float]:
    """Groups below each other; the name beside its bars, or above them where there is little room."""
    plain = [one for one in chart.series if not one.is_high]
    highest = max((v for one in chart.series for v in chart.shown(one) if v is not None), default=0.0)
    last, lines = _scale(highest, 5 if form.names else 3)
    left, end = form.names, form.width - 64
    across = (end - left) / last
    line, thick = form.font * 1.25, 13.0
    parts: list[Markup] = []
    y = 4.0
    for i, name in enumerate(chart.categories):
        there = [one for one in plain if one.values[i] is not None]
        words = wrapped(name, (form.names - 12 if form.names else form.width) / (form.font * _EM))
        bars = max(1, len(there)) * (thick + 2)
        tall = max(bars, line * len(words)) if form.names else bars + line * len(words)
        first = y + (tall - line * len(words)) / 2 if form.names else y
        parts += [
            _text(
                left - 8 if form.names else 0,
                first + line * (n + 0.78),
                text,
                "",
                "end" if form.names else "",
            )
            for n, text in enumerate(words)
        ]
        top = y + (tall - bars) / 2 if form.names else y + line * len(words) + 2
        for one in chart.series:
            value = chart.shown(one)[i]
            if value is None:
                continue
            parts.append(
                Markup('<path d="M{} {:.1f}h{:.1f}v{:g}h-{:.1f}z"{}/>').format(
                    left, top, value * across, thick, value * across, _look(one)
                )
            )
            if not one.is_high:  # the name of the group has the high end
                parts.append(_text(left + value * across + 4, top + thick * 0.85, label_of(value, t)))
                top += thick + 2
        y += tall + (7 if form.names else 10)
    for value in lines:
        x = left + value * across
        parts.insert(0, Markup('<path class="rule" d="M{:.1f} 0V{:.1f}"/>').format(x, y))
        parts.append(
            _text(x, y + form.font * 1.2, _written(value, t), "muted", "middle" if value else "start")
        )
    return parts, y + form.font * 1.6


def _lines(chart: Chart, form: _Form, t: Texts) -> tuple[list[Markup], float]:
    highest = max((v for one in chart.series for v in chart.shown(one) if v is not None), default=0.0)
    scale = _scale(highest)
    parts, top, room, width = _frame(chart, form, scale, t)

    def at(i: int, value: float) -> tuple[float, float]:
        return form.left + width * (i + 0.5), top + room * (1 - value / scale[0])

    ranges = [chart.shown(one) for one in chart.series if one.style == "range"]
    if len(ranges) == 2:
        high, low = ([at(i, v) for i, v in enumerate(some) if v is not None] for some in ranges)
        parts.append(Markup('<path class="between" d="M{}Z"/>').format(_joined([*high, *reversed(low)])))
    for one in chart.series:
        points = [None if v is None else at(i, v) for i, v in enumerate(chart.shown(one))]
        if one.is_marks:
            for point, value in zip(points, chart.shown(one), strict=True):
                if point and value is not None:
                    x, y = point
                    parts.append(
                        Markup('<path class="goal" d="M{:.1f} {:.1f}l5 5-5 5-5-5z"/>').format(x, y - 5)
                    )
                    parts.append(_text(x - 8, y + form.font * 0.35, label_of(value, t), "goal", "end"))
            continue
        runs = [[p for p in run if p] for known, run in groupby(points, key=bool) if known]
        look = Markup(' class="line{}" stroke="var(--{})" stroke-dasharray="{}"').format(
            " thin" if one.is_high or one.style == "range" else "", one.style, _dash(one)
        )
        parts.append(Markup('<path d="{}"{}/>').format("".join(f"M{_joined(run)}" for run in runs), look))
    return parts, float(form.height)


def _dash(one: Series) -> str:
    if one.is_high:
        return _DASHES["dot"]
    if one.style in LIGHT.rungs:
        return _DASHES[LIGHT.rungs[one.style].dash]
    return {"range": _DASHES["dash"]}.get(one.style, "")


def _joined(points: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{x:.1f} {y:.2f}" for x, y in points)


__all__ = ["HATCHED", "Markup", "drawn", "escape", "patterns"]
