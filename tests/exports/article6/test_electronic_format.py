"""The agreed electronic format: filled from the ledger, checked, written, and read back equal."""

import io
import os
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.article6.files import NotThisFormat, archive, read, workbook
from exports.article6.filling import NOTICE, report_of, report_years
from model.ledger.agreed_format import KINDS, NUMBERS, TABLES, Report, findings_of, row_of
from queries.warehouse import current

PARTIES = frozenset({"JPN", "MNG", "THA", "MDV"})
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda s: s.strip() == s and not s.startswith("_x")
)


def values_of(name: str) -> st.SearchStrategy[Any]:
    return st.none() | (st.integers(0, 10**12) if name in NUMBERS else TEXT)


reports = st.fixed_dictionaries(
    {
        table: st.lists(st.fixed_dictionaries({name: values_of(name) for name in fields}), max_size=3)
        for table, fields in TABLES.items()
    }
).map(
    lambda tables: Report(
        {k: [r for r in v if any(x is not None for x in r.values())] for k, v in tables.items()}
    )
)


def entry(action: str, quantity: int | None, **given: Any) -> dict[str, Any]:
    """A row of the query `ledger_entries`."""
    return {
        "entry_number": given.get("number", 1),
        "issuance_id": given.get("issuance", "TH001-2"),
        "iso3": "THA",
        "action": action,
        "occurred_on": given.get("on", date(2025, 11, 11)),
        "holder_from": given.get("holder_from", "JPN government"),
        "holder_to": given.get("holder_to", "JPN government"),
        "quantity_tco2": quantity,
        "quantity_high_tco2": given.get("high", quantity),
        "is_reported": given.get("is_reported", False),
        "is_booked": given.get("is_booked", True),
        "assumption_codes": None,
        "period_start_on": date(2024, 1, 1),
        "period_end_on": given.get("end", date(2024, 12, 31)),
        "url": "https://example.org/page",
    }


WHOLE = [
    entry("authorise", 100, number=1),
    entry("transfer", 100, number=2),
    entry("acquire", 30, number=3, on=date(2026, 2, 1), holder_to="JPN companies"),
    entry("use_ndc", 40, number=4, on=date(2026, 3, 31)),
    entry("cancel", 10, number=5, on=date(2026, 4, 1), is_booked=False),
]


@settings(max_examples=25)
@given(reports)
def test_a_report_comes_back_equal_from_a_workbook_and_from_an_archive(report: Report) -> None:
    assert read(workbook(report)) == report
    assert read(archive(report)) == report


def test_equal_reports_give_equal_archives() -> None:
    assert archive(report_of(WHOLE, 2026)) == archive(report_of(list(reversed(WHOLE)), 2026))


def test_the_report_of_a_year_holds_its_actions_and_what_is_held_at_its_end() -> None:
    first, second = report_of(WHOLE, 2025), report_of(WHOLE, 2026)
    assert [r["Type"] for r in first.tables["Actions"]] == ["First transfer"]
    assert [(r["Type"], r["QuantityTCo2"]) for r in second.tables["Actions"]] == [
        ("Acquisition", 30),
        ("Use towards NDC", 40),
    ]
    assert [r["QuantityTCo2"] for r in first.tables["Holdings"]] == [100]
    assert sorted(r["QuantityTCo2"] for r in second.tables["Holdings"]) == [30, 30]
    assert second.tables["Actions"][1]["ItmoUsedYear"] == 2026
    assert {r["VintageYear"] for r in second.tables["Holdings"]} == {2024}
    assert len(second.tables["Authorizations"]) == 1
    for report in (first, second):
        assert not findings_of(report, PARTIES)


def test_an_unknown_amount_is_an_empty_quantity() -> None:
    report = report_of([entry("authorise", None), entry("transfer", None, number=2)], 2025)
    assert report.tables["Actions"][0]["QuantityTCo2"] is None
    assert report.tables["Holdings"][0]["QuantityTCo2"] is None
    assert not findings_of(report, PARTIES)


def test_a_range_is_an_empty_quantity_told_in_the_remarks() -> None:
    ranged = [
        entry("authorise", 550_000, high=612_525),
        entry("transfer", 550_000, high=612_525, number=2),
        entry("use_ndc", 1_000, number=3),
    ]
    report = report_of(ranged, 2025)
    assert report.tables["Authorizations"][0]["Quantity"] is None
    assert report.tables["Actions"][0]["QuantityTCo2"] is None
    for table in ("Authorizations", "Actions"):
        assert "known as a range: 550000 to 612525 t" in str(report.tables[table][0]["AdditionalInformation"])
    assert report.tables["Actions"][1]["QuantityTCo2"] == 1_000
    assert report.tables["Holdings"][0]["QuantityTCo2"] is None
    assert not findings_of(report, PARTIES)


def test_what_is_only_reported_is_marked_in_the_remarks() -> None:
    first, second = report_of(
        [entry("transfer", 5, is_reported=True), entry("transfer", 6, number=2)], 2025
    ).tables["Actions"]
    assert "reported, not confirmed" in str(first["AdditionalInformation"])
    assert "reported" not in str(second["AdditionalInformation"])


def test_the_years_of_reports_begin_with_the_first_authorisation_booked() -> None:
    booked = [entry("decide", 9, on=date(2019, 5, 1)), *WHOLE]
    assert report_years(booked, 2026) == [2026, 2025]
    assert report_years([entry("authorise", 9, on=date(2020, 1, 1), is_booked=False)], 2026) == [2026]
    assert report_years([], 2024) == [2024]


def test_a_period_of_two_years_has_no_single_vintage() -> None:
    report = report_of([entry("transfer", 5, end=date(2025, 2, 1))], 2025)
    assert report.tables["Actions"][0]["VintageYear"] is None


def test_the_real_record_is_filled_without_a_finding_and_marked_as_no_submission(warehouse_dir: Path) -> None:
    entries = current(warehouse_dir).run("ledger_entries").to_pylist()
    report = report_of(entries, 2025)
    assert len(report.tables["Actions"]) == len(report.tables["Authorizations"]) == 2
    assert not findings_of(report, PARTIES)
    assert read(workbook(report)) == report
    assert report.tables["Submission"][0]["ConsistencyCheck"] == NOTICE
    book = openpyxl.load_workbook(io.BytesIO(workbook(report)))
    assert book.sheetnames == list(TABLES)
    with zipfile.ZipFile(io.BytesIO(archive(report))) as packed:
        assert NOTICE in packed.read("README.txt").decode()


@pytest.mark.parametrize(
    ("table", "values", "words"),
    [
        ("Actions", {"Date": "11/11/2025"}, "is no date"),
        ("Actions", {"Date": None}, "needs its date"),
        ("Actions", {"Type": "Gift"}, "is no type of action"),
        ("Actions", {"TransferringPartyId": "Thailand"}, "is no Party"),
        ("Actions", {"QuantityTCo2": -1}, "is negative"),
        ("Actions", {"QuantityTCo2": "many"}, "is no whole number"),
        ("Actions", {"VintageYear": 2019}, "before 2021"),
        ("Actions", {"ItmoUsedYear": 20265}, "is no year of a report"),
        ("Actions", {"CooperativeApproachId": "JCM"}, "looks like CA0001"),
        ("Actions", {"AuthorizationId": "A9"}, "is not among the authorizations"),
        ("Actions", {"QuantityTCo2": 101}, "101 t first transferred under A1, 100 t authorised"),
        ("Holdings", {"AuthorizationId": "A9"}, "is not among the authorizations"),
        ("Submission", {"Party": "Japan"}, "is no Party"),
        ("Authorized entities", {"AuthorizationDate": "soon"}, "is no date"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(table: str, values: dict[str, Any], words: str) -> None:
    action = {"Date": "2025-11-11", "Type": "First transfer", "AuthorizationId": "A1", "QuantityTCo2": 100}
    tables = {name: [row_of(name)] for name in TABLES}
    tables["Authorizations"] = [row_of("Authorizations", Id="A1", Quantity=100)]
    tables["Actions"] = [row_of("Actions", **action)]
    assert not findings_of(Report(tables), PARTIES)
    tables[table] = [tables[table][0] | values]
    (found,) = findings_of(Report(tables), PARTIES)
    assert (found.table, found.row) == (table, 1)
    assert found.field in {*values, "QuantityTCo2"}
    assert words in found.message_en
    assert any(ord(c) > 0x2FFF for c in found.message_ja)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "neither a workbook"),
        (b"<html>", "neither a workbook"),
        (b"PK\x05\x06" + b"\x00" * 18, "no table"),
    ],
)
def test_a_file_that_is_something_else_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(NotThisFormat, match=words) as refused:
        read(body)
    assert any(ord(c) > 0x2FFF for c in refused.value.ja)


def test_a_workbook_without_a_field_names_it() -> None:
    book = openpyxl.Workbook()
    for table, fields in TABLES.items():
        sheet = book.create_sheet(table)
        sheet.append([name for name in fields if name != "QuantityTCo2"])
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(NotThisFormat, match="Actions lacks the fields QuantityTCo2"):
        read(buffer.getvalue())


def test_every_kind_of_field_is_a_field() -> None:
    fields = {name for names in TABLES.values() for name in names}
    assert set(KINDS) <= fields


def test_the_command_writes_the_report_of_a_year(warehouse_dir: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "exports", "article6", "export", "2025", "--out", str(tmp_path)],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "JCM_WAREHOUSE_DIR": str(warehouse_dir)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {path.suffix for path in tmp_path.iterdir()} == {".xlsx", ".zip"}
