"""Issuance events by vintage: the calendar years in which the reductions took place, each with its part of the tonnes."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from model.allocation import split_shares
from model.apportion import Wholes
from model.monitoring import calendar_year_of, issued_by_piece, pieces_of_periods

EARLY = ("early_low", "early_spread")
"""Tonnes of January to March, of the low end and of the range above it; null where one year has all tonnes."""
_KEPT = (
    *(
        "event",
        "issuance_id",
        "iso3",
        "source_id",
        "known_codes",
        "amount_codes",
        "known_on",
        "issued_known_on",
    ),
    *("period_start_on", "period_end_on", "decided_on", "decided_precision", "issued_on", "issued_precision"),
    *("announced_on", "announced_precision", "partner_issued_on", "is_partner_issuance_pending"),
    *(
        "japan_government_tco2",
        "japan_tco2",
        "partner_tco2",
        "low",
        "high",
        "is_open",
        "japan_low",
        "japan_high",
    ),
)
"""Columns of events that the ledger and the rungs need."""
_PARTS = ("government", "companies", "partner")


def by_vintage(events: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each event and calendar year of its monitoring period, one alone where the period is not known.

    `cell` is the place of a row from 0, in order of events and years. `low` and `high` are divided by days (largest
    remainder); `government`, `companies` and `partner`, the parts that are known, in proportion, so that nothing left of
    a year is negative; `japan_low` and `japan_high` follow from them. `vintage` and `days` are null where the period is
    not known; `place_of_vintage` counts the years of an event from 0, `vintages` has their number.
    """
    government, japan = pl.col("japan_government_tco2").fill_null(0), pl.col("japan_tco2")
    first, last = (pl.col(f"period_{end}_on").dt.year().cast(pl.Int64) for end in ("start", "end"))
    length = (pl.col("period_end_on") - pl.col("period_start_on")).dt.total_days() + 1
    number = events.select((last - first + 1).fill_null(1)).to_series().to_numpy()
    several = np.flatnonzero(number > 1)
    years = events.select(
        *_KEPT,
        government.alias("government"),
        (japan - government).fill_null(0).alias("companies"),
        pl.when(japan.is_not_null() & (pl.col("amount_basis") == "exact"))
        .then(pl.col("low") - japan)
        .otherwise(pl.col("partner_tco2").fill_null(0))
        .alias("partner"),
        (pl.col("high") == 0).fill_null(value=False).alias("is_nothing"),
        last.alias("vintage"),
        length.alias("days"),
        *(pl.lit(None, pl.Int64).alias(name) for name in EARLY),
    )
    if len(several):
        divided = _divided(years[several])
        years = years.select(pl.all().gather(np.repeat(np.arange(len(number)), number)))
        cells = np.flatnonzero(np.repeat(number > 1, number))
        years = years.with_columns(
            years.get_column(name).scatter(cells, divided.get_column(name)) for name in divided.columns
        )
    begins = np.cumsum(number) - number
    return years.with_columns(
        pl.Series("place_of_vintage", np.arange(len(years)) - np.repeat(begins, number)),
        pl.Series("vintages", np.repeat(number, number)),
        pl.int_range(pl.len()).alias("cell"),
    )


def _divided(events: pl.DataFrame) -> pl.DataFrame:
    """The columns that differ by vintage, of events whose period is over several years."""
    pieces = pieces_of_periods(*(events[f"period_{end}_on"].to_numpy() for end in ("start", "end")))
    year = calendar_year_of(pieces.piece)
    first = np.flatnonzero((np.diff(pieces.period, prepend=-1) != 0) | (np.diff(year, prepend=0) != 0))
    event = pieces.period[first]

    def divided(tco2: pl.Series) -> tuple[Wholes, Wholes]:
        """The tonnes of each year, and those of its first piece."""
        parts = issued_by_piece(pieces, tco2.fill_null(0).to_numpy())
        return np.add.reduceat(parts, first), parts[first]

    low, early_low = divided(events["low"])
    spread, early_spread = divided(events["high"] - events["low"])
    is_first = np.diff(event, prepend=-1) != 0
    left, parts = (low, spread), {}
    for name in _PARTS:
        parts[name], left = _taken(events[name].to_numpy(), left, event, is_first)
    is_known = pl.col("low").is_not_null()
    known = ("low", "japan_tco2", "partner_tco2", "is_open")
    return (
        events.select(pl.col(known).gather(event))
        .with_columns(
            pl.when(is_known).then(pl.Series(low + spread)).alias("high"),
            pl.when(is_known).then(pl.Series(low)).alias("low"),
            *(pl.Series(name, part) for name, part in parts.items()),
            pl.Series("early_low", early_low),
            pl.Series("early_spread", early_spread),
            pl.Series("vintage", year[first]),
            pl.Series("days", np.add.reduceat(pieces.days, first)),
        )
        .with_columns(_japanese_parts())
        .drop(known[1:])
    )


def _japanese_parts() -> Iterator[pl.Expr]:
    """A Japanese part that is stated stays so; the rest of a range or of an unstated share may be Japan's."""
    known = pl.col("government") + pl.col("companies")
    for end in ("low", "high"):
        is_rest = pl.col("japan_tco2").is_null()
        if end == "low":
            is_rest &= pl.col("partner_tco2").is_not_null() & ~pl.col("is_open")
        rest = pl.max_horizontal(pl.col(end) - pl.col("partner"), known)
        part = pl.when(is_rest).then(rest).otherwise(known)
        yield pl.when(pl.col("low").is_not_null()).then(part).alias(f"japan_{end}")


def _taken(
    tco2: Wholes, left: tuple[Wholes, Wholes], event: Wholes, is_first: np.ndarray
) -> tuple[Wholes, tuple[Wholes, Wholes]]:
    """Divide a part of each event in proportion to what is left of its years, first of the low ends, then of the ranges.

    More than is left, or less than nothing, goes to the first year, where the book refuses it.
    """
    found = np.zeros(len(event), np.int64)
    after = []
    for amounts in left:
        whole = np.add.reduceat(amounts, np.flatnonzero(is_first))
        within = np.clip(tco2, 0, whole)
        shares = split_shares(amounts, event, within)
        tco2 = tco2 - within
        found += shares
        after.append(amounts - shares)
    found[is_first] += tco2
    return found, (after[0], after[1])
