"""An edition, what one data version knew on one day, and the comparison of two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from model.changes import Change, Effect, Row, compare, moved_tonnes
from model.ladder import EXPECTED_RUNGS, RUNGS
from queries.warehouse import Warehouse

ALL_ROWS: Final = 100_000
NEAR, FAR = 2030, 2040
"""Fiscal years of the two targets, up to which both editions count."""
PROJECT_FIELDS: Final = (
    "stage",
    "annual_tco2",
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
    "total_tco2",
    "japan_tco2",
    "japan_government_tco2",
    "partner_tco2",
    "decided_on",
    "issued_on",
    "period_start_on",
    "period_end_on",
    "project_ids",
)
EVENT_FIELDS: Final = ("action", "occurred_on", "quantity_tco2", "issuance_id")
STATEMENT_FIELDS: Final = ("stated_value", "our_value")
TARGET_FIELDS: Final = ("low_tco2", "high_tco2", "standing")
PARTS: Final = ("projects", "issuances", "events", "statements", "targets", "milestones")


@dataclass(frozen=True)
class Edition:
    """Rows by part under their keys, and the tonnes and counts of each rung up to two fiscal years."""

    data_version: str
    as_of: date
    rows: Mapping[str, Mapping[str, Row]]
    near: Mapping[str, Row]
    far: Mapping[str, Row]
    sources: Mapping[str, str]


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
        return not any(self.changes.values()) and not any(e.difference for e in (*self.near, *self.far))

    def of(self, part: str, kind: str) -> list[Change]:
        """Changes of one kind."""
        return [change for change in self.changes[part] if change.kind == kind]


def edition_of(warehouse: Warehouse, as_of: date) -> Edition:
    """What a version knew on a day, by the named queries of the pages."""
    run = warehouse.run
    targets = run("targets", as_of=as_of).to_pylist()
    projects = run("projects", as_of=as_of, sort="project", rows_at_most=ALL_ROWS).to_pylist()
    statements = run("reconciliation", as_of=as_of).to_pylist()
    sources = run("change_sources").to_pylist()
    return Edition(
        data_version=warehouse.data_version,
        as_of=as_of,
        rows={
            "projects": _keyed(projects, "project_id"),
            "issuances": _keyed(run("issuances", as_of=as_of).to_pylist(), "issuance_id"),
            "events": _keyed(run("article6_events", as_of=as_of).to_pylist(), "article6_event_id"),
            "statements": _keyed(statements, "metric", "scope", "as_of_on", "source_id", "stated_value"),
            "targets": _keyed(targets, "target_id"),
            "milestones": _keyed(run("milestones", as_of=as_of).to_pylist(), "milestone_on", "title_en"),
        },
        near=_keyed(run("ladder", as_of=as_of, until_fiscal_year=NEAR).to_pylist(), "rung"),
        far=_keyed(run("ladder", as_of=as_of, until_fiscal_year=FAR).to_pylist(), "rung"),
        sources={r["project_id"]: r["estimate_url"] or r["first_url"] or "" for r in sources},
    )


def difference(old: Edition, new: Edition) -> Difference:
    """What differs between two editions."""
    fields = {
        "projects": PROJECT_FIELDS,
        "issuances": ISSUANCE_FIELDS,
        "events": EVENT_FIELDS,
        "statements": STATEMENT_FIELDS,
        "targets": TARGET_FIELDS,
        "milestones": (),
    }
    changes = {part: compare(old.rows[part], new.rows[part], fields[part]) for part in PARTS}
    moved: dict[str, int] = {}
    for rung in EXPECTED_RUNGS:
        found = moved_tonnes(old.rows["projects"], new.rows["projects"], rung, tco2="expected_first_tco2")
        for key, tco2 in found.items():
            moved[key] = moved.get(key, 0) + tco2
    return Difference(
        old,
        new,
        changes,
        near=[_effect(rung.code, old.near, new.near, "tco2") for rung in RUNGS],
        far=[_effect(rung.code, old.far, new.far, "tco2") for rung in RUNGS],
        counts=[
            _effect(rung.code, old.near, new.near, "projects" if rung.kind == "expected" else "events")
            for rung in RUNGS
        ],
        moved={key: tco2 for key, tco2 in moved.items() if tco2},
    )


def _keyed(rows: list[dict[str, Any]], *keys: str) -> dict[str, Row]:
    return {" · ".join(str(row[key]) for key in keys): row for row in rows}


def _effect(code: str, old: Mapping[str, Row], new: Mapping[str, Row], column: str) -> Effect:
    return Effect(code, old[code][column], new[code][column])
