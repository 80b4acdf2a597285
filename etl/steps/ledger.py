"""The ledger of the public record: what was decided, issued to whom, authorised, transferred and used."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from etl.contracts import table
from etl.steps.fact_rows import Transfer
from etl.steps.tonnes import Codes, join_codes, joined_codes
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

# Order of the book: entries of a day before its Article 6 events, each in the order of its table and within it.
_MOST_PLACES, _MOST_STEPS = 2**32, 2**8
_ORDER = {"occurred_on": pl.Date(), "is_article6": pl.Boolean(), "place": pl.Int64(), "step": pl.Int64()}
_COLUMNS = table("ledger_entry").dtypes
_ROW = {
    "event": pl.Int64(),
    **_ORDER,
    **{name: dtype for name, dtype in _COLUMNS.items() if name not in ("entry_number", "occurred_on")},
}


@dataclass(frozen=True)
class _Line:
    entry: Entry
    source_id: str
    codes: str | None = None


class _Kind(NamedTuple):
    """Entries of one kind: whether an event has one, its day, the holder who gets the tonnes, both ends of the amount."""

    action: str
    is_there: pl.Expr
    on: pl.Expr
    holder: pl.Expr
    low: pl.Expr
    high: pl.Expr


def ledger_entries(
    events: pl.DataFrame,
    transfers: Sequence[Transfer],
    signed: Mapping[str, date],
    *,
    all_through_the_book: bool = False,
) -> pl.DataFrame:
    """Return `ledger_entry`: every entry in order of its day, booked or refused with the reason.

    `event` is added to the columns of the table: the position of the event, null where there is none. `signed` has the
    day on which each partner signed. Only events that the book may find fault with go through it one by one;
    `all_through_the_book` sends all, which makes the same rows.
    """
    moved = [transfer.issuance_id or transfer.article6_event_id for transfer in transfers]
    may_fail = ~_is_certain(moved, signed) | pl.lit(all_through_the_book)
    rows = pl.concat(
        [
            _issued(events.filter(~may_fail))
            .with_columns(
                *_states(),
                pl.lit(value=True).alias("is_booked"),
                *(pl.lit(None, pl.String).alias(name) for name in ("message_en", "message_ja")),
            )
            .select(*_ROW),
            _booked(events.filter(may_fail), transfers, signed),
        ]
    )
    return (
        rows.sort(_in_order())
        .with_columns(pl.int_range(1, pl.len() + 1).alias("entry_number"))
        .select(*_COLUMNS, "event")
    )


def _in_order() -> pl.Expr:
    """The order of the book as one number, which sorts quicker: the day, Article 6 events last, the place, the step."""
    day = pl.col("occurred_on").to_physical().cast(pl.Int64)
    return (
        (2 * day + pl.col("is_article6").cast(pl.Int64)) * _MOST_PLACES + pl.col("place")
    ) * _MOST_STEPS + pl.col("step")


def _issued(events: pl.DataFrame) -> pl.DataFrame:
    """The decision of each event, and the issue to each holder that is known; what is issued to an unknown holder is booked as such.

    Of an amount known in part what is known is booked as it is, and that there may be more as an entry of unknown
    amount. The government's part alone leaves the rest with a holder that is not known.
    """
    low, high = pl.col("low"), pl.col("high")
    government, japan = pl.col("japan_government_tco2").fill_null(0), pl.col("japan_tco2")
    partner = (
        pl.when(japan.is_not_null() & (pl.col("amount_basis") == "exact"))
        .then(low - japan)
        .otherwise(pl.col("partner_tco2").fill_null(0))
    )
    companies = (japan - government).fill_null(0)
    known = government + companies + partner
    is_known, nothing = low.is_not_null(), pl.lit(None, pl.Int64)
    undivided = pl.when(pl.col("japan_government_tco2").is_null()).then(pl.lit(JAPAN_SIDE))
    is_rest = ~pl.col("is_open") & (high > known)
    on = pl.col("issued_known_on")
    # Where the partner's own issue is known, what may be its part counts from that day.
    partner_on = pl.max_horizontal("partner_issued_on", on)
    goes = is_known & ~pl.col("is_partner_issuance_pending")
    decision, holder = pl.col("known_on"), pl.lit(UNALLOCATED)
    is_open, is_issued = pl.col("is_open"), on.is_not_null()
    divided = undivided.otherwise(pl.lit(JAPAN_COMPANIES))
    kinds = (
        _Kind("decide", pl.lit(value=True), decision, holder, low, high),
        _Kind("decide", is_open, decision, holder, nothing, nothing),
        _Kind("issue", is_known & (government != 0), on, pl.lit(JAPAN_GOVERNMENT), government, government),
        _Kind("issue", is_known & (companies != 0), on, divided, companies, companies),
        _Kind("issue", goes & (partner != 0), partner_on, pl.col("iso3"), partner, partner),
        _Kind(
            "issue",
            goes & is_rest,
            partner_on,
            pl.lit(NOT_KNOWN),
            pl.max_horizontal(low - known, 0),
            high - known,
        ),
        _Kind("issue", goes & is_open, partner_on, pl.lit(NOT_KNOWN), nothing, nothing),
        _Kind("issue", ~is_known, on, pl.lit(JAPAN_SIDE), nothing, nothing),
    )
    return pl.concat(
        _lines(events.filter(kind.is_there, is_issued | (kind.action == "decide")), kind, step)
        for step, kind in enumerate(kinds)
    )


def _lines(events: pl.DataFrame, kind: _Kind, step: int) -> pl.DataFrame:
    codes = (
        joined_codes("known_codes", "amount_codes") if kind.action == "decide" else pl.lit(None, pl.String)
    )
    return events.select(
        "event",
        kind.on.alias("occurred_on"),
        pl.lit(value=False).alias("is_article6"),
        pl.col("event").alias("place"),
        pl.lit(step, pl.Int64).alias("step"),
        "issuance_id",
        pl.lit(kind.action).alias("action"),
        kind.holder.alias("holder_to"),
        kind.low.alias("quantity_tco2"),
        kind.high.alias("quantity_high_tco2"),
        "source_id",
        codes.alias("assumption_codes"),
    )


def _states() -> Iterator[pl.Expr]:
    is_decided = pl.col("action") == "decide"
    for end, decided, issued in (
        ("state_from", ACTIONS["decide"].leaves, ACTIONS["issue"].leaves),
        ("state_to", ACTIONS["decide"].reaches, ACTIONS["issue"].reaches),
        ("holder_from", None, UNALLOCATED),
    ):
        yield (
            pl.when(is_decided)
            .then(pl.lit(decided, pl.String))
            .otherwise(pl.lit(issued, pl.String))
            .alias(end)
        )


def _is_certain(moved: list[str], signed: Mapping[str, date]) -> pl.Expr:
    """Whether the book can find no fault with an event: it is of known amount, no Article 6 event moves its tonnes,

    its decision comes after the signature, and the parts known leave something of either end, or nothing of both.
    """
    low, high = pl.col("low"), pl.col("high")
    government, japan = pl.col("japan_government_tco2").fill_null(0), pl.col("japan_tco2")
    parts = pl.coalesce(japan, government) + pl.col("partner_tco2").fill_null(0)
    signed_on = pl.col("iso3").replace_strict(signed, default=None, return_dtype=pl.Date)
    return (
        (low > 0)
        & ~pl.col("is_open")
        & ((parts < low) | ((parts == low) & (low == high)))
        & (japan.is_null() | (government <= japan))
        & (signed_on.is_null() | (pl.col("known_on") >= signed_on))
        & ~pl.col("issuance_id").is_in(moved)
    ).fill_null(value=False)


def _booked(events: pl.DataFrame, transfers: Sequence[Transfer], signed: Mapping[str, date]) -> pl.DataFrame:
    """The entries of some events and of all Article 6 events, judged in order of days by what was there on each."""
    places: dict[str, int] = dict(events.select("issuance_id", "event").iter_rows())
    book = Book(
        {
            issuance_id: Event(
                issuance_id, iso3, known_on, signed.get(iso3), start.year if start else None, end.year if end else None
            )
            for issuance_id, iso3, known_on, start, end in events.select(
                "issuance_id", "iso3", "known_on", "period_start_on", "period_end_on"
            ).iter_rows()
        }
    )  # fmt: skip
    waiting = deque(_issued(events).sort(_in_order()).iter_rows(named=True))
    rows: list[dict[str, Any]] = []

    def post_until(day: date) -> None:
        while waiting and waiting[0]["occurred_on"] <= day:
            row = waiting.popleft()
            rows.append(_row(_line_of(row), book, places) | {name: row[name] for name in _ORDER})

    for place, transfer in enumerate(transfers):
        post_until(transfer.occurred_on)
        for step, line in enumerate(_article6(transfer, book)):
            order = {"occurred_on": transfer.occurred_on, "is_article6": True, "place": place, "step": step}
            rows.append(_row(line, book, places) | order)
    post_until(date.max)
    if wrong := book.imbalances():
        message = f"the ledger is out of balance: {wrong}"
        raise AssertionError(message)
    return pl.DataFrame(rows, schema=_ROW)


def _line_of(row: Mapping[str, Any]) -> _Line:
    tco2 = row["quantity_tco2"]
    entry = Entry(
        row["issuance_id"],
        row["action"],
        row["occurred_on"],
        UNALLOCATED,
        row["holder_to"],
        tco2,
        spread_tco2=0 if tco2 is None else row["quantity_high_tco2"] - tco2,
    )
    return _Line(entry, row["source_id"], row["assumption_codes"])


def _article6(transfer: Transfer, book: Book) -> Iterator[_Line]:
    """The entries of one Article 6 event. A first transfer without an authorisation on record implies one."""
    action, issuance = ACTION_OF[transfer.action], transfer.issuance_id or transfer.article6_event_id
    for holder, tco2 in _holders(book, issuance, action, transfer.quantity_tco2):
        entry = Entry(issuance, action, transfer.occurred_on, holder, holder, tco2)
        if action == "transfer" and not _has(book, issuance, "authorised", holder):
            implied = Entry(issuance, "authorise", transfer.occurred_on, holder, holder, tco2)
            yield _Line(implied, transfer.source_id, join_codes(IMPLIED))
        yield _Line(entry, transfer.source_id)


def _has(book: Book, issuance: str, state: str, holder: str) -> bool:
    account = (issuance, None, holder, state)
    return book.known(account) > 0 or book.unknown.get(account, 0) > 0


def _holders(book: Book, issuance: str, action: str, tco2: int | None) -> Iterator[tuple[str, int | None]]:
    """From whom the tonnes come: the sources do not say, so the government first, then the other Japanese holders."""
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
        taken = min(left, book.known((issuance, None, holder, state)))
        if taken:
            parts.append((holder, taken))
            left -= taken
    if left:
        unknown = next((h for h in _MAY_TRANSFER if book.unknown.get((issuance, None, h, state))), None)
        # Where an unknown amount is held the rest comes from that; else more is claimed than is there, and the whole
        # entry is refused.
        parts = [*parts, (unknown, left)] if unknown else [(parts[0][0] if parts else JAPAN_SIDE, tco2)]
    yield from parts


def _row(line: _Line, book: Book, places: Mapping[str, int]) -> dict[str, Any]:
    entry, fault = line.entry, book.post(line.entry)
    action = ACTIONS[entry.action]
    return {
        "event": places.get(entry.event_id),
        "issuance_id": entry.event_id,
        "action": entry.action,
        "holder_from": None if action.leaves is None else entry.holder_from,
        "holder_to": entry.holder_to,
        "state_from": action.leaves,
        "state_to": action.reaches,
        "quantity_tco2": entry.quantity_tco2,
        "quantity_high_tco2": None
        if entry.quantity_tco2 is None
        else entry.quantity_tco2 + entry.spread_tco2,
        "source_id": line.source_id,
        "assumption_codes": line.codes,
        "is_booked": fault is None,
        "message_en": fault.message_en if fault else None,
        "message_ja": fault.message_ja if fault else None,
    }
