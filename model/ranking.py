"""Ranking of partner countries by a measure of the ladder.

A country without a project, one whose amounts are not known, and one that had not signed yet are three different
things; none of them is zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from model.ladder import EXPECTED_RUNGS, PROJECT_RUNGS

State = Literal["known", "no project", "no event", "not known", "not yet a partner"]
Per = Literal["amount", "target", "project"]
EXPECTED = "expected"
"""The measure that adds up the three rungs of expected reductions."""


@dataclass(frozen=True)
class Standing:
    """One country: its value in the unit of the measure (tCO2, share of the target, tCO2 a project), and its state.

    - rank: from 1 by value; None for a country without a value. Equal values share a rank.
    - state: `not known` where no project has an estimate and a schedule, or no event an amount.
    - tco2: the tonnes behind the value; projects and with_estimate of the rungs counted; events for actual rungs.
    - value and tco2 are the low end of what is known as a range, value_high and tco2_high its high end; equal where exact.
    - reported_tco2: the part of tco2 that rests on sources alone that are never believed alone.
    """

    iso3: str
    state: State
    value: float | None
    tco2: int | None
    projects: int
    with_estimate: int
    events: int
    value_high: float | None = None
    tco2_high: int | None = None
    reported_tco2: int = 0
    rank: int | None = None


def rungs_of(figure: str) -> tuple[str, ...]:
    """The rungs that a measure adds up."""
    return EXPECTED_RUNGS if figure == EXPECTED else (figure,)


def ranked(
    ladder: Iterable[Mapping[str, Any]],
    partners: Sequence[Mapping[str, Any]],
    figure: str,
    per: Per,
    target_tco2: int | None,
) -> list[Standing]:
    """Countries by value, the largest first, then those without one in the order of signature.

    `ladder` are rows of `ladder_by_group` by country, `partners` of `coverage_matrix`. Without a target there is no
    share of it, and every value is None.
    """
    rows: dict[str, list[Mapping[str, Any]]] = {}
    wanted = rungs_of(figure)
    for row in ladder:
        if row["rung"] in wanted:
            rows.setdefault(row["value"], []).append(row)
    standings = [
        _standing(partner, rows.get(partner["iso3"], []), figure, per, target_tco2) for partner in partners
    ]
    order = {partner["iso3"]: partner["sequence"] for partner in partners}
    standings.sort(key=lambda s: (s.value is None, -(s.value or 0.0), order[s.iso3]))
    values = [s.value for s in standings if s.value is not None]
    return [
        s if s.value is None else Standing(**{**vars(s), "rank": 1 + sum(1 for v in values if v > s.value)})
        for s in standings
    ]


def shares_known(ladder: Iterable[Mapping[str, Any]], share: str) -> list[Mapping[str, Any]]:
    """Rows of `ladder_by_group` whose Japanese tonnes are null, not 0, where no share is known."""
    return [
        {**row, "tco2_low": None, "tco2_high": None}
        if share == "japan" and not row["tco2_low"] and row["unknown_share_tco2"]
        else row
        for row in ladder
    ]


def _standing(
    partner: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    figure: str,
    per: Per,
    target_tco2: int | None,
) -> Standing:
    projects = sum(row["projects"] or 0 for row in rows)
    with_estimate = sum(row["projects_with_estimate"] or 0 for row in rows)
    events = sum(row["events"] or 0 for row in rows)
    known = [row for row in rows if row["tco2_low"] is not None]
    is_expected = figure == EXPECTED or figure in PROJECT_RUNGS
    if not (projects or events):
        none: State = "no project" if is_expected else "no event"
        state: State = none if partner["is_partner"] else "not yet a partner"
        return Standing(partner["iso3"], state, None, None, 0, 0, 0)
    with_schedule = sum(row["projects_with_schedule"] or 0 for row in rows)
    if (is_expected and not with_schedule) or not known:
        return Standing(partner["iso3"], "not known", None, None, projects, with_estimate, events)
    low, high = (sum(row[end] for row in known) for end in ("tco2_low", "tco2_high"))
    by: float | None = 1.0
    if per == "target":
        by = target_tco2 or None
    elif per == "project":
        by = with_schedule if is_expected else events
    return Standing(
        partner["iso3"],
        "known",
        None if by is None else low / by,
        low,
        projects,
        with_estimate,
        events,
        value_high=None if by is None else high / by,
        tco2_high=high,
        reported_tco2=sum(row["reported_tco2"] for row in known),
    )
