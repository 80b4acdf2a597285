"""The facts the steps read, as typed rows, with the days on which they became known.

A date given only as a month or a year keeps its earliest day in the warehouse. A fact cannot have been
known before the latest day it may mean, so knowledge counts from that day; a page read later than that has
it by the day of reading at the latest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

Frames = Mapping[str, pl.DataFrame]


def latest_day(earliest: date, precision: str | None) -> date:
    """Return the last day that a date of this precision (day, month, year) may mean."""
    if precision == "year":
        return date(earliest.year, 12, 31)
    if precision == "month":
        return (earliest.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return earliest


@dataclass(frozen=True)
class PartialDate:
    """A stated date: its earliest day and its precision (day, month, year)."""

    earliest: date
    precision: str

    @property
    def latest(self) -> date:
        """The last day it may mean."""
        return latest_day(self.earliest, self.precision)


@dataclass(frozen=True)
class Source:
    """A page: the date it states, where it states one, and the day it was read."""

    stated: PartialDate | None
    retrieved_on: date

    @property
    def dated_on(self) -> date | None:
        """The day by which the page said what it says; None for undated pages."""
        return min(self.stated.latest, self.retrieved_on) if self.stated else None


@dataclass(frozen=True)
class Project:
    """What the steps need of a row of `project`; None means not known, as in the table."""

    project_id: str
    ref_no: str | None
    iso3: str
    technology: str
    sector_number: int | None
    programme: str | None
    funding: str
    fy_selected: int | None
    status: str
    registered_on: date | None
    operation_start: PartialDate | None
    est_annual_tco2: int | None
    est_annual_source_id: str | None
    in_target_scope: bool
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """A row of `project_claim`."""

    project_id: str
    field: str
    value: str
    source_id: str
    scope: str
    is_taken: bool


@dataclass(frozen=True)
class Event:
    """An issuance event, a row of `issuance`; `project_ids` is empty when the projects are not named."""

    issuance_id: str
    project_ids: tuple[str, ...]
    iso3: str
    decided: PartialDate | None
    issued: PartialDate | None
    partner_issued: PartialDate | None
    period: tuple[date, date] | None
    total_tco2: int | None
    japan_tco2: int | None
    japan_government_tco2: int | None
    partner_tco2: int | None
    is_partner_issuance_pending: bool
    source_ids: tuple[str, ...]

    @property
    def only_project_id(self) -> str | None:
        """The project, when the event names exactly one."""
        return self.project_ids[0] if len(self.project_ids) == 1 else None


@dataclass(frozen=True)
class Transfer:
    """A row of `article6_event`; no amount was found for most."""

    article6_event_id: str
    issuance_id: str | None
    iso3: str
    occurred_on: date
    action: str
    quantity_tco2: int | None


@dataclass(frozen=True)
class FactRows:
    """All facts of the steps, by key."""

    sources: Mapping[str, Source]
    projects: Mapping[str, Project]
    claims: Mapping[str, tuple[Claim, ...]]
    events: tuple[Event, ...]
    transfers: tuple[Transfer, ...]


def read_fact_rows(frames: Frames) -> FactRows:
    """Read the tables source, project, project_claim, issuance and article6_event into rows."""
    claims: dict[str, list[Claim]] = {}
    for row in frames["project_claim"].iter_rows(named=True):
        claim = Claim(
            row["project_id"],
            row["field"],
            row["value"],
            row["source_id"],
            row["claim_scope"],
            row["is_taken"],
        )
        claims.setdefault(claim.project_id, []).append(claim)
    return FactRows(
        sources={
            row["source_id"]: Source(_partial(row, "as_of"), row["retrieved_on"])
            for row in frames["source"].iter_rows(named=True)
        },
        projects={row["project_id"]: _project(row) for row in frames["project"].iter_rows(named=True)},
        claims={project_id: tuple(some) for project_id, some in claims.items()},
        events=tuple(_event(row) for row in frames["issuance"].iter_rows(named=True)),
        transfers=tuple(
            Transfer(
                row["article6_event_id"],
                row["issuance_id"],
                row["iso3"],
                row["occurred_on"],
                row["action"],
                row["quantity_tco2"],
            )
            for row in frames["article6_event"].iter_rows(named=True)
        ),
    )


def _project(row: dict[str, Any]) -> Project:
    return Project(
        project_id=row["project_id"],
        ref_no=row["ref_no"],
        iso3=row["iso3"],
        technology=row["technology"],
        sector_number=row["sector_number"],
        programme=row["programme"],
        funding=row["funding"],
        fy_selected=row["fy_selected"],
        status=row["status"],
        registered_on=row["registered_on"],
        operation_start=_partial(row, "operation_start"),
        est_annual_tco2=row["est_annual_tco2"],
        est_annual_source_id=row["est_annual_source_id"],
        in_target_scope=row["in_target_scope"],
        source_ids=_listed(row["source_ids"]),
    )


def _event(row: dict[str, Any]) -> Event:
    start, end = row["period_start_on"], row["period_end_on"]
    return Event(
        issuance_id=row["issuance_id"],
        project_ids=_listed(row["project_ids"]) or _listed(row["project_id"]),
        iso3=row["iso3"],
        decided=_partial(row, "decided"),
        issued=_partial(row, "issued"),
        partner_issued=PartialDate(row["partner_issued_on"], "day") if row["partner_issued_on"] else None,
        period=(start, end) if start and end else None,
        total_tco2=row["total_tco2"],
        japan_tco2=row["japan_tco2"],
        japan_government_tco2=row["japan_government_tco2"],
        partner_tco2=row["partner_tco2"],
        is_partner_issuance_pending=row["is_partner_issuance_pending"],
        source_ids=_listed(row["source_id"]) + _listed(row["other_source_ids"]),
    )


def _partial(row: dict[str, Any], name: str) -> PartialDate | None:
    earliest = row[f"{name}_on"]
    return PartialDate(earliest, row[f"{name}_precision"] or "day") if earliest else None


def _listed(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split(";") if part.strip())
