"""How tonnes are shared between Japan and the partner.

Shares differ by project and a share that is not known stays unknown (None), never zero and never a usual
value.
"""

from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from model.apportion import Wholes, largest_remainders, round_half_up


def split_shares(pieces_tco2: Wholes, event: Wholes, part_tco2: Wholes) -> Wholes:
    """Divide one side's tonnes of each event over the pieces into which the whole event was divided.

    `event` is the event of each piece, in rising order. In proportion to the pieces' tonnes (largest remainder):
    the parts add up to `part_tco2` and no part is above its piece, which dividing both amounts by days would not
    promise. Raises ValueError when a side has more than all.
    """
    if len(event) and (part_tco2 > np.bincount(event, pieces_tco2)).any():
        message = "a side cannot have more than the whole event"
        raise ValueError(message)
    return largest_remainders(part_tco2, pieces_tco2, event)


def measured_share(events: Iterable[tuple[int | None, int | None]]) -> Fraction | None:
    """Return Japan's share over events of (total, Japan) tonnes; None when no event has both, above 0 t."""
    known = [(total, japan) for total, japan in events if total is not None and japan is not None]
    total_tco2 = sum(total for total, _ in known)
    return Fraction(sum(japan for _, japan in known), total_tco2) if total_tco2 else None


def apply_share(tco2: int, share: Fraction | None) -> int | None:
    """Return the side's whole tonnes (a half rounded up); None when the share is not known."""
    return None if share is None else round_half_up(tco2 * share.numerator, share.denominator)
