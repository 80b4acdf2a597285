"""Tonnes of one subject (a project or an event) over known time, before they become rows of `reduction`."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from model.knowledge import Known, known_states

Codes = tuple[str, ...]


class Cell(NamedTuple):
    """Where tonnes stand: rung, dating and piece of a year; both years are None where no date is known."""

    rung: str
    dated_by: str
    fiscal_year: int | None
    calendar_year: int | None


class Tonnes(NamedTuple):
    """Tonnes of a cell, tCO2.

    combined_tco2: the part that counts in “verified + expected”. japan_tco2, combined_japan_tco2: Japan's
    part of each; None where the share is not known. codes: assumptions the figures rest on.
    """

    tco2: int
    combined_tco2: int
    japan_tco2: int | None
    combined_japan_tco2: int | None
    codes: Codes


State = Mapping[Cell, Tonnes]


def rows_over_time(changes: Iterable[tuple[date, State]]) -> Iterator[tuple[Cell, Known[Tonnes]]]:
    """Give each cell its rows in order of time: opened when its tonnes became known, closed when they changed.

    `changes` holds, for each day on which something became known, all cells as known from that day on; a
    cell that is absent from a later state is closed.
    """
    states = sorted(changes, key=lambda change: change[0])
    cells = dict.fromkeys(cell for _, state in states for cell in state)
    for cell in cells:
        timeline: list[tuple[date, Tonnes | None]] = [(day, state.get(cell)) for day, state in states]
        for known in known_states(timeline):
            if known.value is not None:
                yield cell, Known(known.value, known.known_on, known.known_until)
