"""The operation of each project over known time: annual estimate, first and last day, and how the start is known."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from etl.steps.assumptions import AssumptionBook, MissingAssumption
from etl.steps.stages import ProjectHistory, join_codes
from model.knowledge import known_states
from model.ladder import EXPECTED_RUNGS
from model.schedule import operation_window

PROJECT_SCHEDULE_COLUMNS = {
    "project_id": pl.String,
    "annual_tco2": pl.Int64,
    "start_on": pl.Date,
    "end_on": pl.Date,
    "start_basis": pl.String,
    "lifetime_years": pl.Float64,
    "known_on": pl.Date,
    "known_until": pl.Date,
    "assumption_codes": pl.String,
}

_BASIS = {
    "START-MONTH": "stated",
    "START-SELECTED": "selection",
    "START-REGISTERED": "registration",
    "START-KNOWN": "known",
}
"""How the start was found, by the first code of the start; a stated day has none."""

_Row = tuple[int | None, date, date, str, float, str | None]


def project_schedules(histories: Iterable[ProjectHistory], book: AssumptionBook) -> pl.DataFrame:
    """Return `project_schedule`: one row per project in the target scope and interval in which nothing changed.

    Projects without an estimate are there too, with annual_tco2 null. Withdrawn projects and studies are not:
    nothing is expected of them. A project without an
    estimate is left out where its technology has no lifetime; one with an estimate raises MissingAssumption.
    """
    rows = []
    for history in histories:
        project = history.project
        if not project.in_target_scope or project.status not in EXPECTED_RUNGS:
            continue
        try:
            lifetime_years, lifetime_code = book.lifetime_years(project.technology)
        except MissingAssumption:
            if history.estimates:
                raise
            continue
        changes: list[tuple[date, _Row]] = []
        for day in history.change_days():
            start, estimate = history.start(day, book), history.estimate(day)
            window = operation_window(start.on, lifetime_years)
            codes = (*(estimate.codes if estimate else ()), *start.codes, lifetime_code)
            changes.append(
                (
                    day,
                    (
                        estimate.annual_tco2 if estimate else None,
                        window.start,
                        window.end,
                        _BASIS[start.codes[0]] if start.codes else "stated",
                        lifetime_years,
                        join_codes(codes),
                    ),
                )
            )
        rows += [
            (project.project_id, *state.value[:5], state.known_on, state.known_until, state.value[5])
            for state in known_states(changes)
        ]
    return pl.DataFrame(rows, schema=PROJECT_SCHEDULE_COLUMNS, orient="row")
