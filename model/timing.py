"""When a change between two days belongs: whether it happened between them, or only our sources did.

A fact with a date of its own that lies between the days happened. One that is older, undated or dated too roughly was
first seen in our sources. What only a list tells could not be seen before the first copy of the list. The rest
follows from our own reckoning: a rule, an assumption, or a row that was taken out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from model.changes import Change, FieldChange, Row, Timing
from model.fiscal_year import first_day
from model.ladder import DORMANT

TIMINGS: Final[Sequence[Timing]] = ("happened", "not_visible", "first_seen", "reckoned")
"""The most telling first: a change of several fields is told by the first that applies."""
LISTED_DAY: Final[Mapping[str, str]] = {"validation": "listed_on", "withdrawn": "withdrawn_on"}
"""Stages that nothing but a list tells, and the field with the first day on which one did."""
OWN_DAY: Final[Mapping[str, tuple[str, ...]]] = {
    "projects": ("registered_on",),
    "issuances": ("decided_on", "issued_on"),
    "events": ("occurred_on",),
    "statements": ("as_of_on",),
    "targets": ("known_on",),
    "milestones": ("milestone_on",),
    "partners": ("signed_from_on",),
}
"""Fields with the own day of a row of each part, the first that is known; of a month or a year its first day."""
OWN_FIGURES: Final = frozenset({"ours"})
OF_THE_DOCUMENT: Final = frozenset({"annual_tco2", "annual_basis"})
BY_DOCUMENT: Final = "project document"


@dataclass(frozen=True)
class Span:
    """The days after `old` up to `new`, and the days of the copies of lists of projects that are on record."""

    old: date
    new: date
    copies: Sequence[date] = ()

    def holds(self, day: date | None) -> bool:
        """Whether an own day lies between the two."""
        return day is not None and self.old < day <= self.new

    def of(self, day: date | None) -> Timing:
        """What a fact with this own day did."""
        return "happened" if self.holds(day) else "first_seen"

    def of_listing(self, listed_on: date | None) -> Timing:
        """The same of a status of a list, by the first copy that has it: it arose after the copy before."""
        if not self.holds(listed_on):
            return "first_seen"
        before = [copy for copy in self.copies if listed_on and copy < listed_on]
        if not before:
            return "not_visible"
        return "happened" if max(before) >= self.old else "first_seen"


def timed(change: Change, part: str, span: Span) -> Change:
    """The change with what it and each of its fields did between the days, and the field with the date that lies between."""
    if change.kind == "removed":
        return replace(change, timing="reckoned")
    if change.kind == "added":
        own = next((name for name, day in _own_days(change.row, part) if span.holds(day)), None)
        if own is not None:
            return replace(change, timing="happened", own=own)
        listed = _listing(change.row, span) if part == "projects" else None
        return replace(change, timing=listed or "first_seen")
    dated = [(f, *_of_field(f, change.row, part, span)) for f in change.fields]
    stage: Timing = next((timing for f, timing, _ in dated if f.field == "stage"), "reckoned")
    fields = tuple(
        replace(f, timing=stage if stage != "reckoned" and _comes_with_stage(f, change.row) else timing)
        for f, timing, _ in dated
    )
    own = next((own for f, timing, own in dated if timing == "happened" and own), "")
    return replace(change, fields=fields, timing=min((f.timing for f in fields), key=TIMINGS.index), own=own)


def _comes_with_stage(f: FieldChange, row: Row) -> bool:
    """Whether a new stage brings the value: a document is public from the listing, a withdrawal ends the counting."""
    return f.field == "in_target_scope" or (f.field in OF_THE_DOCUMENT and row["annual_basis"] == BY_DOCUMENT)


def _own_days(row: Row, part: str) -> list[tuple[str, date]]:
    """Own dates of a new row by their fields: the first that is known, and the fiscal year of a selection."""
    known = [(name, row[name]) for name in OWN_DAY[part] if row[name] is not None][:1]
    if part == "projects" and row["fy_selected"] is not None:
        known.append(("fy_selected", first_day(row["fy_selected"])))
    return known


def _listing(row: Row, span: Span) -> Timing | None:
    name = LISTED_DAY.get(row["stage"])
    return span.of_listing(row[name]) if name else None


def _of_field(f: FieldChange, row: Row, part: str, span: Span) -> tuple[Timing, str]:
    """What the new value of a field did, and the field with its own date where it has one."""
    timing: Timing | None = None
    own, day = "", None
    if f.field in OWN_FIGURES:
        timing = "reckoned"
    elif f.field == "stage":
        own, day = ("registered_on", row["registered_on"]) if f.new == "registered" else ("", None)
        timing = _listing(row, span)
        if timing is None and day is None and DORMANT in (f.old, f.new):
            timing = "reckoned"
    elif f.field == "start_on":
        basis = row["start_basis"]
        own, day = ("start_on", f.new) if basis == "stated" else ("", None)
        timing = None if basis in ("stated", "verified") else "reckoned"
    elif f.field == "fy_selected":
        own, day = "fy_selected", first_day(f.new) if f.new is not None else None
    elif f.field in OWN_DAY[part]:
        own, day = f.field, f.new
    return timing or span.of(day), own
