"""`python -m exports article6`: reports of the real record, drafts checked, files compared, versions kept."""

from collections.abc import Callable
from pathlib import Path

import pytest

from exports.article6.command import check, compare_files, export
from exports.article6.documentation import fields_markdown
from exports.article6.reading import read
from exports.article6.record import PARTIES, Record, record_of
from exports.article6.writing import workbook
from model.ledger.agreed_format.checking import findings_of
from model.ledger.agreed_format.missing import missing_in
from model.ledger.agreed_format.tables import ACTIONS, AUTHORIZATIONS, HOLDINGS
from queries.warehouse import current
from tests.exports.article6.worked_case import completed, report

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def record(warehouse_dir: Path) -> Record:
    warehouse = current(warehouse_dir)
    return record_of(
        lambda query, **given: warehouse.run(query, **given).to_pylist(),
        warehouse.data_as_of,
        warehouse.data_version,
    )


@pytest.fixture
def run(
    warehouse_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Runs a command on the committed facts: its exit code, and what it says."""
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(warehouse_dir))

    def told(command: Callable[..., int], *given: object, **options: object) -> tuple[int, str]:
        code = command(*given, **options)
        said = capsys.readouterr()
        return code, said.out + said.err

    return told


def test_the_real_record_makes_reports_of_both_sides_with_what_is_missing(record: Record) -> None:
    assert record.parties[0] == "JPN"
    assert {"MNG", "THA"} <= set(record.parties)
    for party in ("JPN", "MNG"):
        for year in (2025, 2026):
            draft = record.report(party, year)
            assert not findings_of(draft, PARTIES, before=record.report(party, year - 1))
            assert missing_in(draft)
            assert read(workbook(draft, record.notes(year))) == draft
    japan, host = record.report("JPN", 2026), record.report("MNG", 2026)
    assert [row["Type"] for row in host.rows(ACTIONS)] == ["First transfer"]
    assert not host.rows(HOLDINGS)
    (acquired,) = [row for row in japan.rows(ACTIONS) if row["FirstTransferringPartyId"] == "MNG"]
    assert acquired["QuantityTCo2"] == host.rows(ACTIONS)[0]["QuantityTCo2"]
    assert "reported, not confirmed" in str(acquired["AdditionalInformation"])
    assert host.rows(AUTHORIZATIONS)[0]["Sector"] == "Energy generation"
    assert (japan.stated("NdcFirstYear"), japan.stated("NdcLastYear")) == (2021, 2030)
    assert host.stated("NdcFirstYear") is None
    assert len(record.notes(2026)) == 2
    assert len(record.notes(2025)) == 1


def test_a_report_is_written_and_a_version_is_never_written_over(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    code, said = run(export, 2025, out=tmp_path)
    assert code == 0
    assert "Table 3 Actions E 9–10: Cooperative approach ID: ?" in said
    kept = tmp_path / "jcm_article6_JPN_2025_v1.0.xlsx"
    before = kept.read_bytes()
    code, said = run(export, 2025, out=tmp_path)
    assert (code, "says the same and is kept" in said) == (0, True)
    assert kept.read_bytes() == before

    kept.write_bytes(workbook(report(2025)))
    code, said = run(export, 2025, out=tmp_path)
    assert code == 1
    assert "--version 1.1" in said
    assert read(kept.read_bytes()) == report(2025)
    assert run(export, 2025, version="1.1", out=tmp_path)[0] == 0
    assert read((tmp_path / "jcm_article6_JPN_2025_v1.1.zip").read_bytes()).stated("Version") == "1.1"


def test_a_year_to_come_and_a_party_without_anything_are_refused(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    code, said = run(export, 2099, out=tmp_path)
    assert (code, "still to come" in said) == (2, True)
    code, said = run(export, 2025, party="IND", out=tmp_path)
    assert (code, "IND has nothing to report" in said) == (2, True)
    assert not list(tmp_path.iterdir())


def test_files_are_checked_and_compared(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    draft, whole = tmp_path / "draft.xlsx", tmp_path / "whole.xlsx"
    draft.write_bytes(workbook(report(2025)))
    whole.write_bytes(workbook(completed(report(2025))))
    assert run(check, whole) == (0, "")
    code, said = run(check, draft)
    assert code == 1
    assert "Table 2 Authorizations M 8–9: Purposes for authorization: ? What the authorization allows" in said
    assert any(ord(c) > 0x2FFF for c in said)
    later = tmp_path / "later.xlsx"
    later.write_bytes(workbook(report(2026)))
    assert "of 0 t first transferred" in run(check, later)[1]
    assert "of 0 t first transferred" not in run(check, later, before=draft)[1]
    assert run(compare_files, whole, whole) == (0, "")
    code, said = run(compare_files, draft, whole)
    assert code == 1
    assert "Date of submission" in said
    other = tmp_path / "other.txt"
    other.write_text("nothing")
    for command, files in ((check, (other,)), (compare_files, (whole, other)), (check, (tmp_path / "no",))):
        assert run(command, *files)[0] == 2


def test_the_documentation_lists_every_field_as_it_is() -> None:
    assert fields_markdown() in (ROOT / "docs" / "agreed-format.md").read_text("utf-8")
