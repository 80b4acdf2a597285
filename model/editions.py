"""An edition, what one data version knew on one day, and the comparison of two."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from model.changes import Change, Effect, Ends, Row, Timing, compare, moved_tonnes
from model.ladder import DORMANT, EXPECTED_RUNGS, PROJECT_RUNGS, RUNG_BY_CODE
from model.timing import LISTED_DAY, Span, timed

PROJECT_FIELDS: Final = (
    "stage",
    "annual_tco2",
    "annual_basis",
    "is_reported",
    "registered_on",
    "fy_selected",
    "in_target_scope",
    "title_en",
    "title_ja",
    "iso3",
    "sector_number",
    "technology",
    "programme",
    "funding",
    "start_on",
    "location",
    "methodology",
    "jp_participants",
    "partner_participants",
)
ISSUANCE_FIELDS: Final = (
    "amount",
    "japan",
    "is_reported",
    "japan_government_tco2",
    "partner_tco2",
    "decided_on",
    "issued_on",
    "period_start_on",
    "period_end_on",
    "project_ids",
)
EVENT_FIELDS: Final = ("action", "occurred_on", "quantity_tco2", "issuance_id", "is_reported")
STATEMENT_FIELDS: Final = ("stated_value", "ours")
TARGET_FIELDS: Final = ("low_tco2", "high_tco2", "standing")
PARTS: Final = ("projects", "issuances", "events", "statements", "targets", "milestones", "partners")


@dataclass(frozen=True)
class Edition:
    """Rows by part under their keys, and the tonnes and counts of each rung up to two fiscal years (`years`).

    `copies`: days of the copies of lists of projects that were known, in order.
    """

    data_version: str
    as_of: date
    years: tuple[int, int]
    rows: Mapping[str, Mapping[str, Row]]
    near: Mapping[str, Row]
    far: Mapping[str, Row]
    sources: Mapping[str, str]
    copies: Sequence[date] = ()


@dataclass(frozen=True)
class Difference:
    """Two editions and what differs: changes by part, and the effect on each rung by both target years."""

    old: Edition
    new: Edition
    changes: Mapping[str, Sequence[Change]]
    near: Sequence[Effect]
    far: Sequence[Effect]
    counts: Sequence[Effect]
    moved: Mapping[str, int]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        effects = (*self.near, *self.far)
        return not any(self.changes.values()) and not any(any(e.difference or ()) for e in effects)

    @property
    def timings(self) -> Counter[Timing]:
        """How many changes of all parts happened, were first seen, could not be seen before, or are our reckoning."""
        return Counter(change.timing for changes in self.changes.values() for change in changes)

    @property
    def not_visible(self) -> Mapping[str, date]:
        """Rungs that could not be seen on the earlier day, with the first day on which they could."""
        return {e.code: e.visible_since for e in self.near if e.visible_since is not None}

    @property
    def became_dormant(self) -> frozenset[str]:
        """Projects that both editions hold and that count no longer because they were never listed."""
        return frozenset(
            change.key
            for change in self.of("projects", "changed")
            if any(f.field == "stage" and f.new == DORMANT for f in change.fields)
        )

    def within(self, keys: Mapping[str, Collection[str]]) -> "Difference":
        """The changes of some rows alone, their keys by part; the effects on the rungs stay as they are."""
        kept = {part: [c for c in some if c.key in keys.get(part, ())] for part, some in self.changes.items()}
        moved = {key: tco2 for key, tco2 in self.moved.items() if key in keys.get("projects", ())}
        return replace(self, changes=kept, moved=moved)

    def of(self, part: str, kind: str) -> list[Change]:
        """Changes of one kind."""
        return [change for change in self.changes[part] if change.kind == kind]


def difference(old: Edition, new: Edition) -> Difference:
    """What differs between two editions. Raises ValueError for editions that count up to different years."""
    if old.years != new.years:
        message = f"one edition counts up to {old.years}, the other up to {new.years}"
        raise ValueError(message)
    fields = {
        "projects": PROJECT_FIELDS,
        "issuances": ISSUANCE_FIELDS,
        "events": EVENT_FIELDS,
        "statements": STATEMENT_FIELDS,
        "targets": TARGET_FIELDS,
        "milestones": (),
        "partners": (),
    }
    span = Span(old.as_of, new.as_of, new.copies)
    changes = {
        part: [timed(change, part, span) for change in compare(old.rows[part], new.rows[part], fields[part])]
        for part in PARTS
    }
    changes["targets"] = _replaced(changes["targets"])
    moved: dict[str, int] = {}
    for rung in EXPECTED_RUNGS:
        found = moved_tonnes(old.rows["projects"], new.rows["projects"], rung, tco2="expected_first_tco2")
        for key, tco2 in found.items():
            moved[key] = moved.get(key, 0) + tco2
    # Until a list of projects is known, no project is seen to be under validation: that is not none.
    visible_since = min(new.copies, default=None) if not old.copies else None

    def effect(code: str, before: Ends | None, after: Ends | None) -> Effect:
        is_hidden = code in LISTED_DAY and visible_since is not None
        return Effect(code, None, after, visible_since) if is_hidden else Effect(code, before, after)

    return Difference(
        old,
        new,
        changes,
        near=[effect(code, _tonnes(old.near[code]), _tonnes(new.near[code])) for code in RUNG_BY_CODE],
        far=[effect(code, _tonnes(old.far[code]), _tonnes(new.far[code])) for code in RUNG_BY_CODE],
        counts=[effect(code, _count(old.near[code]), _count(new.near[code])) for code in RUNG_BY_CODE],
        moved={key: tco2 for key, tco2 in moved.items() if tco2},
    )


def _replaced(targets: Sequence[Change]) -> list[Change]:
    """Targets that another one of the same year replaced went when that came."""
    following = {change.row["fiscal_year"]: change for change in targets if change.kind == "added"}
    return [
        replace(change, timing=later.timing, own=later.own)
        if change.kind == "removed" and (later := following.get(change.row["fiscal_year"]))
        else change
        for change in targets
    ]


def _tonnes(row: Row) -> Ends | None:
    return None if row["tco2_low"] is None else (row["tco2_low"], row["tco2_high"])


def _count(row: Row) -> Ends | None:
    count = row["projects"] if row["rung"] in PROJECT_RUNGS else row["events"]
    return None if count is None else (count, count)
