"""A strip of dots on a linear axis, drawn in HTML so that it stands in a row of a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Axis:
    """An axis from 0 to `end` with labelled ticks; `reference` is a line that stands out."""

    end: float
    ticks: Sequence[tuple[float, str]]
    reference: float | None = None

    def place(self, value: float) -> str:
        """Where a value stands, as a CSS percentage; beyond the end it stands at the end."""
        return f"{min(max(value / self.end, 0), 1) * 100:.2f}%"

    def labels(self) -> str:
        """HTML: the labels of the ticks, for the head of the column."""
        found = "".join(
            f'<span style="left:{self.place(v)}">{escape(label)}</span>' for v, label in self.ticks
        )
        return f'<div class="jcm-strip-axis" aria-hidden="true">{found}</div>'


def strip(
    axis: Axis,
    dots: Sequence[tuple[float, str]],
    *,
    mark: float | None,
    middle: tuple[float, float] | None = None,
    is_few: bool = False,
) -> str:
    """HTML of one row: a dot for each value with its title, the middle half as a band, the mark as an upright line."""
    parts = [
        f'<i class="jcm-tick{" jcm-reference" if v == axis.reference else ""}" style="left:{axis.place(v)}"></i>'
        for v, _ in axis.ticks
    ]
    if middle is not None:
        low, high = middle
        width = (min(high, axis.end) - low) / axis.end * 100
        parts.append(f'<i class="jcm-half" style="left:{axis.place(low)};width:{width:.2f}%"></i>')
    css = "jcm-dot jcm-few" if is_few else "jcm-dot"
    parts += [
        f'<i class="{css}" style="left:{axis.place(v)}" title="{escape(title)}"></i>' for v, title in dots
    ]
    if mark is not None:
        parts.append(f'<i class="jcm-mark" style="left:{axis.place(mark)}"></i>')
    return f'<div class="jcm-strip" aria-hidden="true">{"".join(parts)}</div>'
