"""Verified tonnes of each issuance event over known time: decided, issued, Japan's, transferred, used.

They are read off the booked entries of the ledger, the one store of actual tonnes: an entry that the ledger refuses
is on no rung. Each event's tonnes stand in the years of its monitoring period; the later rungs are parts of them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from etl.steps.fact_rows import Event, FactRows
from etl.steps.issued import EventKnowledge, years_of
from etl.steps.ledger import JAPANESE, amount_codes
from etl.steps.stages import join_codes
from etl.steps.tonnes import Codes, Years, rows_over_time
from model.allocation import split_share
from model.ladder import ACTUAL_RUNGS, RUNG_BY_CODE
from model.ledger.rules import NOT_KNOWN

MEASURES = tuple(f"{rung}_{end}_tco2" for rung in ACTUAL_RUNGS for end in ("low", "high"))
SHARE_MEASURES = ("japan_share_low_tco2", "japan_share_high_tco2")

VERIFIED_COLUMNS = {
    "issuance_id": pl.String,
    "fiscal_year": pl.Int64,
    "calendar_year": pl.Int64,
    **dict.fromkeys((*MEASURES, *SHARE_MEASURES), pl.Int64),
    "known_on": pl.Date,
    "known_until": pl.Date,
    "assumption_codes": pl.String,
}

ISSUANCE_RUNG_COLUMNS = {
    "issuance_id": pl.String,
    "rung": pl.String,
    "has_amount": pl.Boolean,
    "known_on": pl.Date,
    "known_until": pl.Date,
    "assumption_codes": pl.String,
}

_RUNG_OF_ACTION = {"decide": "notified", "issue": "issued", "transfer": "itmo", "use_ndc": "ndc"}


class Level(NamedTuple):
    """Tonnes on a rung: low and high end."""

    low: int
    high: int


class Reached(NamedTuple):
    """What one booked entry adds to a rung on a day; `amount` is None where it is not known."""

    rung: str
    on: date
    amount: Level | None
    codes: Codes


def verified_rows(
    facts: FactRows, knowledge: Mapping[str, EventKnowledge], entries: pl.DataFrame
) -> pl.DataFrame:
    """Return `verified`: one row an event, piece of a year and interval in which nothing changed, with all its rungs.

    An event of which nothing is known but that it was decided has no row. Sorted by event, year and known_on.
    """
    reached = _reached(entries)
    rows: list[tuple[Any, ...]] = []
    for event in facts.events:
        found = reached.get(event.issuance_id, [])
        changes = [
            (day, _state(event, knowledge[event.issuance_id], [one for one in found if one.on <= day]))
            for day in sorted({one.on for one in found})
        ]
        rows += [
            (
                event.issuance_id,
                *years,
                *known.value[0],
                known.known_on,
                known.known_until,
                join_codes(known.value[1]),
            )
            for years, known in rows_over_time(changes)
        ]
    return pl.DataFrame(rows, schema=VERIFIED_COLUMNS, orient="row").sort(
        "issuance_id", "fiscal_year", "calendar_year", "known_on", nulls_last=True
    )


def issuance_rungs(
    facts: FactRows, knowledge: Mapping[str, EventKnowledge], entries: pl.DataFrame
) -> pl.DataFrame:
    """Return `issuance_rung`: one row an event, rung it reached and interval, also those whose amount is not known.

    An event that was issued reached the Japanese side, whether or not that part is known.
    """
    reached = _reached(entries)
    rows: list[tuple[Any, ...]] = []
    for event in facts.events:
        found = reached.get(event.issuance_id, [])
        changes = [
            (day, _rungs_of([one for one in found if one.on <= day]))
            for day in sorted({one.on for one in found})
        ]
        codes = {"notified": join_codes(knowledge[event.issuance_id].codes)}
        rows += [
            (event.issuance_id, rung, known.value, known.known_on, known.known_until, codes.get(rung))
            for rung, known in rows_over_time(changes)
        ]
    return pl.DataFrame(rows, schema=ISSUANCE_RUNG_COLUMNS, orient="row")


def _rungs_of(reached: Sequence[Reached]) -> dict[str, bool]:
    """The rungs an event stands on, and whether anything is known of its amount there."""
    levels = _revealed({rung: _level(rung, reached) for rung in ACTUAL_RUNGS})
    there = {one.rung for one in reached} | {rung for rung, level in levels.items() if level is not None}
    if "issued" in there:
        there.add("japan")
    return {rung: levels[rung] is not None for rung in ACTUAL_RUNGS if rung in there}


def _reached(entries: pl.DataFrame) -> dict[str, list[Reached]]:
    """What booked entries add to each rung, by event. Tonnes of a holder not known may be Japan's."""
    found: dict[str, list[Reached]] = {}
    for row in entries.filter(pl.col("is_booked")).iter_rows(named=True):
        low, high = row["quantity_tco2"], row["quantity_high_tco2"]
        amount = None if low is None else Level(low, high)
        rung = _RUNG_OF_ACTION.get(row["action"])
        if rung is None:
            continue
        some = found.setdefault(row["issuance_id"], [])
        some.append(Reached(rung, row["occurred_on"], amount, ()))
        if rung == "issued" and row["holder_to"] in JAPANESE:
            some.append(Reached("japan", row["occurred_on"], amount, ()))
        if rung == "issued" and row["holder_to"] == NOT_KNOWN and amount is not None:
            some.append(Reached("japan", row["occurred_on"], Level(0, amount.high), ()))
    return found


def _state(
    event: Event, known: EventKnowledge, reached: Sequence[Reached]
) -> dict[Years, tuple[tuple[int | None, ...], Codes]]:
    stated = _level("notified", reached)
    levels = _revealed({rung: _level(rung, reached) for rung in ACTUAL_RUNGS})
    notified = levels["notified"]
    if notified is None:
        return {}
    pieces, codes = years_of(event, notified.low, known.announced)
    more, _ = years_of(event, notified.high - notified.low, known.announced)
    low = list(pieces.values())
    high = [tco2 + more.get(years, 0) for years, tco2 in pieces.items()]
    share = _at_least(
        None if event.japan is None else Level(event.japan.low, event.japan.high), levels["japan"]
    )
    columns: list[list[int | None]] = []
    for level in (*(levels[rung] for rung in ACTUAL_RUNGS), share):
        columns += _parts(level, low, high)
    revealed: Codes = () if notified == stated else ("AMOUNT-AT-LEAST",)
    all_codes = (*known.codes, *codes, *amount_codes(event.amount), *revealed)
    return {years: (tuple(column[i] for column in columns), all_codes) for i, years in enumerate(pieces)}


def _level(rung: str, reached: Sequence[Reached]) -> Level | None:
    """The sum of what is known on a rung; None where the rung was not reached or nothing is known of it."""
    known = [one.amount for one in reached if one.rung == rung and one.amount is not None]
    return Level(sum(one.low for one in known), sum(one.high for one in known)) if known else None


def _revealed(levels: dict[str, Level | None]) -> dict[str, Level | None]:
    """Raise each rung to what is known of the rung that is a part of it.

    Of an event whose amount is known in part or not at all, a transfer tells that it was at least that much.
    """
    raised = dict(levels)
    for rung in reversed(ACTUAL_RUNGS):
        upper = RUNG_BY_CODE[rung].part_of
        if upper is not None:
            raised[upper] = _at_least(raised[upper], raised[rung])
    return raised


def _at_least(level: Level | None, part: Level | None) -> Level | None:
    if level is None or part is None:
        return level or part
    return Level(max(level.low, part.low), max(level.high, part.high))


def _parts(
    level: Level | None, low: Sequence[int], high: Sequence[int]
) -> tuple[list[int | None], list[int | None]]:
    """Divide a level over the pieces of its event; both ends stay within those of the piece, and in order.

    Raises ValueError when the level is above the event.
    """
    if level is None:
        unknown: list[int | None] = [None] * len(low)
        return unknown, unknown
    parts = split_share(low, level.low)
    room = [most - part for most, part in zip(high, parts, strict=True)]
    beyond = split_share(room, level.high - level.low)
    return list(parts), [part + more for part, more in zip(parts, beyond, strict=True)]
