"""The course of a line in words, for those who hear a chart instead of seeing it."""

from collections.abc import Sequence

from view.amounts import amount_short, between
from view.texts import Texts

Point = tuple[str, float, float]
"""When, and the low and the high end of the tonnes then (tCO2)."""


def course(name: str, points: Sequence[Point], t: Texts) -> str:
    """Where a line begins, its largest amount where that is not its last, and where it ends.

    It begins where its first amount is; empty where there is none.
    """
    known = [k for k, (_, _, high) in enumerate(points) if high]
    if not known:
        return ""
    first, last = points[known[0]], points[-1]
    most = max(points, key=lambda point: point[2])

    def words(point: Point) -> str:
        return between(point[1], point[2], t, amount_short)

    if first is last:
        return t("{name}: {last} in {end}.", name=name, last=words(last), end=last[0])
    told = {"name": name, "first": words(first), "start": first[0], "last": words(last), "end": last[0]}
    if most[2] > max(first[2], last[2]):
        return t(
            "{name}: {first} in {start}, most in {peak} with {most}, {last} in {end}.",
            peak=most[0],
            most=words(most),
            **told,
        )
    return t("{name}: {first} in {start}, {last} in {end}.", **told)
