"""One right row of each kind, to be spoiled in one place by a test."""

from datetime import date
from typing import Any

import polars as pl

from etl.contracts import table

PROJECT: dict[str, Any] = {
    "project_id": "MN001",
    "ref_no": "MN001",
    "title_en": "Boilers",
    "title_en_basis": "published",
    "title_ja": None,
    "iso3": "MNG",
    "location": None,
    "latitude": None,
    "longitude": None,
    "technology": "boiler",
    "sector_number": 1,
    "sector_basis": "classified",
    "methodology": None,
    "programme": "MOEJ model project",
    "funding": "government",
    "fy_selected": 2013,
    "status": "registered",
    "registered_on": date(2015, 6, 30),
    "operation_start_on": None,
    "operation_start_precision": None,
    "est_annual_tco2": 92,
    "est_annual_source_id": "s1",
    "est_annual_basis": "selection",
    "est_total_tco2": None,
    "est_total_basis": None,
    "jp_participants": None,
    "partner_participants": None,
    "in_target_scope": True,
    "note": None,
    "source_ids": "s1",
}
ISSUANCE: dict[str, Any] = {
    "issuance_id": "MN001-1",
    "project_id": "MN001",
    "project_ids": "MN001",
    "iso3": "MNG",
    "decided_on": date(2016, 9, 29),
    "decided_precision": "day",
    "issued_on": date(2016, 9, 30),
    "issued_precision": "day",
    "period_start_on": date(2015, 9, 20),
    "period_end_on": date(2016, 5, 15),
    "total_tco2": 50,
    "total_low_tco2": None,
    "total_high_tco2": None,
    "japan_tco2": 40,
    "japan_government_tco2": 30,
    "partner_tco2": 10,
    "partner_issued_on": None,
    "is_partner_issuance_pending": False,
    "source_id": "s1",
    "other_source_ids": None,
    "note": None,
}
CLAIM: dict[str, Any] = {
    "project_id": "MN001",
    "field": "est_annual_tco2",
    "value": "92",
    "source_id": "s1",
    "claim_scope": "project",
    "is_taken": True,
    "figure_basis": "selection",
}
TRANSFER: dict[str, Any] = {
    "article6_event_id": "A6-MNG-1",
    "issuance_id": "MN001-1",
    "iso3": "MNG",
    "occurred_on": date(2025, 11, 11),
    "action": "first transfer",
    "quantity_tco2": 50,
    "source_id": "s1",
    "note": None,
}
PRICING: dict[str, Any] = {
    "iso3": "JPN",
    "status": "implemented",
    "instrument": "emissions trading",
    "since_on": date(2026, 4, 1),
    "since_precision": "day",
    "source_id": "s1",
    "note": None,
}
PARTNER: dict[str, Any] = {
    "iso3": "MNG",
    "name_en": "Mongolia",
    "name_ja": "モンゴル",
    "sequence": 1,
    "signed_from_on": date(2013, 1, 8),
    "signed_to_on": date(2013, 1, 8),
    "signed_precision": "day",
    "signed_place": None,
    "source_id": "s1",
    "other_source_ids": None,
    "note": None,
}
TARGET: dict[str, Any] = {
    "target_id": "T2015-2030",
    "fiscal_year": 2030,
    "low_tco2": 50_000_000,
    "high_tco2": 100_000_000,
    "standing": "discussed",
    "qualifier": "about",
    "wording_en": "50 to 100 Mt",
    "wording_ja": "5,000万~1億t",
    "known_on": date(2015, 4, 30),
    "known_until": date(2021, 10, 22),
    "source_id": "s1",
}


PARTICIPANT: dict[str, Any] = {
    "participant_id": "invented-power",
    "name_en": "Invented Power LLC",
    "name_ja": None,
    "iso3": "MNG",
    "group_id": None,
    "group_reason_en": None,
    "group_reason_ja": None,
    "note": None,
    "is_resolved": True,
}
ALIAS: dict[str, Any] = {
    "alias": "Invented Energy",
    "iso3": None,
    "participant_id": "invented-power",
    "reason": "renamed",
    "reason_en": "The former name.",
    "reason_ja": "旧社名。",
}


def frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Typed as the contract of the table says."""
    schema = table(name).schema
    return pl.DataFrame(
        rows, schema={c: column.dtype for c, column in schema.columns().items()}, orient="row"
    )
