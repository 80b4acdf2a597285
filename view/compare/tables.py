"""Tables of the comparison: a row for what is compared, a column for each side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from model.ladder import RUNGS
from view.amounts import amount_short, between, with_reported
from view.compare.content import SIDES, Compared, Side
from view.marks.table import DASH, Column, Table
from view.sectors.delivery import ratio_words
from view.texts import Texts

TECHNOLOGIES = 8
"""Rows of the mix; what is smaller on both sides stands in one."""


@dataclass(frozen=True)
class Line:
    """A row of a comparison: what is compared, how each side is written, and its figures for files (tCO2 or a number)."""

    name: str
    words: tuple[str, str]
    figures: tuple[float | None, float | None]


def both(
    name: str, content: Compared, figure: Callable[[Side], float | None], write: Callable[[Side], str]
) -> Line:
    """A row written and counted the same way for both sides."""
    first, second = content.sides
    return Line(name, (write(first), write(second)), (figure(first), figure(second)))


def sides_table(lines: Sequence[Line], content: Compared, t: Texts) -> Table[Line]:
    """The rows with a column for each side."""
    first, second = content.sides

    def of(n: int, side: Side) -> Column[Line]:
        # Two days of one country have the same name but for the day, which is in it.
        return Column(
            SIDES[n],
            side.name,
            "text",
            value=lambda line: line.figures[n],
            cell=lambda line: line.words[n],
            is_figure=True,
        )

    return Table(
        (
            Column("name", t("Compared"), value=lambda line: line.name, is_head=True),
            of(0, first),
            of(1, second),
        ),
        lines,
        t,
        css="jcm-tight jcm-compared",
    )


def ladder_lines(content: Compared, t: Texts) -> list[Line]:
    """Stages, their sum and its share of each target."""
    counts = (
        (t("Projects"), "projects"),
        (t("Projects with an estimate"), "projects_with_estimate"),
    )
    lines = [
        both(name, content, partial(Side.counted, name=key), partial(_count, key=key, t=t))
        for name, key in counts
    ]
    lines += _rungs("expected", content, t)
    lines.append(
        both(
            t("Expected, sum to {year}", year=t.year(content.first_year)),
            content,
            lambda side: side.expected(),
            lambda side: amount_short(side.expected(), t),
        )
    )
    for target in content.targets:
        is_far = target.fiscal_year != content.first_year
        lines.append(
            both(
                t("Expected, of the target of {year}", year=t.year(target.fiscal_year)),
                content,
                partial(_share, tco2=target.high_tco2, is_far=is_far),
                partial(_share_words, tco2=target.high_tco2, is_far=is_far, t=t),
            )
        )
    return lines + _rungs("actual", content, t)


def _rungs(kind: str, content: Compared, t: Texts) -> list[Line]:
    return [
        both(
            t.pick(rung.name_en, rung.name_ja),
            content,
            partial(_low, code=rung.code),
            partial(_tonnes, code=rung.code, t=t),
        )
        for rung in RUNGS
        if rung.kind == kind
    ]


def _count(side: Side, *, key: str, t: Texts) -> str:
    return t.number(side.counted(key))


def _low(side: Side, *, code: str) -> float | None:
    tco2: int | None = side.rung(code)["tco2_low"]
    return tco2


def _tonnes(side: Side, *, code: str, t: Texts) -> str:
    row = side.rung(code)
    if row["tco2_low"] is None:
        return t("amount not known") if row["events"] else t("none known")
    return with_reported(
        between(row["tco2_low"], row["tco2_high"], t, amount_short), row["reported_tco2"] or 0, t
    )


def _share(side: Side, *, tco2: int, is_far: bool) -> float:
    return side.expected(later=is_far) / tco2


def _share_words(side: Side, *, tco2: int, is_far: bool, t: Texts) -> str:
    return t.percent(_share(side, tco2=tco2, is_far=is_far))


def mix_lines(content: Compared, t: Texts) -> list[Line]:
    """Technologies by the larger of both sides; the small ones together."""
    mixes = [side.mix() for side in content.sides]
    largest = sorted({*mixes[0], *mixes[1]}, key=lambda code: (-max(mix.get(code, 0) for mix in mixes), code))
    names = content.names["technology"]

    def line(name: str, tonnes: Sequence[int]) -> Line:
        first, second = (
            t.noted(amount_short(tco2, t), t.percent(tco2 / sum(mix.values()))) if tco2 else DASH
            for tco2, mix in zip(tonnes, mixes, strict=True)
        )
        return Line(name, (first, second), (tonnes[0], tonnes[1]))

    lines = [
        line(names.get(code, code), [mix.get(code, 0) for mix in mixes]) for code in largest[:TECHNOLOGIES]
    ]
    if rest := largest[TECHNOLOGIES:]:
        lines.append(line(t("others"), [sum(mix.get(code, 0) for code in rest) for mix in mixes]))
    return lines


def delivery_lines(content: Compared, t: Texts) -> list[Line]:
    """Verified beside expected for the same days."""

    def told(write: Callable[[Any], str]) -> Callable[[Side], str]:
        return lambda side: write(side.delivery) if side.delivery else t("cannot be compared yet")

    return [
        both(
            t("Verified ÷ expected"),
            content,
            lambda side: round(side.delivery.ratio, 3) if side.delivery else None,
            told(lambda found: ratio_words(found, t)),
        ),
        both(
            t("Verified"),
            content,
            lambda side: side.delivery.decided_low_tco2 if side.delivery else None,
            told(lambda found: between(found.decided_low_tco2, found.decided_high_tco2, t, amount_short)),
        ),
        both(
            t("Expected for the same days"),
            content,
            lambda side: round(side.delivery.expected_tco2) if side.delivery else None,
            told(lambda found: amount_short(found.expected_tco2, t)),
        ),
        both(
            t("Projects compared"),
            content,
            lambda side: side.delivery.projects if side.delivery else 0,
            lambda side: t.number(side.delivery.projects if side.delivery else 0),
        ),
    ]
