"""What the sectors page knows for one selection: groups (sectors or technologies) with their figures."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from model.delivery import Delivery, delivery_of
from model.ladder import DORMANT, EXPECTED_RUNGS, PROJECT_RUNGS
from view.names import plain_name
from view.page import Asked, Content
from view.texts import Texts

By = Literal["sector", "technology"]
Cell = Literal["projects", "near", "far", "notified"]

NOT_STATED: Mapping[str, str] = {"sector": "0", "technology": "unstated"}
"""Code of the group of projects and events without a sector or technology of their own."""


@dataclass(frozen=True)
class Group:
    """One sector or technology; also all of them together. Tonnes are tCO2.

    `near` and `far` are expected tonnes up to the two target years, None where no project has an estimate and a
    schedule, or where the Japanese side is asked for and no share is known; `unknown_share` are tonnes left out for that reason.
    `notified` is the low end of what was decided, `notified_high` its high end. `stages` holds dormant projects too;
    they are kept and in no sum. `reported` and `notified_reported` are the parts of near and notified that rest on
    sources alone that are never believed alone.
    """

    value: str
    stages: Mapping[str, int]
    with_estimate: int
    with_schedule: int
    kept_aside: int
    near: int | None
    far: int | None
    events: int
    events_without_amount: int
    notified: int | None
    notified_high: int | None
    reported: int
    notified_reported: int
    unknown_share: int
    mean: float | None
    median: float | None

    @property
    def projects(self) -> int:
        """Projects that count."""
        return sum(self.stages[rung] for rung in EXPECTED_RUNGS)

    @property
    def dormant(self) -> int:
        """Projects selected long ago and never listed."""
        return self.stages[DORMANT]

    @property
    def is_empty(self) -> bool:
        """Whether the record holds nothing of it."""
        return not (self.projects or self.dormant or self.kept_aside or self.events)


class SectorsContent(Content):
    """Rows of the page's queries for one selection of one data version.

    - groups_named: every sector or technology, with or without a project.
    - ladder, ladder_later: rows of each group up to the first and the last target year.
    - cells: rows of country by group; durations, deliveries: rows of projects and events.
    """

    groups_named = Asked("sector_names")
    ladder = Asked("ladder_by_group")
    ladder_later = Asked("ladder_by_group:later")
    sizes = Asked("sector_sizes")
    by_year = Asked("reductions_by_group")
    cells = Asked("sector_by_country")
    durations = Asked("durations")
    deliveries = Asked("delivery_ratio")

    @property
    def by(self) -> By:
        """What the groups are."""
        by: By = self.context.choice["by"]
        return by

    @property
    def cell(self) -> Cell:
        """What a cell of the heat map shows."""
        cell: Cell = self.context.choice["cell"]
        return cell

    @property
    def technology_names(self) -> Mapping[str, str]:
        """Names of technologies by their code."""
        return self.names["technology"]

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Every group in the order of the names; that without a name of its own last."""
        near, far = _by_value(self.ladder), _by_value(self.ladder_later)
        sizes = {row["value"]: row for row in self.sizes}
        return tuple(
            _group(
                n["value"],
                near.get(n["value"], {}),
                far.get(n["value"], {}),
                sizes.get(n["value"]),
                is_japan=self.selection.share == "japan",
            )
            for n in self.groups_named
        )

    @cached_property
    def total(self) -> Group:
        """All groups together."""
        near: dict[str, dict[str, Any]] = {}
        far: dict[str, dict[str, Any]] = {}
        for rows, sums in ((self.ladder, near), (self.ladder_later, far)):
            for row in rows:
                found = sums.setdefault(row["rung"], dict.fromkeys(_SUMMED))
                for key in _SUMMED:
                    if row[key] is not None:
                        found[key] = (found[key] or 0) + row[key]
        size = next((s for s in self.sizes if s["value"] is None), None)
        return _group("", near, far, size, is_japan=self.selection.share == "japan")

    def ranked(self) -> list[Group]:
        """Groups with expected tonnes, the largest first."""
        return sorted((g for g in self.groups if g.near or g.far), key=lambda g: -(g.near or 0))

    def delivery(self, technology: str | None = None) -> Delivery | None:
        """Delivery of the events that can be compared, of one technology or of all; None without one."""
        return delivery_of(row for row in self.deliveries if technology in {None, row["technology"]})

    def name(self, value: str, t: Texts) -> str:
        """Name of a group; a sector with its number."""
        if value == NOT_STATED[self.by]:
            return t("Not stated, or several")
        row = next(n for n in self.groups_named if n["value"] == value)
        name = t.pick(row["name_en"], row["name_ja"])
        return f"{value} {name}" if self.by == "sector" else name

    def short_name(self, value: str, t: Texts) -> str:
        """The name without the part in brackets, for headings of columns and labels of charts."""
        if self.by == "sector" and value == "11":
            return "11 " + t("Halocarbons and SF6")
        return re.split(r"\s*[(（]", self.name(value, t))[0]

    def plain_name(self, value: str, t: Texts) -> str:
        """The short name without the number, for sentences."""
        return plain_name(self.short_name(value, t))

    def projects_link(self, **values: str) -> str:
        """Address of the list of projects, narrowed to a country, sector or technology."""
        return self.context.link("projects", **values)


_SUMMED = (
    "projects",
    "projects_with_estimate",
    "projects_with_schedule",
    "projects_outside_scope",
    "events",
    "events_without_amount",
    "tco2_low",
    "tco2_high",
    "reported_tco2",
    "unknown_share_tco2",
)


def _by_value(rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["value"], {})[row["rung"]] = row
    return found


def _group(
    value: str,
    near: Mapping[str, Mapping[str, Any]],
    far: Mapping[str, Mapping[str, Any]],
    size: Mapping[str, Any] | None,
    *,
    is_japan: bool,
) -> Group:
    def number_of(rung: str, key: str) -> int:
        return int(near[rung][key] or 0) if rung in near else 0

    def expected(rows: Mapping[str, Mapping[str, Any]]) -> int | None:
        return known(rows, EXPECTED_RUNGS) if with_schedule else None

    def known(
        rows: Mapping[str, Mapping[str, Any]], rungs: Sequence[str], end: str = "tco2_low"
    ) -> int | None:
        found = [rows[r] for r in rungs if r in rows and rows[r]["tco2_low"] is not None]
        is_unknown = is_japan and any(row["unknown_share_tco2"] for row in found)
        if not found or (is_unknown and not any(row["tco2_low"] for row in found)):
            return None
        return sum(int(row[end]) for row in found)

    with_schedule = sum(number_of(r, "projects_with_schedule") for r in EXPECTED_RUNGS)
    aside = [number_of(r, "projects_outside_scope") for r in (*PROJECT_RUNGS, "withdrawn", "study")]
    return Group(
        value=value,
        stages={r: number_of(r, "projects") for r in PROJECT_RUNGS},
        with_estimate=sum(number_of(r, "projects_with_estimate") for r in EXPECTED_RUNGS),
        with_schedule=with_schedule,
        kept_aside=sum(aside) + number_of("withdrawn", "projects") + number_of("study", "projects"),
        near=expected(near),
        far=expected(far),
        events=number_of("notified", "events"),
        events_without_amount=number_of("notified", "events_without_amount"),
        notified=known(near, ("notified",)),
        notified_high=known(near, ("notified",), "tco2_high"),
        reported=sum(number_of(r, "reported_tco2") for r in EXPECTED_RUNGS),
        notified_reported=number_of("notified", "reported_tco2"),
        unknown_share=sum(number_of(r, "unknown_share_tco2") for r in EXPECTED_RUNGS) if is_japan else 0,
        mean=size["mean_tco2"] if size else None,
        median=size["median_tco2"] if size else None,
    )
