"""Issuance events: when each became known, where its tonnes stand in time, and what they replace of an expectation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from etl.steps.assumptions import AssumptionBook
from etl.steps.fact_rows import Event, FactRows, PartialDate
from etl.steps.stages import ProjectHistory, VerifiedPeriod
from etl.steps.tonnes import Codes, Years
from model.apportion import largest_remainder
from model.fiscal_year import YearPiece, piece_of
from model.monitoring import issued_by_piece


@dataclass(frozen=True)
class EventKnowledge:
    """When an event became known: its decision, else its issue, else its announcement, else the reading of the page.

    `issued_on` is the day from which it stands as issued; None for a decision whose issue is not known.
    """

    known_on: date
    codes: Codes
    issued_on: date | None
    announced: PartialDate | None
    announced_known_on: date | None


@dataclass(frozen=True)
class Verification:
    """What an event changes in the expectation of a project, from the day it was known.

    With a `period`, its days are taken out of the expectation. Without one, `tco2` are, up to the day `until`.
    `japan` holds the event's total and Japanese tonnes where both are known and it is of this project alone.
    """

    known_on: date
    period: tuple[date, date] | None
    tco2: int
    until: date
    codes: Codes
    japan: tuple[int, int] | None = None


def event_knowledge(event: Event, facts: FactRows) -> EventKnowledge:
    """Return when an event became known and when it was announced (the earliest date of its sources)."""
    sources = [facts.sources[source_id] for source_id in event.source_ids if source_id in facts.sources]
    dated = [(source.dated_on, source.stated) for source in sources if source.dated_on and source.stated]
    announced_on, announced = min(dated, key=lambda pair: pair[0], default=(None, None))
    codes: Codes = ()
    if stated := event.decided or event.issued:
        known_on = stated.latest
    elif announced_on:
        known_on, codes = announced_on, ("KNOWN-SOURCE",)
    else:
        known_on = min((source.retrieved_on for source in sources), default=facts.data_as_of)
        codes = ("KNOWN-RETRIEVED",)
    known_on = min(known_on, facts.data_as_of)
    # An issue implies the decision: where the limits of two months overlap, both count from the later day.
    issued_on = max(min(event.issued.latest, facts.data_as_of), known_on) if event.issued else None
    return EventKnowledge(known_on, codes, issued_on, announced, announced_on)


def verified_periods(
    facts: FactRows, knowledge: Mapping[str, EventKnowledge]
) -> dict[str, list[VerifiedPeriod]]:
    """Return the monitoring periods of events that name exactly one project, by that project."""
    periods: dict[str, list[VerifiedPeriod]] = {}
    for event in facts.events:
        if event.only_project_id is not None and event.period is not None:
            known = knowledge[event.issuance_id].known_on
            periods.setdefault(event.only_project_id, []).append(VerifiedPeriod(known, event.period))
    return periods


def verifications(
    facts: FactRows,
    knowledge: Mapping[str, EventKnowledge],
    histories: Mapping[str, ProjectHistory],
    book: AssumptionBook,
) -> dict[str, list[Verification]]:
    """Return what each event with an amount replaces of the expectation, by project.

    An event of one project with a period replaces its days. Any other replaces the same amount: of the projects it
    names, or, where it names none, of the registered projects of its country, since only these have credits. Several
    projects share in proportion to their annual estimates as known on that day.
    """
    found: dict[str, list[Verification]] = {}
    for event in facts.events:
        if event.amount is None:
            continue
        known = knowledge[event.issuance_id]
        until = _dated_by(event, known) or known.known_on
        if event.only_project_id is not None and event.period is not None:
            parts = {event.only_project_id: event.amount.low}
            codes: Codes = ()
        else:
            parts = _replaced(event, event.amount.low, known.known_on, histories, book)
            codes = ("NET-OF-AMOUNT",) if event.project_ids else ("NET-OF-COUNTRY",)
        is_alone = event.only_project_id is not None and event.japan_tco2 is not None
        for project_id, tco2 in parts.items():
            japan = (
                (event.amount.low, event.japan_tco2) if is_alone and event.japan_tco2 is not None else None
            )
            period = event.period if event.only_project_id is not None else None
            verification = Verification(known.known_on, period, tco2, until, codes, japan)
            found.setdefault(project_id, []).append(verification)
    return found


def years_of(event: Event, tco2: int, announced: PartialDate | None) -> tuple[dict[Years, int], Codes]:
    """Return tonnes of an event by (fiscal year, calendar year) and the code of a dating that is not the period's."""
    if event.period:
        return dict(issued_by_piece(*event.period, tco2).items()), ()
    for stated, code in (
        (event.decided, "DATED-DECISION"),
        (event.issued, "DATED-ISSUE"),
        (announced, "DATED-ANNOUNCED"),
    ):
        if stated:
            return {years_on(stated): tco2}, (code,)
    return {(None, None): tco2}, ("DATED-NONE",)


def years_on(stated: PartialDate) -> YearPiece:
    """Return the fiscal and the calendar year of a stated date."""
    # Nine of a calendar year's twelve months are in the fiscal year of the same number.
    if stated.precision == "year":
        return YearPiece(stated.earliest.year, stated.earliest.year)
    return piece_of(stated.earliest)


def _dated_by(event: Event, known: EventKnowledge) -> date | None:
    stated = event.decided or event.issued or known.announced
    return stated.latest if stated else None


def _replaced(
    event: Event,
    tco2: int,
    as_of: date,
    histories: Mapping[str, ProjectHistory],
    book: AssumptionBook,
) -> dict[str, int]:
    """Divide the tonnes of an event over the projects that may have brought them about."""
    named: Iterable[str] = event.project_ids or [
        project_id
        for project_id, history in histories.items()
        if history.project.iso3 == event.iso3 and history.stage(as_of) == "registered"
    ]
    weights = {
        project_id: state.estimate.annual_tco2
        for project_id in named
        if project_id in histories
        and histories[project_id].known_on <= as_of
        and (state := histories[project_id].state(as_of, book)).expects
        and state.estimate is not None
    }
    if not weights:
        return {}
    return dict(zip(weights, largest_remainder(tco2, list(weights.values())), strict=True))
