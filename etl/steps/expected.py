"""Expected tonnes of each project: its estimate in force over the operation known or assumed at the time.

`tco2` is what is stated; `net_tco2` leaves out what was verified instead, so that net expected and verified tonnes
together count nothing twice.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

import polars as pl

from etl.contracts import table
from etl.steps.assumptions import MEASURED_SHARE, AssumptionBook
from etl.steps.issued import Verification
from etl.steps.stages import ProjectHistory, ProjectState
from etl.steps.tonnes import Codes, join_codes, rows_over_time
from model.allocation import apply_share, measured_share
from model.fiscal_year import YearPiece, piece_of
from model.knowledge import Known, known_states
from model.ladder import PROJECT_RUNGS
from model.schedule import Period, expected_by_piece


class ExpectedCell(NamedTuple):
    """Where expected tonnes stand: rung and piece of a year."""

    rung: str
    fiscal_year: int
    calendar_year: int


class Sight(NamedTuple):
    """What is known of a project on a day: its state, what was verified of it, and Japan's share with its codes."""

    state: ProjectState
    verified: tuple[Verification, ...]
    share: Fraction | None
    share_codes: Codes


class Expected(NamedTuple):
    """Expected tonnes of a cell, tCO2; Japan's parts are None where the share is not known."""

    tco2: int
    net_tco2: int
    japan_tco2: int | None
    japan_net_tco2: int | None
    codes: Codes


def expected_rows(
    histories: Mapping[str, ProjectHistory],
    states: Mapping[str, Sequence[Known[ProjectState]]],
    verified: Mapping[str, Sequence[Verification]],
    book: AssumptionBook,
    last_fiscal_year: int,
) -> pl.DataFrame:
    """Return `expected` up to a fiscal year, sorted by rung, project, year and known_on."""
    rows: list[tuple[Any, ...]] = []
    for project_id, history in histories.items():
        if not any(known.value.expects for known in states[project_id]):
            continue
        found = verified.get(project_id, ())
        days = {
            *(known.known_on for known in states[project_id]),
            *(max(one.known_on, history.known_on) for one in found),
            *(day for day in book.change_days if day > history.known_on),
            *(day for day in book.share_days(history.project.iso3) if day > history.known_on),
        }
        sights = []
        for day in sorted(days):
            state = next(k.value for k in states[project_id] if k.is_in_force(day))
            known = tuple(one for one in found if one.known_on <= day)
            sights.append((day, Sight(state, known, *_japan_share(history.project.iso3, known, book, day))))
        rows += _rows_of(project_id, tuple(sights), last_fiscal_year)
    order = {rung: place for place, rung in enumerate(PROJECT_RUNGS)}
    return (
        table("expected")
        .frame(rows)
        .sort(
            pl.col("rung").replace_strict(order, return_dtype=pl.Int64),
            "project_id",
            "fiscal_year",
            "calendar_year",
            "known_on",
        )
    )


@lru_cache(maxsize=512)  # a refresh derives all projects before and after few of them change
def _rows_of(
    project_id: str, sights: tuple[tuple[date, Sight], ...], last_fiscal_year: int
) -> list[tuple[Any, ...]]:
    """Rows of a project from what was known of it on each day."""
    changes = [(k.known_on, _cells(k.value, last_fiscal_year)) for k in known_states(sights)]
    return [
        (
            project_id,
            *cell,
            *known.value[:4],
            known.known_on,
            known.known_until,
            join_codes(known.value.codes),
        )
        for cell, known in rows_over_time(changes)
    ]


_pieces_of = lru_cache(maxsize=8_192)(expected_by_piece)
"""A project's schedule changes on few of the days on which something became known."""


def _cells(sight: Sight, last_fiscal_year: int) -> dict[ExpectedCell, Expected]:
    state, verified = sight.state, sight.verified
    if not state.expects or state.estimate is None or state.window is None:
        return {}
    periods: tuple[Period, ...] = tuple(one.period for one in verified if one.period is not None)
    pieces = _pieces_of(state.window, state.estimate.annual_tco2, last_fiscal_year, periods)
    net = {piece: tonnes.uncovered_tco2 for piece, tonnes in pieces.items()}
    net_codes: Codes = ()
    for one in verified:
        if one.period is None:
            _replace_amount(net, one)
            net_codes = (*net_codes, *one.codes)
    codes = (*state.codes, *net_codes, *sight.share_codes)
    return {
        ExpectedCell(state.stage, *piece): Expected(
            tonnes.tco2,
            net[piece],
            apply_share(tonnes.tco2, sight.share),
            apply_share(net[piece], sight.share),
            codes,
        )
        for piece, tonnes in pieces.items()
    }


def _replace_amount(net: dict[YearPiece, int], verification: Verification) -> None:
    """Take verified tonnes out of the expectation up to a day, the latest piece first."""
    left, last = verification.tco2, piece_of(verification.until)
    for piece in sorted((piece for piece in net if piece <= last), reverse=True):
        taken = min(left, net[piece])
        net[piece] -= taken
        left -= taken


def _japan_share(
    iso3: str, verified: Sequence[Verification], book: AssumptionBook, as_of: date
) -> tuple[Fraction | None, Codes]:
    measured = measured_share(one.japan for one in verified if one.japan is not None)
    if measured is not None:
        return measured, (MEASURED_SHARE,)
    stated = book.country_share(iso3, as_of)
    return (stated[0], (stated[1],)) if stated else (None, ())
