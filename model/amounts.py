"""Amounts of tonnes that are exact, known as a range, or known in part."""

from dataclasses import dataclass
from typing import Literal

AmountBasis = Literal["exact", "range", "at least", "unknown"]
AMOUNT_BASES: tuple[AmountBasis, ...] = ("exact", "range", "at least", "unknown")


@dataclass(frozen=True)
class Amount:
    """Tonnes between two limits, tCO2, both included.

    `is_open`: only a part of the amount is known; `high` is then as far as is known, and the amount may be larger.
    An amount of which nothing is known is None, never an Amount of 0.
    """

    low: int
    high: int
    is_open: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            message = f"an amount lies between limits in order, not {self.low} to {self.high}"
            raise ValueError(message)

    @classmethod
    def exact(cls, tco2: int) -> "Amount":
        """An amount known exactly."""
        return cls(tco2, tco2)

    @property
    def basis(self) -> AmountBasis:
        """How well it is known."""
        if self.is_open:
            return "at least"
        return "exact" if self.low == self.high else "range"


def whole_amount(
    total: int | None,
    limits: tuple[int, int] | None,
    japan: int | None,
    government: int | None,
    partner: int | None,
) -> Amount | None:
    """Return the amount of an event of both sides; None where nothing is known of it.

    A stated total is exact, stated limits are a range. Where only parts are known, what they add up to is the
    low end: the whole Japanese side holds the government's part.
    """
    if total is not None:
        return Amount.exact(total)
    if limits is not None:
        return Amount(*limits)
    sides = [side for side in (japan if japan is not None else government, partner) if side is not None]
    if not any(sides):
        return None  # a part of 0 t tells nothing of the whole
    is_whole = japan is not None and partner is not None
    return Amount(sum(sides), sum(sides), is_open=not is_whole)


def japanese_part(
    whole: Amount | None, japan: int | None, government: int | None, partner: int | None
) -> Amount | None:
    """Return the Japanese side's part of an event; None where nothing is known of the event.

    A part that is not stated lies between what is known to be Japan's and what is not known to be the partner's.
    """
    if whole is None:
        return None
    if japan is not None:
        return Amount.exact(japan)
    low = government or 0
    if partner is not None and not whole.is_open:
        return Amount(max(whole.low - partner, low), max(whole.high - partner, low))
    return Amount(low, max(whole.high - (partner or 0), low), whole.is_open)
