"""Facts by hand for the plausibility rules: every table that is read, empty or with a few rows that tell what matters."""

from datetime import date
from typing import Any

import polars as pl

from etl.contracts import TABLES
from etl.plausibility import RULES, Record

READ = date(2026, 11, 29)
LONG_AGO = date(2013, 1, 8)

USUAL: dict[str, dict[str, Any]] = {
    "source": {"source_id": "s", "kind": "official", "retrieved_on": READ},
    "partner_country": {
        "iso3": "MNG",
        "name_en": "Mongolia",
        "signed_from_on": LONG_AGO,
        "signed_to_on": LONG_AGO,
        "source_id": "s",
    },
    "project": {
        "iso3": "MNG",
        "title_en": "Some project",
        "technology": "other",
        "status": "pipeline",
        "in_target_scope": True,
        "source_ids": "s",
    },
    "project_claim": {"claim_scope": "project", "is_taken": True, "source_id": "s"},
    "issuance": {
        "iso3": "MNG",
        "decided_precision": "day",
        "issued_precision": "day",
        "is_partner_issuance_pending": False,
        "source_id": "s",
    },
    "article6_event": {"iso3": "MNG", "action": "first transfer", "source_id": "s"},
    "aggregate_statement": {"kind": "expected reductions", "source_id": "s"},
    "official_total": {
        "as_of_precision": "day",
        "unit": "tCO2",
        "qualifier": "exact",
        "scope": "all",
        "source_id": "s",
        "reliability": "official",
    },
    "statement_scope": {"scope": "all", "scope_code": "jcm"},
    "target": {"known_on": date(2025, 2, 18), "source_id": "s"},
    "assumption": {"kind": "lifetime", "basis": "convention"},
    "country_letters": {"letters": "MN", "iso3": "MNG"},
}

ALWAYS: dict[str, list[dict[str, Any]]] = {
    "source": [{}],
    "partner_country": [{}],
    "country_letters": [{}, {"letters": "TH", "iso3": "THA"}],
    "statement_scope": [{}],
    "technology_scope": [{"technology": "wind", "sector_number": 1}],
}


def facts(**tables: list[dict[str, Any]]) -> dict[str, pl.DataFrame]:
    """The tables given, each row with its usual values; the others as always, or empty."""
    frames = {}
    for table in TABLES:
        if not table.is_read:
            continue
        schema = {name: column.dtype for name, column in table.schema.columns().items()}
        rows = tables.get(table.name, ALWAYS.get(table.name, []))
        frames[table.name] = pl.DataFrame(
            [{**dict.fromkeys(schema), **USUAL.get(table.name, {}), **row} for row in rows], schema=schema
        )
    if "source_file" in tables:
        frames["source_file"] = pl.DataFrame(tables["source_file"])
    return frames


def told(code: str, today: date | None = None, **tables: list[dict[str, Any]]) -> set[str]:
    """Keys of the rows that a rule doubts."""
    rule = next(rule for rule in RULES if rule.code == code)
    return {doubt.about.key for doubt in rule.find(Record(facts(**tables), today))}


def registered(project_id: str = "MN001", on: date = date(2015, 6, 30), **cells: Any) -> dict[str, Any]:
    """A registered project."""
    return {
        "project_id": project_id,
        "ref_no": project_id,
        "status": "registered",
        "registered_on": on,
        **cells,
    }


def event(key: str = "MN001-1", projects: str | None = "MN001", **cells: Any) -> dict[str, Any]:
    """An issuance of one project, or of several."""
    alone = projects if projects and ";" not in projects else None
    return {"issuance_id": key, "project_id": alone, "project_ids": projects, **cells}


def statement(metric: str, value: float, as_of: date | None = None, **cells: Any) -> dict[str, Any]:
    """A stated total."""
    return {"metric": metric, "value": value, "as_of_on": as_of, **cells}
