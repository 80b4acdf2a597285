"""Actual tonnes of an issuance event: decided, issued, Japan's side, and transferred under Article 6."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from etl.steps.fact_rows import Event, FactRows, PartialDate, Transfer
from etl.steps.stages import ProjectHistory
from etl.steps.tonnes import Cell, Codes, State, Tonnes
from model.allocation import split_share
from model.fiscal_year import YearPiece, piece_of
from model.monitoring import issued_by_piece

DATINGS = ("monitoring_period", "decision")
RUNG_OF_ACTION = {"first transfer": "itmo", "use towards NDC": "ndc"}

Years = tuple[int | None, int | None]


@dataclass(frozen=True)
class EventKnowledge:
    """When an event became known: its decision, else its issue, else its announcement, else the reading of the page.

    `issued_on` is the day from which it stands as issued; None for a decision whose issue is not known.
    """

    known_on: date
    codes: Codes
    issued_on: date | None
    announced: PartialDate | None


def event_knowledge(event: Event, facts: FactRows, data_as_of: date) -> EventKnowledge:
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
        known_on = min((source.retrieved_on for source in sources), default=data_as_of)
        codes = ("KNOWN-RETRIEVED",)
    known_on = min(known_on, data_as_of)
    # An issue implies the decision: where the limits of two months overlap, both count from the later day.
    issued_on = max(min(event.issued.latest, data_as_of), known_on) if event.issued else None
    return EventKnowledge(known_on, codes, issued_on, announced)


def event_changes(
    event: Event, knowledge: EventKnowledge, history: ProjectHistory | None
) -> list[tuple[date, State]]:
    """Return the tonnes of an event on the rungs notified, issued and japan from each day something became known.

    `history` is that of the project, for an event of exactly one. An event whose total is not known has no
    tonnes.
    """
    if event.total_tco2 is None:
        return []
    days = {knowledge.known_on}
    if knowledge.issued_on:
        days.add(knowledge.issued_on)
        if event.partner_issued:
            days.add(max(event.partner_issued.latest, knowledge.issued_on))
    if history:
        days.update(day for day in history.change_days() if day > knowledge.known_on)
    return [(day, _state(event, event.total_tco2, knowledge, history, day)) for day in sorted(days)]


def transfer_changes(
    transfer: Transfer, event: Event | None, knowledge: EventKnowledge | None
) -> list[tuple[date, State]]:
    """Return the tonnes of an Article 6 event, dated like the issuance it belongs to, else at its own day.

    An event without an amount, and an action that is not a rung, has no tonnes.
    """
    rung = RUNG_OF_ACTION.get(transfer.action)
    if rung is None or transfer.quantity_tco2 is None:
        return []
    tonnes: dict[Cell, Tonnes] = {}
    for dated_by in DATINGS:
        if event and knowledge and event.total_tco2:
            cells, codes = _dated(event, event.total_tco2, knowledge.announced, dated_by)
            parts = split_share(list(cells.values()), transfer.quantity_tco2)
        else:
            cells, codes = {piece_of(transfer.occurred_on): transfer.quantity_tco2}, ("DATED-ISSUE",)
            parts = [transfer.quantity_tco2]
        for years, tco2 in zip(cells, parts, strict=True):
            # What is transferred to Japan is Japan's.
            tonnes[Cell(rung, dated_by, *years)] = Tonnes(tco2, 0, tco2, 0, codes)
    return [(transfer.occurred_on, tonnes)]


def _state(
    event: Event, total_tco2: int, knowledge: EventKnowledge, history: ProjectHistory | None, as_of: date
) -> State:
    state: dict[Cell, Tonnes] = {}
    is_issued = knowledge.issued_on is not None and as_of >= knowledge.issued_on
    partner_waits = event.is_partner_issuance_pending or (
        event.partner_issued is not None and as_of < event.partner_issued.latest
    )
    is_added = _is_added(event, history, as_of)
    not_added = () if is_added else ("NOT-ADDED",)
    for dated_by in DATINGS:
        cells, codes = _dated(event, total_tco2, knowledge.announced, dated_by)
        codes = (*knowledge.codes, *codes)
        parts = list(cells.values())
        japan = _japan_parts(parts, event.japan_tco2)
        for years, tco2, japan_tco2 in zip(cells, parts, japan, strict=True):
            state[Cell("notified", dated_by, *years)] = Tonnes(
                tco2,
                tco2 if is_added else 0,
                japan_tco2,
                japan_tco2 if is_added else 0,
                (*codes, *not_added),
            )
            if not is_issued:
                continue
            issued_tco2 = japan_tco2 if partner_waits else tco2
            if issued_tco2 is not None:
                state[Cell("issued", dated_by, *years)] = Tonnes(issued_tco2, 0, japan_tco2, 0, codes)
            if japan_tco2 is not None:
                state[Cell("japan", dated_by, *years)] = Tonnes(japan_tco2, 0, japan_tco2, 0, codes)
    return state


def _is_added(event: Event, history: ProjectHistory | None, as_of: date) -> bool:
    """Tell whether verified tonnes come on top of the expected ones without counting a day twice.

    They do when their days are known, because those days were taken out of the expectation, or when nothing
    is expected of the project. Several projects together, or a project not named, may repeat what is
    expected.
    """
    if event.only_project_id is None or history is None:
        return False
    return event.period is not None or not history.expects(as_of)


def _dated(
    event: Event, tco2: int, announced: PartialDate | None, dated_by: str
) -> tuple[dict[Years, int], Codes]:
    """Return the event's tonnes by (fiscal year, calendar year) and the code of a dating that is not as asked."""
    if dated_by == "monitoring_period" and event.period:
        return dict(issued_by_piece(*event.period, tco2).items()), ()
    for stated, code in (
        (event.decided, "DATED-DECISION" if dated_by == "monitoring_period" else None),
        (event.issued, "DATED-ISSUE"),
        (announced, "DATED-ANNOUNCED"),
    ):
        if stated:
            return {_years(stated): tco2}, (code,) if code else ()
    return {(None, None): tco2}, ("DATED-NONE",)


def _years(stated: PartialDate) -> Years:
    # Nine of a calendar year's twelve months are in the fiscal year of the same number.
    if stated.precision == "year":
        return YearPiece(stated.earliest.year, stated.earliest.year)
    return piece_of(stated.earliest)


def _japan_parts(parts: Sequence[int], japan_tco2: int | None) -> Sequence[int | None]:
    return [None] * len(parts) if japan_tco2 is None else split_share(parts, japan_tco2)
