"""Pieces of HTML that pages share. Markup is a type: a plain string put into a piece is escaped."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

import streamlit as st
from markupsafe import Markup, escape

from view.texts import Texts

Role = Literal["status", "alert"]
NOTHING = Markup("")


def joined(parts: Iterable[str], between: str = "") -> Markup:
    """The parts after each other, each escaped unless it is markup."""
    return escape(between).join(escape(part) for part in parts)


def emphasised(text: str) -> Markup:
    """A sentence in which square brackets mark what is emphasised."""
    return escape(text).replace("[", Markup("<em>")).replace("]", Markup("</em>"))


def titled(answer: str, *under: str) -> Markup:
    """The title block of a page: its answer, and lines under it."""
    return Markup('<h1 class="jcm-answer">{}</h1>{}').format(answer, joined(map(line_under, under)))


def line_under(text: str) -> Markup:
    """A line under a title."""
    return Markup('<p class="jcm-under">{}</p>').format(text)


def heading(title: str, *sentences: str, anchor: str = "") -> Markup:
    """The heading of a part of a page, and sentences under it; `anchor` is what a link within the page leads to."""
    mark = Markup(' id="{}"').format(anchor) if anchor else NOTHING
    return Markup('<h2 class="jcm-title"{}>{}</h2>{}').format(mark, title, joined(map(sentence, sentences)))


@lru_cache(maxsize=4096, typed=True)
def tile_heading(message: str, subject: str, explanation: str) -> Markup:
    """The heading of a figure: what it shows, beneath it what is drawn, and what explains it; what is empty is left out."""
    under = Markup('<p class="jcm-subject">{}</p>').format(subject) if subject else NOTHING
    return heading(message) + under + (sentence(explanation) if explanation else NOTHING)


def sentence(text: str, role: Role | None = None) -> Markup:
    """A sentence of a tile."""
    mark = Markup(' role="{}"').format(role) if role else NOTHING
    return Markup('<p class="jcm-sentence"{}>{}</p>').format(mark, text)


def note(text: str, role: Role = "status") -> Markup:
    """A note on the whole page."""
    return Markup('<div class="jcm-note" role="{}">{}</div>').format(role, text)


def past(text: str) -> Markup:
    """A band that says that the page shows an earlier day."""
    return Markup('<div class="jcm-note jcm-past" role="status">{}</div>').format(text)


def failure(*parts: str) -> Markup:
    """What went wrong in a place."""
    return Markup('<div class="jcm-failure" role="alert">{}</div>').format(joined(parts))


def source_line(parts: Iterable[str]) -> Markup:
    """The line of sources under a figure."""
    return _source_line(*parts)


@lru_cache(maxsize=4096, typed=True)
def _source_line(*parts: str) -> Markup:
    spans = joined(Markup("<span>{}</span>").format(part) for part in parts)
    return Markup('<div class="jcm-source">{}</div>').format(spans)


def items(rows: Iterable[str], css: str = "") -> Markup:
    """A list."""
    mark = Markup(' class="{}"').format(css) if css else NOTHING
    return Markup("<ul{}>{}</ul>").format(mark, joined(Markup("<li>{}</li>").format(row) for row in rows))


def code(text: str) -> Markup:
    """A name or a value in code."""
    return Markup("<code>{}</code>").format(text)


def keys(*parts: str, css: str = "") -> Markup:
    """The line above a figure that explains its colours and signs."""
    return Markup('<div class="jcm-keys{}">{}</div>').format(f" {css}" if css else "", joined(parts))


def key(sign: str, text: str) -> Markup:
    """One sign of that line, as markup, and what it means."""
    return Markup("<span>{}{}</span>").format(sign, text)


def to_copy(label: str, text: str, t: Texts, of: str = "") -> Markup:
    """A text to take along under its label, and a button that copies it (`view/document.js`).

    `of` tells the button apart from others of its kind.
    """
    return Markup(
        '<div class="jcm-take"><p>{}</p><pre><code>{}</code></pre>'
        '<button type="button" aria-label="{}" data-done="{}" data-failed="{}">{}</button> <span></span></div>'
    ).format(
        label,
        text,
        t.named(t("Copy"), t.gap.join(filter(None, (label, of)))),
        t("Copied."),
        t(
            "It could not be copied. The text is selected: copy it with the keyboard or the menu of the browser."
        ),
        t("Copy"),
    )


def block(lang: str, html: str) -> Markup:
    """Our own HTML, marked with its language and the scope of our style sheet."""
    return Markup('<div class="jcm" lang="{}">{}</div>').format(lang, html)


def draw(t: Texts, html: str) -> None:
    """Draws our own HTML in its place on the page."""
    st.html(block(t.lang, html))


__all__ = [
    "NOTHING",
    "Markup",
    "block",
    "code",
    "draw",
    "emphasised",
    "escape",
    "failure",
    "heading",
    "items",
    "joined",
    "key",
    "keys",
    "line_under",
    "note",
    "past",
    "sentence",
    "source_line",
    "tile_heading",
    "titled",
    "to_copy",
]
