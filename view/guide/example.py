"""Article 6 on a worked example: entries booked in our own ledger, and where the tonnes stand after each."""

from datetime import date
from html import escape

import pyarrow as pa

from model.ledger.adjustments import adjustments_of
from model.ledger.book import Book
from model.ledger.rules import JAPAN_COMPANIES, JAPAN_GOVERNMENT, STATES, UNALLOCATED, Entry, Event
from view.amounts import tonnes
from view.ledger.page import holder_name, state_names
from view.target.content import labelled
from view.texts import Texts

PARTNER = "MNG"
"""Stands for any partner; the amounts are invented."""
EVENT = Event("example", PARTNER, date(2025, 6, 2), date(2013, 1, 8), 2024, 2024)
STEPS: tuple[tuple[Entry, ...], ...] = (
    (Entry("example", "decide", date(2025, 6, 2), "", UNALLOCATED, 1_000),),
    (
        Entry("example", "issue", date(2025, 6, 20), UNALLOCATED, JAPAN_GOVERNMENT, 500),
        Entry("example", "issue", date(2025, 6, 20), UNALLOCATED, JAPAN_COMPANIES, 300),
        Entry("example", "issue", date(2025, 7, 4), UNALLOCATED, PARTNER, 200),
    ),
    (Entry("example", "authorise", date(2025, 9, 1), JAPAN_GOVERNMENT, JAPAN_GOVERNMENT, 500),),
    (Entry("example", "transfer", date(2025, 11, 11), JAPAN_GOVERNMENT, JAPAN_GOVERNMENT, 500),),
    (
        Entry("example", "use_ndc", date(2026, 3, 31), JAPAN_GOVERNMENT, JAPAN_GOVERNMENT, 400),
        Entry("example", "use_other", date(2026, 3, 31), JAPAN_GOVERNMENT, JAPAN_GOVERNMENT, 50),
    ),
)
_HOLDERS = (UNALLOCATED, JAPAN_GOVERNMENT, JAPAN_COMPANIES, PARTNER)


Standing = tuple[str, str, int]
"""Holder, state and tonnes."""


def booked_steps() -> tuple[list[list[Standing]], Book]:
    """Where the tonnes stand after each step, and the book itself."""
    book = Book({EVENT.event_id: EVENT})
    found = []
    for entries in STEPS:
        for entry in entries:
            book.post(entry)
        standings = [
            (holder, state, book.held.get((EVENT.event_id, None, holder, state), 0))
            for holder in _HOLDERS
            for state in STATES
        ]
        found.append([standing for standing in standings if standing[2]])
    return found, book


def _step_names(t: Texts) -> tuple[str, ...]:
    return (
        t("The Joint Committee decides"),
        t("Both governments issue"),
        t("A part is authorised"),
        t("It is first transferred"),
        t("Japan uses it"),
    )


def example_html(t: Texts) -> str:
    """HTML: one bar a step, its parts by holder and state, with the tonnes in words."""
    names = _state_names(t)
    found, book = booked_steps()
    rows = ""
    for step_name, entries, held in zip(_step_names(t), STEPS, found, strict=True):
        bar = "".join(
            f'<i class="jcm-state-{state}" style="width:{tco2 / 10:.1f}%"></i>' for _, state, tco2 in held
        )
        words = "".join(
            f'<li><i class="jcm-swatch jcm-state-{state}"></i><b>{escape(tonnes(tco2, t))}</b> '
            f"{escape(_holder(holder, t))} · {escape(names[state])}</li>"
            for holder, state, tco2 in held
        )
        rows += (
            f'<tr><th scope="row">{escape(step_name)}<small>{escape(t.day_short(entries[0].occurred_on))}</small></th>'
            f'<td><div class="jcm-parts jcm-example" aria-hidden="true">{bar}</div><ul class="jcm-facet">{words}</ul></td></tr>'
        )
    adjusted = ""
    for row in adjustments_of(book.accepted, book.events):
        sign = t("adds") if row.added_tco2 else t("subtracts")
        party = t("the partner") if row.iso3 == PARTNER else t.country(row.iso3)
        amount = tonnes(row.added_tco2 or row.subtracted_tco2, t)
        adjusted += f"<li><b>{escape(party)}</b> {escape(sign)} {escape(amount)} ({row.year})</li>"
    return (
        f'<div class="jcm-scroll"><table class="jcm-tight jcm-worked"><tbody>{rows}</tbody></table></div>'
        f'<p class="jcm-sentence">{escape(t("Corresponding adjustments that follow:"))}</p>'
        f'<ul class="jcm-reasons">{adjusted}</ul>'
    )


def example_rows(t: Texts) -> pa.Table:
    """The same as a plain table."""
    names = _state_names(t)
    found, _ = booked_steps()
    rows = [(step, *standing) for step, held in zip(_step_names(t), found, strict=True) for standing in held]
    return labelled(
        {
            t("Step"): [r[0] for r in rows],
            t("Holder"): [_holder(r[1], t) for r in rows],
            t("State"): [names[r[2]] for r in rows],
            "tCO2": [r[3] for r in rows],
        }
    )


def _holder(holder: str, t: Texts) -> str:
    names = {PARTNER: t("Partner side"), UNALLOCATED: t("Not issued to a holder yet")}
    return names.get(holder) or holder_name(holder, t)


def _state_names(t: Texts) -> dict[str, str]:
    """Of an example everything is known: what is not issued is only decided."""
    return state_names(t) | {"decided": t("Issuance decided")}
