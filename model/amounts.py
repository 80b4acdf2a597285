"""How well an amount of tonnes is known: exactly, as a range, in part, or not at all."""

from typing import Literal

AmountBasis = Literal["exact", "range", "at least", "unknown"]
AMOUNT_BASES: tuple[AmountBasis, ...] = ("exact", "range", "at least", "unknown")
