"""The facts the steps read, as typed rows, with the days on which they became known.

A date given only as a month or a year keeps its earliest day in the warehouse. A fact cannot have been known before the
latest day it may mean, so knowledge counts from that day; a page read later than that is known by the day of reading.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar

import polars as pl

from etl.contracts.columns import latest_day, members_of
from etl.contracts.projects import BASES

Frames = Mapping[str, pl.DataFrame]
Row = TypeVar("Row", "Source", "Project", "Claim", "Transfer", "Sighting")


@dataclass(frozen=True)
class Source:
    """A page: the day by which it said what it says (None for undated pages), its reading, and since when it is known."""

    source_id: str
    dated_on: date | None
    retrieved_on: date
    known_on: date


@dataclass(frozen=True)
class Project:
    """What the steps need of a row of `project`; None means not known, as in the table.

    `operation_start_last` is the latest day that the stated start may mean.
    """

    project_id: str
    ref_no: str | None
    iso3: str
    technology: str
    programme: str | None
    funding: str
    fy_selected: int | None
    status: str
    registered_on: date | None
    operation_start_on: date | None
    operation_start_precision: str | None
    operation_start_last: date | None
    est_annual_tco2: int | None
    est_annual_source_id: str | None
    est_annual_basis: str | None
    in_target_scope: bool
    serves: str | None
    source_ids: Sequence[str]


@dataclass(frozen=True)
class Claim:
    """A row of `project_claim`."""

    project_id: str
    field: str
    value: str
    source_id: str
    claim_scope: str
    is_taken: bool
    figure_basis: str | None

    @property
    def rank(self) -> int:
        """How good its basis is, the best highest; study and unknown count alike."""
        return max(len(BASES) - BASES.index(self.figure_basis or "unknown"), 2)


@dataclass(frozen=True)
class Transfer:
    """A row of `article6_event`."""

    article6_event_id: str
    issuance_id: str | None
    iso3: str
    occurred_on: date
    action: str
    quantity_tco2: int | None
    source_id: str


@dataclass(frozen=True)
class Sighting:
    """A row of `list_sighting`: a status of a project on a list, and the first copy of the list that had it."""

    project_id: str
    status: str
    first_source_id: str


@dataclass(frozen=True)
class FactRows:
    """All facts of the steps, by key."""

    sources: Mapping[str, Source]
    projects: Mapping[str, Project]
    claims: Mapping[str, Sequence[Claim]]
    transfers: Sequence[Transfer]
    project_lists: frozenset[str]
    sightings: Mapping[str, Sequence[Sighting]]
    data_as_of: date

    def dated_on(self, source_id: str) -> date | None:
        """Return the day that a source states of itself; None where it states none."""
        source = self.sources.get(source_id)
        return source.dated_on if source else None

    def listed_on(self, project: Project, known_on: date) -> date:
        """Return the day from which a project is known to be on the JCM list: of the earliest list among its sources."""
        lists = [
            self.sources[s].known_on
            for s in project.source_ids
            if s in self.project_lists & self.sources.keys()
        ]
        return max(min(lists, default=known_on), known_on)

    def seen_on(self, project: Project) -> dict[str, date]:
        """Return the day from which each status of a project on a list is known, the earliest first."""
        seen = [
            (self.sources[one.first_source_id].known_on, one.status)
            for one in self.sightings.get(project.project_id, ())
            if one.first_source_id in self.sources
        ]
        first: dict[str, date] = {}
        for day, status in sorted(seen):
            first.setdefault(status, day)
        return first


def read_fact_rows(frames: Frames, data_as_of: date) -> FactRows:
    """Read the tables source (dated), project, project_claim, own_use, project_list, list_sighting and article6_event into rows."""
    sources = frames["source"].with_columns(
        pl.when(pl.col("as_of_on").is_not_null()).then("known_on").alias("dated_on")
    )
    projects = (
        frames["project"]
        .join(
            frames["own_use"].select("project_id", "serves"),
            on="project_id",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            latest_day("operation_start_on", "operation_start_precision").alias("operation_start_last"),
            members_of("source_ids").fill_null([]).alias("source_ids"),
        )
    )
    claims: dict[str, list[Claim]] = {}
    for claim in _rows(Claim, frames["project_claim"]):
        claims.setdefault(claim.project_id, []).append(claim)
    sightings: dict[str, list[Sighting]] = {}
    for sighting in _rows(Sighting, frames["list_sighting"]):
        sightings.setdefault(sighting.project_id, []).append(sighting)
    return FactRows(
        sources={source.source_id: source for source in _rows(Source, sources)},
        projects={project.project_id: project for project in _rows(Project, projects)},
        claims=claims,
        transfers=_rows(Transfer, frames["article6_event"].sort("occurred_on", "article6_event_id")),
        project_lists=frozenset(frames["project_list"].get_column("source_id").to_list()),
        sightings=sightings,
        data_as_of=data_as_of,
    )


def _rows(kind: type[Row], frame: pl.DataFrame) -> list[Row]:
    """The rows of a frame as objects whose fields are its columns."""
    names = [field.name for field in fields(kind)]
    return [kind(**row) for row in frame.select(names).iter_rows(named=True)]
