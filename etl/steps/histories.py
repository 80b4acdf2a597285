"""From the facts of each project to its history: since when its selection, start, stage and estimates are known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from etl.contracts.projects import LISTED
from etl.steps.fact_rows import Claim, FactRows, Project
from etl.steps.stages import Estimate, ProjectHistory, VerifiedPeriod
from etl.steps.tonnes import Codes
from model.fiscal_year import first_day, last_day
from model.knowledge import known_states
from model.lapse import Registration, lapse_steps


def project_histories(
    facts: FactRows, periods: Mapping[str, Sequence[VerifiedPeriod]]
) -> dict[str, ProjectHistory]:
    """Return the history of every project, by project_id in order."""
    histories = {
        project_id: replace(
            _history(facts.projects[project_id], facts),
            periods=tuple(periods.get(project_id, ())),
            last_on=facts.data_as_of,
        )
        for project_id in sorted(facts.projects)
    }
    steps = tuple(
        lapse_steps(
            Registration(
                max(h.selection_known_on, h.project.registered_on),
                h.project.fy_selected,
                h.project.registered_on,
            )
            for h in histories.values()
            if h.selection_known_on and h.project.registered_on and h.project.fy_selected is not None
        )
    )
    return {project_id: replace(history, lapse=steps) for project_id, history in histories.items()}


def _history(project: Project, facts: FactRows) -> ProjectHistory:
    claims = facts.claims.get(project.project_id, ())
    selection = _selection_known_on(project, claims, facts)
    known_on, known_codes = _known_on(project, selection, facts)
    start_last = project.operation_start_last
    return ProjectHistory(
        project=project,
        known_on=known_on,
        known_codes=known_codes,
        selection_known_on=max(selection[0], known_on) if selection else None,
        start_known_on=max(min(start_last, facts.data_as_of), known_on) if start_last else None,
        stages=tuple(known_states(_stage_changes(project, known_on, facts))),
        estimates=tuple(known_states(_estimate_changes(project, claims, known_on, facts))),
    )


def _selection_known_on(
    project: Project, claims: Iterable[Claim], facts: FactRows
) -> tuple[date, str] | None:
    """Selections are published within their fiscal year: its last day, or an earlier page that says so."""
    if project.fy_selected is None:
        return None
    latest = min(last_day(project.fy_selected), facts.data_as_of)
    stated = [
        day
        for claim in claims
        if claim.field == "fy_selected" and claim.is_taken
        for day in [facts.dated_on(claim.source_id)]
        if day is not None and first_day(project.fy_selected) <= day <= latest
    ]
    return (min(stated), "KNOWN-SOURCE") if stated else (latest, "KNOWN-SELECTED-FY")


def _known_on(project: Project, selection: tuple[date, str] | None, facts: FactRows) -> tuple[date, Codes]:
    # The order settles which code is given when two rules name the same day.
    days: list[tuple[date, int, Codes]] = []
    if project.registered_on:
        days.append((project.registered_on, 0, ()))
    days += [
        (day, 1, ("KNOWN-SOURCE",))
        for source in project.source_ids
        if (day := facts.dated_on(source)) is not None
    ]
    if selection:
        days.append((selection[0], 2, (selection[1],)))
    if not days:
        read = [
            facts.sources[source].retrieved_on for source in project.source_ids if source in facts.sources
        ]
        return min(read, default=facts.data_as_of), ("KNOWN-RETRIEVED",)
    known_on, _, codes = min(days)
    return known_on, codes


def _stage_changes(project: Project, known_on: date, facts: FactRows) -> list[tuple[date, str]]:
    """Each status of a list counts from the first copy that had it, a registration from its day."""
    if project.status == "study":
        return [(known_on, "study")]
    changes = [(known_on, "pipeline")]
    seen = facts.seen_on(project)
    if project.status in ("validation", "withdrawn"):
        seen.setdefault(project.status, facts.listed_on(project, known_on))
    if project.status == "registered" and project.registered_on:
        seen["registered"] = project.registered_on
    if seen:
        # Another list may have had the first status before the copies that were kept.
        first = min(seen, key=lambda status: seen[status])
        if first != "registered":
            seen[first] = min(seen[first], facts.listed_on(project, known_on))
    # What a list says against the status on record is a statement, no stage: only what came before it counts.
    present = seen.get(project.status, date.min)
    seen = {status: day for status, day in seen.items() if status == project.status or day < present}
    return changes + [(max(day, known_on), status) for status, day in seen.items()]


def _estimate_changes(
    project: Project, claims: Iterable[Claim], known_on: date, facts: FactRows
) -> list[tuple[date, Estimate]]:
    """The best basis known on each day: the project document, then the selection, then others; then the newest.

    Of several statements on one basis the one taken is better than those not taken.
    """
    stated = [
        (*claim_known_on(claim, project, known_on, facts), claim)
        for claim in claims
        if claim.field == "est_annual_tco2"
        and (claim.claim_scope == "project" or claim.is_taken)
        and claim.value.isdecimal()
    ]
    if not stated and project.est_annual_tco2 is not None and project.est_annual_source_id is not None:
        own = Claim(
            project.project_id,
            "est_annual_tco2",
            str(project.est_annual_tco2),
            project.est_annual_source_id,
            "project",
            is_taken=True,
            figure_basis=project.est_annual_basis,
        )
        stated = [(*claim_known_on(own, project, known_on, facts), own)]
    changes = []
    # The document of a project may be known earlier than the copy of it that is dated: no date later than the day counts.
    dates = {claim.source_id: facts.dated_on(claim.source_id) or date.min for _, _, claim in stated}
    days = {since for since, _, _ in stated} | {
        max(dates[claim.source_id], since) for since, _, claim in stated
    }
    for day in sorted(days):
        known = [(claim, codes) for since, codes, claim in stated if since <= day]
        claim, codes = max(
            known,
            key=lambda pair: (
                pair[0].rank,
                pair[0].is_taken,
                dates[pair[0].source_id] if dates[pair[0].source_id] <= day else date.min,
                pair[0].source_id,
            ),
        )
        changes.append(
            (day, Estimate(int(claim.value), claim.figure_basis or "unknown", claim.source_id, codes))
        )
    return changes


def claim_known_on(claim: Claim, project: Project, known_on: date, facts: FactRows) -> tuple[date, Codes]:
    """The document of a listed project is public from registration or listing; an undated page says it with the project."""
    dated = facts.dated_on(claim.source_id)
    if claim.figure_basis == "project document" and project.status in LISTED:
        is_registered = project.status == "registered" and project.registered_on is not None
        public = project.registered_on if is_registered else facts.listed_on(project, known_on)
        return max(public or known_on, known_on), ("KNOWN-DOCUMENT",)
    if dated is None:
        return known_on, ("KNOWN-WITH-PROJECT",)
    return max(dated, known_on), ()
