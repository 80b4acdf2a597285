"""An edition, what one data version knew on one day, and the comparison of two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from loading.record import latest_target_years
from model.changes import Change, Effect, Ends, Row, compare, moved_tonnes
from model.ladder import DORMANT, EXPECTED_RUNGS, PROJECT_RUNGS, RUNG_BY_CODE
from queries.warehouse import Warehouse

ALL_ROWS: Final = 100_000
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
PARTS: Final = ("projects", "issuances", "events", "statements", "targets", "milestones")


@dataclass(frozen=True)
class Edition:
    """Rows by part under their keys, and the tonnes and counts of each rung up to two fiscal years (`years`)."""

    data_version: str
    as_of: date
    years: tuple[int, int]
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
        effects = (*self.near, *self.far)
        return not any(self.changes.values()) and not any(any(e.difference or ()) for e in effects)

    @property
    def became_dormant(self) -> frozenset[str]:
        """Projects that both editions hold and that count no longer because they were never listed."""
        return frozenset(
            change.key
            for change in self.of("projects", "changed")
            if any(f.field == "stage" and f.new == DORMANT for f in change.fields)
        )

    def of(self, part: str, kind: str) -> list[Change]:
        """Changes of one kind."""
        return [change for change in self.changes[part] if change.kind == kind]


def edition_of(warehouse: Warehouse, as_of: date, years: tuple[int, int] | None = None) -> Edition:
    """What a version knew on a day, by the named queries of the pages.

    `years` are the fiscal years up to which tonnes are counted; by default those of its own targets.
    """
    run = warehouse.run
    near, far = years or latest_target_years(warehouse)
    targets = run("targets", as_of=as_of).to_pylist()
    projects = run(
        "projects", as_of=as_of, sort="project", first_year=near, last_year=far, rows_at_most=ALL_ROWS
    ).to_pylist()
    statements = [
        row | {"ours": _ends(row["our_value"], row["our_high_value"])}
        for row in run("reconciliation", as_of=as_of).to_pylist()
    ]
    issuances = [
        row
        | {
            "amount": _ends(row["tco2_low"], row["tco2_high"], row["amount_basis"]),
            "japan": _ends(row["japan_low_tco2"], row["japan_high_tco2"]),
        }
        for row in run("issuances", as_of=as_of).to_pylist()
    ]
    sources = run("change_sources").to_pylist()
    return Edition(
        data_version=warehouse.data_version,
        as_of=as_of,
        years=(near, far),
        rows={
            "projects": _keyed(projects, "project_id"),
            "issuances": _keyed(issuances, "issuance_id"),
            "events": _keyed(run("article6_events", as_of=as_of).to_pylist(), "article6_event_id"),
            "statements": _keyed(statements, "metric", "scope", "as_of_on", "source_id", "stated_value"),
            "targets": _keyed(targets, "target_id"),
            "milestones": _keyed(run("milestones", as_of=as_of).to_pylist(), "milestone_on", "title_en"),
        },
        near=_keyed(run("ladder", as_of=as_of, until_fiscal_year=near).to_pylist(), "rung"),
        far=_keyed(run("ladder", as_of=as_of, until_fiscal_year=far).to_pylist(), "rung"),
        sources={r["project_id"]: r["estimate_url"] or r["first_url"] or "" for r in sources},
    )


def difference_between(older: Warehouse, first: date, newer: Warehouse, last: date) -> Difference:
    """What differs between two versions on two days, counted up to the years of the newer version's targets."""
    years = latest_target_years(newer)
    return difference(edition_of(older, first, years), edition_of(newer, last, years))


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
        near=[Effect(code, _tonnes(old.near[code]), _tonnes(new.near[code])) for code in RUNG_BY_CODE],
        far=[Effect(code, _tonnes(old.far[code]), _tonnes(new.far[code])) for code in RUNG_BY_CODE],
        counts=[Effect(code, _count(old.near[code]), _count(new.near[code])) for code in RUNG_BY_CODE],
        moved={key: tco2 for key, tco2 in moved.items() if tco2},
    )


def _keyed(rows: list[dict[str, Any]], *keys: str) -> dict[str, Row]:
    return {" · ".join(str(row[key]) for key in keys): row for row in rows}


def _ends(low: Any, high: Any, *more: Any) -> tuple[Any, ...] | None:  # noqa: ANN401 - cells of a query
    """A figure with both its ends, compared as one; None where it is not known."""
    return None if low is None else (low, high, *more)


def _tonnes(row: Row) -> Ends | None:
    return None if row["tco2_low"] is None else (row["tco2_low"], row["tco2_high"])


def _count(row: Row) -> Ends | None:
    count = row["projects"] if row["rung"] in PROJECT_RUNGS else row["events"]
    return None if count is None else (count, count)
