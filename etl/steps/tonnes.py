"""Tonnes of one subject (a project or an event) over known time, before they become rows."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

import polars as pl

from model.fiscal_year import FIRST_MONTH
from model.knowledge import Known, known_states

Codes = tuple[str, ...]

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


def piece_of_date(day: pl.Expr, precision: pl.Expr) -> pl.Expr:
    """The piece of a year that a date is in, by its number: twice the fiscal year, one more from January to March.

    Nine of a calendar year's twelve months are in the fiscal year of the same number: a date known to the year is there.
    """
    year, is_early = day.dt.year().cast(pl.Int64), day.dt.month() < FIRST_MONTH
    return 2 * year - (is_early & (precision != "year").fill_null(value=True)).cast(pl.Int64)


def join_codes(codes: Iterable[str]) -> str | None:
    """Return codes as one cell, each once, in the order given, separated by `;`; None when there is none."""
    return ";".join(dict.fromkeys(codes)) or None


def joined_codes(*columns: str) -> pl.Expr:
    """Codes of several columns as one cell, separated by `;`; null where there is none."""
    return pl.concat_str(columns, separator=";", ignore_nulls=True).replace("", None)
