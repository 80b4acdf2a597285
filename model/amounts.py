"""Amounts of tonnes: how well one is known (exactly, as a range, in part, or not at all), and how large one may be."""

from typing import Literal

AmountBasis = Literal["exact", "range", "at least", "unknown"]
AMOUNT_BASES: tuple[AmountBasis, ...] = ("exact", "range", "at least", "unknown")

LARGEST_ANNUAL_TCO2 = 2_000_000
"""Of a project in a year; several times the largest of the JCM. What is above is a slip of units, not a project."""
