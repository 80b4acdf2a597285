"""What is shown of the way to counting, read off the draws: small enough to be kept for every reader.

Groups are the JCM as a whole, a country or a sector. All tonnes are tCO2.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from model.outlook.counted import Cell, Counted, counted_of
from model.outlook.counting import COMPANIES, LEVELS, LOSSES, PLACES
from model.outlook.counting_terms import CountingRules, Terms
from model.outlook.gx_ets import Illustration, Rules, illustration_of
from model.outlook.portfolio import Floats
from model.outlook.report import DRAWS, SEED, Known
from model.outlook.results import Interval, Lever, moved_alone
from model.outlook.scenario import Scenario

ALL = "all"
"""The group of the whole JCM; others are a country (ISO 3166-1 alpha-3) or a sectoral scope."""
Group = str | int
SUPPLY_DRAWS = 2_000


@dataclass(frozen=True)
class OfGroup:
    """What a group comes to by the deadline.

    - levels: interval of each level; means, losses: the mean of each level, and of what is lost after it.
    - single_year: what counts for the single target year by the averaging method.
    - vintages: calendar year, mean realised and mean cancelled tonnes; year None is of what has no known vintage.
    - events: issuance events on record.
    """

    levels: Mapping[str, Interval]
    means: Mapping[str, float]
    losses: Mapping[str, float]
    companies: Interval
    single_year: Interval
    vintages: Sequence[tuple[int | None, float, float]]
    events: int


_NONE = Interval(0.0, 0.0, 0.0)
NOTHING = OfGroup(
    dict.fromkeys(LEVELS, _NONE), dict.fromkeys(LEVELS, 0.0), dict.fromkeys(LOSSES, 0.0), _NONE, _NONE, (), 0
)


@dataclass(frozen=True)
class CountedReport:
    """A scenario counted by a deadline: for the whole, and for each group with tonnes."""

    scenario: Scenario
    terms: Terms
    draws: int
    seed: int
    groups: Mapping[Group, OfGroup]

    def of(self, group: Group) -> OfGroup:
        """What a group comes to; nothing for one without tonnes in the years that count."""
        return self.groups.get(group, NOTHING)


def counted_report_of(
    known: Known, scenario: Scenario, terms: Terms, *, draws: int = DRAWS, seed: int = SEED
) -> CountedReport:
    """Draws the scenario and counts it. Raises ScenarioError for terms that cannot be used."""
    made = _counted(known, scenario, terms, draws, seed)
    events: dict[Group, int] = {ALL: len(known.events)}
    for event in known.events:
        for group in (event["iso3"], event["sector_number"]):
            events[group] = events.get(group, 0) + 1
    members = _members(made.cells)
    return CountedReport(
        scenario,
        terms,
        draws,
        seed,
        {group: _of_group(made, cells, events.get(group, 0)) for group, cells in members.items()},
    )


def _counted(
    known: Known, scenario: Scenario, terms: Terms, draws: int, seed: int, *, held_on: Sequence[date] = ()
) -> Counted:
    """Draws a scenario on what was known, and counts it."""
    return counted_of(
        known.portfolio,
        known.evidence,
        scenario,
        steps=known.steps,
        events=known.events,
        terms=terms,
        held_on=held_on,
        draws=draws,
        seed=seed,
    )


def _members(cells: Mapping[Cell, Floats]) -> dict[Group, list[Cell]]:
    """Cells of each group; new projects are in the whole alone."""
    found: dict[Group, list[Cell]] = {ALL: list(cells)}
    for cell in cells:
        for group in cell if cell[0] else ():
            found.setdefault(group, []).append(cell)
    return found


def _of_group(made: Counted, cells: Sequence[Cell], events: int) -> OfGroup:
    tonnes = made.total if len(cells) == len(made.cells) else sum(made.cells[cell] for cell in cells)
    tonnes = np.asarray(tonnes)[:PLACES]
    found = [Interval(*map(float, row)) for row in np.quantile(tonnes, (0.1, 0.5, 0.9), axis=1).T]
    means = dict(zip(LEVELS, tonnes.mean(axis=1).tolist(), strict=False))
    years = made.terms.years
    last = found[LEVELS.index("cancelled")]
    realised, cancelled = sum(made.vintages[cell] for cell in cells)  # type: ignore[misc]
    return OfGroup(
        levels=dict(zip(LEVELS, found, strict=False)),
        means=means,
        losses={name: means[LEVELS[k]] - means[LEVELS[k + 1]] for k, name in enumerate(LOSSES)},
        companies=found[COMPANIES],
        single_year=Interval(last.p10 / years, last.p50 / years, last.p90 / years),
        vintages=[
            (year, float(realised[k]), float(cancelled[k]))
            for k, year in enumerate([*made.terms.vintages, None])
            if year is not None or realised[k]
        ],
        events=events,
    )


LEVER_ENDS: Mapping[str, tuple[float, float]] = {
    "monitoring_years": (3.0, 1.0),
    "weeks_saved": (0.0, 26.0),
    "monitored_share": (0.4, 0.9),
    "japan_share": (0.5, 0.9),
    "transferred_share": (0.7, 1.0),
    "cancelled_share": (0.5, 1.0),
}
"""Low and high value of each lever of the way to counting: plausible ends, not the allowed ones."""


def counting_levers(known: Known, scenario: Scenario, terms: Terms, *, draws: int, seed: int) -> list[Lever]:
    """Moves each lever of the way alone, on equal random numbers: medians of what is cancelled in time.

    Raises ScenarioError for terms that cannot be used.
    """

    def medians(one: Scenario) -> tuple[float, ...]:
        made = _counted(known, one, terms, draws, seed)
        return (float(np.median(made.level("cancelled"))),)

    return moved_alone(scenario, LEVER_ENDS, medians)


def supply_of(
    known: Known,
    scenario: Scenario,
    *,
    covered_tco2: float | None = None,
    draws: int = SUPPLY_DRAWS,
    seed: int = SEED,
) -> Illustration:
    """Company-held usable credits by each day of cancellation of GX-ETS that is still to come.

    Raises ScenarioError for emissions that cannot be used, or where every such day is past.
    """
    rules = CountingRules.of(known.assumptions)
    days = {year: day for year, day in rules.compliance.items() if day >= known.portfolio.as_of}
    last = max(days.values(), default=rules.deadlines["gx"])
    made = _counted(
        known, scenario, Terms(rules.begins_on, rules.ends_on, last), draws, seed, held_on=list(days.values())
    )
    return illustration_of(
        dict(zip(days, made.total[PLACES:], strict=True)),
        made.held,
        Rules.of(known.assumptions),
        covered_tco2=covered_tco2,
    )
