"""The ledger of the public record: what was decided, issued to whom, authorised, transferred and used."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from etl.steps.fact_rows import Event as IssuanceEvent
from etl.steps.fact_rows import FactRows
from etl.steps.issued import EventKnowledge
from etl.steps.stages import join_codes
from etl.steps.tonnes import Codes
from model.ledger.book import Book
from model.ledger.rules import (
    ACTIONS,
    JAPAN_COMPANIES,
    JAPAN_GOVERNMENT,
    JAPAN_SIDE,
    NOT_KNOWN,
    UNALLOCATED,
    Entry,
    Event,
)

LEDGER_COLUMNS = {
    "entry_number": pl.Int64,
    "issuance_id": pl.String,
    "action": pl.String,
    "occurred_on": pl.Date,
    "holder_from": pl.String,
    "holder_to": pl.String,
    "state_from": pl.String,
    "state_to": pl.String,
    "quantity_tco2": pl.Int64,
    "source_id": pl.String,
    "assumption_codes": pl.String,
    "is_booked": pl.Boolean,
    "message_en": pl.String,
    "message_ja": pl.String,
}
ACTION_OF = {
    "authorisation": "authorise",
    "first transfer": "transfer",
    "acquisition": "acquire",
    "use towards NDC": "use_ndc",
    "use for other purposes": "use_other",
    "cancellation": "cancel",
}
IMPLIED: Codes = ("AUTH-IMPLIED",)
_JAPANESE = (JAPAN_GOVERNMENT, JAPAN_COMPANIES, JAPAN_SIDE, NOT_KNOWN)


@dataclass(frozen=True)
class _Line:
    entry: Entry
    source_id: str
    codes: Codes = ()


def ledger_entries(
    facts: FactRows, knowledge: Mapping[str, EventKnowledge], frames: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """Return `ledger_entry`: every entry in order of its day, booked or refused with the reason."""
    partners = frames["partner_country"].select("iso3", "signed_from_on").iter_rows()
    signed: dict[str, date] = dict(partners)
    events = {e.issuance_id: _event(e, knowledge[e.issuance_id], signed.get(e.iso3)) for e in facts.events}
    book = Book(events)
    issued = [line for e in facts.events for line in _issued(e, knowledge[e.issuance_id])]
    waiting = deque(sorted(issued, key=lambda line: line.entry.occurred_on))
    rows: list[dict[str, Any]] = []
    # In order of days: an action is judged by what was there on its day, not by what came later.
    for record in frames["article6_event"].sort("occurred_on", "article6_event_id").iter_rows(named=True):
        while waiting and waiting[0].entry.occurred_on <= record["occurred_on"]:
            rows.append(_row(waiting.popleft(), book))
        rows += [_row(line, book) for line in _article6(record, book)]
    rows += [_row(line, book) for line in waiting]
    if wrong := book.imbalances():
        message = f"the ledger is out of balance: {wrong}"
        raise AssertionError(message)
    return pl.DataFrame(
        [{"entry_number": number, **row} for number, row in enumerate(rows, 1)], schema=LEDGER_COLUMNS
    )


def _event(event: IssuanceEvent, known: EventKnowledge, signed_on: date | None) -> Event:
    first, last = (event.period[0].year, event.period[1].year) if event.period else (None, None)
    return Event(event.issuance_id, event.iso3, known.known_on, signed_on, first, last)


def _issued(event: IssuanceEvent, known: EventKnowledge) -> Iterator[_Line]:
    """The decision, and the issue to each holder that is known; what is issued to nobody known is told so."""
    source = event.source_ids[0]

    def line(action: str, on: date, to: str, tco2: int | None, codes: Codes = ()) -> _Line:
        return _Line(Entry(event.issuance_id, action, on, UNALLOCATED, to, tco2), source, codes)

    total = event.total_tco2
    yield line("decide", known.known_on, UNALLOCATED, total, known.codes)
    if known.issued_on is None:
        return
    if total is None:
        yield line("issue", known.issued_on, JAPAN_SIDE, None)
        return
    parts = _parts(event, total)
    for holder, tco2 in parts.items():
        on = known.issued_on
        if holder == event.iso3 and event.partner_issued:
            on = max(event.partner_issued.latest, on)
        waits = event.is_partner_issuance_pending and holder in {event.iso3, NOT_KNOWN}
        if tco2 and not waits:
            yield line("issue", on, holder, tco2)


def _parts(event: IssuanceEvent, total: int) -> dict[str, int]:
    """Tonnes by holder. The government's part alone leaves the rest with a holder that is not known."""
    government, japan = event.japan_government_tco2 or 0, event.japan_tco2
    parts = {JAPAN_GOVERNMENT: government}
    if japan is not None:
        is_divided = event.japan_government_tco2 is not None
        parts[JAPAN_COMPANIES if is_divided else JAPAN_SIDE] = japan - government
        parts[event.iso3] = event.partner_tco2 if event.partner_tco2 is not None else total - japan
    elif event.partner_tco2 is not None:
        parts[event.iso3] = event.partner_tco2
    parts[NOT_KNOWN] = total - sum(parts.values())
    return parts


def _article6(record: Mapping[str, Any], book: Book) -> Iterator[_Line]:
    """The entries of one Article 6 event. A first transfer without an authorisation on record implies one."""
    action, issuance = ACTION_OF[record["action"]], record["issuance_id"] or record["article6_event_id"]
    for holder, tco2 in _holders(book, issuance, action, record["quantity_tco2"]):
        entry = Entry(issuance, action, record["occurred_on"], holder, holder, tco2)
        if action == "transfer" and not _has(book, issuance, "authorised", holder):
            implied = Entry(issuance, "authorise", record["occurred_on"], holder, holder, tco2)
            yield _Line(implied, record["source_id"], IMPLIED)
        yield _Line(entry, record["source_id"])


def _has(book: Book, issuance: str, state: str, holder: str) -> bool:
    account = (issuance, None, holder, state)
    return bool(book.held.get(account) or book.unknown.get(account))


def _holders(book: Book, issuance: str, action: str, tco2: int | None) -> Iterator[tuple[str, int | None]]:
    """From whom the tonnes come: the sources do not tell, so the government first, then the other Japanese holders."""
    state = ACTIONS[action].leaves or ""
    if action == "transfer" and not any(_has(book, issuance, state, holder) for holder in _JAPANESE):
        state = "issued"
    if tco2 is None:
        holder = next((h for h in _JAPANESE if _has(book, issuance, state, h)), JAPAN_SIDE)
        yield holder, None
        return
    left = tco2
    for holder in _JAPANESE:
        taken = min(left, book.held.get((issuance, None, holder, state), 0))
        if taken:
            yield holder, taken
            left -= taken
    if left:
        # More than is held: booked nowhere, and told. Where an unknown amount is held, it comes from that.
        yield next((h for h in _JAPANESE if book.unknown.get((issuance, None, h, state))), JAPAN_SIDE), left


def _row(line: _Line, book: Book) -> dict[str, Any]:
    entry, fault = line.entry, book.post(line.entry)
    action = ACTIONS[entry.action]
    return {
        "issuance_id": entry.event_id,
        "action": entry.action,
        "occurred_on": entry.occurred_on,
        "holder_from": None if action.leaves is None else entry.holder_from,
        "holder_to": entry.holder_to,
        "state_from": action.leaves,
        "state_to": action.reaches,
        "quantity_tco2": entry.quantity_tco2,
        "source_id": line.source_id,
        "assumption_codes": join_codes(line.codes),
        "is_booked": fault is None,
        "message_en": fault.message_en if fault else None,
        "message_ja": fault.message_ja if fault else None,
    }
