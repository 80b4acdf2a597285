"""What the rows of a project or an event are grouped by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from etl.steps.fact_rows import Event, FactRows, Project

Value = TypeVar("Value")


@dataclass(frozen=True)
class Attributes:
    """What the rows of a subject are grouped by; None where its projects differ or are not named."""

    subject_id: str
    project_id: str | None
    issuance_id: str | None
    iso3: str
    sector_number: int | None
    technology: str | None
    programme: str | None
    funding: str | None


def of_project(project: Project) -> Attributes:
    """Return the attributes of expected tonnes."""
    return Attributes(
        subject_id=project.project_id,
        project_id=project.project_id,
        issuance_id=None,
        iso3=project.iso3,
        sector_number=project.sector_number,
        technology=project.technology,
        programme=project.programme,
        funding=project.funding,
    )


def of_event(event: Event, facts: FactRows) -> Attributes:
    """Return the attributes of an event: what all its projects share, None where they differ."""
    projects = [
        facts.projects[project_id] for project_id in event.project_ids if project_id in facts.projects
    ]
    return Attributes(
        subject_id=event.issuance_id,
        project_id=event.only_project_id,
        issuance_id=event.issuance_id,
        iso3=event.iso3,
        sector_number=_shared([project.sector_number for project in projects]),
        technology=_shared([project.technology for project in projects]),
        programme=_shared([project.programme for project in projects]),
        funding=_shared([project.funding for project in projects]),
    )


def of_transfer(article6_event_id: str, iso3: str, event: Event | None, facts: FactRows) -> Attributes:
    """Return the attributes of an Article 6 event: those of its issuance, else its country alone."""
    if event is None:
        return Attributes(article6_event_id, None, None, iso3, None, None, None, None)
    return Attributes(**(vars(of_event(event, facts)) | {"subject_id": article6_event_id}))


def _shared(values: Sequence[Value]) -> Value | None:
    return values[0] if values and all(value == values[0] for value in values) else None
