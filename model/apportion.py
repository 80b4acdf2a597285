"""Whole tonnes divided without losing or making one."""

from collections.abc import Sequence


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
