"""Article 6 on a worked example: entries booked in our own ledger, and where the tonnes are after each."""

from collections.abc import Sequence
from datetime import date

from model.ledger.book import Account, Book
from model.ledger.rules import JAPAN_COMPANIES, JAPAN_GOVERNMENT, STATES, UNALLOCATED, Entry, Event
from view.amounts import tonnes
from view.ledger.content import holder_name, state_names
from view.marks.markup import items, sentence
from view.marks.table import Column, Markup, Table, escape, small
from view.texts import Texts

PARTNER = "MNG"
"""Stands for any partner; the amounts are invented."""
VINTAGE = 2024
EVENT = Event("example", PARTNER, date(2025, 6, 2), date(2013, 1, 8), VINTAGE, VINTAGE)
STEPS: tuple[tuple[Entry, ...], ...] = (
    (Entry("example", "decide", date(2025, 6, 2), "", UNALLOCATED, 1_000, VINTAGE),),
    (
        Entry("example", "issue", date(2025, 6, 20), UNALLOCATED, JAPAN_GOVERNMENT, 500, VINTAGE),
        Entry("example", "issue", date(2025, 6, 20), UNALLOCATED, JAPAN_COMPANIES, 300, VINTAGE),
        Entry("example", "issue", date(2025, 7, 4), UNALLOCATED, PARTNER, 200, VINTAGE),
    ),
    (Entry("example", "authorise", date(2025, 9, 1), JAPAN_GOVERNMENT, JAPAN_GOVERNMENT, 500, VINTAGE),),
    (Entry("example", "transfer", date(2025, 11, 11), JAPAN_GOVERNMENT, JAPAN_GOVERNMENT, 500, VINTAGE),),
    (
        Entry("example", "use_ndc", date(2026, 3, 31), JAPAN_GOVERNMENT, JAPAN_GOVERNMENT, 400, VINTAGE),
        Entry("example", "use_other", date(2026, 3, 31), JAPAN_GOVERNMENT, JAPAN_GOVERNMENT, 50, VINTAGE),
    ),
)
_HOLDERS = (UNALLOCATED, JAPAN_GOVERNMENT, JAPAN_COMPANIES, PARTNER)


Standing = tuple[str, str, int]
"""Holder, state and tonnes."""


def booked_steps() -> tuple[list[list[Standing]], Book]:
    """Where the tonnes are after each step, and the book itself."""
    book = Book({EVENT.event_id: EVENT})
    found = []
    for entries in STEPS:
        for entry in entries:
            book.post(entry)
        standings = [
            (holder, state, book.held.get(Account(EVENT.event_id, VINTAGE, holder, state), 0))
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


def example_html(t: Texts) -> Markup:
    """One bar a step, its parts by holder and state with the tonnes in words; then the adjustments."""
    found, _ = booked_steps()
    steps = Table(
        (
            Column(
                "step",
                "",
                value=None,
                cell=lambda r: escape(r[0]) + small(t.day_short(r[1][0].occurred_on)),
                is_head=True,
            ),
            Column("held", "", value=None, cell=lambda r: _held_html(r[2], t)),
        ),
        list(zip(_step_names(t), STEPS, found, strict=True)),
        t,
        css="jcm-tight jcm-worked",
        has_headings=False,
    )
    line = Markup("<b>{}</b> {} {} ({})")
    adjusted = [
        line.format(party, what, tonnes(entry.quantity_tco2 or 0, t), year(entry))
        for action, party, what, year in (
            ("use_ndc", t.country("JPN"), t("subtracts"), _year_of_use),
            ("transfer", t("the partner"), t("adds"), _vintage),
        )
        for entries in STEPS
        for entry in entries
        if entry.action == action
    ]
    words = sentence(t("Corresponding adjustments that follow:"))
    return steps.html() + words + items(adjusted, "jcm-reasons")


def _year_of_use(entry: Entry) -> int | None:
    return entry.occurred_on.year


def _vintage(entry: Entry) -> int | None:
    return entry.vintage


def _held_html(held: Sequence[Standing], t: Texts) -> Markup:
    names = _state_names(t)
    nothing = Markup("")
    bar = nothing.join(
        Markup('<i class="jcm-state-{}" style="width:{:.1f}%"></i>').format(state, tco2 / 10)
        for _, state, tco2 in held
    )
    words = nothing.join(
        Markup('<li><i class="jcm-swatch jcm-state-{}"></i><b>{}</b> {} · {}</li>').format(
            state, tonnes(tco2, t), _holder(holder, t), names[state]
        )
        for holder, state, tco2 in held
    )
    return Markup(
        '<div class="jcm-parts jcm-example" aria-hidden="true">{}</div><ul class="jcm-facet">{}</ul>'
    ).format(bar, words)


def example_table(t: Texts) -> Table[tuple[str, Standing]]:
    """Where the tonnes are after each step, for files."""
    names = _state_names(t)
    found, _ = booked_steps()
    return Table(
        (
            Column("step", t("Step"), value=lambda r: r[0], cell=None),
            Column("holder", t("Holder"), value=lambda r: _holder(r[1][0], t), cell=None),
            Column("state", t("State"), value=lambda r: names[r[1][1]], cell=None),
            Column("tco2", "tCO2", "tonnes", value=lambda r: r[1][2], cell=None),
        ),
        [(step, one) for step, held in zip(_step_names(t), found, strict=True) for one in held],
        t,
    )


def _holder(holder: str, t: Texts) -> str:
    names = {PARTNER: t("Partner side"), UNALLOCATED: t("Not issued to a holder yet")}
    return names.get(holder) or holder_name(holder, t)


def _state_names(t: Texts) -> dict[str, str]:
    """Of an example everything is known: what is not issued is only decided."""
    return state_names(t) | {"decided": t("Issuance decided")}
