"""The head and the foot of every page: our style, the title block, the language switch, and messages about the URL."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import streamlit as st

from view import address, embedding
from view.address import address_with, ignored, pinned
from view.changes.files import feed_address
from view.language_choice import language_switch
from view.marks.markup import Markup, code, draw, escape, joined, note, past, sentence, source_line, titled
from view.selection import Selection
from view.texts import LANGUAGE_NAMES, PREVIEWS, Language, Texts
from view.theme import ThemeName, style_sheet
from view.tiles import FailedTile, failed_html
from view.unknown_address import Offered, ignored_html, unknown_figure_html

_SEARCH, _ASKED = "search.text", "search.asked"
CONTACT_VARIABLE = "JCM_CONTACT"
"""Address of a person, by mail or on the web, that errors are reported to; none by default."""
_DOCUMENT = (Path(__file__).parent / "document.js").read_text(encoding="utf-8")
LANGUAGE_SCRIPTS = {lang: f"<script>{_DOCUMENT.replace('LANG', lang)}</script>" for lang in LANGUAGE_NAMES}
"""Tells the browser, and what reads the page aloud, the language of the page; served under a hash of each. It also does
what the framework leaves to the document: what has changed is said, and figures give their buttons distinct names."""


def theme_of_reader() -> ThemeName:
    """Light or dark, as the reader's browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def draw_language(lang: Language) -> None:
    """Marks the whole document with the language of the page, in every run: what comes after keeps its place."""
    with st.container(key="language"):
        st.html(LANGUAGE_SCRIPTS[lang], unsafe_allow_javascript=True)


def draw_bar(t: Texts) -> None:
    """Draws the search and the language switch at the top of the page; what is searched for has a page of its own."""
    if embedding.is_on():
        return
    with st.container(key="bar", horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        asked = st.text_input(
            t("Search the tracker"),
            key=_SEARCH,
            placeholder=t("Country, project, company or number"),
            label_visibility="collapsed",
            max_chars=200,
            on_change=_ask,
        )
        language_switch(t.lang)
    if st.session_state.pop(_ASKED, False) and asked.strip():
        address.go("search", t.lang, q=asked.strip())


def _ask() -> None:
    st.session_state[_ASKED] = True


def draw_head(t: Texts, html: str) -> None:
    """Draws the title block."""
    if not embedding.is_on():
        draw(t, html)


def draw_style(theme: ThemeName) -> None:
    """Puts our style sheet on the page."""
    st.html(style_sheet(theme, is_alone=embedding.is_on()))


def draw_ignored(t: Texts, offered: Callable[[], Mapping[str, Offered]]) -> None:
    """Says which parts of the address could not be used, what was near, and that the rest holds.

    A figure on another page says so, too: it would show all where a part was asked for.
    """
    if not embedding.is_on():
        _draw_pinned(t)
        if t.lang in PREVIEWS:
            text = t("This language is a preview: what is not translated stands in English.")
            draw(t, note(text))
    if found := [(key, value) for key, value in ignored() if key not in embedding.OWN_KEYS]:
        with embedding.place() if embedding.is_on() else nullcontext():
            draw(t, note(ignored_html(found, offered(), t)))


def draw_empty(t: Texts, filters_text: str) -> None:
    """Says in a frame, which has no filters to look at, that nothing fits those of its address."""
    with embedding.place():
        draw(
            t,
            note(t("No project fits all filters of this figure: {filters}.", filters=filters_text), "alert"),
        )


def _draw_pinned(t: Texts) -> None:
    """Says that the page shows a data version on demand, and leads to the published one where it is newer."""
    found = pinned()
    if found is None:
        return
    version, newest = found
    if version == newest:
        text, more = (
            t("This link is pinned to data version {version}, the newest there is.", version=version),
            Markup(""),
        )
    else:
        text = t(
            "This link is pinned to data version {version}. Newer data exist: {newest}.",
            version=version,
            newest=newest,
        )
        link = Markup(' <a class="jcm-link jcm-lined" href="{}" target="_self">{}</a>')
        more = link.format(address_with({"v": []}), t("Show the newest"))
    draw(t, note(escape(text) + more))


def draw_foot(t: Texts, fine_print: Sequence[str] = (), selection: Selection | None = None) -> None:
    """Says what holds for all figures of the page, whose they are, and where changes of its selection can be followed.

    On a page that is embedded, which figures it has where none was drawn.
    """
    if embedding.is_on():
        with embedding.place():
            draw(t, sentence(unknown_figure_html(embedding.asked(), embedding.offered(), t), "alert"))
        return
    own = t(
        "An independent compilation of public statements, not a publication of a government. Figures name their stage,"
        " date and source; what is not known is left unknown."
    )
    link = Markup('<a class="jcm-link jcm-lined{}" href="{}">{}</a>')
    links = [link.format("", f"guide?lang={t.lang}", t("Terms, rules and how the JCM works"))]
    if selection is not None:
        words = t("Feed of changes of this selection") if selection.is_filtered else t("Feed of all changes")
        links.append(link.format(" jcm-feed", feed_address(t.of_files, selection), words))
    if contact := os.environ.get(CONTACT_VARIABLE, "").strip():
        links.append(link.format("", contact, t("Report an error")))
    lines = source_line(fine_print) if fine_print else Markup("")
    draw(t, lines + Markup('<p class="jcm-foot">{} {}</p>').format(own, joined(links, " · ")))


def draw_past(t: Texts, day: date, latest: date, instead: str = "") -> None:
    """Says in a band that the page shows an earlier day, or `instead` of it, and leads back to the present."""
    if embedding.is_on() or day == latest:
        return
    link = Markup(' <a class="jcm-link jcm-lined" href="{}" target="_self">{}</a>')
    text = instead or t("You are looking at {day}: only what was known then is shown.", day=t.day(day))
    draw(
        t,
        past(escape(text) + link.format(address_with({"as_of": []}), t("Back to {day}", day=t.day(latest)))),
    )


def draw_failed_query(query: str, detail: str, t: Texts) -> None:
    """Says that a query failed without which the page cannot go on, such as that of the values of a filter."""
    draw(t, failed_html(FailedTile("page", query, detail), t))


def draw_unavailable(t: Texts, reason: str, path: str) -> None:
    """Says that there is no warehouse to read, or that it is damaged, and what to run."""
    missing = reason == "missing"
    title = t("No data have been built yet.") if missing else t("The data file cannot be read.")
    text = t("Build the data, then reload this page:")
    draw(
        t,
        titled(title, text, code("python -m etl build"), t("File looked for: {path}", path=path)),
    )
