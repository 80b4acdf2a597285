"""Corresponding adjustments: what the host adds and Japan subtracts, by year (decision 2/CMA.3, annex, III.B).

The host adds what it first transferred in the year in which the reductions took place, Japan subtracts what it used in the
year of use, at the latest the last of the NDC period. What is first transferred and not used, used otherwise or cancelled
is added and not subtracted: the four together are zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from model.ledger.ndc_period import NdcPeriod
from model.ledger.rules import Entry, Event

JAPAN = "JPN"


@dataclass(frozen=True)
class Adjustment:
    """The effect on the emissions balance of one Party in one year (None where not known). tCO2; unknown amounts are counted."""

    iso3: str
    year: int | None
    added_tco2: int
    subtracted_tco2: int
    without_amount: int


def adjustments_of(
    entries: Iterable[Entry], events: Mapping[str, Event], period: NdcPeriod
) -> list[Adjustment]:
    """Adjustments of accepted entries, by Party and year."""
    sums: dict[tuple[str, int | None], list[int]] = {}
    for entry in entries:
        if entry.action not in {"transfer", "use_ndc"}:
            continue
        is_added = entry.action == "transfer"
        party = events[entry.event_id].iso3 if is_added else JAPAN
        year = entry.vintage if is_added else period.year_of_use(entry.occurred_on)
        row = sums.setdefault((party, year), [0, 0, 0])
        if entry.quantity_tco2 is None:
            row[2] += 1
        else:
            row[0 if is_added else 1] += entry.quantity_tco2
    return [
        Adjustment(*key, *row) for key, row in sorted(sums.items(), key=lambda i: (i[0][0], i[0][1] or 0))
    ]
