"""The ledger of the public record: what was decided, issued to whom, authorised, transferred and used."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

import polars as pl

from etl.contracts import table
from etl.steps.acts import Acts, Line, in_order, posted, row_of
from etl.steps.fact_rows import Transfer
from model.ledger.book import Book
from model.ledger.ndc_period import NdcPeriod
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

# Order of the book: entries of a day before its Article 6 events, each in the order of its table and within it.
_MOST_PLACES, _MOST_STEPS, _MOST_YEARS = 2**32, 2**12, 2**8
_ORDER = {"occurred_on": pl.Date(), "is_article6": pl.Boolean(), "place": pl.Int64(), "step": pl.Int64()}
_COLUMNS = table("ledger_entry").dtypes
_ROW = {
    "cell": pl.Int64(),
    **_ORDER,
    **{name: dtype for name, dtype in _COLUMNS.items() if name not in ("entry_number", "occurred_on")},
}
_OF_THE_BOOK = (
    *("adjustment_year", "ndc_first_year", "ndc_last_year"),
    *("authorisation_id", "article6_event_id", "message_en", "message_ja"),
)
_DIVIDED = pl.when(pl.col("vintages") > 1).then(pl.lit("VINTAGE-DAYS"))


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
    years: pl.DataFrame,
    transfers: Sequence[Transfer],
    signed: Mapping[str, date],
    period: NdcPeriod | None = None,
    *,
    all_through_the_book: bool = False,
) -> pl.DataFrame:
    """Return `ledger_entry`: every entry in order of its day, booked or refused with the reason.

    `years` are the events by vintage; `cell` is added to the columns of the table: the position of the entry's vintage
    there, null where there is none. `signed` has the day on which each partner signed, `period` is the
    NDC period of Japan, None where not given. Only events that the book may find fault with go through it one by one;
    `all_through_the_book` sends all, which makes the same rows.
    """
    moved = [transfer.issuance_id or transfer.article6_event_id for transfer in transfers]
    may_fail = events.select(~_is_certain(moved, signed) | pl.lit(all_through_the_book)).to_series()
    is_booked = pl.lit(may_fail).gather(pl.col("event"))
    booked = _booked(years.filter(is_booked), in_order(transfers), signed, period)
    issued = _issued(years.filter(~is_booked)).with_columns(
        *_states(), pl.lit(value=True).alias("is_booked"), pl.lit(None, pl.UInt32).alias("row")
    )
    # What only the book adds is looked up once all are in order: columns that are nearly all null are not sorted.
    common = [name for name in (*_ROW, "row") if name not in _OF_THE_BOOK]
    rows = pl.concat([issued.select(common), booked.with_row_index("row").select(common)])
    del issued
    rows = rows.sort(_in_order()).drop(name for name in _ORDER if name != "occurred_on")
    added = booked.select(pl.col(_OF_THE_BOOK).gather(rows["row"]))
    return (
        pl.concat([rows, added], how="horizontal")
        .with_columns(pl.int_range(1, pl.len() + 1).alias("entry_number"))
        .select(*_COLUMNS, "cell")
    )


def _in_order() -> pl.Expr:
    """The order of the book as one number, which sorts quicker: the day, Article 6 events last, the place, the step."""
    day = pl.col("occurred_on").to_physical().cast(pl.Int64)
    return (
        (2 * day + pl.col("is_article6").cast(pl.Int64)) * _MOST_PLACES + pl.col("place")
    ) * _MOST_STEPS + pl.col("step")


def _issued(years: pl.DataFrame) -> pl.DataFrame:
    """The decision of each event, and the issue to each holder that is known; what is issued to an unknown holder is booked as such.

    Of an amount known in part what is known is booked as it is, and that there may be more as an entry of unknown
    amount. The government's part alone leaves the rest with a holder that is not known. Every entry is of one vintage.
    """
    low, high = pl.col("low"), pl.col("high")
    government, companies, partner = pl.col("government"), pl.col("companies"), pl.col("partner")
    known = government + companies + partner
    is_known, nothing = low.is_not_null(), pl.lit(None, pl.Int64)
    # A year of a small event may have no tonne of it.
    is_some = (high > 0).fill_null(value=True) | pl.col("is_nothing") & (pl.col("place_of_vintage") == 0)
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
        _Kind("decide", is_some, decision, holder, low, high),
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
        _lines(years.filter(kind.is_there, is_issued | (kind.action == "decide")), kind, step)
        for step, kind in enumerate(kinds)
    )


def _lines(years: pl.DataFrame, kind: _Kind, step: int) -> pl.DataFrame:
    codes = pl.lit(None, pl.String)
    if kind.action == "decide":
        codes = pl.concat_str(
            "known_codes", "amount_codes", _DIVIDED, separator=";", ignore_nulls=True
        ).replace("", None)
    return years.select(
        "cell",
        kind.on.alias("occurred_on"),
        pl.lit(value=False).alias("is_article6"),
        pl.col("event").alias("place"),
        (step * _MOST_YEARS + pl.col("place_of_vintage")).alias("step"),
        "issuance_id",
        pl.lit(kind.action).alias("action"),
        "vintage",
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


def _booked(
    years: pl.DataFrame,
    transfers: Sequence[Transfer],
    signed: Mapping[str, date],
    period: NdcPeriod | None,
) -> pl.DataFrame:
    """The entries of some events and of all Article 6 events, judged in order of days by what was there on each."""
    events: dict[str, Event] = {}
    cells: dict[tuple[str, int | None], int] = {}
    days: dict[str, dict[int | None, int]] = {}
    for cell, issuance_id, iso3, known_on, start, end, vintage, length in years.select(
        *("cell", "issuance_id", "iso3", "known_on", "period_start_on", "period_end_on", "vintage", "days")
    ).iter_rows():
        monitored = (start.year, end.year) if start else (None, None)
        events[issuance_id] = Event(issuance_id, iso3, known_on, signed.get(iso3), *monitored)
        cells[issuance_id, vintage] = cell
        days.setdefault(issuance_id, {})[vintage] = length or 1
    book = Book(events, period)
    rows: list[dict[str, Any]] = []
    # The years of one entry on record are booked together or not at all.
    waiting = deque(
        list(years)
        for _, years in groupby(
            _issued(years).sort(_in_order()).iter_rows(named=True),
            lambda row: (row["occurred_on"], row["place"], row["step"] // _MOST_YEARS),
        )
    )

    def post_until(day: date) -> None:
        while waiting and waiting[0][0]["occurred_on"] <= day:
            some = waiting.popleft()
            lines = posted(book, [_line_of(row) for row in some])
            rows.extend(
                row_of(line, cells, period) | {name: row[name] for name in _ORDER}
                for line, row in zip(lines, some, strict=True)
            )

    acts = Acts(book, days)
    for place, transfer in enumerate(transfers):
        post_until(transfer.occurred_on)
        for step, line in enumerate(acts.posted(transfer)):
            order = {"occurred_on": transfer.occurred_on, "is_article6": True, "place": place, "step": step}
            rows.append(row_of(line, cells, period) | order)
    post_until(date.max)
    if wrong := book.imbalances():
        message = f"the ledger is out of balance: {wrong}"
        raise AssertionError(message)
    return pl.DataFrame(rows, schema=_ROW)


def _line_of(row: Mapping[str, Any]) -> Line:
    tco2 = row["quantity_tco2"]
    entry = Entry(
        row["issuance_id"],
        row["action"],
        row["occurred_on"],
        UNALLOCATED,
        row["holder_to"],
        tco2,
        row["vintage"],
        spread_tco2=0 if tco2 is None else row["quantity_high_tco2"] - tco2,
    )
    return Line(entry, row["source_id"], row["assumption_codes"])
