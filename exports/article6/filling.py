"""The report of one Party and year, filled from the ledger: what is not known stays empty."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from exports.article6.activities import Activity
from model.ledger.agreed_format import nomenclature as terms
from model.ledger.agreed_format.fields import NOT_APPLICABLE, Row, Value, row_of
from model.ledger.agreed_format.report import Report
from model.ledger.agreed_format.tables import ACTIONS, AUTHORIZATIONS, HOLDINGS, SUBMISSION

JAPAN = "JPN"
FIRST_VERSION = "1.0"
Entry: TypeAlias = Mapping[str, Any]
"""A row of the query `ledger_entries`."""


class NotYet(ValueError):
    """A year that is still to come, in both languages."""

    def __init__(self, year: int, last: int) -> None:
        self.en = f"{year} is still to come: the last year that can be reported is {last}."
        self.ja = f"{year}年はまだ始まっていません。報告できるのは{last}年までです。"
        super().__init__(self.en)


@dataclass(frozen=True)
class Filing:
    """What a report says of itself. Years of the NDC are None where no source states them."""

    party: str
    year: int
    version: str = FIRST_VERSION
    submitted_on: date | None = None
    ndc_first_year: int | None = None
    ndc_last_year: int | None = None


def report_of(
    entries: Sequence[Entry], filing: Filing, activities: Mapping[str, Activity] | None = None
) -> Report:
    """The report from rows of the query `ledger_entries`, in any order.

    It has authorizations of all years up to this one, actions of the year alone, holdings of its last day. The host
    reports first transfers, Japan the acquisitions that they are. `activities` has what projects of an issuance do.
    Numbers of the approach, of registries and of units are in no source and stay empty.
    """
    own = [
        entry
        for entry in sorted(entries, key=lambda e: e["entry_number"])
        if entry["is_booked"] and entry["authorisation_id"] and entry["occurred_on"].year <= filing.year
        if filing.party in {JAPAN, entry["iso3"]}
    ]
    known = activities or {}
    authorised = _grouped((e, e["authorisation_id"]) for e in own if e["action"] == "authorise")
    moved = _grouped(
        (e, (e["article6_event_id"], e["action"], e["authorisation_id"], e["vintage"], *_sides(e)))
        for e in own
        if e["action"] in _REPORTED and e["occurred_on"].year == filing.year
    )
    actions = (_action(group, filing, known) for group in moved)
    return Report(
        {
            "Submission": [_submission(filing)],
            "Authorizations": [_authorization(group, known) for group in authorised],
            "Actions": [row for row in actions if row is not None],
            "Holdings": _holdings(own, filing.party, known),
            "Authorized entities": [],
        }
    )


def _grouped(entries: Iterable[tuple[Entry, object]]) -> list[list[Entry]]:
    """Entries with the same key together, in order of the first of each: holders of one Party are one in a report."""
    groups: dict[object, list[Entry]] = defaultdict(list)
    for entry, key in entries:
        groups[key].append(entry)
    return list(groups.values())


def report_years(entries: Sequence[Entry], last: int, party: str = JAPAN) -> list[int]:
    """The years that have something to report, the latest first: from the first authorisation to the last year given."""
    first = min(
        (
            entry["occurred_on"].year
            for entry in entries
            if entry["is_booked"] and entry["action"] == "authorise" and party in {JAPAN, entry["iso3"]}
        ),
        default=last,
    )
    return list(range(last, min(first, last) - 1, -1))


def reporting_parties(entries: Sequence[Entry]) -> list[str]:
    """Japan, and the hosts of what is authorised."""
    hosts = {entry["iso3"] for entry in entries if entry["is_booked"] and entry["action"] == "authorise"}
    return [JAPAN, *sorted(hosts)]


def _submission(filing: Filing) -> Row:
    return row_of(
        SUBMISSION,
        Party=filing.party,
        Version=filing.version,
        ReportYear=filing.year,
        SubmissionDate=filing.submitted_on.isoformat() if filing.submitted_on else None,
        NdcFirstYear=filing.ndc_first_year,
        NdcLastYear=filing.ndc_last_year,
    )


_TYPE_OF = {"use_ndc": terms.USE, "use_other": terms.USE, "cancel": terms.CANCELLATION}
_REPORTED = frozenset({"transfer", "acquire", *_TYPE_OF})


def _named(authorisation: str) -> str:
    """The identifier of an authorization as the format takes it: letters, digits, spaces and hyphens."""
    return re.sub("[^A-Za-z0-9 -]", "-", authorisation)


def _quantity(entries: Sequence[Entry]) -> int | None:
    """The sum where every amount is known exactly; a range is no quantity to report."""
    if any(e["quantity_tco2"] is None or e["quantity_tco2"] != e["quantity_high_tco2"] for e in entries):
        return None
    return sum(int(entry["quantity_tco2"]) for entry in entries)


def _party_of(holder: str, host: str) -> str:
    """The Party of a holder: the host itself, else the Japanese side."""
    return host if holder == host else JAPAN


def _sides(entry: Entry) -> tuple[str, str]:
    """The Party whose tonnes move, and the one that has them then."""
    host = entry["iso3"]
    giver = host if entry["action"] == "transfer" else _party_of(entry["holder_from"], host)
    return giver, _party_of(entry["holder_to"], host)


def _moved_as(entry: Entry, party: str) -> dict[str, str] | None:
    """Type and Parties of an action as one Party reports it; None for what it does not report.

    What is passed on between holders of one side stays in the Party's registry and is no action.
    """
    giver, taker = _sides(entry)
    if entry["action"] in _TYPE_OF:
        own = {"Type": _TYPE_OF[entry["action"]], "UsingParticipatingPartyId": giver}
        return own if giver == party else None
    is_first = entry["action"] == "transfer"
    if giver == taker:
        return {"Type": terms.FIRST_TRANSFER} if is_first and party == giver else None
    if party == giver:
        subtype = {"Subtype": terms.TO_ANOTHER_PARTY} if is_first else {}
        return {
            "Type": terms.FIRST_TRANSFER if is_first else terms.TRANSFER,
            "AcquiringPartyId": taker,
            **subtype,
        }
    return {"Type": terms.ACQUISITION, "TransferringPartyId": giver} if party == taker else None


def _outcomes(entry: Entry, tco2: int | None, activities: Mapping[str, Activity]) -> dict[str, Any]:
    """What actions and holdings both say."""
    activity = activities.get(entry["issuance_id"])
    return {
        "AuthorizationId": _named(entry["authorisation_id"]),
        "FirstTransferringPartyId": entry["iso3"],
        "UnitRegistryId": terms.JCM,
        "Metric": terms.GHG,
        "QuantityTCo2": tco2,
        "MitigationType": activity.mitigation if activity else None,
        "VintageYear": entry["vintage"],
    }


def _action(entries: Sequence[Entry], filing: Filing, activities: Mapping[str, Activity]) -> Row | None:
    entry = entries[0]
    moved = _moved_as(entry, filing.party)
    if moved is None:
        return None
    purpose = {"use_ndc": NOT_APPLICABLE, "use_other": terms.OIMP}.get(entry["action"])
    used_for = min(filing.year, filing.ndc_last_year or filing.year)
    years: dict[str, Value] = {"use_ndc": used_for, "use_other": NOT_APPLICABLE}
    return row_of(
        ACTIONS,
        Date=entry["occurred_on"].isoformat(),
        **moved,
        **_outcomes(entry, _quantity(entries), activities),
        PurposeOfUseOimp=purpose,
        ItmoUsedYear=years.get(entry["action"]),
        AdditionalInformation=_remarks(entries),
    )


def _authorization(entries: Sequence[Entry], activities: Mapping[str, Activity]) -> Row:
    activity = activities.get(entries[0]["issuance_id"])
    return row_of(
        AUTHORIZATIONS,
        Id=_named(entries[0]["authorisation_id"]),
        Date=entries[0]["occurred_on"].isoformat(),
        Quantity=_quantity(entries),
        Metric=terms.GHG,
        Sector=activity.sectors if activity else None,
        ActivityType=activity.types if activity else None,
        AuthorizedPartyId=JAPAN,
        AdditionalInformation=_remarks(entries),
    )


def _remarks(entries: Sequence[Entry]) -> str:
    """The issuance, what is known of the amount, and the sources."""
    parts = [f"issuance {entries[0]['issuance_id']}"]
    for entry in entries:
        low, high = entry["quantity_tco2"], entry["quantity_high_tco2"]
        parts += [
            "" if low == high else f"quantity known as a range: {low} to {high} t CO2 eq",
            "reported, not confirmed" if entry["is_reported"] else "",
            entry["assumption_codes"] or "",
            entry["url"],
        ]
    return "; ".join(dict.fromkeys(part for part in parts if part))


def _holdings(entries: Sequence[Entry], party: str, activities: Mapping[str, Activity]) -> list[Row]:
    """What a Party holds, one row an authorization and vintage; one of unknown amount or of a range has no quantity."""
    held: Counter[tuple[str, int]] = Counter()
    unknown: set[tuple[str, int]] = set()
    about: dict[tuple[str, int], Entry] = {}
    for entry in entries:
        if entry["action"] not in _REPORTED:
            continue
        key, quantity = (entry["authorisation_id"], entry["vintage"] or 0), _quantity([entry])
        giver, taker = _sides(entry)
        gets = entry["action"] not in _TYPE_OF and taker == party
        gives = entry["action"] != "transfer" and giver == party
        if gets or gives:
            about.setdefault(key, entry)
        if gets == gives:
            continue
        if quantity is None:
            unknown.add(key)
        else:
            held[key] += quantity if gets else -quantity
    return [
        row_of(HOLDINGS, **_outcomes(entry, None if key in unknown else held[key], activities))
        for key, entry in sorted(about.items())
        if key in unknown or held[key]
    ]
