"""When a project that was selected and never listed counts as dormant.

Source of the rule: the accounting rules of the project's design. A project lapses once it was selected longer ago
than any project has needed from selection to registration; the longest time is that measurable on the day looked at.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil
from typing import NamedTuple

from model.fiscal_year import DAYS_A_YEAR, first_day, last_day

SHORTEST_LAPSE_YEARS = 5


class LapseStep(NamedTuple):
    """The lapse period in whole years, from a day on."""

    known_on: date
    years: int


class Registration(NamedTuple):
    """A project that states both its fiscal year of selection and its registration, and since when both are known."""

    known_on: date
    fy_selected: int
    registered_on: date


def lapse_years(longest_days: int) -> int:
    """Return the lapse period for the longest time from selection to registration, rounded up to whole years."""
    return max(ceil(longest_days / DAYS_A_YEAR), SHORTEST_LAPSE_YEARS)


def lapse_steps(registrations: Iterable[Registration]) -> list[LapseStep]:
    """Return the lapse period over time; it only ever grows. Time is counted from 1 April of the year of selection."""
    steps = [LapseStep(date.min, SHORTEST_LAPSE_YEARS)]
    longest = 0
    for one in sorted(registrations):
        longest = max(longest, (one.registered_on - first_day(one.fy_selected)).days)
        years = lapse_years(longest)
        if years > steps[-1].years:
            steps.append(LapseStep(one.known_on, years))
    return steps


def lapse_on(steps: Sequence[LapseStep], as_of: date) -> int:
    """Return the lapse period in years as measurable on a day."""
    return max(step.years for step in steps if step.known_on <= as_of)


def last_day_before_lapse(fiscal_year: int, years: int) -> date:
    """Return the last day on which a project selected in a fiscal year has not lapsed."""
    return last_day(fiscal_year + years)
