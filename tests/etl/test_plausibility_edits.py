"""Slips of an editor on the real record: each must be told; honest changes must not."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from etl.contracts import table
from etl.plausibility import find, lines_of, stop_on_findings
from etl.sources.cells import FILE, LINE, CellTable, TypedRows
from etl.sources.intake import load_facts

DATA = Path(__file__).parents[2] / "data"
TODAY = date(2026, 11, 29)
STATED = ("est_annual_tco2", "registered_on", "fy_selected")

Frames = dict[str, pl.DataFrame]
Edit = Callable[[Frames], Frames]


@pytest.fixture(scope="module")
def record() -> Frames:
    facts = load_facts(DATA)
    return {**facts.frames, "source_file": facts.source_files()}


@pytest.fixture(scope="module")
def known(record: Frames) -> set[tuple[str, str, str]]:
    """Findings of the record as it is."""
    return told_in(find(record, today=TODAY))


def told_in(findings: pl.DataFrame) -> set[tuple[str, str, str]]:
    return set(findings.select("rule_code", "row_key", "value").iter_rows())


def change(name: str, key: str, **cells: Any) -> Edit:
    """Other cells in the row whose first column is the key; what project takes is restated in its claims as well."""

    def edit(frames: Frames) -> Frames:
        frame = frames[name]
        is_it = pl.col(frame.columns[0]) == key
        assert frame.filter(is_it).height == 1
        edited = frame.with_columns(
            pl.when(is_it).then(pl.lit(value, frame.schema[column])).otherwise(pl.col(column)).alias(column)
            for column, value in cells.items()
        )
        out = {**frames, name: edited}
        for field in set(STATED) & set(cells) if name == "project" else ():
            of_it = (pl.col("project_id") == key) & (pl.col("field") == field) & pl.col("is_taken")
            value = pl.lit(str(cells[field]))
            out["project_claim"] = out["project_claim"].with_columns(
                pl.when(of_it).then(value).otherwise(pl.col("value")).alias("value")
            )
        return out

    return edit


def again(name: str, key: str, **cells: Any) -> Edit:
    """A copy of a row with other cells."""

    def edit(frames: Frames) -> Frames:
        frame = frames[name]
        row = frame.filter(pl.col(frame.columns[0]) == key)
        assert row.height == 1
        copy = row.with_columns(
            pl.lit(value, frame.schema[name]).alias(name) for name, value in cells.items()
        )
        return {**frames, name: pl.concat([frame, copy])}

    return edit


def total(metric: str, was: float, value: float) -> Edit:
    """Another value of a stated total."""

    def edit(frames: Frames) -> Frames:
        is_it = (pl.col("metric") == metric) & (pl.col("value") == was)
        assert frames["official_total"].filter(is_it).height
        edited = frames["official_total"].with_columns(
            pl.when(is_it).then(pl.lit(value)).otherwise(pl.col("value")).alias("value")
        )
        return {**frames, "official_total": edited}

    return edit


def both(*edits: Edit) -> Edit:
    def edit(frames: Frames) -> Frames:
        for one in edits:
            frames = one(frames)
        return frames

    return edit


SLIPS: dict[str, tuple[Edit, str]] = {
    "issue a year late": (change("issuance", "MN003-1", issued_on=date(2019, 12, 14)), "DAYS-ISSUE-DECISION"),
    "decision a decade early": (
        change("issuance", "PW001-2", decided_on=date(2016, 5, 16)),
        "DAYS-ISSUE-DECISION",
    ),
    "decision before registration": (
        change("issuance", "MN004-1", decided_on=date(2016, 10, 24)),
        "DAYS-DECISION-REGISTRATION",
    ),
    "period of the year before the scheme": (
        change("issuance", "MN002-1", period_start_on=date(2005, 9, 15)),
        "DAYS-PERIOD-SIGNATURE",
    ),
    "start and end of two periods mixed": (
        change("issuance", "MN003-2", period_start_on=date(2017, 6, 1)),
        "EVENT-OVERLAP",
    ),
    "period that ends in the next one": (
        change("issuance", "MN004-1", period_end_on=date(2017, 9, 30)),
        "EVENT-OVERLAP",
    ),
    "a month for a period": (
        change("issuance", "TH014-1", period_start_on=date(2021, 12, 10)),
        "DAYS-PERIOD-LENGTH",
    ),
    "registered in the future": (change("project", "MN006", registered_on=date(2029, 5, 7)), "DAYS-LIST"),
    "registered after its credits": (
        change("project", "SA001", registered_on=date(2021, 1, 7)),
        "DAYS-DECISION-REGISTRATION",
    ),
    "selected before the country signed": (
        change("project", "P-TUN-001", fy_selected=2012),
        "DAYS-SELECTION-SIGNATURE",
    ),
    "selected after it was registered": (
        change("project", "VN001", fy_selected=2024),
        "DAYS-REGISTRATION-SELECTION",
    ),
    "operation before selection": (
        change("project", "VN017", operation_start_on=date(2010, 12, 2)),
        "DAYS-START-SELECTION",
    ),
    "operation in the next century": (
        change("project", "P-THA-013", operation_start_on=date(2091, 9, 1)),
        "DAYS-START-READING",
    ),
    "operation after it was verified": (
        change("project", "MN004", operation_start_on=date(2018, 1, 1)),
        "DAYS-START-PERIOD",
    ),
    "transfer before the decision": (
        change("article6_event", "A6-MNG-1", occurred_on=date(2025, 7, 6)),
        "DAYS-TRANSFER-DECISION",
    ),
    "read next year": (change("source", "24kg-346759", retrieved_on=date(2027, 11, 29)), "DAYS-TODAY"),
    "partner signed a decade later": (
        change("partner_country", "THA", signed_from_on=date(2025, 11, 19), signed_to_on=date(2025, 11, 19)),
        "DAYS-SELECTION-SIGNATURE",
    ),
    "country of another": (change("project", "TH022", iso3="VNM"), "IDENTITY-REFERENCE-COUNTRY"),
    "country of another, planned": (change("project", "P-KEN-001", iso3="KHM"), "IDENTITY-KEY-COUNTRY"),
    "methodology of another": (
        change("project", "KH003", methodology="KE_AM002 Ver1.0"),
        "IDENTITY-METHODOLOGY-COUNTRY",
    ),
    "event of another project": (
        change("issuance", "MN003-2", project_id="MN004", project_ids="MN004"),
        "IDENTITY-EVENT-KEY",
    ),
    "project once more under a new key": (
        again("project", "P-SAU-001", project_id="P-SAU-009"),
        "IDENTITY-LIKE-PROJECT",
    ),
    "project once more with other words": (
        again(
            "project",
            "P-KEN-001",
            project_id="P-KEN-009",
            title_en="Solar power in Makueni County, 38 MW",
            title_ja=None,
            est_annual_tco2=36_000,
        ),
        "IDENTITY-LIKE-PROJECT",
    ),
    "capacity with another point": (
        change(
            "project", "TH033", title_en="Introduction of 50MW Rooftop Solar Power System to Aluminum Factory"
        ),
        "IDENTITY-CAPACITY",
    ),
    "status fallen back": (
        change("project", "MN004", status="validation"),
        "IDENTITY-STATUS-FELL",
    ),
    "planned project called registered": (
        change("project", "P-MNG-002", status="registered"),
        "IDENTITY-STATUS-LIST",
    ),
    "digit lost, statements left": (
        lambda frames: {
            **frames,
            "project": change("project", "MN003", est_annual_tco2=1_122)(frames)["project"],
        },
        "SIZE-PER-MW",
    ),
    "digit lost": (change("project", "VN017", est_annual_tco2=4_823), "SIZE-PER-MW"),
    "digit doubled": (change("project", "P-PHL-009", est_annual_tco2=448_860), "SIZE-PER-MW"),
    "kilotonnes for tonnes": (change("project", "ID013", est_annual_tco2=132), "IDENTITY-STATEMENTS-APART"),
    "total as annual": (change("project", "CR001", est_annual_tco2=40_000), "SIZE-ANNUAL-TOTAL"),
    "ten years as annual": (change("project", "MN004", est_annual_tco2=112_210), "SIZE-PER-MW"),
    "figure of several as one": (change("project", "CL004", est_annual_tco2=16_581), "SIZE-ANNUAL-TOTAL"),
    "year as annual": (change("project", "TH033", est_annual_tco2=2020), "SIZE-ANNUAL-YEAR"),
    "annual as total": (change("project", "PW001", est_total_tco2=227), "SIZE-ANNUAL-TOTAL"),
    "total ten times": (change("project", "TH001", est_total_tco2=71_100), "SIZE-TOTAL-LIFE"),
    "basis of another stage": (
        change("project", "P-THA-001", est_annual_basis="project document"),
        "SIZE-BASIS",
    ),
    "event once more under a new key": (
        again("issuance", "MN003-2", issuance_id="MN003-9"),
        "EVENT-REPEATED",
    ),
    "event once more, undated": (
        again("issuance", "VN001-1", issuance_id="VN001-9", decided_on=None, issued_on=None),
        "EVENT-SAME-AMOUNT",
    ),
    "events of a decision and their sum": (
        again(
            "issuance",
            "MN006-1",
            issuance_id="MNG-M9",
            project_id=None,
            project_ids="MN001;MN002;MN006",
            total_tco2=30_773,
        ),
        "EVENT-ONE-DECISION",
    ),
    "cumulative for event": (
        change("issuance", "MN001-3", total_tco2=307, japan_tco2=None, partner_tco2=None),
        "EVENT-CUMULATIVE",
    ),
    "national total for event": (
        change("issuance", "MN004-2", total_tco2=53_730, japan_tco2=None, partner_tco2=None),
        "EVENT-STATED-CUMULATIVE",
    ),
    "event with a digit more": (
        change("issuance", "SA001-1", total_tco2=53_000, japan_government_tco2=None),
        "EVENT-ABOVE-ESTIMATE",
    ),
    "event with a digit less": (
        change(
            "issuance",
            "MN003-2",
            total_tco2=3_542,
            japan_tco2=None,
            japan_government_tco2=None,
            partner_tco2=None,
        ),
        "EVENT-OTHER-RATE",
    ),
    "event in kilotonnes": (
        change("issuance", "MN006-1", total_tco2=30, japan_tco2=24, partner_tco2=6),
        "EVENT-BELOW-ESTIMATE",
    ),
    "share flipped": (change("issuance", "MN006-1", japan_tco2=6_063, partner_tco2=24_249), "SHARE-COUNTRY"),
    "government part for the whole side": (
        change("issuance", "TH001-1", japan_government_tco2=300),
        "SHARE-COUNTRY",
    ),
    "split that misses its sum": (
        change("issuance", "BD002-1", total_tco2=114, japan_government_tco2=57),
        "SHARE-JOINT",
    ),
    "transfer with digits mixed": (change("article6_event", "A6-MDV-1", quantity_tco2=343), "SHARE-TRANSFER"),
    "technology of another": (change("project", "P-SAU-001", technology="wind"), "CATEGORY-TITLE"),
    "sector of another": (change("project", "P-SAU-001", sector_number=13), "CATEGORY-SECTOR"),
    "listed project out of scope": (
        change("project", "PH010", in_target_scope=False),
        "CATEGORY-TARGET-SCOPE",
    ),
    "planned project out of scope": (
        change("project", "P-SAU-001", in_target_scope=False),
        "CATEGORY-TARGET-SCOPE",
    ),
    "study in scope": (
        change("project", "P-IDN-019", status="pipeline", in_target_scope=True),
        "CATEGORY-TARGET-SCOPE",
    ),
    "stated total in kilotonnes": (total("credits_issued_cumulative", 825_928, 825), "STATEMENT-OURS-ABOVE"),
    "stated expectation in kilotonnes": (
        total("expected_cumulative_by_2030", 19_200_000, 19_200),
        "STATEMENT-METRIC",
    ),
    "partners with a digit more": (total("partner_countries", 31, 131), "STATEMENT-PARTNERS"),
    "first issuance with a digit less": (total("credits_issued_event", 499, 49), "STATEMENT-FIRST-ISSUANCE"),
    "target with a digit less": (
        change("target", "T2025-2030", low_tco2=10_000_000, high_tco2=10_000_000),
        "OWN-TARGET-STATED",
    ),
    "old target still in force": (change("target", "T2021-2030", known_until=None), "OWN-TARGET-ONE"),
    "target of one year in another": (
        change("target", "T2025-2040", low_tco2=20_000_000),
        "OWN-TARGET-LOWER",
    ),
    "lifetime in months": (change("assumption", "LIFE-WIND", value=204.0), "OWN-LIFETIME"),
    "share of the other side": (change("assumption", "SHARE-MNG", value=0.2), "OWN-SHARE"),
    "factory taken out": (
        lambda frames: {**frames, "own_use": frames["own_use"].filter(pl.col("project_id") != "TH018")},
        "OWN-USE-MISSING",
    ),
    "factory of another": (change("own_use", "TH018", evidence="Food Factory"), "OWN-USE-EVIDENCE"),
    "acknowledged value changed": (change("project", "ID025", est_annual_tco2=34), "SIZE-OF-KIND"),
}

HONEST: dict[str, Edit] = {
    "nothing": lambda frames: frames,
    "registered by the next committee": both(
        change("project", "MN007", status="registered", registered_on=date(2026, 5, 30)),
        lambda frames: {
            **frames,
            "project_claim": pl.concat(
                [
                    frames["project_claim"],
                    frames["project_claim"]
                    .head(1)
                    .with_columns(
                        pl.lit("MN007").alias("project_id"),
                        pl.lit("registered_on").alias("field"),
                        pl.lit("2026-05-30").alias("value"),
                        pl.lit(None, pl.String).alias("figure_basis"),
                    ),
                ]
            ),
        },
    ),
    "another event, next period": again(
        "issuance",
        "MN006-1",
        issuance_id="MN006-2",
        period_start_on=date(2021, 1, 1),
        period_end_on=date(2021, 12, 31),
        decided_on=date(2026, 6, 20),
        issued_on=date(2026, 7, 1),
        total_tco2=19_900,
        japan_tco2=15_920,
        partner_tco2=3_980,
    ),
    "estimate a little higher": change("project", "VN017", est_annual_tco2=52_000),
    "another plant of the same kind": again(
        "project",
        "P-KEN-001",
        project_id="P-KEN-009",
        title_en="45MW Solar Power Project in Kitui County",
        title_ja="45MW太陽光発電",
        est_annual_tco2=41_000,
    ),
    "start of operation found": change("project", "P-TUN-001", operation_start_on=date(2026, 4, 1)),
    "share found": change("issuance", "MV001-1", japan_government_tco2=78),
    "amount found": change("issuance", "PW001-1", total_tco2=1_050),
    "place corrected": change("project", "MN004", location="Darkhan-Uul"),
    "target raised": both(
        change("target", "T2025-2030", known_until=date(2026, 6, 1)),
        again(
            "target", "T2025-2030", target_id="T2026-2030", known_on=date(2026, 6, 1), high_tco2=120_000_000
        ),
    ),
    "lifetime of another ordinance": change("assumption", "LIFE-WIND", value=20.0),
}


def stopping(frames: Frames) -> pl.DataFrame:
    return find(frames, today=TODAY).filter(~pl.col("is_acknowledged") & (pl.col("level") != "tell"))


def test_nothing_in_the_committed_record_is_doubtful_without_a_reason(record: Frames) -> None:
    findings = find(record, today=TODAY)
    stop_on_findings(findings)
    assert findings.filter(pl.col("rule_code") == "ACKNOWLEDGED-NOTHING").is_empty()


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told(slip: str, record: Frames, known: set[tuple[str, str, str]]) -> None:
    edit, code = SLIPS[slip]
    after = find(edit(record), today=TODAY).filter(~pl.col("is_acknowledged"))
    assert code in {found for found, *_ in told_in(after) - known}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_change_stops_nothing(name: str, record: Frames) -> None:
    assert stopping(HONEST[name](record)).select("rule_code", "row_key", "value").rows() == []


def test_a_value_changed_without_its_statement_is_told(record: Frames) -> None:
    changed = record["project"].with_columns(
        pl.when(pl.col("project_id") == "MN006")
        .then(17_775)
        .otherwise(pl.col("est_annual_tco2"))
        .alias("est_annual_tco2")
    )
    # The intake takes the mark from a statement that the project does not hold.
    claims = record["project_claim"].with_columns(pl.col("is_taken") & (pl.col("project_id") != "MN006"))
    found = stopping({**record, "project": changed, "project_claim": claims})
    assert "IDENTITY-STATED" in found["rule_code"].to_list()


def test_findings_name_the_line_of_the_row(record: Frames) -> None:
    frame = record["issuance"]
    cells = pl.DataFrame({FILE: ["snapshot/issuances.csv"] * frame.height, LINE: range(2, frame.height + 2)})
    lines = lines_of({"issuance": TypedRows(table("issuance"), CellTable("issuance", cells), frame)})
    keys = frame["issuance_id"].to_list()
    assert lines("issuance", [keys[3]]) == {keys[3]: ("snapshot/issuances.csv", 5)}
    assert lines("issuance", ["none"]) == {}
    assert lines("target", ["T2025-2030"]) == {}
