"""Records for tests of the ledger: a whole synthetic one, valid from the first entry to the last."""

from datetime import date

import numpy as np
import polars as pl

from model.ledger.rules import JAPAN_COMPANIES, JAPAN_GOVERNMENT, UNALLOCATED

PARTNERS = [f"P{i:02d}" for i in range(31)]
_STEPS = (
    # action, day after the first, holder from, holder to, share of the event
    ("decide", 0, "", UNALLOCATED, 100),
    ("issue", 20, UNALLOCATED, JAPAN_GOVERNMENT, 50),
    ("issue", 20, UNALLOCATED, JAPAN_COMPANIES, 30),
    ("issue", 60, UNALLOCATED, "partner", 20),
    ("authorise", 90, JAPAN_GOVERNMENT, JAPAN_GOVERNMENT, 50),
    ("transfer", 120, JAPAN_GOVERNMENT, JAPAN_GOVERNMENT, 50),
    ("use_ndc", 400, JAPAN_GOVERNMENT, JAPAN_GOVERNMENT, 30),
    ("use_other", 430, JAPAN_GOVERNMENT, JAPAN_GOVERNMENT, 5),
    ("cancel", 430, JAPAN_GOVERNMENT, JAPAN_GOVERNMENT, 5),
    ("acquire", 440, JAPAN_GOVERNMENT, JAPAN_COMPANIES, 10),
)


def whole_record(events: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Entries and events of a record with 10 entries an event, all valid; amounts are multiples of 100."""
    numbers = np.arange(events)
    codes = [f"E{n:06d}" for n in numbers]
    start = np.datetime64("2022-01-01") + (numbers % 1_500).astype("timedelta64[D]")
    amounts = (numbers % 97 + 1) * 100
    facts = pl.DataFrame(
        {
            "event_id": codes,
            "iso3": [PARTNERS[n % len(PARTNERS)] for n in numbers],
            "decided_on": start,
            "signed_on": [date(2013, 1, 8)] * events,
            "period_from": [2021] * events,
            "period_to": [2022] * events,
        },
        schema_overrides={"decided_on": pl.Date, "signed_on": pl.Date},
    )
    parts = [
        pl.DataFrame(
            {
                "event_id": codes,
                "action": [action] * events,
                "occurred_on": start + np.timedelta64(days, "D"),
                "holder_from": [before] * events,
                "holder_to": facts["iso3"] if after == "partner" else [after] * events,
                "quantity_tco2": amounts * share // 100,
                "vintage": (2021 + numbers % 2).astype("int64"),
            },
            schema_overrides={"occurred_on": pl.Date},
        )
        for action, days, before, after, share in _STEPS
    ]
    return pl.concat(parts), facts
