"""The course of a line in words, for those who hear a chart instead of seeing it."""

from collections.abc import Iterable, Sequence

from view.amounts import amount_short, between
from view.texts import Texts

Point = tuple[str, float, float]
"""When, and the low and the high end of the tonnes then (tCO2)."""


def course(name: str, points: Sequence[Point], t: Texts) -> str:
    """Where a line begins, where it turns, and where it ends, in the order of time.

    It begins where its first amount is, and turns at its largest and its least one where they are neither of its ends.
    Empty where no amount is known.
    """
    begun = next((k for k, (_, _, high) in enumerate(points) if high), None)
    if begun is None:
        return ""
    line = points[begun:]
    heights = [high for _, _, high in line]
    ends = {0: "", len(line) - 1: ""}
    turns = {
        heights.index(of(heights)): of.__name__
        for of in (max, min)
        if of(heights) not in {heights[0], heights[-1]}
    }

    def told(k: int, turn: str) -> str:
        words = {"when": line[k][0], "amount": between(line[k][1], line[k][2], t, amount_short)}
        if turn == "max":
            return t("most in {when} with {amount}", **words)
        if turn == "min":
            return t("least in {when} with {amount}", **words)
        return t("{amount} in {when}", **words)

    parts = [told(k, turn) for k, turn in sorted({**turns, **ends}.items())]
    return t("{name}: {parts}.", name=name, parts=t(", ").join(parts))


def courses(lines: Iterable[tuple[str, Sequence[Point]]], t: Texts) -> str:
    """The courses of all lines of a chart, by their names."""
    return t.gap.join(filter(None, (course(name, points, t) for name, points in lines)))
