"""What a plausibility rule is, and what it says of a row."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from etl.plausibility.record import Record

Level = Literal["refuse", "hold", "tell"]


@dataclass(frozen=True)
class Doubt:
    """One row that a rule doubts.

    `key` holds the parts of the row key, separated by ;. `value` is the doubtful value as text: an acknowledgement
    must repeat it. `en` and `ja` say what was found; why it is doubtful is the title of the rule.
    """

    table: str
    key: str
    subject: str
    value: str
    en: str
    ja: str
    tco2: int | None = None


@dataclass(frozen=True)
class Rule:
    """A rule: its titles say what is expected, `find` gives the rows that are otherwise.

    refuse: cannot stand. hold: stands only when acknowledged. tell: is only told.
    """

    code: str
    level: Level
    family: str
    title_en: str
    title_ja: str
    find: Callable[[Record], Iterable[Doubt]]


def of_project(row: Mapping[str, Any], value: object, en: str, ja: str) -> Doubt:
    """A doubt about a row of `project`."""
    project = row["project_id"]
    return Doubt("project", project, project, str(value), en, ja, row["est_annual_tco2"])


def of_event(row: Mapping[str, Any], value: object, en: str, ja: str) -> Doubt:
    """A doubt about a row of `issuance`, or about its part on one `project`."""
    subject = row.get("project") or row["project_ids"] or row["iso3"]
    tonnes = row["total_tco2"] or row["total_low_tco2"]
    return Doubt("issuance", row["issuance_id"], subject, str(value), en, ja, tonnes)
