"""Small sets of facts for tests: a few rows, everything else null or at its usual value."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from etl.contracts import table
from etl.steps import derive
from etl.steps.assumptions import ASSUMPTION_COLUMNS

DATA_AS_OF = date(2026, 11, 23)
LIST = "gh-ctsdb-all-jcm"

COLUMNS: Mapping[str, Mapping[str, Any]] = {
    "project_place": {name: column.dtype for name, column in table("project_place").schema.columns().items()},
    "map_shape": {name: column.dtype for name, column in table("map_shape").schema.columns().items()},
    "source": {
        "source_id": pl.String,
        "as_of_on": pl.Date,
        "as_of_precision": pl.String,
        "retrieved_on": pl.Date,
    },
    "project": {
        "project_id": pl.String,
        "ref_no": pl.String,
        "iso3": pl.String,
        "location": pl.String,
        "latitude": pl.Float64,
        "longitude": pl.Float64,
        "technology": pl.String,
        "sector_number": pl.Int64,
        "programme": pl.String,
        "funding": pl.String,
        "fy_selected": pl.Int64,
        "status": pl.String,
        "registered_on": pl.Date,
        "operation_start_on": pl.Date,
        "operation_start_precision": pl.String,
        "est_annual_tco2": pl.Int64,
        "est_annual_source_id": pl.String,
        "in_target_scope": pl.Boolean,
        "source_ids": pl.String,
    },
    "project_claim": {
        "project_id": pl.String,
        "field": pl.String,
        "value": pl.String,
        "source_id": pl.String,
        "claim_scope": pl.String,
        "is_taken": pl.Boolean,
    },
    "issuance": {
        "issuance_id": pl.String,
        "project_id": pl.String,
        "project_ids": pl.String,
        "iso3": pl.String,
        "decided_on": pl.Date,
        "decided_precision": pl.String,
        "issued_on": pl.Date,
        "issued_precision": pl.String,
        "period_start_on": pl.Date,
        "period_end_on": pl.Date,
        "total_tco2": pl.Int64,
        "japan_tco2": pl.Int64,
        "japan_government_tco2": pl.Int64,
        "partner_tco2": pl.Int64,
        "partner_issued_on": pl.Date,
        "is_partner_issuance_pending": pl.Boolean,
        "source_id": pl.String,
        "other_source_ids": pl.String,
    },
    "article6_event": {
        "article6_event_id": pl.String,
        "issuance_id": pl.String,
        "iso3": pl.String,
        "occurred_on": pl.Date,
        "action": pl.String,
        "quantity_tco2": pl.Int64,
        "source_id": pl.String,
    },
    "partner_country": {
        "iso3": pl.String,
        "name_en": pl.String,
        "signed_from_on": pl.Date,
        "signed_to_on": pl.Date,
    },
    "official_total": {
        "as_of_on": pl.Date,
        "as_of_precision": pl.String,
        "metric": pl.String,
        "value": pl.Float64,
        "unit": pl.String,
        "qualifier": pl.String,
        "scope": pl.String,
        "source_id": pl.String,
        "reliability": pl.String,
        "note": pl.String,
    },
    "target": {
        "fiscal_year": pl.Int64,
        "low_tco2": pl.Int64,
        "high_tco2": pl.Int64,
        "known_on": pl.Date,
        "known_until": pl.Date,
    },
    "assumption": ASSUMPTION_COLUMNS,
}

USUAL: Mapping[str, Mapping[str, Any]] = {
    "source": {"retrieved_on": DATA_AS_OF, "as_of_precision": "day"},
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
    "article6_event": {"iso3": "MNG", "action": "first transfer", "source_id": "s"},
    "official_total": {
        "as_of_precision": "day",
        "qualifier": "exact",
        "reliability": "official",
        "source_id": "paper",
    },
    "assumption": {"kind": "convention", "basis": "convention", "reason_en": "test", "reason_ja": "試験"},
}

# 15 years for solar; a year from selection to operation, a year of operation before registration.
ASSUMPTIONS: tuple[dict[str, Any], ...] = (
    {"assumption_code": "LIFE-SOLAR-PV", "value": 15.0},
    {"assumption_code": "DELAY-SELECTION-ALL", "value": 365.0},
    {"assumption_code": "DELAY-REGISTRATION", "value": -365.0},
    {"assumption_code": "SHARE-THA", "value": 0.5},
    *(
        {"assumption_code": code}
        for code in (
            "START-MONTH",
            "START-SELECTED",
            "START-REGISTERED",
            "START-KNOWN",
            "KNOWN-SOURCE",
            "KNOWN-SELECTED-FY",
            "KNOWN-RETRIEVED",
            "KNOWN-WITH-PROJECT",
            "STAGE-LIST",
            "DATED-DECISION",
            "DATED-ISSUE",
            "DATED-ANNOUNCED",
            "DATED-NONE",
            "NOT-ADDED",
            "SHARE-MEASURED",
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


def facts_of(**tables: list[dict[str, Any]]) -> dict[str, pl.DataFrame]:
    """Build the fact tables; a table not given is empty, but for sources, targets and assumptions."""
    given = {"target": list(TARGETS), "assumption": list(ASSUMPTIONS), "source": [UNDATED], **tables}
    return {
        name: pl.DataFrame(
            [{**dict.fromkeys(columns), **USUAL.get(name, {}), **row} for row in given.get(name, [])],
            schema=dict(columns),
        )
        for name, columns in COLUMNS.items()
    }


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
