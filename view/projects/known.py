"""What is known of one project: rows of its queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from model.ladder import PROJECT_RUNGS
from view.target.content import Rows
from view.texts import Texts


@dataclass(frozen=True)
class Profile:
    """Rows of the queries of one project."""

    facts: Mapping[str, Any]
    claims: Rows
    sources: Rows
    events: Rows
    years: Rows
    similar: Rows
    sites: Rows
    shapes: Rows
    assumptions: Mapping[str, Mapping[str, Any]]
    names: Mapping[str, Mapping[str, str]]
    as_of: date
    list_of: date


def stage_name(profile: Profile, t: Texts) -> str:
    """Stage on the day, or that the project was not known yet."""
    stage = profile.facts["stage"]
    return profile.names["status"].get(stage, stage) if stage else t("not known on this day")


def start_words(facts: Mapping[str, Any], t: Texts) -> str:
    """Start of operation as exactly as it is known: a stated month is no day."""
    precision = facts["operation_start_precision"] if facts["start_basis"] == "stated" else None
    return t.partial_day(facts["start_on"], precision or "day")


def coverage_of(profile: Profile, t: Texts) -> str:
    """How many sources stand behind the project."""
    return t.count("{n} source", "{n} sources", len(profile.sources))


def estimate_bases(t: Texts) -> dict[str, str]:
    """What an annual estimate rests on, the best first."""
    return {
        "project document": t("project document"),
        "selection": t("ministry's selection"),
        "company or press": t("company or press"),
        "study": t("study"),
        "unknown": t("basis not known"),
    }


def start_bases(t: Texts) -> dict[str | None, str]:
    """What the start of operation rests on; None where there is no schedule."""
    return {
        "stated": t("stated"),
        "verified": t("start of the earliest verified period"),
        "selection": t("assumed: counted from selection"),
        "registration": t("assumed: counted from registration"),
        None: t("no schedule: neither start, selection nor registration is known"),
    }


def has_no_schedule(row: Mapping[str, Any]) -> bool:
    """Whether a project that is on a rung has no time in operation, so that its estimate is of no year."""
    return row["start_basis"] is None and bool(row["in_target_scope"]) and row["stage"] in PROJECT_RUNGS
