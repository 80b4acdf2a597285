"""The rule of GX-ETS written out for every state, holder, kind of vintage and time, so that SQL joins it and has no copy of it."""

from datetime import date, timedelta
from itertools import product

import polars as pl

from etl.contracts import table
from model.ledger.gx_eligibility import PARTNER, SCHEME, gx_use
from model.ledger.ndc_period import NdcPeriod
from model.ledger.rules import (
    FIRST_VINTAGE,
    JAPAN_COMPANIES,
    JAPAN_GOVERNMENT,
    JAPAN_SIDE,
    NOT_KNOWN,
    STATES,
    UNALLOCATED,
)

HOLDERS = (JAPAN_GOVERNMENT, JAPAN_COMPANIES, JAPAN_SIDE, PARTNER, UNALLOCATED, NOT_KNOWN)
VINTAGES = {"before": FIRST_VINTAGE - 1, "since": FIRST_VINTAGE, "not_known": None}
_FIRST, _LAST = date(1, 1, 1), date(9999, 12, 31)


def gx_rules(carbon_pricing: pl.DataFrame, period: NdcPeriod | None) -> pl.DataFrame:
    """Return `gx_rule`. The scheme begins on the day stated for Japan's; without one, or an end, it is not in force on any day.

    The last cancellation is by the end of June after the last fiscal year of the NDC period (GX-DEADLINE).
    """
    is_it = (pl.col("iso3") == "JPN") & pl.col("instrument").str.contains("GX-ETS", literal=True)
    begins = carbon_pricing.filter(is_it)["since_on"].max()
    if not isinstance(begins, date) or period is None:
        borders = {SCHEME[2]: (_FIRST, _LAST)}
    else:
        ends = date(period.last + 1, 6, 30)
        borders = {
            SCHEME[0]: (_FIRST, begins - timedelta(days=1)),
            SCHEME[1]: (begins, ends),
            SCHEME[2]: (ends + timedelta(days=1), _LAST),
        }
    rows = []
    for state, holder, vintage, scheme in product(STATES, HOLDERS, VINTAGES, borders):
        found = gx_use(state, holder, VINTAGES[vintage], scheme)
        rows.append(
            {
                "state": state,
                "holder": holder,
                "vintage": vintage,
                "from_on": borders[scheme][0],
                "until_on": borders[scheme][1],
                "gx_use": found.use,
                "gx_why": ";".join(found.why) or None,
            }
        )
    return pl.DataFrame(rows, schema=table("gx_rule").dtypes)
