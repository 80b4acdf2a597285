"""Actions of the ledger, the states they lead from and to, and why an entry is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from model.ledger.ndc_period import NdcPeriod

JAPAN_GOVERNMENT: Final = "JPN government"
JAPAN_COMPANIES: Final = "JPN companies"
JAPAN_SIDE: Final = "JPN"
"""The Japanese side where its division between government and companies is not known."""
UNALLOCATED: Final = "unallocated"
"""Decided and not yet issued to a holder."""

NOT_KNOWN: Final = "not known"
"""Issued to a holder that no source names."""

FIRST_VINTAGE: Final = 2021
"""Earliest year whose reductions may be used towards the NDC, so that earlier ones are not authorised (VINTAGE-2021)."""

STATES: Final = ("decided", "issued", "authorised", "transferred", "used_ndc", "used_other", "cancelled")
FINAL_STATES: Final = ("used_ndc", "used_other", "cancelled")


@dataclass(frozen=True)
class Action:
    """One kind of entry: the state its tonnes leave (None: they come into being) and the one they reach."""

    code: str
    leaves: str | None
    reaches: str
    en: str
    ja: str


ACTIONS: Final[Mapping[str, Action]] = {
    action.code: action
    for action in (
        Action("decide", None, "decided", "Issuance decided", "発行決定"),
        Action("issue", "decided", "issued", "Issued", "発行"),
        Action("authorise", "issued", "authorised", "Authorised", "承認"),
        Action("transfer", "authorised", "transferred", "First transferred", "初回移転"),
        Action("acquire", "transferred", "transferred", "Passed on", "取得"),
        Action("use_ndc", "transferred", "used_ndc", "Used towards the NDC", "NDCへの使用"),
        Action("use_other", "transferred", "used_other", "Used for other purposes", "その他の目的への使用"),
        Action("cancel", "transferred", "cancelled", "Cancelled", "取消"),
        Action(
            "cancel_unauthorised", "issued", "cancelled", "Cancelled before authorisation", "承認前の取消"
        ),
    )
}


@dataclass(frozen=True)
class Event:
    """What the ledger needs to know of an issuance event. Years of the monitoring period are None where not known."""

    event_id: str
    iso3: str
    decided_on: date | None = None
    signed_on: date | None = None
    period_from: int | None = None
    period_to: int | None = None


@dataclass(frozen=True)
class Entry:
    """One entry, in the order of the book, tCO2. `quantity_tco2` is None where the amount is not known.

    Of an amount known as a range it is the low end, and `spread_tco2` what the high end is above it. `vintage` is the
    calendar year of the reductions, None where the monitoring period is not known; `authorisation` the one that the
    tonnes stand under from then on.
    """

    event_id: str
    action: str
    occurred_on: date
    holder_from: str
    holder_to: str
    quantity_tco2: int | None
    vintage: int | None = None
    spread_tco2: int = 0
    authorisation: str | None = None


@dataclass(frozen=True)
class Fault:
    """Why an entry was refused: nothing of it was booked."""

    code: str
    entry: Entry
    available_tco2: int | None = None

    @property
    def message_en(self) -> str:
        """What is wrong, with the event and the amounts."""
        return FAULTS[self.code][0].format(**self._values())

    @property
    def message_ja(self) -> str:
        """The same in Japanese."""
        return FAULTS[self.code][1].format(**self._values())

    def _values(self) -> dict[str, object]:
        action = ACTIONS.get(self.entry.action)
        return {
            "event": self.entry.event_id,
            "action": self.entry.action,
            "day": self.entry.occurred_on.isoformat(),
            "quantity": self._quantity(),
            "available": "?" if self.available_tco2 is None else f"{self.available_tco2:,}",
            "state": action.leaves if action else "",
            "holder": self.entry.holder_from,
            "vintage": self.entry.vintage,
            "first": FIRST_VINTAGE,
        }

    def _quantity(self) -> str:
        low, spread = self.entry.quantity_tco2, self.entry.spread_tco2
        if low is None:
            return "?"
        return f"{low:,}–{low + spread:,}" if spread else f"{low:,}"


FAULTS: Final[Mapping[str, tuple[str, str]]] = {
    "event": (
        "{event}: no such issuance event. Add it to the issuances, or correct the name.",
        "{event}：該当する発行がありません。発行の一覧に追加するか、識別子を訂正してください。",
    ),
    "action": (
        "{event}: no such action as “{action}”. Actions are " + ", ".join(ACTIONS) + ".",
        "{event}：「{action}」という処理はありません。使用できるのは " + "、".join(ACTIONS) + " です。",
    ),
    "quantity": (
        "{event}: {quantity} t is no quantity to book; give whole tonnes above 0, or leave it empty where not known.",
        "{event}：{quantity}t は記帳できません。0より大きい整数（不明な場合は空欄）としてください。",
    ),
    "before_signature": (
        "{event}: {action} on {day}, before the partner signed.",
        "{event}：{day} の {action} は、パートナー国の署名より前です。",
    ),
    "before_decision": (
        "{event}: {action} on {day}, before the Joint Committee decided.",
        "{event}：{day} の {action} は、合同委員会の発行決定より前です。",
    ),
    "vintage": (
        "{event}: {action} of vintage {vintage}, outside the monitoring period.",
        "{event}：{vintage}年分の {action} は、モニタリング期間の外です。",
    ),
    "early_vintage": (
        "{event}: {action} of reductions before {first}, which are kept apart (assumption VINTAGE-2021).",
        "{event}：{first}年より前の削減分の {action} です。これらは区分して管理します（仮定 VINTAGE-2021）。",
    ),
    "late_use": (
        "{event}: {action} of vintage {vintage} on {day}, when its NDC period is closed (assumption NDC-USE-BY).",
        "{event}：{vintage}年分の {action} が {day} とされていますが、対象のNDC期間は既に終了しています（仮定 NDC-USE-BY）。",
    ),
    "overdrawn": (
        "{event}: {action} of {quantity} t on {day}, but “{holder}” holds {available} t in the state “{state}”.",
        "{event}：{day} に {quantity}t を {action} とする記載ですが、「{holder}」が「{state}」の状態で保有するのは {available}t です。",
    ),
    "beyond": (
        "{event}: {action} of {quantity} t on {day}, but only {available} t are there for it.",
        "{event}：{day} に {quantity}t を {action} とする記載ですが、これに充てられる量は {available}t です。",
    ),
    "together": (
        "{event}: {action} of {quantity} t on {day} is a part of an entry that cannot be booked as a whole.",
        "{event}：{day} の {action}（{quantity}t）は、全体として記帳できない記載の一部です。",
    ),
}


def fault_of(entry: Entry, event: Event | None, period: NdcPeriod | None = None) -> Fault | None:
    """What is wrong with an entry by itself, whatever the book holds; None where nothing is."""
    if event is None:
        return Fault("event", entry)
    if entry.action not in ACTIONS:
        return Fault("action", entry)
    first, last = event.period_from, event.period_to
    # Reductions came before the decision, whatever their year.
    decided = event.decided_on.year if event.decided_on else None
    latest = next((year for year in (entry.vintage, last, decided) if year is not None), None)
    wrong = {
        "quantity": entry.quantity_tco2 is not None
        and (entry.quantity_tco2 < 0 or entry.quantity_tco2 + entry.spread_tco2 <= 0),
        "before_signature": event.signed_on is not None and entry.occurred_on < event.signed_on,
        "before_decision": entry.action != "decide"
        and event.decided_on is not None
        and entry.occurred_on < event.decided_on,
        "vintage": entry.vintage is not None
        and first is not None
        and last is not None
        and not first <= entry.vintage <= last,
        "early_vintage": entry.action in {"authorise", "transfer"}
        and latest is not None
        and latest < FIRST_VINTAGE,
        "late_use": entry.action == "use_ndc"
        and period is not None
        and period.is_too_late(entry.vintage, entry.occurred_on),
    }
    return next((Fault(code, entry) for code, is_wrong in wrong.items() if is_wrong), None)
