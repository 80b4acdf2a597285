"""Article 6 events as entries of the book: from which holders, authorisations and vintages their tonnes come."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from etl.steps.fact_rows import Transfer
from etl.steps.tonnes import Codes, join_codes
from model.apportion import largest_remainder
from model.ledger.book import Account, Book
from model.ledger.ndc_period import NdcPeriod
from model.ledger.rules import (
    ACTIONS,
    FIRST_VINTAGE,
    JAPAN_COMPANIES,
    JAPAN_GOVERNMENT,
    JAPAN_SIDE,
    NOT_KNOWN,
    Entry,
    Fault,
)

ACTION_OF = {
    "authorisation": "authorise",
    "first transfer": "transfer",
    "acquisition": "acquire",
    "use towards NDC": "use_ndc",
    "use for other purposes": "use_other",
    "cancellation": "cancel",
}
ADJUSTING = ("transfer", "use_ndc")
"""Actions that corresponding adjustments follow from: added by the host, subtracted by Japan."""
JAPANESE = (JAPAN_GOVERNMENT, JAPAN_COMPANIES, JAPAN_SIDE)
_HOLDERS = (*JAPANESE, NOT_KNOWN)
"""In the order in which their tonnes move (HOLDER-ORDER)."""


@dataclass(frozen=True)
class Line:
    """An entry, why it was refused if it was, and what it rests on."""

    entry: Entry
    source_id: str
    codes: str | None = None
    fault: Fault | None = None
    article6_event_id: str | None = None


def in_order(transfers: Sequence[Transfer]) -> list[Transfer]:
    """Events by day; of one day, those first that others of that day may rest on."""
    steps = list(ACTION_OF)
    return sorted(transfers, key=lambda t: (t.occurred_on, steps.index(t.action), t.article6_event_id))


def posted(book: Book, lines: Sequence[Line]) -> list[Line]:
    """Book lines all together or none, and return them with what is wrong."""
    faults = book.post_together([line.entry for line in lines])
    return [replace(line, fault=fault) for line, fault in zip(lines, faults, strict=True)]


@dataclass
class Acts:
    """Books Article 6 events in the order given. `days` has the days of each vintage of each issuance event."""

    book: Book
    days: Mapping[str, Mapping[int | None, int]]
    authorisations: dict[str, list[str]] = field(default_factory=dict)

    def posted(self, transfer: Transfer) -> list[Line]:
        """Book an event, an entry for each holder, authorisation and vintage, or refuse it as one entry.

        A first transfer without an authorisation on record implies one.
        """
        action, issuance = ACTION_OF[transfer.action], transfer.issuance_id or transfer.article6_event_id
        whole = Entry(issuance, action, transfer.occurred_on, JAPAN_SIDE, JAPAN_SIDE, transfer.quantity_tco2)
        is_implied = action == "transfer" and not any(self._places(issuance, "authorised"))
        places = list(self._places(issuance, "issued" if is_implied else ACTIONS[action].leaves or "issued"))
        parts = self.book.fault_of(whole) or self._parts(whole, places)
        if isinstance(parts, Fault):
            refused = Line(whole, transfer.source_id, article6_event_id=transfer.article6_event_id)
            return [replace(refused, fault=self.book.refuse(parts))]
        key = transfer.article6_event_id
        if is_implied or action == "authorise":
            self.authorisations.setdefault(issuance, []).append(key)
        codes = tuple(self._codes(whole, places, parts))

        def lines(action: str, codes: Codes) -> list[Line]:
            return posted(
                self.book,
                [
                    Line(_entry(whole, action, account, tco2, key), transfer.source_id, join_codes(codes), None, key)
                    for account, tco2 in parts.items()
                ],
            )  # fmt: skip

        implied = lines("authorise", ("AUTH-IMPLIED", *codes)) if is_implied else []
        return [*implied, *lines(action, codes)]

    def _places(self, issuance: str, state: str) -> Iterator[list[Account]]:
        """Accounts with something that may move: by authorisation in order of day, then by holder, each by vintage."""
        for authorisation in [None] if state == "issued" else self.authorisations.get(issuance, []):
            for holder in _HOLDERS:
                accounts = [
                    Account(issuance, vintage, holder, state, authorisation)
                    for vintage in self.days.get(issuance, ())
                    if vintage is None or vintage >= FIRST_VINTAGE
                ]
                if found := [account for account in accounts if self._has(account)]:
                    yield found

    def _has(self, account: Account) -> bool:
        return self.book.known(account) > 0 or self.book.unknown.get(account, 0) > 0

    def _parts(self, whole: Entry, places: list[list[Account]]) -> dict[Account, int | None] | Fault:
        """The tonnes that each account gives; what the known ones cannot give comes from the first of unknown amount."""
        if whole.quantity_tco2 is None:
            return dict.fromkeys(places[0]) if places else Fault("beyond", whole, 0)
        left, parts = whole.quantity_tco2, dict[Account, int]()
        for accounts in places:
            stock = [self.book.known(account) for account in accounts]
            taken = min(left, sum(stock))
            parts |= dict(zip(accounts, largest_remainder(taken, stock), strict=True))
            left -= taken
        unknown = next(filter(None, ([a for a in some if self.book.unknown.get(a)] for some in places)), [])
        if left and unknown:
            days = self.days[whole.event_id]
            rest = largest_remainder(left, [days[account.vintage] for account in unknown])
            for account, tco2 in zip(unknown, rest, strict=True):
                parts[account] += tco2
                available = self.book.available(account)
                if available is not None and parts[account] > available:
                    return Fault("beyond", whole, whole.quantity_tco2 - left)
        elif left:
            return Fault("beyond", whole, whole.quantity_tco2 - left)
        return {account: tco2 for account, tco2 in parts.items() if tco2}

    def _codes(
        self, whole: Entry, places: list[list[Account]], parts: Mapping[Account, int | None]
    ) -> Iterator[str]:
        """What was assumed: whose tonnes move where several hold some that could, and how many of each vintage."""
        holders = {account.holder for accounts in places for account in accounts}
        is_all = all(parts.get(a) == self.book.known(a) for accounts in places for a in accounts)
        if len(holders) > 1 and not is_all:
            yield "HOLDER-ORDER"
        if len(self.days[whole.event_id]) > 1:
            yield "VINTAGE-DAYS"


def _entry(whole: Entry, action: str, account: Account, tco2: int | None, key: str) -> Entry:
    """The part of an event that one account gives. What is first transferred to Japan is Japan's, whoever held it."""
    is_moved = action == "transfer" and account.holder == NOT_KNOWN
    return replace(
        whole,
        action=action,
        holder_from=account.holder,
        holder_to=JAPAN_SIDE if is_moved else account.holder,
        quantity_tco2=tco2,
        vintage=account.vintage,
        authorisation=account.authorisation or key,
    )


def row_of(
    line: Line, cells: Mapping[tuple[str, int | None], int], period: NdcPeriod | None
) -> dict[str, Any]:
    """The row of a line in `ledger_entry`, without its place in the book."""
    entry, fault = line.entry, line.fault
    action = ACTIONS[entry.action]
    is_adjusted = entry.action in ADJUSTING and fault is None
    of = period if period and is_adjusted and period.has(entry.vintage, entry.occurred_on) else None
    year = entry.vintage if entry.action == "transfer" and is_adjusted else None
    if of and entry.action == "use_ndc":
        year = of.year_of_use(entry.occurred_on)
    return {
        "cell": cells.get((entry.event_id, entry.vintage)),
        "issuance_id": entry.event_id,
        "action": entry.action,
        "vintage": entry.vintage,
        "holder_from": None if action.leaves is None else entry.holder_from,
        "holder_to": entry.holder_to,
        "state_from": action.leaves,
        "state_to": action.reaches,
        "quantity_tco2": entry.quantity_tco2,
        "quantity_high_tco2": None
        if entry.quantity_tco2 is None
        else entry.quantity_tco2 + entry.spread_tco2,
        "adjustment_year": year,
        "ndc_first_year": of.first if of else None,
        "ndc_last_year": of.last if of else None,
        "authorisation_id": entry.authorisation,
        "article6_event_id": line.article6_event_id,
        "source_id": line.source_id,
        "assumption_codes": line.codes,
        "is_booked": fault is None,
        "message_en": fault.message_en if fault else None,
        "message_ja": fault.message_ja if fault else None,
    }
