"""Small sets of facts for tests: a few rows, everything else null or at its usual value."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from etl.contracts import table
from etl.steps import derive

DATA_AS_OF = date(2026, 11, 23)
LIST = "list"

TABLES = (
    "source",
    "weak_publisher",
    "list_sighting",
    "project_list",
    "own_use",
    "statement_scope",
    "project",
    "project_claim",
    "project_place",
    "participant",
    "participant_alias",
    "map_shape",
    "issuance",
    "article6_event",
    "aggregate_statement",
    "partner_country",
    "official_total",
    "readiness",
    "safeguard",
    "carbon_pricing",
    "milestone",
    "target",
    "assumption",
)
COLUMNS: Mapping[str, Mapping[str, Any]] = {name: table(name).dtypes for name in TABLES}

USUAL: Mapping[str, Mapping[str, Any]] = {
    "source": {
        "retrieved_on": DATA_AS_OF,
        "as_of_precision": "day",
        "kind": "official",
        "publisher": "a ministry",
    },
    "project": {
        "iso3": "MNG",
        "technology": "solar PV",
        "sector_number": 1,
        "funding": "government",
        "status": "pipeline",
        "operation_start_precision": "day",
        "in_target_scope": True,
    },
    "project_claim": {"claim_scope": "project", "is_taken": True},
    "issuance": {
        "iso3": "MNG",
        "decided_precision": "day",
        "issued_precision": "day",
        "is_partner_issuance_pending": False,
        "source_id": "undated",
    },
    "article6_event": {"iso3": "MNG", "action": "first transfer", "source_id": "undated"},
    "official_total": {
        "as_of_precision": "day",
        "qualifier": "exact",
        "reliability": "official",
        "source_id": "paper",
    },
    "statement_scope": {"scope_code": "jcm"},
    "assumption": {"kind": "convention", "basis": "convention", "reason_en": "test", "reason_ja": "試験"},
}

# 15 years for solar; a year from selection to operation, a year of operation before registration.
ASSUMPTIONS: tuple[dict[str, Any], ...] = (
    {"assumption_code": "LIFE-SOLAR-PV", "value": 15.0},
    {"assumption_code": "LIFE-SOLAR-PV-FACTORY", "value": 9.0},
    {"assumption_code": "DELAY-SELECTION-ALL", "value": 365.0},
    {"assumption_code": "DELAY-REGISTRATION", "value": -365.0},
    {
        "assumption_code": "SHARE-THA",
        "value": 0.5,
        "unit": "share",
        "subject": "THA",
        "source_id": "shares",
    },
    *(
        {"assumption_code": code}
        for code in (
            "START-MONTH",
            "START-SELECTED",
            "START-REGISTERED",
            "START-VERIFIED",
            "START-CORRECTED",
            "NO-SCHEDULE",
            "LAPSE",
            "KNOWN-SOURCE",
            "KNOWN-SELECTED-FY",
            "KNOWN-RETRIEVED",
            "KNOWN-WITH-PROJECT",
            "KNOWN-DOCUMENT",
            "STAGE-LIST",
            "DATED-DECISION",
            "DATED-ISSUE",
            "DATED-ANNOUNCED",
            "DATED-NONE",
            "NET-OF-AMOUNT",
            "NET-OF-COUNTRY",
            "AMOUNT-RANGE",
            "AMOUNT-AT-LEAST",
            "SHARE-MEASURED",
            "AUTH-IMPLIED",
            "VINTAGE-DAYS",
            "HOLDER-ORDER",
        )
    ),
)

TARGETS: tuple[dict[str, Any], ...] = (
    {
        "fiscal_year": 2030,
        "low_tco2": 50_000_000,
        "high_tco2": 100_000_000,
        "known_on": date(2015, 4, 30),
        "known_until": date(2021, 10, 22),
    },
    {
        "fiscal_year": 2040,
        "low_tco2": 200_000_000,
        "high_tco2": 200_000_000,
        "known_on": date(2025, 2, 18),
    },
)

UNDATED = {"source_id": "undated"}
SHARES = {"source_id": "shares", "as_of_on": date(2018, 4, 20)}


def facts_of(**tables: list[dict[str, Any]]) -> dict[str, pl.DataFrame]:
    """Build the fact tables; a table not given is empty, but for sources, targets, assumptions and the project list."""
    given = {
        "target": list(TARGETS),
        "assumption": list(ASSUMPTIONS),
        "source": [UNDATED, SHARES],
        "project_list": [{"source_id": LIST}],
        **tables,
    }
    return {
        name: pl.DataFrame(
            [
                {**dict.fromkeys(columns), **USUAL.get(name, {}), **_completed(name, row)}
                for row in given.get(name, [])
            ],
            schema=dict(columns),
        )
        for name, columns in COLUMNS.items()
    }


def _completed(name: str, row: dict[str, Any]) -> dict[str, Any]:
    """An estimate needs its source and basis; tests that are not about these leave them out."""
    if name == "project" and row.get("est_annual_tco2"):
        return {"est_annual_source_id": "undated", "est_annual_basis": "selection", **row}
    if name == "project_claim" and row.get("field") == "est_annual_tco2":
        return {"figure_basis": "selection", **row}
    return row


def derived_from(**tables: list[dict[str, Any]]) -> dict[str, pl.DataFrame]:
    """Derive all tables from facts given by hand."""
    return derive(facts_of(**tables), DATA_AS_OF)


def in_force(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The rows that were the latest known on a day."""
    return rows.filter(
        (pl.col("known_on") <= as_of) & (pl.col("known_until").is_null() | (pl.col("known_until") > as_of))
    )


def by_fiscal_year(rows: pl.DataFrame, column: str = "tco2") -> dict[int | None, int]:
    """Sum a column by fiscal year."""
    summed = rows.group_by("fiscal_year").agg(pl.col(column).sum()).sort("fiscal_year", nulls_last=True)
    return dict(summed.iter_rows())


def latest_day(earliest: date, precision: str | None) -> date:
    """The last day that a date of this precision (day, month, year) may mean."""
    if precision == "year":
        return date(earliest.year, 12, 31)
    if precision == "month":
        return (earliest.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return earliest
