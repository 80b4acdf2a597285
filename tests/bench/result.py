"""The table that a measurement fills."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure: what was measured, the figure with its unit, what it should stay under, how it was taken."""

    what: str
    measured: str
    limit: str = ""
    how: str = ""


def milliseconds(seconds: float) -> str:
    """A duration in the unit that fits it."""
    return f"{seconds:.1f} s" if seconds >= 10 else f"{seconds * 1000:,.0f} ms"


def percentile(values: Sequence[float], share: float) -> float:
    """Smallest value that `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def as_markdown(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table with aligned columns."""
    table = [("Measured", "Result", "Limit", "How"), *((r.what, r.measured, r.limit, r.how) for r in rows)]
    widths = [max(len(row[i]) for row in table) for i in range(4)]
    lines = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + " |" for row in table
    ]
    lines.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return "\n".join(lines)
