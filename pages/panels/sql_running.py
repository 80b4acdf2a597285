"""Runs what a visitor asked, keeps the answer, and looks whether it is there yet."""

import uuid
from typing import Any

import streamlit as st

from pages.frame import Frame
from queries.catalogue import Query, catalogue
from view.address import ignore
from view.sql.desk import Asked, Desk, Entry, packed, unpacked, values_from_text, values_to_text
from view.unknown_address import Offered
from workbench import door
from workbench.answers import Failure, Result

# Seconds a run waits for an answer before it shows that the query is on its way: most take a few milliseconds.
WAITS_AT_ONCE = 0.4
FIRST_QUESTION = "ladder"
ADDRESS_KEYS = ("query", "sql", "values")
_DESK = "sql.desk"


def desk_of_session() -> Desk:
    """What this visitor has on the desk."""
    if _DESK not in st.session_state:
        st.session_state[_DESK] = Desk(visitor=uuid.uuid4().hex)
    desk: Desk = st.session_state[_DESK]
    return desk


def ask(desk: Desk, asked: Asked) -> None:
    """Asks a statement; the answer is on the desk afterwards, or a ticket where it takes longer."""
    if desk.ticket is not None:
        door.stop(desk.visitor)
    desk.asked, desk.ticket, desk.failure = asked, None, None
    if (kept := door.recall(asked.sql, asked.values, asked.kind)) is not None:
        note(desk, kept)
        return
    desk.ticket = door.start(asked.sql, asked.values, desk.visitor, asked.kind)
    desk.ticket.wait(WAITS_AT_ONCE)
    settle(desk)


def settle(desk: Desk) -> bool:
    """Takes the answer of the ticket, if it has one; whether nothing is on its way any more."""
    if desk.ticket is None:
        return True
    if not desk.ticket.is_done():
        return False
    answer: Any = desk.ticket.answer
    desk.ticket = None
    if desk.asked is not None and isinstance(answer, Result):
        door.keep(desk.asked.sql, desk.asked.values, desk.asked.kind, answer)
    if isinstance(answer, Failure):
        desk.failure = answer
    note(desk, answer)
    return True


def note(desk: Desk, answer: Any) -> None:  # noqa: ANN401 - a result or a failure
    """Adds what was asked to the history; fetching all rows for a download is not a statement of its own."""
    if desk.asked is None or desk.asked.kind != "result":
        return
    if isinstance(answer, Result):
        desk.note(Entry(desk.asked, desk.question, answer.rows_shown, answer.milliseconds))
    else:
        desk.note(Entry(desk.asked, desk.question, None, None, answer.code))


def result_of(desk: Desk, asked: Asked | None) -> Result | None:
    """The kept result of what was asked; None where it failed, is on its way, or is kept no more."""
    return None if asked is None else door.recall(asked.sql, asked.values, asked.kind)


def put_question(desk: Desk, query: Query, frame: Frame, values: dict[str, Any] | None = None) -> None:
    """Puts a named query before the reader, with the values given and defaults for the rest, and runs it."""
    bound: dict[str, Any] = dict(query.bind(values or {}, frame.warehouse.data_as_of))
    desk.put(query.sql, bound, query.name)
    ask(desk, Asked(query.sql, bound))


def read_address(desk: Desk, frame: Frame) -> None:
    """Puts what a new address asks for before the reader, else on a first visit the first question."""
    asked = {key: frame.controls.given(key) for key in ADDRESS_KEYS}
    titles = {name: (frame.t.pick(one.title_en, one.title_ja),) for name, one in catalogue().items()}
    frame.controls.offered["query"] = Offered(frame.t("Question"), titles)
    if any(asked.values()) and asked != desk.held:
        wrong = _open_address(desk, (asked["query"], asked["sql"], asked["values"]), frame)
        for key, value in asked.items():
            if key in wrong and value:
                ignore(key, value)
    if not desk.text:
        put_question(desk, catalogue()[FIRST_QUESTION], frame)


def in_address(desk: Desk, frame: Frame) -> dict[str, str | None]:
    """What the address says of the desk; kept, so that a new address is recognised."""
    written = {
        "query": desk.question,
        "sql": None if desk.question else packed(desk.text),
        "values": values_to_text(changed_values(desk, frame)) or None,
    }
    desk.held = written
    return written


def _open_address(desk: Desk, asked: tuple[str | None, str | None, str | None], frame: Frame) -> list[str]:
    """Puts what the address asks for (query, sql, values) before the reader; returns the keys that could not be used."""
    query, sql, values = asked
    if sql:
        text = unpacked(sql, door.limits_in_force().statement_characters)
        if text is None:
            return ["sql"]
        given = values_from_text(values, known_parameters()) if values else {}
        desk.put(text, given or {}, None)
        ask(desk, Asked(text, dict(desk.values)))
        return ["values"] if given is None else []
    found = catalogue().get(query or "")
    if found is None:
        return ["query"] if query else []
    given = values_from_text(values, found.parameters) if values else {}
    names = {p.name for p in found.parameters}
    wrong = given is None or not names.issuperset(given)
    put_question(desk, found, frame, {k: v for k, v in (given or {}).items() if k in names})
    return ["values"] if wrong else []


def known_parameters() -> list[Any]:
    """Every parameter that a named query declares, the first of each name: own statements use them too."""
    found: dict[str, Any] = {}
    for query in catalogue().values():
        for parameter in query.parameters:
            found.setdefault(parameter.name, parameter)
    return list(found.values())


def changed_values(desk: Desk, frame: Frame) -> dict[str, Any]:
    """Values that differ from the defaults of the question; all of an own statement."""
    defaults = catalogue()[desk.question].bind({}, frame.warehouse.data_as_of) if desk.question else {}
    return {k: v for k, v in desk.values.items() if v != defaults.get(k)}
