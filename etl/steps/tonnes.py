"""Tonnes of one subject (a project or an event) over known time, before they become rows."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from model.knowledge import Known, known_states

Codes = tuple[str, ...]
Years = tuple[int | None, int | None]
"""Fiscal and calendar year; both None where no date is known."""

Cell = TypeVar("Cell", bound=Hashable)
Value = TypeVar("Value")


def rows_over_time(
    changes: Iterable[tuple[date, Mapping[Cell, Value]]],
) -> Iterator[tuple[Cell, Known[Value]]]:
    """Give each cell its rows in order of time: opened when its value became known, closed when it changed.

    `changes` holds, for each day on which something became known, all cells as known from that day on; a
    cell that is absent from a later state is closed.
    """
    states = sorted(changes, key=lambda change: change[0])
    cells = dict.fromkeys(cell for _, state in states for cell in state)
    for cell in cells:
        timeline: list[tuple[date, Value | None]] = [(day, state.get(cell)) for day, state in states]
        for known in known_states(timeline):
            if known.value is not None:
                yield cell, Known(known.value, known.known_on, known.known_until)
