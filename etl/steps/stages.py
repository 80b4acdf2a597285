"""The stage of each project over time, and what was known of it when.

A project climbs: pipeline from the day it is known, under validation from the date of the registry list
that says so, registered from its registration. Estimates, starts of operation and selections likewise hold
only from the day on which they were known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from etl.steps.assumptions import AssumptionBook
from etl.steps.fact_rows import Claim, FactRows, Project
from etl.steps.tonnes import Codes
from model.fiscal_year import first_day, last_day
from model.knowledge import Known, in_force, known_states
from model.ladder import EXPECTED_RUNGS

# The only list of projects under validation; it states no day on which validation began.
VALIDATION_LIST = "gh-ctsdb-all-jcm"

PROJECT_STAGE_COLUMNS = {
    "project_id": pl.String,
    "stage": pl.String,
    "in_target_scope": pl.Boolean,
    "has_estimate": pl.Boolean,
    "known_on": pl.Date,
    "known_until": pl.Date,
    "assumption_codes": pl.String,
}


@dataclass(frozen=True)
class Estimate:
    """An annual estimate, tCO2, and the codes of what was assumed about when it was known."""

    annual_tco2: int
    codes: Codes


@dataclass(frozen=True)
class Start:
    """A start of operation and the codes of how it was assumed; no code for a stated day."""

    on: date
    codes: Codes


@dataclass(frozen=True)
class ProjectHistory:
    """A project and the days on which its facts became known; a day of None: never known."""

    project: Project
    known_on: date
    known_codes: Codes
    selection_known_on: date | None
    start_known_on: date | None
    stages: tuple[Known[str], ...]
    estimates: tuple[Known[Estimate], ...]

    def stage(self, as_of: date) -> str | None:
        """Return the stage as known on a day; None before the project was known."""
        return in_force(self.stages, as_of)

    def estimate(self, as_of: date) -> Estimate | None:
        """Return the annual estimate as known on a day."""
        return in_force(self.estimates, as_of)

    def expects(self, as_of: date) -> bool:
        """Tell whether the project counts with expected tonnes, as known on a day."""
        in_scope = self.project.in_target_scope and self.stage(as_of) in EXPECTED_RUNGS
        return in_scope and self.estimate(as_of) is not None

    def start(self, as_of: date, book: AssumptionBook) -> Start:
        """Return the start of operation as known on a day: stated, else assumed from the best that is known."""
        project = self.project
        if project.operation_start and self.start_known_on and as_of >= self.start_known_on:
            is_day = project.operation_start.precision == "day"
            return Start(project.operation_start.earliest, () if is_day else ("START-MONTH",))
        if project.fy_selected is not None and self.selection_known_on and as_of >= self.selection_known_on:
            delay, code = book.selection_delay(project.programme)
            return Start(first_day(project.fy_selected) + delay, ("START-SELECTED", code))
        if project.registered_on and as_of >= project.registered_on:
            delay, code = book.registration_delay()
            return Start(project.registered_on + delay, ("START-REGISTERED", code))
        delay, code = book.selection_delay(None)
        return Start(self.known_on + delay, ("START-KNOWN", code))

    def change_days(self) -> list[date]:
        """Return the days on which anything known of the project changed, the first being known_on."""
        days = {self.known_on}
        days.update(state.known_on for state in self.stages)
        days.update(estimate.known_on for estimate in self.estimates)
        days.update(
            day for day in (self.selection_known_on, self.start_known_on, self.project.registered_on) if day
        )
        return sorted(day for day in days if day >= self.known_on)


def project_histories(facts: FactRows, data_as_of: date) -> dict[str, ProjectHistory]:
    """Return the history of every project, by project_id in order."""
    return {
        project_id: _history(facts.projects[project_id], facts, data_as_of)
        for project_id in sorted(facts.projects)
    }


def project_stages(histories: Iterable[ProjectHistory]) -> pl.DataFrame:
    """Return `project_stage`: one row per project and interval in which stage and has_estimate held.

    Rows of one project follow each other without gap or overlap; the last has known_until null.
    """
    rows = []
    for history in histories:
        changes = []
        for day in history.change_days():
            estimate = history.estimate(day)
            codes: Codes = estimate.codes if estimate else ()
            if history.stage(day) == "validation":
                codes = ("STAGE-LIST", *codes)
            if day == history.known_on:
                codes = (*history.known_codes, *codes)
            changes.append((day, (history.stage(day), estimate is not None, codes)))
        # A state that differs from the one before only in how it came to be known is the same state.
        states = known_states([(day, state[:2]) for day, state in changes])
        codes_on = {day: state[2] for day, state in changes}
        rows += [
            {
                "project_id": history.project.project_id,
                "stage": state.value[0],
                "in_target_scope": history.project.in_target_scope,
                "has_estimate": state.value[1],
                "known_on": state.known_on,
                "known_until": state.known_until,
                "assumption_codes": join_codes(codes_on[state.known_on]),
            }
            for state in states
        ]
    return pl.DataFrame(rows, schema=PROJECT_STAGE_COLUMNS, orient="row")


def join_codes(codes: Iterable[str]) -> str | None:
    """Return codes as one cell, each once, in the order given, separated by `;`; None when there is none."""
    return ";".join(dict.fromkeys(codes)) or None


def _history(project: Project, facts: FactRows, data_as_of: date) -> ProjectHistory:
    claims = facts.claims.get(project.project_id, ())
    selection = _selection_known_on(project, claims, facts, data_as_of)
    known_on, known_codes = _known_on(project, selection, facts, data_as_of)
    started = project.operation_start
    return ProjectHistory(
        project=project,
        known_on=known_on,
        known_codes=known_codes,
        selection_known_on=max(selection[0], known_on) if selection else None,
        start_known_on=max(min(started.latest, data_as_of), known_on) if started else None,
        stages=tuple(known_states(_stage_changes(project, known_on, facts))),
        estimates=tuple(known_states(_estimate_changes(project, claims, known_on, facts))),
    )


def _selection_known_on(
    project: Project, claims: Iterable[Claim], facts: FactRows, data_as_of: date
) -> tuple[date, str] | None:
    """Selections are published within their fiscal year: its last day, or an earlier page that says so."""
    if project.fy_selected is None:
        return None
    latest = min(last_day(project.fy_selected), data_as_of)
    stated = [
        day
        for claim in claims
        if claim.field == "fy_selected" and claim.is_taken
        for day in [_dated_on(claim.source_id, facts)]
        if day is not None and first_day(project.fy_selected) <= day <= latest
    ]
    return (min(stated), "KNOWN-SOURCE") if stated else (latest, "KNOWN-SELECTED-FY")


def _known_on(
    project: Project, selection: tuple[date, str] | None, facts: FactRows, data_as_of: date
) -> tuple[date, Codes]:
    # The order settles which code is given when two rules name the same day.
    days: list[tuple[date, int, Codes]] = []
    if project.registered_on:
        days.append((project.registered_on, 0, ()))
    days += [
        (day, 1, ("KNOWN-SOURCE",))
        for source in project.source_ids
        if (day := _dated_on(source, facts)) is not None
    ]
    if selection:
        days.append((selection[0], 2, (selection[1],)))
    if not days:
        read = [
            facts.sources[source].retrieved_on for source in project.source_ids if source in facts.sources
        ]
        return min(read, default=data_as_of), ("KNOWN-RETRIEVED",)
    known_on, _, codes = min(days)
    return known_on, codes


def _stage_changes(project: Project, known_on: date, facts: FactRows) -> list[tuple[date, str]]:
    if project.status not in EXPECTED_RUNGS:
        return [(known_on, project.status)]
    changes = [(known_on, "pipeline")]
    if project.status == "validation":
        listed = _dated_on(VALIDATION_LIST, facts)
        changes.append((max(listed or known_on, known_on), "validation"))
    if project.status == "registered" and project.registered_on:
        changes.append((max(project.registered_on, known_on), "registered"))
    return changes


def _estimate_changes(
    project: Project, claims: Iterable[Claim], known_on: date, facts: FactRows
) -> list[tuple[date, Estimate]]:
    """The estimate taken from the day it was first said; before that, a differing claim dated strictly earlier."""
    if project.est_annual_tco2 is None:
        return []
    claimed = [
        (day, claim.source_id, int(claim.value.replace(",", "")), claim.is_taken)
        for claim in claims
        if claim.field == "est_annual_tco2" and claim.scope == "project"
        for day in [_dated_on(claim.source_id, facts)]
        if day is not None and claim.value.replace(",", "").isdecimal()
    ]
    taken_days = [day for day, _, value, is_taken in claimed if is_taken and value == project.est_annual_tco2]
    own_day = _dated_on(project.est_annual_source_id, facts) if project.est_annual_source_id else None
    days = [*taken_days, own_day] if own_day else taken_days
    if not days:
        return [(known_on, Estimate(project.est_annual_tco2, ("KNOWN-WITH-PROJECT",)))]
    stated_on = min(days)
    changes = [
        (max(day, known_on), Estimate(value, ()))
        for day, _, value, _ in sorted(claimed)
        if day < stated_on and value != project.est_annual_tco2
    ]
    return [*changes, (max(stated_on, known_on), Estimate(project.est_annual_tco2, ()))]


def _dated_on(source_id: str, facts: FactRows) -> date | None:
    source = facts.sources.get(source_id)
    return source.dated_on if source else None
