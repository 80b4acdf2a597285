"""The report of one year, filled from the ledger: what is not known stays empty."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from model.ledger.agreed_format import Report, Row, row_of

PARTY = "JPN"
NOTICE = "Working aid of the JCM target tracker from public sources; not a submission of a Party."
TYPE_OF = {
    "transfer": "First transfer",
    "acquire": "Acquisition",
    "use_ndc": "Use towards NDC",
    "use_other": "Use for other international mitigation purposes",
    "cancel": "Voluntary cancellation",
}

_RECEIVES = frozenset({"transfer", "acquire"})
_GIVES_AWAY = frozenset({"acquire", "use_ndc", "use_other", "cancel"})
"""Actions after which the holder named has more, or less."""


def report_of(entries: Sequence[Mapping[str, Any]], year: int) -> Report:
    """Japan's report of a calendar year from rows of the query `ledger_entries`, in any order.

    It has authorizations of all years up to this one, actions of the year alone, holdings of its last day.
    Cooperative approach, ITMO and unit numbers are in no source and stay empty.
    """
    booked = sorted((e for e in entries if e["is_booked"]), key=lambda e: e["entry_number"])
    until = [e for e in booked if e["occurred_on"].year <= year]
    authorizations = [e for e in until if e["action"] == "authorise"]
    ids = {(e["issuance_id"], e["holder_to"]): _id(e) for e in authorizations}
    actions = [e for e in until if e["action"] in TYPE_OF and e["occurred_on"].year == year]
    return Report(
        {
            "Submission": [row_of("Submission", Party=PARTY, ReportYear=year, ConsistencyCheck=NOTICE)],
            "Authorizations": [_authorization(e) for e in authorizations],
            "Actions": [_action(e, ids) for e in actions],
            "Holdings": _holdings(until, ids),
            "Authorized entities": [],
        }
    )


def report_years(entries: Sequence[Mapping[str, Any]], last: int) -> list[int]:
    """The years that have something to report, the latest first: from the first authorisation to the last year given."""
    first = min(
        (e["occurred_on"].year for e in entries if e["is_booked"] and e["action"] == "authorise"),
        default=last,
    )
    return list(range(last, min(first, last) - 1, -1))


def _id(entry: Mapping[str, Any]) -> str:
    return f"AUTH-{entry['issuance_id']}-{entry['entry_number']}"


def _vintage(entry: Mapping[str, Any]) -> int | None:
    """The year of the reductions, where the monitoring period is within one year."""
    first, last = entry["period_start_on"], entry["period_end_on"]
    return int(first.year) if first is not None and last is not None and first.year == last.year else None


def _quantity(entry: Mapping[str, Any]) -> int | None:
    """The amount where it is known exactly; a range is no quantity to report."""
    low = entry["quantity_tco2"]
    return int(low) if low is not None and low == entry["quantity_high_tco2"] else None


def _remarks(entry: Mapping[str, Any], codes: str | None = None) -> str:
    low, high = entry["quantity_tco2"], entry["quantity_high_tco2"]
    parts = (
        f"issuance {entry['issuance_id']}",
        None if low == high else f"quantity known as a range: {low} to {high} t CO2 eq",
        "reported, not confirmed" if entry["is_reported"] else None,
        codes,
        entry["url"],
    )
    return "; ".join(part for part in parts if part)


def _authorization(entry: Mapping[str, Any]) -> Row:
    return row_of(
        "Authorizations",
        Id=_id(entry),
        Date=entry["occurred_on"].isoformat(),
        AuthorizedPartyId=PARTY,
        Quantity=_quantity(entry),
        Metric="GHG",
        AdditionalInformation=_remarks(entry, entry["assumption_codes"]),
    )


def _action(entry: Mapping[str, Any], ids: Mapping[tuple[str, str], str]) -> Row:
    action, day = entry["action"], entry["occurred_on"]
    is_use = action in {"use_ndc", "use_other"}
    return row_of(
        "Actions",
        Date=day.isoformat(),
        Type=TYPE_OF[action],
        AuthorizationId=ids.get((entry["issuance_id"], entry["holder_from"])),
        FirstTransferringPartyId=entry["iso3"],
        Metric="GHG",
        QuantityTCo2=_quantity(entry),
        VintageYear=_vintage(entry),
        TransferringPartyId=entry["iso3"] if action == "transfer" else None,
        AcquiringPartyId=PARTY if action in {"transfer", "acquire"} else None,
        UsingParticipatingPartyId=PARTY if is_use else None,
        ItmoUsedYear=day.year if action == "use_ndc" else None,
        AdditionalInformation=_remarks(entry),
    )


def _holdings(entries: Sequence[Mapping[str, Any]], ids: Mapping[tuple[str, str], str]) -> list[Row]:
    """What is transferred at the end of the year; one of unknown amount or of a range has an empty quantity."""
    held: Counter[tuple[str, str]] = Counter()
    unknown: set[tuple[str, str]] = set()
    about: dict[tuple[str, str], Mapping[str, Any]] = {}
    for holder, sign, actions in (("holder_to", 1, _RECEIVES), ("holder_from", -1, _GIVES_AWAY)):
        for entry in entries:
            if entry["action"] not in actions:
                continue
            key, quantity = (entry["issuance_id"], entry[holder]), _quantity(entry)
            if sign > 0:
                about.setdefault(key, entry)
            if quantity is None:
                unknown.add(key)
            else:
                held[key] += sign * quantity
    return [
        row_of(
            "Holdings",
            AuthorizationId=ids.get(key),
            FirstTransferringPartyId=entry["iso3"],
            Metric="GHG",
            QuantityTCo2=None if key in unknown else held[key],
            VintageYear=_vintage(entry),
        )
        for key, entry in about.items()
        if key in unknown or held[key]
    ]
