"""The same book over columns, for records too large to post one by one.

Events whose entries are all in order are booked by running sums; the few others go through the book itself, so both
ways give the same accounts and the same faults.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from model.ledger.book import booked
from model.ledger.rules import ACTIONS, FIRST_VINTAGE, Entry, Event, Fault

ENTRY_COLUMNS = ("event_id", "action", "occurred_on", "holder_from", "holder_to", "quantity_tco2", "vintage")
EVENT_COLUMNS = ("event_id", "iso3", "decided_on", "signed_on", "period_from", "period_to")
_ACCOUNT = ("event_id", "vintage", "holder", "state")


@dataclass(frozen=True)
class Accounts:
    """What every account holds at the end, and the entries refused.

    `balances`: event_id, vintage, holder, state, tco2, without_amount (entries of unknown amount that went in).
    """

    balances: pl.DataFrame
    faults: tuple[Fault, ...]


def accounts_of(entries: pl.DataFrame, events: pl.DataFrame) -> Accounts:
    """Books all entries, in their order. Columns are ENTRY_COLUMNS and EVENT_COLUMNS; quantities in tCO2."""
    ordered = entries.with_row_index("place")
    doubtful = _doubtful_events(ordered, events)
    clean = ordered.join(doubtful, on="event_id", how="anti")
    legs = _legs(clean)
    balances = (
        legs.group_by(_ACCOUNT)
        .agg(
            pl.col("change").sum().alias("tco2"),
            pl.col("is_unknown").sum().cast(pl.Int64).alias("without_amount"),
        )
        .filter((pl.col("tco2") != 0) | (pl.col("without_amount") != 0))
    )
    book = booked(
        _entries(ordered.join(doubtful, on="event_id", how="semi")),
        _events(events.join(doubtful, on="event_id", how="semi")),
    )
    by_hand = [
        (*account, book.held.get(account, 0), book.unknown.get(account, 0))
        for account in {*book.held, *book.unknown}
    ]
    rest = pl.DataFrame(
        [row for row in by_hand if row[4] or row[5]],
        schema={**{c: balances.schema[c] for c in _ACCOUNT}, "tco2": pl.Int64, "without_amount": pl.Int64},
        orient="row",
    )
    return Accounts(
        pl.concat([balances.cast({"tco2": pl.Int64}), rest]).sort(_ACCOUNT, nulls_last=True),
        tuple(book.faults),
    )


def _states() -> pl.DataFrame:
    return pl.DataFrame(
        [(a.code, a.leaves, a.reaches) for a in ACTIONS.values()],
        schema={"action": pl.String, "leaves": pl.String, "reaches": pl.String},
        orient="row",
    )


def _legs(entries: pl.DataFrame) -> pl.DataFrame:
    """Two rows an entry: what one account loses and the other gains; creation loses nothing that is kept."""
    with_states = entries.join(_states(), on="action", how="left", maintain_order="left")
    gains = with_states.select(
        "place",
        "event_id",
        "vintage",
        pl.col("holder_to").alias("holder"),
        pl.col("reaches").alias("state"),
        pl.col("quantity_tco2").fill_null(0).alias("change"),
        pl.col("quantity_tco2").is_null().alias("is_unknown"),
    )
    losses = with_states.filter(pl.col("leaves").is_not_null()).select(
        "place",
        "event_id",
        "vintage",
        pl.col("holder_from").alias("holder"),
        pl.col("leaves").alias("state"),
        (-pl.col("quantity_tco2").fill_null(0)).alias("change"),
        pl.lit(False).alias("is_unknown"),  # noqa: FBT003 - a value
    )
    return pl.concat([gains, losses])


def _doubtful_events(entries: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Events with an unknown amount, an entry that is wrong by itself, or an account that ever falls below 0."""
    known = entries.join(events, on="event_id", how="left", maintain_order="left")
    latest = pl.coalesce("vintage", "period_to")
    is_wrong = (
        pl.col("iso3").is_null()
        | ~pl.col("action").is_in(list(ACTIONS))
        | pl.col("quantity_tco2").is_null()
        | (pl.col("quantity_tco2") <= 0)
        | (pl.col("occurred_on") < pl.col("signed_on"))
        | ((pl.col("action") != "decide") & (pl.col("occurred_on") < pl.col("decided_on")))
        | (
            pl.all_horizontal(pl.col("period_from", "period_to").is_not_null())
            & ~pl.col("vintage").is_between("period_from", "period_to")
        )
        | ((pl.col("action") == "authorise") & (latest < FIRST_VINTAGE))
    ).fill_null(value=False)
    wrong = known.filter(is_wrong).select("event_id")
    # A loss is judged before the gain of the same entry: an entry cannot feed itself.
    running = (
        _legs(entries)
        .sort("place", "change")
        .with_columns(pl.col("change").cum_sum().over(_ACCOUNT).alias("running"))
        .filter(pl.col("running") < 0)
        .select("event_id")
    )
    return pl.concat([wrong, running]).unique()


def _entries(frame: pl.DataFrame) -> Iterator[Entry]:
    for row in frame.sort("place").select(ENTRY_COLUMNS).iter_rows():
        yield Entry(*row)


def _events(frame: pl.DataFrame) -> Iterable[Event]:
    return [Event(*row) for row in frame.select(EVENT_COLUMNS).iter_rows()]
