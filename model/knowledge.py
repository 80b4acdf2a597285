"""What was known when: facts as sequences of states over known time.

A state is valid from `known_on` until, and without, `known_until`; None means it is still valid. A state is in
force on day D when known_on <= D and (known_until is None or D < known_until), the test used on every row
of the warehouse.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True)
class Known(Generic[Value]):
    """A value and the interval in which it was the latest known."""

    value: Value
    known_on: date
    known_until: date | None = None

    def is_in_force(self, as_of: date) -> bool:
        """Return whether the value was the latest known at the end of a day."""
        return self.known_on <= as_of and (self.known_until is None or as_of < self.known_until)


def known_states(changes: Iterable[tuple[date, Value]]) -> list[Known[Value]]:
    """Turn dated changes into states that follow each other without gap or overlap.

    Of several changes on one day the last one counts. A change to an equal value is ignored.
    """
    by_day: dict[date, Value] = dict(sorted(changes, key=lambda change: change[0]))
    kept: list[tuple[date, Value]] = []
    for day, value in by_day.items():
        if not kept or kept[-1][1] != value:
            kept.append((day, value))
    ends: list[date | None] = [day for day, _ in kept[1:]]
    return [Known(value, day, until) for (day, value), until in zip(kept, [*ends, None], strict=False)]


def in_force(states: Sequence[Known[Value]], as_of: date) -> Value | None:
    """Return the value in force on a day; None before the first was known."""
    for state in states:
        if state.is_in_force(as_of):
            return state.value
    return None
