"""The book, entry by entry: what each account holds, and entries that were refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from model.ledger.rules import ACTIONS, Entry, Event, Fault, fault_of

Account: TypeAlias = tuple[str, int | None, str, str]
"""Event, vintage (None where the period is not divided by year), holder and state."""


@dataclass
class Book:
    """A double-entry book. Whatever an account gains another loses; the sum over all accounts is always 0.

    Tonnes come from the account of their creation, which alone is negative. An account that an unknown amount went
    into is marked; tonnes that leave it beyond what is known of it come from the event's unknown amounts. Of a range
    `held` has the low end and `spread` what the high end is above it; tonnes that leave beyond the low end come out of
    the spread.
    """

    events: Mapping[str, Event]
    held: dict[Account, int] = field(default_factory=dict)
    spread: dict[Account, int] = field(default_factory=dict)
    unknown: dict[Account, int] = field(default_factory=dict)
    created: dict[str, int] = field(default_factory=dict)
    revealed: dict[str, int] = field(default_factory=dict)
    accepted: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def post(self, entry: Entry) -> Fault | None:
        """Books an entry, or gives the fault for which nothing of it was booked."""
        fault = fault_of(entry, self.events.get(entry.event_id)) or self._overdraft(entry)
        if fault is not None:
            self.faults.append(fault)
            return fault
        action = ACTIONS[entry.action]
        target: Account = (entry.event_id, entry.vintage, entry.holder_to, action.reaches)
        source = self._source(entry)
        if entry.quantity_tco2 is None:
            self.unknown[target] = self.unknown.get(target, 0) + 1
        else:
            self._take(entry, source)
            self.held[target] = self.held.get(target, 0) + entry.quantity_tco2
            self.spread[target] = self.spread.get(target, 0) + entry.spread_tco2
        self.accepted.append(entry)
        return None

    def _source(self, entry: Entry) -> Account | None:
        leaves = ACTIONS[entry.action].leaves
        return None if leaves is None else (entry.event_id, entry.vintage, entry.holder_from, leaves)

    def _overdraft(self, entry: Entry) -> Fault | None:
        source = self._source(entry)
        if source is None or self.unknown.get(source):
            return None
        available = self.held.get(source, 0) + self.spread.get(source, 0)
        if entry.quantity_tco2 is None:
            # Even an unknown amount needs something to come from.
            return None if available else Fault("overdrawn", entry, 0)
        return Fault("overdrawn", entry, available) if entry.quantity_tco2 > available else None

    def _take(self, entry: Entry, source: Account | None) -> None:
        quantity = entry.quantity_tco2 or 0
        if source is None:
            self.created[entry.event_id] = self.created.get(entry.event_id, 0) - quantity
            return
        known = min(self.held.get(source, 0), quantity)
        self.held[source] = self.held.get(source, 0) - known
        beyond = entry.spread_tco2 + quantity - known
        self.spread[source] = max(self.spread.get(source, 0) - beyond, 0)
        if quantity > known:
            self.revealed[entry.event_id] = self.revealed.get(entry.event_id, 0) - (quantity - known)

    def imbalances(self) -> dict[str, int]:
        """Events whose accounts do not sum to 0; always empty, or the book itself is wrong."""
        sums: dict[str, int] = {}
        for account, tonnes in self.held.items():
            sums[account[0]] = sums.get(account[0], 0) + tonnes
        for side in (self.created, self.revealed):
            for event, tonnes in side.items():
                sums[event] = sums.get(event, 0) + tonnes
        return {event: tonnes for event, tonnes in sums.items() if tonnes}


def booked(entries: Iterable[Entry], events: Iterable[Event]) -> Book:
    """A book with every entry posted in the order given."""
    book = Book({event.event_id: event for event in events})
    for entry in entries:
        book.post(entry)
    return book
