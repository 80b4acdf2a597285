"""Whole tonnes divided without losing or making one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Wholes = NDArray[np.int64]


def round_half_up(numerator: int, denominator: int) -> int:
    """Return numerator ÷ denominator rounded to the nearest whole, a half upwards; exact, no floating point.

    Raises ValueError when the denominator is not above 0.
    """
    if denominator <= 0:
        message = f"the denominator must be above 0, not {denominator}"
        raise ValueError(message)
    return (2 * numerator + denominator) // (2 * denominator)


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Divide a whole total in proportion to whole weights (Hamilton's method of largest remainders).

    Each part is the exact share rounded down, then the units left go one each to the largest remainders, the
    earlier part first among equals. The parts add up to the total and each is within 1 of its exact share.

    Raises ValueError for a negative total or weight, and when all weights are 0 but the total is not.
    """
    if total < 0 or any(weight < 0 for weight in weights):
        message = f"neither the total ({total}) nor a weight may be negative"
        raise ValueError(message)
    whole = sum(weights)
    if whole == 0:
        if total:
            message = f"{total} cannot be divided: every weight is 0"
            raise ValueError(message)
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    left = total - sum(parts)
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[:left]:
        parts[i] += 1
    return parts


def largest_remainders(totals: Wholes, weights: Wholes, group: Wholes) -> Wholes:
    """Divide many totals at once, each as `largest_remainder` would.

    `group` is the total that each weight is for, in rising order and each total at least once. A product of a
    total and a weight has to fit into 63 bits. Raises ValueError as `largest_remainder` does.
    """
    if not len(weights):
        return weights
    first = np.searchsorted(group, np.arange(len(totals)))
    whole = np.add.reduceat(weights, first)
    if totals.min() < 0 or weights.min() < 0 or (totals[whole == 0] > 0).any():
        message = "neither a total nor a weight may be negative, and a total of no weight must be 0"
        raise ValueError(message)
    shares = totals[group] * weights
    parts, remainders = np.divmod(shares, np.maximum(whole, 1)[group])
    left = totals - np.add.reduceat(parts, first)
    by_remainder = np.lexsort((-remainders, group))
    place = np.arange(len(weights)) - first[group]
    parts[by_remainder] += place < left[group]
    return parts
