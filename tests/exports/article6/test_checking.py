"""What is wrong with a report is found, with its place and what would be right; what is missing is told apart."""

from collections.abc import Sequence
from typing import Any

import pytest

from exports.article6.reading import read
from exports.article6.writing import workbook
from model.ledger.agreed_format.checking import findings_of
from model.ledger.agreed_format.fields import Table, row_of
from model.ledger.agreed_format.missing import missing_in, spans
from model.ledger.agreed_format.report import Finding, Report, letters_of
from model.ledger.agreed_format.tables import ACTIONS, AUTHORIZATIONS, ENTITIES, HOLDINGS, SUBMISSION, TABLES
from tests.exports.article6.worked_case import PARTIES, TODAY, changed, completed, report, with_rows

WHOLE = completed(report(2025))
ENTITY = row_of(
    ENTITIES, AuthorizationDate="2025-01-10", Name="Example KK", IncorporationCountry="JPN", Id="E-1", CooperativeApproachId="CA0001"
)  # fmt: skip


def wrong(found: Report, before: Report | None = None) -> list[Finding]:
    return findings_of(found, PARTIES, before=before, today=TODAY)


def action(type_: str, tco2: int, **values: Any) -> dict[str, Any]:
    given = {
        "Date": "2025-09-01T00:00:00.000Z",
        "Type": type_,
        "AuthorizationId": "A1",
        "Metric": "GHG",
        "QuantityTCo2": tco2,
    }
    return row_of(ACTIONS, **{**given, **values})


def use(tco2: int, **values: Any) -> dict[str, Any]:
    return action("Use", tco2, UsingParticipatingPartyId="JPN", ItmoUsedYear=2025, VintageYear=2024, **values)


def test_a_report_with_everything_found_out_is_right_and_complete() -> None:
    for party in ("JPN", "MNG"):
        whole = completed(report(2025, party))
        assert not wrong(whole)
        assert not missing_in(whole)


@pytest.mark.parametrize(
    ("table", "values", "words"),
    [
        (ACTIONS, {"Date": "31/13/2025"}, "cannot stand here"),
        (ACTIONS, {"Date": "2024-12-31"}, "is of 2024"),
        (ACTIONS, {"Date": "2025-01-09T12:00:00.000Z"}, "before its authorization of 2025-01-10"),
        (ACTIONS, {"Type": "Gift"}, "cannot stand here"),
        (ACTIONS, {"TransferringPartyId": "Thailand"}, "cannot stand here"),
        (ACTIONS, {"TransferringPartyId": "XYZ"}, "cannot stand here"),
        (ACTIONS, {"TransferringPartyId": "NA"}, "field applies here"),
        (ACTIONS, {"AcquiringPartyId": "JPN"}, "does not apply to “Acquisition”"),
        (ACTIONS, {"PartyItmoRegistryId": "JPN"}, "cannot stand here"),
        (ACTIONS, {"UnitRegistryId": "XXX"}, "cannot stand here"),
        (ACTIONS, {"CooperativeApproachId": "JCM"}, "cannot stand here"),
        (ACTIONS, {"AuthorizationId": "A9"}, "not among the authorizations"),
        (ACTIONS, {"VintageYear": 2019}, "outside 2021–"),
        (ACTIONS, {"VintageYear": 2026}, "outside –2025"),
        (ACTIONS, {"ConsistencyCheckResult": "ok"}, "the platform fills in"),
        (ACTIONS, {"QuantityTCo2": "1,23"}, "cannot stand here"),
        (ACTIONS, {"QuantityTCo2": 16}, "has 15 units, the quantity is 16 t"),
        (ACTIONS, {"ItmoLastId": 0}, "lies before the first"),
        (ACTIONS, {"ItmoFirstId": None}, "One end of the block is missing"),
        (ACTIONS, {"ItmoFirstId": 16, "ItmoLastId": 30}, "shares units with"),
        (HOLDINGS, {"ItmoFirstId": 31, "ItmoLastId": 60}, "shares units with"),
        (HOLDINGS, {"VintageYear": 2031}, "outside 2021–2030"),
        (HOLDINGS, {"QuantityTCo2": 29, "ItmoLastId": 29}, "by the actions 30 t are left"),
        (AUTHORIZATIONS, {"Quantity": 59}, "60 t moved under A1, 59 t authorised"),
        (AUTHORIZATIONS, {"Id": "A2"}, "stands in row 8 too"),
        (AUTHORIZATIONS, {"Id": "A/1"}, "cannot stand here"),
        (AUTHORIZATIONS, {"AuthorizedTimeframe": "2024 - 2030"}, "timeframe of the authorization"),
        (AUTHORIZATIONS, {"AuthorizedTimeframe": "2030 - 2024"}, "cannot stand here"),
        (AUTHORIZATIONS, {"Sector": "Energy generation; Mining"}, "cannot stand here"),
        (AUTHORIZATIONS, {"AuthorizedEntityIds": "E-1"}, "not among the authorized entities"),
        (AUTHORIZATIONS, {"PurposesForAuthorization": "NDC and OIMP"}, "field applies here"),
        (SUBMISSION, {"Party": "Japan"}, "cannot stand here"),
        (SUBMISSION, {"Version": "2"}, "cannot stand here"),
        (SUBMISSION, {"ReportYear": 2027}, "still to come"),
        (SUBMISSION, {"NdcLastYear": 2020}, "before the first year"),
        (SUBMISSION, {"NdcFirstYear": 2024}, "NDC implementation period"),
        (SUBMISSION, {"ReviewStatus": "reviewed"}, "the platform fills in"),
    ],
)
def test_what_is_wrong_is_found_with_its_place(table: Table, values: dict[str, Any], words: str) -> None:
    found = wrong(changed(WHOLE, table, **values))
    assert any(words in finding.wrong[0] for finding in found), found
    for finding in found:
        assert finding.sheet in {known.sheet for known in TABLES.values()}
        assert finding.line is not None
        assert finding.letters is not None
        assert finding.heading
        assert all(finding.right)
        for text in (finding.wrong[1], finding.right[1]):
            assert any(ord(c) > 0x2FFF for c in text), finding


def places(found: Sequence[Finding]) -> set[tuple[str, str | None]]:
    return {(f.sheet, f"{f.letters}{f.line}") for f in found}


def test_places_are_those_of_the_cells_in_our_workbook() -> None:
    spoiled = changed(WHOLE, ACTIONS, 2, VintageYear="soon")
    (found,) = [f for f in wrong(spoiled) if f.heading == "Vintage"]
    again = read(workbook(spoiled))
    (there,) = [f for f in wrong(again) if f.heading == "Vintage"]
    assert found == there
    assert places([found]) == {("Table 3 Actions", "W11")}
    (version,) = wrong(changed(WHOLE, SUBMISSION, Version="one"))
    assert places([version]) == {("Table 1 Submission", "C5")}
    assert [letters_of(number) for number in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


def small(*actions: dict[str, Any], **submission: Any) -> Report:
    tables: dict[str, Any] = {key: [] for key in TABLES}
    stated = {"Party": "JPN", "ReportYear": 2025, "NdcFirstYear": 2021, "NdcLastYear": 2030}
    tables["Submission"] = [row_of(SUBMISSION, **{**stated, **submission})]
    tables["Authorizations"] = [row_of(AUTHORIZATIONS, Id="A1", Date="2025-01-01")]
    return Report({**tables, "Actions": list(actions)})


def test_fifty_tonnes_used_of_five_transferred_are_found() -> None:
    came = action("First transfer", 5, VintageYear=2024, AcquiringPartyId="JPN")
    (found,) = wrong(small(came, use(50)))
    assert "50 t used, cancelled or transferred of 5 t" in found.wrong[0]
    assert (found.line, found.heading) == (10, "Quantity (t CO2 eq)")
    assert "At most 5 t" in found.right[0]
    assert not wrong(small(came, use(5)))
    cancelled = action("Cancellation", 3, VintageYear=2024, UsingParticipatingPartyId="JPN")
    assert "8 t used" in wrong(small(came, use(5), cancelled))[0].wrong[0]
    assert not wrong(small(came, use(5), {**cancelled, "Subtype": "Use or cancellation"}))


def test_what_a_host_first_transferred_is_no_longer_its_own() -> None:
    came = action("First transfer", 50, VintageYear=2024, AcquiringPartyId="JPN")
    (found,) = wrong(small(came, use(5), Party="MNG"))
    assert "5 t used, cancelled or transferred of 0 t" in found.wrong[0]


def test_what_was_held_the_year_before_may_be_used() -> None:
    later = completed(report(2026))
    assert any("of 0 t" in finding.wrong[0] for finding in wrong(later))
    sums = [f for f in wrong(report(2026), before=report(2025)) if "used" in f.wrong[0]]
    assert not sums


def test_a_use_without_its_cancellation_is_told() -> None:
    came = action("Acquisition", 5, VintageYear=2024, TransferringPartyId="MNG")

    def told(*actions: dict[str, Any]) -> list[str]:
        return [
            u.ask[0] for u in missing_in(small(came, *actions)) if "cancellation in the registry" in u.ask[0]
        ]

    cancelled = action("Cancellation", 5, VintageYear=2024, Subtype="Use or cancellation")
    assert told(use(5)) == ["The cancellation in the registry of 5 t that were used: none is reported."]
    assert not told(use(5), cancelled)


def test_units_that_were_used_are_not_held_and_none_is_lost() -> None:
    first = {"ItmoFirstId": 1, "ItmoLastId": 10}
    came = action("Acquisition", 10, VintageYear=2024, TransferringPartyId="MNG", **first)
    used = use(4, ItmoFirstId=1, ItmoLastId=4)

    def held(a: int, b: int) -> Report:
        row = row_of(
            HOLDINGS, AuthorizationId="A1", Metric="GHG", QuantityTCo2=b - a + 1, VintageYear=2024,
            ItmoFirstId=a, ItmoLastId=b,
        )  # fmt: skip
        return with_rows(small(came, used), HOLDINGS, row)

    assert not wrong(held(5, 10))
    assert any("4 was used" in finding.wrong[0] for finding in wrong(held(3, 8)))
    assert any("Units 9–10 came in, did not leave" in finding.wrong[0] for finding in wrong(held(3, 8)))
    before = small(ReportYear=2024)
    late = use(2, ItmoFirstId=11, ItmoLastId=12)
    found = wrong(small(came, late), before=before)
    assert any("Units 11–12 were not there" in finding.wrong[0] for finding in found)
    again = small(came, used, use(2, ItmoFirstId=4, ItmoLastId=5))
    assert any("shares units with 1–4 in row 10" in finding.wrong[0] for finding in wrong(again))


def test_an_entity_that_is_not_authorised_is_found() -> None:
    used = use(5, UsingAuthorizedEntityId="E-2")
    came = action("Acquisition", 5, VintageYear=2024, TransferringPartyId="MNG")
    (found,) = wrong(with_rows(small(came, used), ENTITIES, ENTITY))
    assert "“E-2” is not among the authorized entities" in found.wrong[0]
    assert not wrong(with_rows(small(came, {**used, "UsingAuthorizedEntityId": "E-1"}), ENTITIES, ENTITY))


def test_a_draft_may_lack_what_is_asked_for_when_it_is_filed() -> None:
    draft = report(2025)
    assert not wrong(draft)
    asked = {(u.sheet, u.heading): u for u in missing_in(draft)}
    assert set(asked) >= {
        ("Table 1 Submission", "Date of submission"),
        ("Table 2 Authorizations", "Purposes for authorization"),
        ("Table 3 Actions", "Cooperative approach ID"),
        ("Table 3 Actions", "First ID"),
        ("Table 4 Holdings", "Party ITMO registry ID"),
    }
    one = asked["Table 3 Actions", "First ID"]
    assert (one.letters, spans(one.lines)) == ("I", "9–14")
    assert all(all(unknown.ask) for unknown in asked.values())
    assert spans((9, 10, 12, 11, 15)) == "9–12, 15"
    assert "only the day is known" in asked["Table 3 Actions", "Action date"].ask[0]
    optional = {f.heading for t in TABLES.values() for f in t.fields if f.need in {"optional", "platform"}}
    assert not optional & {heading for _, heading in asked}


def test_every_field_says_what_to_find_out_and_every_kind_what_is_right() -> None:
    for table in TABLES.values():
        for field in table.fields:
            if field.need in {"required", "conditional"}:
                assert field.ask_en, field
                assert field.ask_ja, field
            assert field.ja
            assert (field.kind in {"term", "terms"}) == bool(field.terms)
    assert [len(table.fields) for table in TABLES.values()] == [9, 19, 27, 16, 8]
