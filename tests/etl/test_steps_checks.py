from datetime import date
from typing import Any

import polars as pl
import pytest

from etl.steps import derive
from etl.steps.checks import CHECKS, check_identities
from tests.etl.facts_by_hand import DATA_AS_OF, SHARES, UNDATED, facts_of


def sound() -> dict[str, pl.DataFrame]:
    facts = facts_of(
        source=[
            UNDATED,
            SHARES,
            {"source_id": "2016", "as_of_on": date(2016, 1, 1), "as_of_precision": "year"},
        ],
        project=[
            {
                "project_id": "MN001",
                "source_ids": "2016",
                "status": "registered",
                "registered_on": date(2017, 5, 1),
                "est_annual_tco2": 3650,
                "operation_start_on": date(2017, 4, 1),
            }
        ],
        issuance=[
            {
                "issuance_id": "E1",
                "project_ids": "MN001",
                "decided_on": date(2019, 1, 1),
                "issued_on": date(2019, 2, 1),
                "period_start_on": date(2017, 6, 1),
                "period_end_on": date(2018, 5, 31),
                "total_tco2": 3000,
                "japan_tco2": 2400,
                "partner_tco2": 600,
            }
        ],
    )
    return {**facts, **derive(facts, DATA_AS_OF)}


def failed(frames: dict[str, pl.DataFrame]) -> set[str]:
    return set(check_identities(frames).filter(~pl.col("is_passed"))["check_code"])


def changed(table: str, condition: pl.Expr, **values: Any) -> dict[str, pl.DataFrame]:
    frames = sound()
    frames[table] = frames[table].with_columns(
        [
            pl.when(condition).then(pl.lit(value)).otherwise(pl.col(name)).alias(name)
            for name, value in values.items()
        ]
    )
    return frames


def test_sound_tables_pass_every_identity_with_its_numbers() -> None:
    results = check_identities(sound())
    assert results.filter(~pl.col("is_passed")).rows() == []
    assert results["check_code"].to_list() == [check.code for check in CHECKS]
    assert results["check_code"].is_unique().all()
    assert results.select(pl.all().is_null().any()).row(0) == (False,) * 5
    assert "Japanese side 2,400 to 2,400 t of 3,000 to 3,000 t" in results["detail"].to_list()[1]


EVENT = pl.col("issuance_id") == "E1"
ISSUED = pl.col("issued_low_tco2").is_not_null()


@pytest.mark.parametrize(
    ("code", "table", "condition", "values"),
    [
        ("EVERY-SUBJECT-PLACED", "expected", pl.lit(value=True), {"project_id": "MN999"}),
        ("SIDES-ADD-UP", "issuance", EVENT, {"partner_tco2": 601}),
        ("SIDES-ADD-UP", "issuance_event", EVENT, {"japan_low_tco2": 2401}),
        ("EVENTS-CONSERVED", "verified", pl.col("fiscal_year") == 2018, {"notified_low_tco2": 1}),
        ("LADDER-DESCENDS", "verified", ISSUED, {"issued_low_tco2": 9000}),
        ("LADDER-DESCENDS", "verified", ISSUED, {"itmo_high_tco2": 9000}),
        ("NOTHING-COUNTED-TWICE", "expected", pl.lit(value=True), {"net_tco2": 9999}),
        ("STAGES-MATCH-STATUS", "project_state", pl.col("stage") == "registered", {"stage": "validation"}),
        ("STAGES-MATCH-STATUS", "project_state", pl.col("stage") == "registered", {"annual_tco2": 9}),
        ("YEARS-AGREE", "verified", EVENT, {"calendar_year": 2025}),
        ("ONE-ROW-IN-FORCE", "expected", pl.col("rung") == "pipeline", {"known_until": None}),
        (
            "ONE-ROW-IN-FORCE",
            "project_state",
            pl.col("stage") == "pipeline",
            {"known_until": date(2020, 1, 1)},
        ),
        ("CODES-EXPLAINED", "verified", EVENT, {"assumption_codes": "NEVER-HEARD-OF"}),
        ("HEADLINE-AGREES", "headline_basis", pl.col("item") == "all", {"tco2": 1}),
    ],
)
def test_a_broken_identity_is_found(
    code: str, table: str, condition: pl.Expr, values: dict[str, Any]
) -> None:
    assert code in failed(changed(table, condition, **values))


def test_a_project_lost_on_the_way_is_found() -> None:
    frames = sound()
    frames["project_state"] = frames["project_state"].clear()
    assert "STAGES-MATCH-STATUS" in failed(frames)


def test_an_event_without_a_rung_is_found() -> None:
    frames = sound()
    frames["issuance_rung"] = frames["issuance_rung"].clear()
    assert "EVENTS-CONSERVED" in failed(frames)


def test_an_event_lost_on_the_way_is_found() -> None:
    frames = sound()
    frames["verified"] = frames["verified"].clear()
    assert "EVENTS-CONSERVED" in failed(frames)
