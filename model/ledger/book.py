"""The book, entry by entry: the balance of each account, and entries that were refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from model.ledger.ndc_period import NdcPeriod
from model.ledger.rules import ACTIONS, FINAL_STATES, STATES, UNALLOCATED, Entry, Event, Fault, fault_of


class Account(NamedTuple):
    """Where tonnes stand. The vintage is None where the monitoring period is not known, the authorisation before it."""

    event_id: str
    vintage: int | None
    holder: str
    state: str
    authorisation: str | None = None


@dataclass
class Book:
    """A double-entry book. Whatever an account gains another loses; the sum over all accounts is always 0.

    Tonnes come from the account of their creation, which alone is negative. An account that an unknown amount went
    into is marked; tonnes that leave it beyond what is known of it come from the event's unknown amounts. Of a range
    `held` is the low end and `spread` what the high end is above it; tonnes that leave beyond the low end come out of
    the spread.
    """

    events: Mapping[str, Event]
    period: NdcPeriod | None = None
    held: dict[Account, int] = field(default_factory=dict)
    spread: dict[Account, int] = field(default_factory=dict)
    unknown: dict[Account, int] = field(default_factory=dict)
    created: dict[str, int] = field(default_factory=dict)
    revealed: dict[str, int] = field(default_factory=dict)
    accepted: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def post(self, entry: Entry) -> Fault | None:
        """Book an entry, or return the fault for which nothing of it was booked."""
        return self.post_together([entry])[0]

    def post_together(self, entries: Sequence[Entry]) -> list[Fault | None]:
        """Book entries on different accounts all together, or return the faults for which nothing of any was booked."""
        found = [self.fault_of(entry) or self._overdraft(entry) for entry in entries]
        if any(found):
            return [
                self.refuse(fault or Fault("together", entry))
                for entry, fault in zip(entries, found, strict=True)
            ]
        for entry in entries:
            self._move(entry)
        return found

    def fault_of(self, entry: Entry) -> Fault | None:
        """What is wrong with an entry by itself, whatever the book holds."""
        return fault_of(entry, self.events.get(entry.event_id), self.period)

    def refuse(self, fault: Fault) -> Fault:
        """Keep an entry that cannot be, and why."""
        self.faults.append(fault)
        return fault

    def _move(self, entry: Entry) -> None:
        target, source = target_of(entry), source_of(entry)
        if entry.quantity_tco2 is None:
            self.unknown[target] = self.unknown.get(target, 0) + 1
        else:
            self._take(entry, source)
            self.held[target] = self.held.get(target, 0) + entry.quantity_tco2
            self.spread[target] = self.spread.get(target, 0) + entry.spread_tco2
        self.accepted.append(entry)

    def known(self, account: Account) -> int:
        """The high end of what is known of an account, tCO2."""
        return self.held.get(account, 0) + self.spread.get(account, 0)

    def _overdraft(self, entry: Entry) -> Fault | None:
        source = source_of(entry)
        if source is None:
            return None
        available = self.available(source)
        if available is None:
            return None
        if entry.quantity_tco2 is None:
            # Even an unknown amount needs something to come from.
            return None if available or self.unknown.get(source) else Fault("overdrawn", entry, 0)
        most = entry.quantity_tco2 + entry.spread_tco2
        return Fault("overdrawn", entry, available) if most > available else None

    def available(self, source: Account) -> int | None:
        """Tonnes that may leave an account; None where nothing limits them.

        What went into it in an unknown amount came from the accounts before it, or from an event of unknown amount.
        """
        own = self.known(source)
        if not self.unknown.get(source):
            return own
        if self.unknown.get(Account(source.event_id, source.vintage, UNALLOCATED, STATES[0])):
            return None
        return own + sum(map(self.known, _before(source)))

    def _take(self, entry: Entry, source: Account | None) -> None:
        left = entry.quantity_tco2 or 0
        if source is None:
            self.created[entry.event_id] = self.created.get(entry.event_id, 0) - left
            return
        self.spread[source] = max(self.spread.get(source, 0) - entry.spread_tco2, 0)
        accounts = [source, *_before(source)] if self.unknown.get(source) else [source]
        for account in accounts:
            known = min(self.held.get(account, 0), left)
            beyond = min(self.spread.get(account, 0), left - known)
            self.held[account] = self.held.get(account, 0) - known
            self.spread[account] = self.spread.get(account, 0) - beyond
            left -= known + beyond
            self.revealed[entry.event_id] = self.revealed.get(entry.event_id, 0) - beyond
        self.revealed[entry.event_id] = self.revealed.get(entry.event_id, 0) - left

    def imbalances(self) -> dict[str, int]:
        """Events whose accounts do not sum to 0; always empty, or the book itself is wrong."""
        sums: dict[str, int] = {}
        for account, tonnes in self.held.items():
            sums[account[0]] = sums.get(account[0], 0) + tonnes
        for side in (self.created, self.revealed):
            for event, tonnes in side.items():
                sums[event] = sums.get(event, 0) + tonnes
        return {event: tonnes for event, tonnes in sums.items() if tonnes}


def source_of(entry: Entry) -> Account | None:
    """The account that tonnes of an entry leave; None where they come into being."""
    leaves = ACTIONS[entry.action].leaves
    return None if leaves is None else _account(entry, entry.holder_from, leaves)


def target_of(entry: Entry) -> Account:
    """The account that tonnes of an entry reach."""
    return _account(entry, entry.holder_to, ACTIONS[entry.action].reaches)


def _account(entry: Entry, holder: str, state: str) -> Account:
    is_before = state in STATES[: STATES.index("authorised")]
    return Account(entry.event_id, entry.vintage, holder, state, None if is_before else entry.authorisation)


def _before(account: Account) -> list[Account]:
    """The accounts that tonnes of an account passed through, the nearest first."""
    state = account.state
    earlier = STATES[1 : STATES.index(state)] if state not in FINAL_STATES else STATES[1:4]
    return [
        *(
            account._replace(
                state=before, authorisation=None if before == STATES[1] else account.authorisation
            )
            for before in reversed(earlier)
        ),
        Account(account.event_id, account.vintage, UNALLOCATED, STATES[0]),
    ]
