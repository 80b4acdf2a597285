"""What was known of each project when: its stage, annual estimate, selection, registration and schedule.

A project climbs: pipeline from the day it is known, under validation from the earliest list of JCM projects that
names it, registered from its registration; dormant once it has lapsed without being listed. Every fact counts only
from the day on which it was known.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import polars as pl

from etl.contracts import table
from etl.steps.assumptions import AssumptionBook, MissingAssumption
from etl.steps.fact_rows import Project
from etl.steps.tonnes import Codes, join_codes
from model.fiscal_year import first_day, fiscal_year_of
from model.knowledge import Known, in_force, known_states
from model.ladder import DORMANT, EXPECTED_RUNGS, PROJECT_RUNGS
from model.lapse import LapseStep, lapse_on, last_day_before_lapse
from model.schedule import OperationWindow, Period, operation_window


@dataclass(frozen=True)
class Estimate:
    """An annual estimate, tCO2, what it rests on, and the codes of what was assumed about when it was known."""

    annual_tco2: int
    basis: str
    source_id: str
    codes: Codes


@dataclass(frozen=True)
class Start:
    """A start of operation, how it was found, and the codes of what was assumed."""

    on: date
    basis: str
    codes: Codes


@dataclass(frozen=True)
class ProjectState:
    """All that was known of a project between two changes. A project without a window has no schedule."""

    stage: str
    in_target_scope: bool
    estimate: Estimate | None
    fy_selected: int | None
    registered_on: date | None
    start: Start | None
    window: OperationWindow | None
    lifetime_years: float | None
    codes: Codes

    @property
    def expects(self) -> bool:
        """Whether the project has expected tonnes, dormant ones included."""
        return self.has_a_rung and self.estimate is not None and self.window is not None

    @property
    def has_a_rung(self) -> bool:
        """Whether the project stands on a rung: in the target scope, and neither withdrawn nor a study."""
        return self.in_target_scope and self.stage in PROJECT_RUNGS


@dataclass(frozen=True)
class VerifiedPeriod:
    """A monitoring period of an issuance event of the project alone, from the day on which it was known."""

    known_on: date
    period: Period


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
    periods: tuple[VerifiedPeriod, ...] = ()
    lapse: tuple[LapseStep, ...] = ()
    last_on: date = date.max

    def stage(self, as_of: date) -> str | None:
        """Return the stage as known on a day; None before the project was known."""
        stage = in_force(self.stages, as_of)
        return (
            DORMANT
            if stage == "pipeline" and self.in_target_scope(as_of) and self._has_lapsed(as_of)
            else stage
        )

    def in_target_scope(self, as_of: date) -> bool:
        """Tell whether it counted as a JCM project on a day: a withdrawn one did before it was withdrawn."""
        project = self.project
        return project.in_target_scope or (
            project.status == "withdrawn" and (in_force(self.stages, as_of) or "") in EXPECTED_RUNGS
        )

    def estimate(self, as_of: date) -> Estimate | None:
        """Return the annual estimate as known on a day."""
        return in_force(self.estimates, as_of)

    def fy_selected(self, as_of: date) -> int | None:
        """Return the fiscal year of selection as known on a day."""
        is_known = self.selection_known_on is not None and as_of >= self.selection_known_on
        return self.project.fy_selected if is_known else None

    def start(self, as_of: date, book: AssumptionBook) -> Start | None:
        """Return the start of operation as known on a day; None where no date is known that tells of it."""
        project = self.project
        verified = min((v.period[0] for v in self.periods if v.known_on <= as_of), default=None)
        stated = project.operation_start_on
        if stated and self.start_known_on and as_of >= self.start_known_on:
            if verified is not None and verified < stated:
                return Start(verified, "verified", ("START-CORRECTED",))
            is_day = project.operation_start_precision in (None, "day")
            return Start(stated, "stated", () if is_day else ("START-MONTH",))
        if verified is not None:
            return Start(verified, "verified", ("START-VERIFIED",))
        selected = self.fy_selected(as_of)
        if selected is not None:
            delay, code = book.selection_delay(project.programme, as_of)
            return Start(first_day(selected) + delay, "selection", ("START-SELECTED", code))
        if project.registered_on and as_of >= project.registered_on:
            delay, code = book.registration_delay(as_of)
            return Start(project.registered_on + delay, "registration", ("START-REGISTERED", code))
        return None

    def states(self, book: AssumptionBook) -> list[Known[ProjectState]]:
        """Return all that was known of the project, over time. Raises MissingAssumption for one with an estimate."""
        return known_states([(day, self.state(day, book)) for day in self.change_days(book)])

    def state(self, day: date, book: AssumptionBook) -> ProjectState:
        """Return all that was known of the project on a day on which it was known."""
        project, estimate = self.project, self.estimate(day)
        stage = self.stage(day) or project.status
        registered_on = (
            project.registered_on if project.registered_on and day >= project.registered_on else None
        )
        codes: Codes = estimate.codes if estimate else ()
        if stage == "validation":
            codes = ("STAGE-LIST", *codes)
        if stage == DORMANT:
            codes = ("LAPSE", *codes)
        state = ProjectState(
            stage,
            self.in_target_scope(day),
            estimate,
            self.fy_selected(day),
            registered_on,
            None,
            None,
            None,
            (*codes, *(self.known_codes if day == self.known_on else ())),
        )
        if not state.has_a_rung:
            return state
        start = self.start(day, book)
        if start is None:
            return replace(state, codes=(*state.codes, "NO-SCHEDULE"))
        try:
            years, code = book.lifetime_years(project.technology, project.serves)
        except MissingAssumption:
            if self.estimates:
                raise
            return state
        return replace(
            state,
            start=start,
            window=operation_window(start.on, years),
            lifetime_years=years,
            codes=(*state.codes, *start.codes, code),
        )

    def change_days(self, book: AssumptionBook) -> list[date]:
        """Return the days on which anything known of the project may have changed, the first being known_on."""
        days = {self.known_on, *self._lapse_days}
        settled_on = min(
            (day for day in (self.start_known_on, *(v.known_on for v in self.periods)) if day),
            default=date.max,
        )
        days.update(state.known_on for state in self.stages)
        days.update(estimate.known_on for estimate in self.estimates)
        days.update(verified.known_on for verified in self.periods)
        days.update(
            day for day in (self.selection_known_on, self.start_known_on, self.project.registered_on) if day
        )
        if self._ever_counts:
            # Delays matter until a start is stated or verified. The first day on which any is measured ends the state
            # that says how the project became known.
            days.update(day for day in book.delay_days(self.project.programme) if day < settled_on)
            place = bisect_right(book.change_days, self.known_on)
            days.update(book.change_days[place : place + 1])
        return sorted(day for day in days if self.known_on <= day <= self.last_on)

    @property
    def _ever_counts(self) -> bool:
        """Whether the project stands on a rung at any time; a withdrawn one did before it was withdrawn."""
        project = self.project
        return project.status == "withdrawn" or (project.in_target_scope and project.status in EXPECTED_RUNGS)

    def _lapses_from(self, as_of: date) -> int:
        """The fiscal year from whose end the lapse is counted: of selection, else that in which it became known."""
        selected = self.fy_selected(as_of)
        return fiscal_year_of(self.known_on) if selected is None else selected

    def _has_lapsed(self, as_of: date) -> bool:
        if not self.lapse:
            return False
        return as_of > last_day_before_lapse(self._lapses_from(as_of), lapse_on(self.lapse, as_of))

    @cached_property
    def _lapse_days(self) -> list[date]:
        """Days on which the project may lapse, or come back because the lapse period grew."""
        if not self.lapse or not self._ever_counts:
            return []
        bases = {fiscal_year_of(self.known_on)}
        if self.project.fy_selected is not None:
            bases.add(self.project.fy_selected)
        ends = [last_day_before_lapse(base, step.years) for base in bases for step in self.lapse]
        return [day + timedelta(days=1) for day in ends] + [step.known_on for step in self.lapse]


def project_states(
    histories: Mapping[str, ProjectHistory], states: Mapping[str, Sequence[Known[ProjectState]]]
) -> pl.DataFrame:
    """Return `project_state`: one row per project and interval in which nothing known of it changed.

    Rows of one project follow each other without gap or overlap; the last has known_until null.
    """
    rows = []
    for project_id, history in histories.items():
        for known in states[project_id]:
            state = known.value
            estimate, window = state.estimate, state.window
            rows.append(
                (
                    project_id,
                    state.stage,
                    state.in_target_scope,
                    estimate.annual_tco2 if estimate else None,
                    estimate.basis if estimate else None,
                    estimate.source_id if estimate else None,
                    state.fy_selected,
                    first_day(state.fy_selected) if state.fy_selected is not None else None,
                    state.registered_on,
                    fiscal_year_of(state.registered_on) if state.registered_on else None,
                    fiscal_year_of(history.known_on),
                    window.start if window else None,
                    window.end if window else None,
                    state.start.basis if state.start else None,
                    state.lifetime_years,
                    known.known_on,
                    known.known_until,
                    join_codes(state.codes),
                )
            )
    return table("project_state").frame(rows)
