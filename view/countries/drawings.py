"""Small drawings of a country's cumulative tonnes, as SVG, which prints: stacked on one scale, or a line in a table."""

import base64
from collections.abc import Sequence

from model.ladder import EXPECTED_RUNGS
from view.countries.ranking_content import Series
from view.marks.markup import NOTHING, Markup
from view.theme import PALETTES, ThemeName

WIDTH, HEIGHT = 150.0, 62.0
SPARK = (84.0, 22.0)
"""Width and height of a line in a table."""


def stacked(series: Series, highest: int, marked: int, label: str, theme: ThemeName) -> Markup:
    """An SVG image: the low ends stacked, the range up to the high end lighter, a line at the year `marked`."""
    palette = PALETTES[theme]
    order = [r for r in reversed(EXPECTED_RUNGS) if r in series.low] + [
        r for r in series.low if r not in EXPECTED_RUNGS
    ]
    steps = len(next(iter(series.low.values()))) - 1
    base = [0] * (steps + 1)
    areas = ""
    for rung in order:
        for ends, opacity in ((series.low, ""), (series.high, ' opacity="0.4"')):
            beyond = [
                v - (low if opacity else 0) for v, low in zip(ends[rung], series.low[rung], strict=True)
            ]
            if not any(beyond):
                continue
            top = [b + v for b, v in zip(base, beyond, strict=True)]
            points = [f"{_x(i, steps)},{_y(v, highest)}" for i, v in enumerate(top)]
            points += [f"{_x(i, steps)},{_y(base[i], highest)}" for i in range(steps, -1, -1)]
            areas += f'<polygon points="{" ".join(points)}" fill="{palette.rungs[rung].colour}"{opacity}/>'
            base = top
    middle = _x(marked, steps)
    return _image(
        f'<line x1="{middle}" x2="{middle}" y1="0" y2="{HEIGHT:g}" stroke="{palette.grid}" stroke-width="1"/>{areas}'
        f'<line x1="0" x2="{WIDTH:g}" y1="{HEIGHT - 0.5:g}" y2="{HEIGHT - 0.5:g}" stroke="{palette.muted}" stroke-width="1"/>',
        (WIDTH, HEIGHT),
        label,
    )


def sparkline(values: Sequence[int], marked: int, label: str, colour: str, theme: ThemeName) -> Markup:
    """One country's sums as a small line on a scale of its own, a dot at the year `marked`."""
    palette, (width, height) = PALETTES[theme], SPARK
    highest, steps = max(*values, 1), max(len(values) - 1, 1)
    at = [
        (round(i / steps * (width - 6) + 3, 1), round(height - 2 - value / highest * (height - 6), 1))
        for i, value in enumerate(values)
    ]
    line = " ".join(f"{x:g},{y:g}" for x, y in at)
    x, y = at[marked]
    return _image(
        f'<path d="M3 {height - 2:g}H{width - 3:g}" stroke="{palette.grid}"/>'
        f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.6"/>'
        f'<circle cx="{x:g}" cy="{y:g}" r="2.4" fill="{colour}"/>',
        SPARK,
        label,
        Markup(' class="jcm-spark"'),
    )


def _image(drawing: str, size: tuple[float, float], label: str, css: str = NOTHING) -> Markup:
    """The drawing as an image: the page keeps no SVG of ours in its own document."""
    width, height = size
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" preserveAspectRatio="none">'
        f"{drawing}</svg>"
    )
    packed = base64.b64encode(whole.encode()).decode()
    return Markup('<img{} alt="{}" src="data:image/svg+xml;base64,{}">').format(css, label, packed)


def _x(step: int, steps: int) -> str:
    return f"{step / max(steps, 1) * WIDTH:.1f}"


def _y(value: float, highest: int) -> str:
    return f"{HEIGHT - value / highest * (HEIGHT - 2):.1f}"
