"""The ledger of the public record: what was decided, issued to whom, authorised, transferred and used."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from etl.steps.fact_rows import Event as IssuanceEvent
from etl.steps.fact_rows import FactRows, Transfer
from etl.steps.issued import EventKnowledge
from etl.steps.stages import join_codes
from etl.steps.tonnes import Codes
from model.amounts import Amount
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
    "quantity_high_tco2": pl.Int64,
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
JAPANESE = (JAPAN_GOVERNMENT, JAPAN_COMPANIES, JAPAN_SIDE)
_MAY_TRANSFER = (*JAPANESE, NOT_KNOWN)


@dataclass(frozen=True)
class _Line:
    entry: Entry
    source_id: str
    codes: Codes = ()


def ledger_entries(
    facts: FactRows, knowledge: Mapping[str, EventKnowledge], signed: Mapping[str, date]
) -> pl.DataFrame:
    """Return `ledger_entry`: every entry in order of its day, booked or refused with the reason.

    `signed` gives the day on which each partner signed.
    """
    events = {e.issuance_id: _event(e, knowledge[e.issuance_id], signed.get(e.iso3)) for e in facts.events}
    book = Book(events)
    issued = [line for e in facts.events for line in _issued(e, knowledge[e.issuance_id])]
    waiting = deque(sorted(issued, key=lambda line: line.entry.occurred_on))
    rows: list[dict[str, Any]] = []
    # In order of days: an action is judged by what was there on its day, not by what came later.
    for transfer in facts.transfers:
        while waiting and waiting[0].entry.occurred_on <= transfer.occurred_on:
            rows.append(_row(waiting.popleft(), book))
        rows += [_row(line, book) for line in _article6(transfer, book)]
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

    def line(action: str, on: date, to: str, amount: Amount | None, codes: Codes = ()) -> _Line:
        tco2, spread = (None, 0) if amount is None else (amount.low, amount.high - amount.low)
        entry = Entry(event.issuance_id, action, on, UNALLOCATED, to, tco2, spread_tco2=spread)
        return _Line(entry, source, codes)

    amount = event.amount
    codes = (*known.codes, *amount_codes(amount))
    yield line("decide", known.known_on, UNALLOCATED, amount, codes)
    if amount is not None and amount.is_open:
        # What is known is booked as it is, and that there may be more as an entry of unknown amount.
        yield line("decide", known.known_on, UNALLOCATED, None, codes)
    if known.issued_on is None:
        return
    if amount is None:
        yield line("issue", known.issued_on, JAPAN_SIDE, None)
        return
    parts: dict[str, Amount | None] = dict(_parts(event, amount))
    if amount.is_open:
        parts[NOT_KNOWN] = None
    for holder, part in parts.items():
        on, may_be_partners = known.issued_on, holder in {event.iso3, NOT_KNOWN}
        if may_be_partners and event.partner_issued:
            on = max(event.partner_issued.latest, on)
        if not (may_be_partners and event.is_partner_issuance_pending):
            yield line("issue", on, holder, part)


def amount_codes(amount: Amount | None) -> Codes:
    """Return the codes of how an amount is known."""
    if amount is None or amount.basis == "exact":
        return ()
    return ("AMOUNT-AT-LEAST",) if amount.is_open else ("AMOUNT-RANGE",)


def _parts(event: IssuanceEvent, amount: Amount) -> dict[str, Amount]:
    """Tonnes by holder, above 0. The government's part alone leaves the rest with a holder that is not known."""
    government, japan = event.japan_government_tco2 or 0, event.japan_tco2
    known = {JAPAN_GOVERNMENT: government}
    if japan is not None:
        is_divided = event.japan_government_tco2 is not None
        known[JAPAN_COMPANIES if is_divided else JAPAN_SIDE] = japan - government
        is_exact = amount.basis == "exact"
        known[event.iso3] = amount.low - japan if is_exact else event.partner_tco2 or 0
    elif event.partner_tco2 is not None:
        known[event.iso3] = event.partner_tco2
    left = sum(known.values())
    parts = {holder: Amount.exact(tco2) for holder, tco2 in known.items() if tco2}
    if amount.high > left:
        parts[NOT_KNOWN] = Amount(max(amount.low - left, 0), amount.high - left)
    return parts


def _article6(transfer: Transfer, book: Book) -> Iterator[_Line]:
    """The entries of one Article 6 event. A first transfer without an authorisation on record implies one."""
    action, issuance = ACTION_OF[transfer.action], transfer.issuance_id or transfer.article6_event_id
    for holder, tco2 in _holders(book, issuance, action, transfer.quantity_tco2):
        entry = Entry(issuance, action, transfer.occurred_on, holder, holder, tco2)
        if action == "transfer" and not _has(book, issuance, "authorised", holder):
            implied = Entry(issuance, "authorise", transfer.occurred_on, holder, holder, tco2)
            yield _Line(implied, transfer.source_id, IMPLIED)
        yield _Line(entry, transfer.source_id)


def _has(book: Book, issuance: str, state: str, holder: str) -> bool:
    account = (issuance, None, holder, state)
    return any(accounts.get(account) for accounts in (book.held, book.spread, book.unknown))


def _holders(book: Book, issuance: str, action: str, tco2: int | None) -> Iterator[tuple[str, int | None]]:
    """From whom the tonnes come: the sources do not tell, so the government first, then the other Japanese holders."""
    state = ACTIONS[action].leaves or ""
    if action == "transfer" and not any(_has(book, issuance, state, holder) for holder in _MAY_TRANSFER):
        state = "issued"
    if tco2 is None:
        holder = next((h for h in _MAY_TRANSFER if _has(book, issuance, state, h)), JAPAN_SIDE)
        yield holder, None
        return
    left = tco2
    parts: list[tuple[str, int | None]] = []
    for holder in _MAY_TRANSFER:
        account = (issuance, None, holder, state)
        taken = min(left, book.held.get(account, 0) + book.spread.get(account, 0))
        if taken:
            parts.append((holder, taken))
            left -= taken
    if left:
        unknown = next((h for h in _MAY_TRANSFER if book.unknown.get((issuance, None, h, state))), None)
        # Where an unknown amount is held the rest comes from that; else more is claimed than is there, and the whole
        # entry is refused.
        parts = [*parts, (unknown, left)] if unknown else [(parts[0][0] if parts else JAPAN_SIDE, tco2)]
    yield from parts


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
        "quantity_high_tco2": None
        if entry.quantity_tco2 is None
        else entry.quantity_tco2 + entry.spread_tco2,
        "source_id": line.source_id,
        "assumption_codes": join_codes(line.codes),
        "is_booked": fault is None,
        "message_en": fault.message_en if fault else None,
        "message_ja": fault.message_ja if fault else None,
    }
