"""A target as a hundred squares: which square, and which part of it, each amount fills."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Final

SIDE: Final = 10
SQUARES: Final = SIDE * SIDE


@dataclass(frozen=True)
class Piece:
    """A part of a square: from its left edge (0) to its right one (1). Squares are counted from 0, row by row."""

    part: str
    square: int
    begins: float
    ends: float


@dataclass(frozen=True)
class Span:
    """Where an amount lies among the squares, in squares from the first: 2.5 is the middle of the third."""

    part: str
    begins: float
    ends: float

    @property
    def squares(self) -> float:
        """How many squares it fills."""
        return self.ends - self.begins

    def pieces(self) -> list[Piece]:
        """Its parts, square by square; what lies beyond the last square is left out."""
        end = min(self.ends, float(SQUARES))
        return [
            Piece(self.part, k, max(self.begins - k, 0.0), min(end - k, 1.0))
            for k in range(floor(self.begins), ceil(end))
            if min(end - k, 1.0) > max(self.begins - k, 0.0)
        ]


def spans(parts: Sequence[tuple[str, float]], unit: float) -> list[Span]:
    """Amounts one after the other, in squares of `unit`; amounts of 0 take no place. Raises ValueError for a unit of 0."""
    if unit <= 0:
        message = f"a square of {unit} t"
        raise ValueError(message)
    found, level = [], 0.0
    for part, amount in parts:
        if amount > 0:
            found.append(Span(part, level / unit, (level + amount) / unit))
            level += amount
    return found
