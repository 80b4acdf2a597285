"""What the headline rests on, and how far it moves when an assumption does.

The headline is the stated expectation to the end of the fiscal year of a target: estimate × time in operation, over
projects in the pipeline, under validation and registered. All figures are of the day of the data.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from etl.contracts import table
from etl.steps.assumptions import AssumptionBook
from etl.steps.dating import in_force
from etl.steps.stages import ProjectHistory, ProjectState
from model.fiscal_year import fiscal_year_of
from model.ladder import DORMANT, EXPECTED_RUNGS
from model.lapse import LapseStep
from model.schedule import OperationWindow, expected_to_year, operation_window

FIVE = 5
A_FIFTH = 0.2
OTHER_LAPSE_YEARS = 6
NO_LAPSE_YEARS = 1_000


@dataclass(frozen=True)
class _Counted:
    """A project's expectation to the end of a fiscal year, tCO2."""

    state: ProjectState
    tco2: int


def headline_basis(
    histories: Mapping[str, ProjectHistory], book: AssumptionBook, as_of: date, target_years: Sequence[int]
) -> pl.DataFrame:
    """Return `headline_basis`: tonnes, projects and share of the headline by what they rest on, for each target."""
    rows: list[tuple[int, str, int, int, float | None]] = []
    states = _states(histories.values(), book, as_of)
    for year in target_years:
        everything = _counted(states, year)
        counted = [one for one in everything if one.state.stage in EXPECTED_RUNGS]
        total = sum(one.tco2 for one in counted)
        largest = sorted(counted, key=lambda one: -one.tco2)
        parts: dict[str, list[_Counted]] = {
            "all": counted,
            "start_stated": _where(counted, lambda state: _start(state) == "stated"),
            "start_verified": _where(counted, lambda state: _start(state) == "verified"),
            "start_assumed": _where(counted, lambda state: _start(state) in ("selection", "registration")),
            "project_document": _where(counted, lambda state: _basis(state) == "project document"),
            "selection": _where(counted, lambda state: _basis(state) == "selection"),
            "other_basis": _where(
                counted, lambda state: _basis(state) not in ("project document", "selection")
            ),
            "largest_project": largest[:1],
            "five_largest": largest[:FIVE],
            # Beside the headline, not in it; its share is of the headline.
            "dormant": _where(everything, lambda state: state.stage == DORMANT),
        }
        for item, some in parts.items():
            tco2 = sum(one.tco2 for one in some)
            rows.append((year, item, len(some), tco2, tco2 / total if total else None))
    return table("headline_basis").frame(rows)


def headline_sensitivity(
    histories: Mapping[str, ProjectHistory], book: AssumptionBook, as_of: date, target_years: Sequence[int]
) -> pl.DataFrame:
    """Return `headline_sensitivity`: the headline under other assumptions, and its difference, for each target."""
    rows: list[tuple[int, str, int, int]] = []
    states = _states(histories.values(), book, as_of)
    longer, shorter = (
        _states(histories.values(), book.with_lives(factor), as_of) for factor in (1 + A_FIFTH, 1 - A_FIFTH)
    )
    six_years, without = (
        _states(_lapsing(histories, years), book, as_of) for years in (OTHER_LAPSE_YEARS, NO_LAPSE_YEARS)
    )
    for year in target_years:
        everything = _counted(states, year)
        counted = [one for one in everything if one.state.stage in EXPECTED_RUNGS]
        total = sum(one.tco2 for one in counted)
        sums = {
            "start_a_year_earlier": _headline(states, year, shift_years=-1),
            "start_a_year_later": _headline(states, year, shift_years=1),
            "lives_a_fifth_longer": _headline(longer, year),
            "lives_a_fifth_shorter": _headline(shorter, year),
            "without_largest_project": total - max((one.tco2 for one in counted), default=0),
            "with_dormant": sum(one.tco2 for one in everything),
            "lapse_of_six_years": _headline(six_years, year),
            "without_lapse": _headline(without, year),
        }
        rows += [(year, variant, tco2, tco2 - total) for variant, tco2 in sums.items()]
    return table("headline_sensitivity").frame(rows)


def _headline(states: Sequence[ProjectState], year: int, *, shift_years: int = 0) -> int:
    counted = _counted(states, year, shift_years=shift_years)
    return sum(one.tco2 for one in counted if one.state.stage in EXPECTED_RUNGS)


def _states(histories: Iterable[ProjectHistory], book: AssumptionBook, as_of: date) -> list[ProjectState]:
    """The states on a day of projects that expect something on it."""
    states = (history.state(as_of, book) for history in histories if history.known_on <= as_of)
    return [state for state in states if state.expects]


def _counted(
    states: Iterable[ProjectState], last_fiscal_year: int, *, shift_years: int = 0
) -> list[_Counted]:
    return [
        _Counted(state, expected_to_year(window, state.estimate.annual_tco2, last_fiscal_year))
        for state in states
        if state.estimate and (window := _shifted(state, shift_years) if shift_years else state.window)
    ]


def _shifted(state: ProjectState, years: int) -> OperationWindow:
    """The window with another start; a start on 29 February moves to the 28th."""
    if state.window is None or state.lifetime_years is None:
        message = "a project without a schedule cannot be shifted"
        raise ValueError(message)
    start = state.window.start
    day = min(start.day, 28) if (start.month, start.day) == (2, 29) else start.day
    return operation_window(start.replace(year=start.year + years, day=day), state.lifetime_years)


def _lapsing(histories: Mapping[str, ProjectHistory], years: int) -> list[ProjectHistory]:
    return [replace(history, lapse=(LapseStep(date.min, years),)) for history in histories.values()]


def _where(counted: Iterable[_Counted], test: Callable[[ProjectState], bool]) -> list[_Counted]:
    return [one for one in counted if test(one.state)]


def _start(state: ProjectState) -> str | None:
    return state.start.basis if state.start else None


def _basis(state: ProjectState) -> str | None:
    return state.estimate.basis if state.estimate else None


def targets_in_force(target: pl.DataFrame, as_of: date) -> list[int]:
    """Return the fiscal years of the targets in force on a day, in order; the year of the day where there is none."""
    years = in_force(target, as_of).get_column("fiscal_year").unique().sort()
    return years.to_list() or [fiscal_year_of(as_of)]
