"""How fresh a source is: its age against the time after which it is due again."""

from datetime import date
from typing import Literal

State = Literal["current", "due", "overdue", "frozen"]

OVERDUE_AFTER = 2
"""A source is overdue once this many of its own intervals have passed."""


def age_days(facts_of: date, today: date) -> int:
    """Days since the facts; 0 for facts dated later than today."""
    return max(0, (today - facts_of).days)


def state_of(facts_of: date, cadence_days: int, today: date) -> State:
    """Current within its interval, then due, overdue after OVERDUE_AFTER intervals; frozen for an interval of 0."""
    if cadence_days == 0:
        return "frozen"
    age = age_days(facts_of, today)
    if age <= cadence_days:
        return "current"
    return "due" if age <= OVERDUE_AFTER * cadence_days else "overdue"
