"""A worked case: decision, issue on both sides, two authorisations, transfers over two vintages, acquisition, use, cancellation."""

from datetime import date
from functools import cache
from typing import Any

from exports.article6.filling import Filing, report_of
from model.ledger.agreed_format.fields import Row, Table
from model.ledger.agreed_format.report import Report
from model.ledger.agreed_format.tables import TABLES
from tests.etl.facts_by_hand import UNDATED, derived_from

PARTIES = frozenset({"JPN", "MNG", "THA", "MDV"})
TODAY = date(2026, 11, 30)
ACTS: tuple[tuple[date, str, int], ...] = (
    (date(2025, 1, 10), "authorisation", 60),
    (date(2025, 2, 10), "authorisation", 20),
    (date(2025, 3, 1), "first transfer", 30),
    (date(2025, 6, 1), "first transfer", 40),
    (date(2025, 6, 15), "acquisition", 20),
    (date(2026, 2, 1), "use towards NDC", 25),
    (date(2026, 3, 1), "cancellation", 5),
)


@cache
def entries() -> tuple[dict[str, Any], ...]:
    """Rows of the query `ledger_entries`, from the ledger that the build makes of the case."""
    rows = derived_from(
        source=[UNDATED],
        project=[{"project_id": "MN001", "source_ids": "s", "technology": "wind", "sector_number": 1}],
        partner_country=[
            {"iso3": "MNG", "signed_from_on": date(2013, 1, 8), "signed_to_on": date(2013, 1, 8)}
        ],
        issuance=[
            {
                "issuance_id": "MN001-1",
                "project_ids": "MN001",
                "decided_on": date(2024, 11, 10),
                "issued_on": date(2024, 12, 1),
                "partner_issued_on": date(2024, 12, 5),
                "period_start_on": date(2023, 1, 1),
                "period_end_on": date(2024, 12, 31),
                "total_tco2": 100,
                "japan_tco2": 80,
                "japan_government_tco2": 50,
                "partner_tco2": 20,
            }
        ],
        article6_event=[
            {
                "article6_event_id": f"A{number}",
                "issuance_id": "MN001-1",
                "occurred_on": on,
                "action": action,
                "quantity_tco2": tco2,
                "source_id": UNDATED["source_id"],
            }
            for number, (on, action, tco2) in enumerate(ACTS, 1)
        ],
    )["ledger_entry"]
    about = {"iso3": "MNG", "is_reported": False, "url": "https://example.org/page"}
    return tuple({**row, **about} for row in rows.iter_rows(named=True))


def report(year: int, party: str = "JPN", version: str = "1.0") -> Report:
    """The report of the case."""
    return report_of(entries(), Filing(party, year, version, None, 2021, 2030))


FOUND_OUT: dict[str, Any] = {
    "SubmissionDate": "2026-04-15",
    "CooperativeApproachId": "CA0001",
    "PartyItmoRegistryId": "JPN01",
    "MitigationType": "Emission reductions",
    "Sector": "Energy generation",
    "PurposesForAuthorization": "NDC",
    "OimpAuthorizedParty": "NA",
    "FirstTransferDefinitionOimp": "NA",
}


def completed(draft: Report) -> Report:
    """A draft with what somebody found out: every required cell is filled, units are counted from 1 in each vintage."""
    tables: dict[str, list[Row]] = {key: [dict(row) for row in rows] for key, rows in draft.tables.items()}
    for rows in tables.values():
        for row in rows:
            row.update({code: value for code, value in FOUND_OUT.items() if row.get(code, 0) is None})
    for row in tables["Authorizations"]:
        row["Version"] = 1
    for row in tables["Actions"]:
        row["Date"] = f"{row['Date']}T03:00:00.000Z"
    _numbered(tables)
    return Report(tables)


def _numbered(tables: dict[str, list[Row]]) -> None:
    """Numbers of blocks as a registry gives them: what comes in is numbered on, what goes is taken from the front."""
    free: dict[object, int] = {}
    for row in tables["Actions"]:
        if row["Type"] in {"Acquisition", "First transfer"}:
            _give(row, free)
    gone: dict[object, int] = {}
    for row in [r for r in tables["Actions"] if r["ItmoFirstId"] is None] + tables["Holdings"]:
        _give(row, gone)


def _give(row: Row, free: dict[object, int]) -> None:
    key, size = row["VintageYear"], row["QuantityTCo2"]
    assert isinstance(size, int)
    row["ItmoFirstId"] = free.get(key, 1)
    row["ItmoLastId"] = free.get(key, 1) + size - 1
    free[key] = free.get(key, 1) + size


def changed(base: Report, table: Table, number: int = 0, **values: Any) -> Report:
    """A report with other values in one row."""
    tables = {key: [dict(row) for row in rows] for key, rows in base.tables.items()}
    for code, value in values.items():
        assert code in TABLES[table.key].by_code
        tables[table.key][number][code] = value
    return Report(tables)


def with_rows(base: Report, table: Table, *rows: Row) -> Report:
    """A report with more rows."""
    return Report({**base.tables, table.key: [*base.tables[table.key], *rows]})
