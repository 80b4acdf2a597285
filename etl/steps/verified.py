"""Verified tonnes of each issuance event over known time: decided, issued, Japan's, transferred, used.

They are read off the booked entries of the ledger, the one store of actual tonnes: an entry that the ledger refuses
is on no rung. Each event's tonnes are in the years of its monitoring period; the later rungs are parts of them.
All of it is done by columns.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from etl.contracts import table
from etl.steps.acts import JAPANESE
from etl.steps.tonnes import joined_codes, piece_of_date
from etl.steps.vintages import EARLY
from model.allocation import split_shares
from model.apportion import Wholes
from model.ladder import ACTUAL_RUNGS, RUNG_BY_CODE
from model.ledger.rules import NOT_KNOWN
from model.monitoring import issued_by_piece, pieces_of_periods

MEASURES = tuple(f"{rung}_{end}_tco2" for rung in ACTUAL_RUNGS for end in ("low", "high"))


_ACTION_OF = {"notified": "decide", "issued": "issue", "japan": "issue", "itmo": "transfer", "ndc": "use_ndc"}
DATED_BY = (("decided", "DATED-DECISION"), ("issued", "DATED-ISSUE"), ("announced", "DATED-ANNOUNCED"))


def rung_levels(entries: pl.DataFrame) -> pl.DataFrame:
    """Return what is known of each vintage of each event on each rung, a row for each day on which that changed, in order.

    Columns `cell`, `known_on`, for each actual rung `…_low`, `…_high` (null where the rung was not reached or nothing
    is known of it) and `…_is_there`; `is_revealed` where a later rung shows that an amount is more than was known.
    """
    booked = (
        entries.lazy()
        .filter("is_booked", pl.col("action").is_in(list(_ACTION_OF.values())))
        .select("cell", "occurred_on", "action", "holder_to", "quantity_tco2", "quantity_high_tco2")
        .sort("cell", maintain_order=True)
        .collect()
    )
    # A part of a later rung is on few events: the others are spared the columns.
    moved = booked.filter(~pl.col("action").is_in(["decide", "issue"])).get_column("cell").unique().implode()
    has_moved = pl.col("cell").is_in(moved)
    levels = pl.concat(
        [
            _summed(booked.filter(~has_moved), ACTUAL_RUNGS[:3]),
            _summed(booked.filter(has_moved), ACTUAL_RUNGS),
        ],
        how="diagonal",
    )
    return levels.with_columns(pl.col(f"{rung}_is_there").fill_null(value=False) for rung in ACTUAL_RUNGS)


def _summed(booked: pl.DataFrame, rungs: Sequence[str]) -> pl.DataFrame:
    """Sums over time of what booked entries add to each rung, each vintage's in a row. Tonnes of a holder not known may be Japan's."""
    is_next = (pl.col("cell") == pl.col("cell").shift(-1)).fill_null(value=False)
    is_day = (pl.col("occurred_on") == pl.col("occurred_on").shift(-1)).fill_null(value=False)
    last = booked.select((~(is_next & is_day)).arg_true()).to_series().to_numpy()
    first = booked.select(pl.col("cell").rle_id()).to_series().to_numpy()
    first = np.searchsorted(first, first[last])

    def running(added: pl.Series) -> NDArray[np.int64]:
        """The sum since the first entry of the vintage, on the last entry of each day."""
        tco2 = added.to_numpy()
        total = np.cumsum(tco2, dtype=np.int64)
        sums: NDArray[np.int64] = total[last] - total[first] + tco2[first]
        return sums

    low, high = pl.col("quantity_tco2"), pl.col("quantity_high_tco2")
    may_be = pl.col("holder_to") == NOT_KNOWN
    columns: dict[str, NDArray[np.int64]] = {}
    for rung in rungs:
        adds = pl.col("action") == _ACTION_OF[rung]
        least = low
        if rung == "japan":
            adds &= pl.col("holder_to").is_in(JAPANESE) | (may_be & low.is_not_null())
            least = pl.when(~may_be).then(low)
        known = adds & low.is_not_null()
        added = booked.select(
            pl.when(known).then(least).fill_null(0).alias("low"),
            pl.when(known).then(high).fill_null(0).alias("high"),
            known.cast(pl.Int64).alias("known"),
            adds.cast(pl.Int64).alias("is_there"),
        )
        columns |= {f"{rung}_{column.name}": running(column) for column in added}
    levels = booked.select(pl.col("cell", "occurred_on").gather(last)).rename({"occurred_on": "known_on"})
    levels = levels.with_columns(pl.Series(name, values) for name, values in columns.items()).with_columns(
        pl.when(pl.col(f"{rung}_known") > 0).then(f"{rung}_{end}").alias(f"{rung}_{end}")
        for rung in rungs
        for end in ("low", "high")
    )
    there = [(pl.col(f"{rung}_is_there") > 0).alias(f"{rung}_is_there") for rung in rungs]
    return _revealed(levels.drop(f"{rung}_known" for rung in rungs).with_columns(there), rungs)


def _revealed(levels: pl.DataFrame, rungs: Sequence[str]) -> pl.DataFrame:
    """Raise each rung to what is known of the rung that is a part of it.

    Of an event whose amount is known in part or not at all, a transfer shows that it was at least that much. What was
    issued reached the Japanese side, whether or not that part is known.
    """
    stated = levels.select(pl.col("notified_low").alias("low"), pl.col("notified_high").alias("high"))
    for rung in reversed(rungs):
        upper = RUNG_BY_CODE[rung].part_of
        if upper is not None:
            levels = levels.with_columns(
                pl.max_horizontal(f"{upper}_{end}", f"{rung}_{end}").alias(f"{upper}_{end}")
                for end in ("low", "high")
            )
    there = levels.with_columns(
        (pl.col(f"{rung}_is_there") | pl.col(f"{rung}_low").is_not_null()).alias(f"{rung}_is_there")
        for rung in rungs
    )
    is_revealed = stated["low"].ne_missing(levels["notified_low"]) | stated["high"].ne_missing(
        levels["notified_high"]
    )
    return there.with_columns(
        pl.col("japan_is_there") | pl.col("issued_is_there"), is_revealed.alias("is_revealed")
    )


def issuance_rungs(
    events: pl.DataFrame, years: pl.DataFrame, entries: pl.DataFrame, levels: pl.DataFrame
) -> pl.DataFrame:
    """Return `issuance_rung`: one row an event, rung it reached and interval, also those whose amount is not known."""
    has = pl.col("has_amount")
    is_same = pl.col("event") == pl.col("event").shift(1)
    is_next = pl.col("event") == pl.col("event").shift(-1)
    levels = _levels_of_events(years, entries, levels)
    rungs = []
    for place, rung in enumerate(ACTUAL_RUNGS):
        there = levels.filter(f"{rung}_is_there").select(
            "event",
            "known_on",
            pl.col(f"{rung}_low").is_not_null().alias("has_amount"),
            pl.lit(place).alias("place"),
        )
        changed = there.filter((~is_same | (has != has.shift(1))).fill_null(value=True))
        rungs.append(
            changed.with_columns(pl.when(is_next).then(pl.col("known_on").shift(-1)).alias("known_until"))
        )
    rows = pl.concat(rungs).sort("event", "place", "known_on")
    codes = pl.col("known_codes")
    facts = events.select(pl.col("issuance_id", "known_codes").gather(rows.get_column("event")))
    return (
        pl.concat([rows, facts], how="horizontal")
        .with_columns(
            pl.lit(pl.Series(ACTUAL_RUNGS)).gather(pl.col("place")).alias("rung"),
            pl.when(pl.col("place") == 0).then(codes).alias("assumption_codes"),
        )
        .select(table("issuance_rung").schema.column_names())
    )


def _levels_of_events(years: pl.DataFrame, entries: pl.DataFrame, levels: pl.DataFrame) -> pl.DataFrame:
    """Levels with `event` for `cell`: those of the vintages of an event together."""
    event = pl.lit(years["event"]).gather(pl.col("cell"))
    is_alone = pl.lit(years["vintages"] == 1).gather(pl.col("cell"))
    together = (
        entries.filter(pl.col("cell").is_not_null()).filter(~is_alone).with_columns(event.alias("cell"))
    )
    return pl.concat(
        [
            levels.filter(is_alone).with_columns(event.alias("cell")),
            rung_levels(together).select(levels.columns),
        ]
    ).rename({"cell": "event"})


def verified_rows(years: pl.DataFrame, levels: pl.DataFrame) -> pl.DataFrame:
    """Return `verified`: one row an event, piece of a year and interval in which nothing changed, with all its rungs.

    An event of which nothing is known but that it was decided has no row. Sorted by event, year and known_on.
    """
    known = levels.drop_nulls("notified_low")
    # Each vintage has the days of its year and the codes of its event.
    borders = years.with_columns(
        pl.max_horizontal("period_start_on", pl.date("vintage", 1, 1)).alias("period_start_on"),
        pl.min_horizontal("period_end_on", pl.date("vintage", 12, 31)).alias("period_end_on"),
    )
    facts = borders.select(
        *("issuance_id", "event", "period_start_on", "period_end_on", "known_codes", "amount_codes"),
        *(pl.col(f"japan_{end}").alias(f"share_{end}") for end in ("low", "high")),
        pl.col("issuance_id").rank("dense").alias("place"),
        *_dated(),
    ).select(pl.all().gather(known.get_column("cell")))
    states = pl.concat([known, facts], how="horizontal").with_columns(
        *(pl.max_horizontal(f"share_{end}", f"japan_{end}").alias(f"share_{end}") for end in ("low", "high")),
        pl.when(pl.col("is_revealed") & (pl.col("amount_codes") != "AMOUNT-AT-LEAST").fill_null(value=True))
        .then(pl.lit("AMOUNT-AT-LEAST"))
        .alias("revealed_codes"),
    )
    measures = [(f"{rung}_{end}", f"{rung}_{end}_tco2") for rung in ACTUAL_RUNGS for end in ("low", "high")]
    measures += [("share_low", "japan_share_low_tco2"), ("share_high", "japan_share_high_tco2")]
    values = [name for name, _ in measures]
    codes = ("known_codes", "dated_codes", "amount_codes", "revealed_codes")
    kept = states.select(
        *(
            "event",
            "cell",
            "place",
            "issuance_id",
            "piece",
            "last_piece",
            "period_start_on",
            "period_end_on",
            "known_on",
        ),
        *values,
        joined_codes(*codes).alias("assumption_codes"),
    )
    is_over_several = (pl.col("last_piece") > pl.col("piece")).fill_null(value=False)
    rows = pl.concat([kept.filter(~is_over_several), _split(kept.filter(is_over_several), values, years)])
    # By event, piece and day; one number sorts quicker than three, and no piece comes last.
    day = pl.col("known_on").to_physical().cast(pl.Int64)
    cell = pl.col("place").cast(pl.Int64) * 2**14 + pl.col("piece").fill_null(2**14 - 1)
    rows = rows.drop("cell", "last_piece", "period_start_on", "period_end_on").sort(cell * 2**24 + day)
    is_same_cell = (pl.col("event") == pl.col("event").shift(1)) & pl.col("piece").eq_missing(
        pl.col("piece").shift(1)
    )
    is_equal = pl.all_horizontal(
        pl.col(name).eq_missing(pl.col(name).shift(1)) for name in (*values, "assumption_codes")
    )
    rows = rows.filter(~(is_same_cell & is_equal).fill_null(value=False))
    is_next_cell = is_same_cell.shift(-1).fill_null(value=False)
    return rows.with_columns(
        (pl.col("piece") // 2).alias("fiscal_year"),
        (pl.col("piece") // 2 + pl.col("piece") % 2).alias("calendar_year"),
        pl.when(is_next_cell).then(pl.col("known_on").shift(-1)).alias("known_until"),
        *(pl.col(name).alias(column) for name, column in measures),
    ).select(table("verified").schema.column_names())


def _dated() -> Iterator[pl.Expr]:
    """The pieces of a year that an event's tonnes are in, first and last, and the code of a dating not of the period.

    Null where no date is known.
    """
    period, day = pl.col("period_start_on"), pl.lit("day")
    pieces = [piece_of_date(period, day)]
    code: pl.Expr = pl.lit("DATED-NONE")
    for name, code_of_it in reversed(DATED_BY):
        pieces.insert(1, piece_of_date(pl.col(f"{name}_on"), pl.col(f"{name}_precision")))
        code = pl.when(pl.col(f"{name}_on").is_not_null()).then(pl.lit(code_of_it)).otherwise(code)
    yield pl.coalesce(pieces).alias("piece")
    yield piece_of_date(pl.col("period_end_on"), day).alias("last_piece")
    yield pl.when(period.is_null()).then(code).alias("dated_codes")


def _split(states: pl.DataFrame, values: Sequence[str], years: pl.DataFrame) -> pl.DataFrame:
    """Divide states of years that are in two fiscal years; both ends stay within those of the piece, and in order."""
    pieces = pieces_of_periods(*(states[f"period_{end}_on"].to_numpy() for end in ("start", "end")))
    tonnes = {name: states[name].fill_null(0).to_numpy() for name in values}
    event = pieces.period
    base = years.select(pl.col("low", "high", *EARLY).gather(states["cell"]))

    def whole_of(notified: Wholes, decided: pl.Series, early: str) -> Wholes:
        """What was decided as the whole period divides it; more than that, which a later rung shows, by days."""
        by_days = issued_by_piece(pieces, notified)
        is_decided = (base[early].is_not_null() & (decided == pl.Series(notified))).fill_null(value=False)
        first = base[early].fill_null(0).to_numpy()
        stated = np.column_stack((first, notified - first)).ravel()
        return np.where(np.repeat(is_decided.to_numpy(), 2), stated, by_days)

    least, greatest = tonnes["notified_low"], tonnes["notified_high"]
    whole = whole_of(least, base["low"], EARLY[0])
    most = whole + whole_of(greatest - least, base["high"] - base["low"], EARLY[1])
    rows = states.select(pl.all().gather(event)).with_columns(pl.Series("piece", pieces.piece))
    divided = []
    for low, high in zip(values[::2], values[1::2], strict=True):
        if states[low].null_count() == states.height:
            continue
        parts = split_shares(whole, event, tonnes[low])
        beyond = split_shares(most - parts, event, tonnes[high] - tonnes[low])
        is_known = pl.col(low).is_not_null()
        divided += [
            pl.when(is_known).then(pl.Series(low, parts)).alias(low),
            pl.when(is_known).then(pl.Series(high, parts + beyond)).alias(high),
        ]
    return rows.with_columns(divided)
