"""The rungs that each issuance event reached, also those whose amount or date is not known.

Events are counted here; their tonnes, where known, are in `reduction`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from etl.steps.attributes import of_event
from etl.steps.fact_rows import Event, FactRows
from etl.steps.issued import RUNG_OF_ACTION, EventKnowledge
from etl.steps.stages import join_codes
from etl.steps.tonnes import Codes

ISSUANCE_STAGE_COLUMNS = {
    "issuance_id": pl.String,
    "rung": pl.String,
    "iso3": pl.String,
    "sector_number": pl.Int64,
    "technology": pl.String,
    "programme": pl.String,
    "funding": pl.String,
    "has_amount": pl.Boolean,
    "is_dated": pl.Boolean,
    "known_on": pl.Date,
    "assumption_codes": pl.String,
}

Reached = tuple[str, bool, date, Codes]


def issuance_stages(facts: FactRows, knowledge: Mapping[str, EventKnowledge]) -> pl.DataFrame:
    """Return `issuance_stage`: one row per event and rung reached, in the order of the events and of the ladder.

    Every event was decided. An event issued reached the rung of the Japanese side, whether or not its share is known.
    """
    rows: list[dict[str, Any]] = []
    for event in facts.events:
        known = knowledge[event.issuance_id]
        is_dated = any((event.decided, event.issued, event.period, known.announced))
        attributes = vars(of_event(event, facts))
        shared = {name: attributes[name] for name in ISSUANCE_STAGE_COLUMNS if name in attributes}
        rows += [
            {
                **shared,
                "rung": rung,
                "has_amount": has_amount,
                "is_dated": is_dated,
                "known_on": known_on,
                "assumption_codes": join_codes(codes),
            }
            for rung, has_amount, known_on, codes in _reached(event, known, facts)
        ]
    return pl.DataFrame(rows, schema=ISSUANCE_STAGE_COLUMNS, orient="row")


def _reached(event: Event, known: EventKnowledge, facts: FactRows) -> Iterator[Reached]:
    has_total = event.total_tco2 is not None
    has_japan = has_total and event.japan_tco2 is not None
    yield "notified", has_total, known.known_on, known.codes
    if known.issued_on:
        yield "issued", has_japan if event.is_partner_issuance_pending else has_total, known.issued_on, ()
        yield "japan", has_japan, known.issued_on, ()
    for action, rung in RUNG_OF_ACTION.items():
        transfers = [
            transfer
            for transfer in facts.transfers
            if transfer.issuance_id == event.issuance_id and transfer.action == action
        ]
        if transfers:
            has_amount = all(transfer.quantity_tco2 is not None for transfer in transfers)
            yield rung, has_amount, min(transfer.occurred_on for transfer in transfers), ()
