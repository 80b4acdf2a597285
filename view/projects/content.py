"""What is known of one project: rows of its queries."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from model.ladder import PROJECT_RUNGS
from queries.runner import Row
from view.page import Asked, Content, Rows
from view.texts import Texts


class ProjectProfile(Content):
    """Rows of the queries of one project."""

    claims = Asked("project_claims")
    sources = Asked("project_sources")
    events = Asked("project_events")
    years = Asked("project_years")
    sightings = Asked("project_sightings")
    similar = Asked("project_similar")
    participants = Asked("project_participants")
    shapes = Asked("map_shapes")

    @property
    def facts(self) -> Row:
        """The facts of the project on the day."""
        return self.answers["project_facts"][0]

    @cached_property
    def sites(self) -> Rows:
        """Its sites."""
        return [s for s in self.answers["project_sites"] if s["project_id"] == self.context.choice["project"]]

    @cached_property
    def assumptions(self) -> Mapping[str, Row]:
        """Assumptions in force, by their code."""
        return {row["assumption_code"]: row for row in self.answers["assumptions"]}

    @property
    def as_of(self) -> date:
        """The day looked at."""
        return self.selection.as_of

    @property
    def list_of(self) -> date:
        """The day of the list of projects."""
        day: date = self.build["list_of_on"]
        return day


def stage_name(profile: ProjectProfile, t: Texts) -> str:
    """Stage on the day, or that the project was not known yet."""
    stage = profile.facts["stage"]
    return profile.names["status"].get(stage, stage) if stage else t("not known on this day")


def start_words(facts: Mapping[str, Any], t: Texts) -> str:
    """Start of operation as exactly as it is known: a stated month is not a day."""
    precision = facts["operation_start_precision"] if facts["start_basis"] == "stated" else None
    return t.partial_day(facts["start_on"], precision or "day")


def coverage_of(profile: ProjectProfile, t: Texts) -> str:
    """How many sources the project has."""
    return t.count("{n} source", "{n} sources", len(profile.sources))


def estimate_bases(t: Texts) -> dict[str, str]:
    """What an annual estimate rests on, the best first."""
    return {
        "project document": t("project document"),
        "selection": t("ministry's selection"),
        "own record": t("own record"),
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
