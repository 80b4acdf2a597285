"""What differs between two editions of a record: rows added, removed and changed, and the tonnes they move.

An edition is what one data version knew on one day. Rows are plain mappings under a key; only the fields named are
compared. Nothing here knows where the rows come from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Row = Mapping[str, Any]
Ends = tuple[int, int]
Kind = Literal["added", "removed", "changed"]
Timing = Literal["happened", "not_visible", "first_seen", "reckoned"]
"""What a change did between the two days; `model.timing` settles it."""


@dataclass(frozen=True)
class FieldChange:
    """A field whose value is another one now."""

    field: str
    old: Any
    new: Any
    timing: Timing = "first_seen"


@dataclass(frozen=True)
class Change:
    """A row that was added, removed or changed. `row` is the later row, the earlier one where it was removed.

    `own` is the field with the own date of what happened between the two editions; empty for what did not, and for what
    is only known to lie between two copies of a list.
    """

    kind: Kind
    key: str
    row: Row
    fields: tuple[FieldChange, ...] = ()
    timing: Timing = "first_seen"
    own: str = ""


@dataclass(frozen=True)
class Effect:
    """A figure before and after, each with its low and high end, and the difference; None where it was not known.

    `visible_since` is the first day on which it could be seen, where that lies after the earlier edition.
    """

    code: str
    before: Ends | None
    after: Ends | None
    visible_since: date | None = None

    @property
    def difference(self) -> Ends | None:
        """After less before, end by end, an unknown figure counted as none.

        None where both are unknown, or where the earlier one could not be seen.
        """
        if self.visible_since is not None or (self.before is None and self.after is None):
            return None
        (low, high), (was_low, was_high) = self.after or (0, 0), self.before or (0, 0)
        return low - was_low, high - was_high


def compare(old: Mapping[str, Row], new: Mapping[str, Row], fields: Sequence[str]) -> list[Change]:
    """Every change from the old rows to the new ones: added, then removed, then changed, each in order of key."""
    added = [Change("added", key, new[key]) for key in sorted(new.keys() - old.keys())]
    removed = [Change("removed", key, old[key]) for key in sorted(old.keys() - new.keys())]
    changed = []
    for key in sorted(old.keys() & new.keys()):
        found = tuple(
            FieldChange(name, old[key].get(name), new[key].get(name))
            for name in fields
            if old[key].get(name) != new[key].get(name)
        )
        if found:
            changed.append(Change("changed", key, new[key], found))
    return [*added, *removed, *changed]


def moved_tonnes(
    old: Mapping[str, Row], new: Mapping[str, Row], rung: str, *, stage: str = "stage", tco2: str = "tco2"
) -> dict[str, int]:
    """Tonnes that each row brings to a rung or takes from it; rows that move none are left out.

    A row is on one rung at a time, so the sum over all rows is the difference of the rung.
    """

    def on_rung(row: Row | None) -> int:
        return int(row[tco2] or 0) if row is not None and row[stage] == rung else 0

    moved = {key: on_rung(new.get(key)) - on_rung(old.get(key)) for key in sorted(old.keys() | new.keys())}
    return {key: value for key, value in moved.items() if value}
