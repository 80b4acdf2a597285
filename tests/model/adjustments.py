"""Corresponding adjustments: what the partner adds and Japan subtracts, by year and vintage.

The partner adds what it first transferred, Japan subtracts what it used towards its NDC (decision 2/CMA.3, annex, III).
Tonnes first transferred and not used yet, used for other purposes or cancelled are added by the partner and not
subtracted by Japan; the three together close the mirror.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from model.ledger.rules import Entry, Event

JAPAN = "JPN"


@dataclass(frozen=True)
class Adjustment:
    """The effect on the emissions balance of one Party in one year, for one vintage. tCO2; unknown amounts are counted."""

    iso3: str
    year: int
    vintage: int | None
    added_tco2: int
    subtracted_tco2: int
    without_amount: int


def adjustments_of(entries: Iterable[Entry], events: Mapping[str, Event]) -> list[Adjustment]:
    """Adjustments of accepted entries, by Party, year and vintage."""
    sums: dict[tuple[str, int, int | None], list[int]] = {}
    for entry in entries:
        if entry.action not in {"transfer", "use_ndc"}:
            continue
        is_added = entry.action == "transfer"
        party = events[entry.event_id].iso3 if is_added else JAPAN
        row = sums.setdefault((party, entry.occurred_on.year, entry.vintage), [0, 0, 0])
        if entry.quantity_tco2 is None:
            row[2] += 1
        else:
            row[0 if is_added else 1] += entry.quantity_tco2
    return [
        Adjustment(*key, *row)
        for key, row in sorted(sums.items(), key=lambda item: (item[0][0], item[0][1], item[0][2] or 0))
    ]
