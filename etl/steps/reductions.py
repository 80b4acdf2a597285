"""The one fact of measure: tonnes by project or event, rung and year, each row with the time it was known.

Rows are made per subject and piece of a year; where a later fact changes a row, the row is closed
(`known_until`) and the new one opened on that day. `combined_tco2` is the row's part in “verified +
expected”: what is verified for a monitoring period replaces the expectation for its days, so the sum over
the rows in force of operation and of one dating of the events counts nothing twice.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from etl.steps.assumptions import AssumptionBook
from etl.steps.attributes import Attributes, of_event, of_project, of_transfer
from etl.steps.expected import Verification, expected_changes
from etl.steps.fact_rows import FactRows
from etl.steps.issued import EventKnowledge, event_changes, transfer_changes
from etl.steps.stages import ProjectHistory, join_codes
from etl.steps.tonnes import Cell, Codes, State, Tonnes, rows_over_time
from model.knowledge import Known
from model.ladder import RUNGS

REDUCTION_COLUMNS = {
    "subject_id": pl.String,
    "project_id": pl.String,
    "issuance_id": pl.String,
    "iso3": pl.String,
    "sector_number": pl.Int64,
    "technology": pl.String,
    "programme": pl.String,
    "funding": pl.String,
    "rung": pl.String,
    "dated_by": pl.String,
    "fiscal_year": pl.Int64,
    "calendar_year": pl.Int64,
    "tco2": pl.Int64,
    "combined_tco2": pl.Int64,
    "japan_tco2": pl.Int64,
    "combined_japan_tco2": pl.Int64,
    "known_on": pl.Date,
    "known_until": pl.Date,
    "assumption_codes": pl.String,
}


def verifications(facts: FactRows, knowledge: Mapping[str, EventKnowledge]) -> dict[str, list[Verification]]:
    """Return the events with an amount that name exactly one project, by that project."""
    verified: dict[str, list[Verification]] = {}
    for event in facts.events:
        if event.only_project_id is not None and event.total_tco2 is not None:
            verified.setdefault(event.only_project_id, []).append(
                Verification(
                    knowledge[event.issuance_id].known_on, event.period, event.total_tco2, event.japan_tco2
                )
            )
    return verified


def derive_reductions(
    facts: FactRows,
    histories: Mapping[str, ProjectHistory],
    knowledge: Mapping[str, EventKnowledge],
    book: AssumptionBook,
    last_fiscal_year: int,
) -> pl.DataFrame:
    """Return `reduction` up to a fiscal year, sorted by rung, subject, dating, year and known_on.

    Raises MissingAssumption where a project with an estimate has a technology without a lifetime.
    """
    verified = verifications(facts, knowledge)
    rows: list[dict[str, Any]] = []
    for project_id, history in histories.items():
        changes = expected_changes(history, verified.get(project_id, ()), book, last_fiscal_year)
        opening = {history.known_on: history.known_codes}
        rows += _rows(of_project(history.project), changes, opening)
    events = {event.issuance_id: event for event in facts.events}
    for event in facts.events:
        known = knowledge[event.issuance_id]
        history_of_only = histories.get(event.only_project_id) if event.only_project_id else None
        rows += _rows(of_event(event, facts), event_changes(event, known, history_of_only))
    for transfer in facts.transfers:
        event_of = events.get(transfer.issuance_id) if transfer.issuance_id else None
        attributes = of_transfer(transfer.article6_event_id, transfer.iso3, event_of, facts)
        known_of = knowledge.get(transfer.issuance_id) if transfer.issuance_id else None
        rows += _rows(attributes, transfer_changes(transfer, event_of, known_of))
    order = {rung.code: rung.order for rung in RUNGS}
    return (
        pl.DataFrame(rows, schema=REDUCTION_COLUMNS, orient="row")
        .with_columns(pl.col("rung").replace_strict(order, return_dtype=pl.Int64).alias("order"))
        .sort("order", "subject_id", "dated_by", "fiscal_year", "calendar_year", "known_on", nulls_last=True)
        .drop("order")
    )


def _rows(
    attributes: Attributes, changes: Iterable[tuple[date, State]], opening: Mapping[date, Codes] | None = None
) -> list[dict[str, Any]]:
    """Rows of one subject; `opening` gives the codes of a day on which knowledge itself is assumed."""
    shared = vars(attributes)
    return [
        shared | _measures(cell, known, (opening or {}).get(known.known_on, ()))
        for cell, known in rows_over_time(changes)
    ]


def _measures(cell: Cell, known: Known[Tonnes], opening: Codes) -> dict[str, Any]:
    tonnes = known.value
    return {
        "rung": cell.rung,
        "dated_by": cell.dated_by,
        "fiscal_year": cell.fiscal_year,
        "calendar_year": cell.calendar_year,
        "tco2": tonnes.tco2,
        "combined_tco2": tonnes.combined_tco2,
        "japan_tco2": tonnes.japan_tco2,
        "combined_japan_tco2": tonnes.combined_japan_tco2,
        "known_on": known.known_on,
        "known_until": known.known_until,
        "assumption_codes": join_codes((*opening, *tonnes.codes)),
    }
