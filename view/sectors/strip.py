"""A strip of dots on a linear axis, drawn in HTML so that it fits in a row of a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from view.marks.table import Markup


@dataclass(frozen=True)
class Axis:
    """An axis from 0 to `end` with labelled ticks; `reference` is a highlighted line."""

    end: float
    ticks: Sequence[tuple[float, str]]
    reference: float | None = None

    def place(self, value: float) -> str:
        """Where a value is drawn, as a CSS percentage; beyond the end it is drawn at the end."""
        return f"{min(max(value / self.end, 0), 1) * 100:.2f}%"

    def labels(self) -> Markup:
        """The labels of the ticks, for the head of the column."""
        found = Markup("").join(
            Markup('<span style="left:{}">{}</span>').format(self.place(v), label) for v, label in self.ticks
        )
        return Markup('<div class="jcm-strip-axis" aria-hidden="true">{}</div>').format(found)


def strip(
    axis: Axis,
    dots: Sequence[tuple[float, str]],
    *,
    mark: float | None,
    middle: tuple[float, float] | None = None,
    is_few: bool = False,
) -> Markup:
    """One row: a dot for each value with its title, the middle half as a band, the mark as an upright line."""
    line = Markup('<i class="{}" style="left:{}"></i>')
    parts = [
        line.format("jcm-tick jcm-reference" if v == axis.reference else "jcm-tick", axis.place(v))
        for v, _ in axis.ticks
    ]
    if middle is not None:
        low, high = middle
        width = (min(high, axis.end) - low) / axis.end * 100
        band = Markup('<i class="jcm-half" style="left:{};width:{:.2f}%"></i>')
        parts.append(band.format(axis.place(low), width))
    dot = Markup('<i class="{}" style="left:{}" title="{}"></i>')
    css = "jcm-dot jcm-few" if is_few else "jcm-dot"
    parts += [dot.format(css, axis.place(v), title) for v, title in dots]
    if mark is not None:
        parts.append(line.format("jcm-mark", axis.place(mark)))
    return Markup('<div class="jcm-strip" aria-hidden="true">{}</div>').format(Markup("").join(parts))
