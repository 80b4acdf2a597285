"""Where the choices together leave nothing: which one of them, taken back, leaves something, and how much."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from view import address
from view.marks.markup import Markup, draw, note
from view.texts import Texts

TOTALS = {"projects": "project_totals"}
"""Queries that give a page of their rows, and those that count all of them, in a column of the first one's name."""
Count = Callable[[str], int]
"""How many rows there are without one choice, by its key in the address."""


@dataclass(frozen=True)
class Way:
    """A choice that can be taken back, and the rows that there are without it."""

    key: str
    label: str
    rows: int


def rows_in_words(query: str, n: int, t: Texts) -> str:
    """Rows of the query that a page lists, in words."""
    if query == "issuances":
        return t.count("{n} decision on issuance", "{n} decisions on issuance", n)
    if query == "methodologies":
        return t.count("{n} methodology", "{n} methodologies", n)
    if query == "participants":
        return t.count("{n} participant", "{n} participants", n)
    return t.count("{n} project", "{n} projects", n)


def ways_out(chosen: Mapping[str, str], count: Count) -> list[Way]:
    """The choices (their words by key) without which something is left, the most first."""
    found = [Way(key, label, count(key)) for key, label in chosen.items()]
    return sorted((way for way in found if way.rows), key=lambda way: -way.rows)


def draw_ways_out(
    chosen: Mapping[str, str], ways: list[Way], counted: Callable[[int], str], t: Texts
) -> None:
    """Says that nothing is left, and draws a button for each way out; one for all choices where no single one helps."""
    words = t.listing(list(chosen.values()))
    if ways and len(chosen) == 1:
        text = t("Nothing is known for {choices}. Take it back:", choices=words)
    elif ways:
        text = t("Nothing is known of {choices} together. Take one back:", choices=words)
    elif len(chosen) > 1:
        text = t("Nothing is known of {choices} together, nor without any one of them.", choices=words)
    else:
        text = t("Nothing is known of {choices}.", choices=words)
    draw(t, note(Markup("<strong>{}</strong>").format(text), "alert"))
    with st.container(key="loosen", horizontal=True, gap="small"):
        for way in ways:
            st.button(
                t("Without {choice}: {rows}", choice=way.label, rows=counted(way.rows)),
                key=f"loosen_{way.key}",
                on_click=address.adopt,
                args=({way.key: [], "page": []},),
            )
        if not ways:
            st.button(t("Without all of them"), key="loosen_all", on_click=address.reset)
