"""Issuance events as the record keeps them: dates with their years, amounts with their limits, what their projects share."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import polars as pl

from etl.steps.fact_rows import Event, FactRows, PartialDate
from etl.steps.issued import EventKnowledge, years_on
from etl.steps.ledger import amount_codes
from etl.steps.stages import join_codes

Value = TypeVar("Value")

EVENT_COLUMNS = {
    "issuance_id": pl.String,
    "project_id": pl.String,
    "projects": pl.Int64,
    "sector_number": pl.Int64,
    "technology": pl.String,
    "programme": pl.String,
    "funding": pl.String,
    "amount_basis": pl.String,
    "tco2_low": pl.Int64,
    "tco2_high": pl.Int64,
    "japan_low_tco2": pl.Int64,
    "japan_high_tco2": pl.Int64,
    "fiscal_year_decided": pl.Int64,
    "calendar_year_decided": pl.Int64,
    "fiscal_year_issued": pl.Int64,
    "calendar_year_issued": pl.Int64,
    "fiscal_year_period_end": pl.Int64,
    "calendar_year_period_end": pl.Int64,
    "fiscal_year_announced": pl.Int64,
    "calendar_year_announced": pl.Int64,
    "announced_on": pl.Date,
    "announced_known_on": pl.Date,
    "is_reported": pl.Boolean,
    "known_on": pl.Date,
    "issued_known_on": pl.Date,
    "assumption_codes": pl.String,
}


def issuance_events(facts: FactRows, knowledge: Mapping[str, EventKnowledge]) -> pl.DataFrame:
    """Return `issuance_event`: what is derived of each event, in the order of the record.

    Sector, technology, programme and funding are what all projects of the event share, null where they differ or
    are not named.
    """
    rows = [
        {
            "issuance_id": event.issuance_id,
            "project_id": event.only_project_id,
            "projects": len(event.project_ids),
            **_shared(event, facts),
            "amount_basis": event.amount.basis if event.amount else "unknown",
            "tco2_low": event.amount.low if event.amount else None,
            "tco2_high": event.amount.high if event.amount else None,
            "japan_low_tco2": event.japan.low if event.japan else None,
            "japan_high_tco2": event.japan.high if event.japan else None,
            **_years("decided", event.decided),
            **_years("issued", event.issued),
            **_years("period_end", PartialDate(event.period[1], "day") if event.period else None),
            **_years("announced", known.announced),
            "announced_on": known.announced.earliest if known.announced else None,
            "announced_known_on": known.announced_known_on,
            "is_reported": event.is_reported,
            "known_on": known.known_on,
            "issued_known_on": known.issued_on,
            "assumption_codes": join_codes((*known.codes, *amount_codes(event.amount))),
        }
        for event in facts.events
        for known in [knowledge[event.issuance_id]]
    ]
    return pl.DataFrame(rows, schema=EVENT_COLUMNS)


def _years(name: str, stated: PartialDate | None) -> dict[str, int | None]:
    fiscal, calendar = years_on(stated) if stated else (None, None)
    return {f"fiscal_year_{name}": fiscal, f"calendar_year_{name}": calendar}


def _shared(event: Event, facts: FactRows) -> dict[str, Any]:
    projects = [facts.projects[p] for p in event.project_ids if p in facts.projects]
    return {
        "sector_number": _same([project.sector_number for project in projects]),
        "technology": _same([project.technology for project in projects]),
        "programme": _same([project.programme for project in projects]),
        "funding": _same([project.funding for project in projects]),
    }


def _same(values: Sequence[Value]) -> Value | None:
    return values[0] if values and all(value == values[0] for value in values) else None
