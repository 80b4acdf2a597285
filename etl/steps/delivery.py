"""What was expected for the days that each issuance event verifies, as the estimate in force on a day had it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from etl.steps.fact_rows import Event, FactRows
from etl.steps.issued import EventKnowledge
from etl.steps.stages import ProjectHistory
from model.knowledge import known_states
from model.schedule import expected_over_period

DELIVERY_COLUMNS = {
    "issuance_id": pl.String,
    "annual_tco2": pl.Int64,
    "expected_tco2": pl.Float64,
    "lacks": pl.String,
    "known_on": pl.Date,
    "known_until": pl.Date,
}
LACKS = ("amount", "project", "period", "estimate")


class Comparison(NamedTuple):
    """The estimate in force, what it expects for the event's period, and what is missing to compare them."""

    annual_tco2: int | None
    expected_tco2: float | None
    lacks: str | None


def delivery_rows(
    facts: FactRows, knowledge: Mapping[str, EventKnowledge], histories: Mapping[str, ProjectHistory]
) -> pl.DataFrame:
    """Return `delivery`: one row an event and interval in which nothing changed.

    Only an event of one project, with a period and an amount of which both ends are known, can be compared.
    """
    rows: list[tuple[Any, ...]] = []
    for event in facts.events:
        history = histories.get(event.only_project_id) if event.only_project_id else None
        known_on = knowledge[event.issuance_id].known_on
        days = {known_on}
        if history is not None:
            days.update(max(estimate.known_on, known_on) for estimate in history.estimates)
        states = known_states([(day, _compare(event, history, day)) for day in sorted(days)])
        rows += [(event.issuance_id, *known.value, known.known_on, known.known_until) for known in states]
    return pl.DataFrame(rows, schema=DELIVERY_COLUMNS, orient="row")


def _compare(event: Event, history: ProjectHistory | None, as_of: date) -> Comparison:
    estimate = history.estimate(as_of) if history else None
    annual = estimate.annual_tco2 if estimate else None
    if event.amount is None or event.amount.is_open:
        return Comparison(annual, None, "amount")
    if history is None:
        return Comparison(annual, None, "project")
    if event.period is None:
        return Comparison(annual, None, "period")
    if annual is None:
        return Comparison(annual, None, "estimate")
    return Comparison(annual, expected_over_period(annual, event.period), None)
