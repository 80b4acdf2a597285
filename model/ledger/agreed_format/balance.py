"""Tonnes of a report: what is used, cancelled or passed on comes from what was first transferred, acquired or held before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from model.ledger.agreed_format import nomenclature as terms
from model.ledger.agreed_format.fields import NOT_APPLICABLE, Row, Value
from model.ledger.agreed_format.report import Finding, Report
from model.ledger.agreed_format.tables import ACTIONS, AUTHORIZATIONS, HOLDINGS

LEAVES = (terms.TRANSFER, terms.USE, *terms.CANCELLATIONS)
Key: TypeAlias = tuple[Value, Value]
"""Authorization and vintage; the vintage is None where a row of the authorization states none."""


@dataclass
class Account:
    """Tonnes of one authorization and vintage; `is_open` where a quantity is not stated."""

    held_before: int = 0
    came: int = 0
    left: int = 0
    used: int = 0
    cancelled: int = 0
    cancelled_for_use: int = 0
    held: int = 0
    is_open: bool = False
    rows: list[int] = field(default_factory=list)
    held_in: list[int] = field(default_factory=list)

    @property
    def gone(self) -> int:
        """What left; a cancellation that goes with a use is of the same tonnes."""
        return self.left + max(self.cancelled_for_use - self.used, 0)


def comes_in(row: Row, party: Value) -> bool:
    """Whether the reporting Party has more after an action."""
    if row["Type"] == terms.FIRST_TRANSFER:
        return row["AcquiringPartyId"] in {None, NOT_APPLICABLE, party} or party is None
    return row["Type"] == terms.ACQUISITION


def is_for_use(row: Row) -> bool:
    """Whether a cancellation is that of tonnes that a use reports."""
    return row["Type"] in terms.CANCELLATIONS and row["Subtype"] == terms.CANCELLED_FOR_USE


def keys_of(report: Report, before: Report | None = None) -> Mapping[Value, bool]:
    """Whether every row of an authorization states its vintage."""
    known: dict[Value, bool] = {}
    for one in (report, before):
        for table in (ACTIONS, HOLDINGS):
            for row in one.rows(table) if one else ():
                stated = isinstance(row["VintageYear"], int)
                known[row["AuthorizationId"]] = known.get(row["AuthorizationId"], True) and stated
    return known


def accounts_of(report: Report, before: Report | None = None) -> dict[Key, Account]:
    """Accounts of a report by authorization and vintage."""
    by_vintage = keys_of(report, before)
    accounts: dict[Key, Account] = {}

    def account(row: Row) -> Account:
        named = row["AuthorizationId"]
        return accounts.setdefault((named, row["VintageYear"] if by_vintage[named] else None), Account())

    party = report.stated("Party")
    for row in before.rows(HOLDINGS) if before else ():
        _add(account(row), row, "held_before")
    for number, row in enumerate(report.rows(ACTIONS)):
        own = account(row)
        if comes_in(row, party):
            _add(own, row, "came")
        elif row["Type"] in LEAVES:
            own.rows.append(number)
            if row["Type"] == terms.USE:
                _add(own, row, "used")
            if row["Type"] in terms.CANCELLATIONS:
                _add(own, row, "cancelled")
            _add(own, row, "cancelled_for_use" if is_for_use(row) else "left")
    for number, row in enumerate(report.rows(HOLDINGS)):
        own = account(row)
        own.held_in.append(number)
        _add(own, row, "held")
    return accounts


def _add(account: Account, row: Row, part: str) -> None:
    quantity = row["QuantityTCo2"]
    if isinstance(quantity, int):
        setattr(account, part, getattr(account, part) + quantity)
    elif row["Metric"] != terms.NON_GHG:
        account.is_open = True


def wrong_sums(report: Report, before: Report | None) -> Iterator[Finding]:
    """Tonnes beyond what was authorised, what came in, or what is left at the end of the year."""
    yield from _beyond_authorization(report)
    for account in accounts_of(report, before).values():
        if account.is_open:
            continue
        there = account.held_before + account.came
        if account.gone > there:
            yield from _overdrawn(report, account, there, is_whole=before is not None)
        elif account.held_in or before is not None:
            yield from _wrongly_held(report, account, there - account.gone, is_whole=before is not None)


def _beyond_authorization(report: Report) -> Iterator[Finding]:
    allowed = {row["Id"]: row["Quantity"] for row in report.rows(AUTHORIZATIONS)}
    moved: dict[tuple[Value, Value], int] = {}
    for number, row in enumerate(report.rows(ACTIONS)):
        quantity, named = row["QuantityTCo2"], row["AuthorizationId"]
        if row["Type"] not in (terms.FIRST_TRANSFER, terms.ACQUISITION) or not isinstance(quantity, int):
            continue
        key = (named, row["Type"])
        moved[key] = moved.get(key, 0) + quantity
        limit = allowed.get(named)
        if isinstance(limit, int) and moved[key] > limit:
            wrong = (
                f"{moved[key]:,} t moved under {named}, {limit:,} t authorised.",
                f"{named}に基づく移転は計{moved[key]:,} tで、承認量{limit:,} tを超えています。",
            )
            most = max(limit - moved[key] + quantity, 0)
            right = (f"At most {most:,} t here.", f"この行は{most:,} t以下です。")
            yield report.finding(ACTIONS, number, "QuantityTCo2", wrong, right)


def _overdrawn(report: Report, account: Account, there: int, *, is_whole: bool) -> Iterator[Finding]:
    """The rows from which on more is gone than was there."""
    rows = report.rows(ACTIONS)
    gone = 0
    for number in account.rows:
        quantity = rows[number]["QuantityTCo2"]
        gone += quantity if isinstance(quantity, int) and not is_for_use(rows[number]) else 0
        if gone <= there and number != account.rows[-1]:
            continue
        wrong = (
            f"{account.gone:,} t used, cancelled or transferred of {there:,} t first transferred, acquired or held before.",
            f"使用・取消し・移転が計{account.gone:,} tで、初回移転・取得・期首保有の計{there:,} tを超えています。",
        )
        right = (f"At most {there:,} t in all.", f"合計{there:,} t以下です。")
        if not is_whole:
            right = (
                f"At most {there:,} t in all, unless more was held at the beginning: check it with the report of the year before.",
                f"合計{there:,} t以下です。期首に保有があった場合は、前年の報告と併せて確認してください。",
            )
        yield report.finding(ACTIONS, number, "QuantityTCo2", wrong, right)
        return


def _wrongly_held(report: Report, account: Account, left: int, *, is_whole: bool) -> Iterator[Finding]:
    """Holdings that are not what is left; without the report before, less than what is left."""
    if account.held == left or (account.held > left and not is_whole):
        return
    wrong = (
        f"{account.held:,} t held at the end of the year; by the actions {left:,} t are left.",
        f"年末保有量は{account.held:,} tですが、処理の記載からは{left:,} tとなります。",
    )
    right = (f"{left:,} t, or the action that is missing.", f"{left:,} t（又は記載漏れの処理の追加）。")
    if account.held_in:
        yield report.finding(HOLDINGS, account.held_in[-1], "QuantityTCo2", wrong, right)
    else:
        yield Finding(HOLDINGS.sheet, None, None, HOLDINGS.by_code["QuantityTCo2"].heading, wrong, right)


def uses_without_cancellation(report: Report) -> Sequence[tuple[int, int]]:
    """Last use of each authorization and vintage that more is used of than cancelled: its row, and the tonnes, tCO2."""
    rows = report.rows(ACTIONS)
    found = []
    for account in accounts_of(report).values():
        uses = [number for number in account.rows if rows[number]["Type"] == terms.USE]
        if uses and account.used > account.cancelled:
            found.append((uses[-1], account.used - account.cancelled))
    return found
