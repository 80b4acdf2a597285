"""The organisation's own record beside the public one: whether it is there, who may see it, and what every page says of it."""

import os

import streamlit as st

from queries.warehouse import Warehouse, own
from view import embedding
from view.address import address_with, chosen, ignore, pinned
from view.marks.markup import Markup, draw, escape, note, sentence, titled
from view.texts import Texts

SIGN_IN_VARIABLE = "JCM_SIGN_IN"
"""`own`: whoever sees the own record signs in; `all`: whoever sees any page does. Empty: nobody has to."""
KEY, OWN = "record", "own"


def is_sign_in_asked(what: str) -> bool:
    """Whether whoever sees `own` or `all` has to sign in.

    A value of the variable that is not known counts as `all`: a slip of the pen opens no door.
    """
    asked = os.environ.get(SIGN_IN_VARIABLE, "").strip().lower()
    return asked != "" if what == OWN else asked not in {"", OWN}


def must_sign_in(what: str) -> bool:
    """Whether the reader has to sign in before seeing `own` or `all`, and has not."""
    return is_sign_in_asked(what) and not st.user.get("is_logged_in", False)


def is_there() -> bool:
    """Whether this app has an own record."""
    return own() is not None


def asked() -> str | None:
    """The record that the address asks for, where it is the own one."""
    return OWN if OWN in chosen(KEY) else None


def shown(*, is_for_others: bool) -> Warehouse | None:
    """The warehouse with the own record, where the address asks for it, it is there, and the reader may see it.

    `is_for_others`: the page hands something on, is a frame of another page or a lasting link, and never has it.
    """
    if asked() is None:
        return None
    found = own()
    if found is None:
        ignore(KEY, OWN)
    return None if is_for_others or must_sign_in(OWN) else found


def draw_own_record(t: Texts, *, is_shown: bool) -> None:
    """Says which record the page shows, where there is an own one, and leads to the other."""
    found = None if embedding.is_on() else own()
    if found is None:
        return
    if is_shown:
        _draw_shown(found, t)
    elif asked() is None:
        text = t("This page shows the public record. The organisation has a record of its own, too.")
        _draw(text, t("Lay it over"), {KEY: [OWN], "v": []}, t)
    elif pinned() is not None:
        text = t(
            "A link to a data version shows the public record alone: the organisation's own is not laid over it."
        )
        _draw(text, t("Show the newest with the organisation's own record"), {"v": []}, t)
    elif must_sign_in(OWN):
        text = t("Sign in to see the organisation's own record. Until then the page shows the public one.")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            draw(t, sentence(text))
            draw_sign_in(t)
    else:
        text = t(
            "This page shows the public record alone: what is cited or handed to others never has the organisation's own."
        )
        draw(t, sentence(text))


def _draw_shown(found: Warehouse, t: Texts) -> None:
    counts = found.run("own_record").to_pylist()[0]
    title = t("Not public")
    text = t(
        "The organisation's own record is laid over the public one ({files} files, {changes} changes). Figures that it"
        " moves say so below.",
        files=t.number(counts["files"]),
        changes=t.number(counts["changes"]),
    )
    words = Markup("<strong>{}</strong> {} {}").format(
        title, text, _link(t("Show the public record alone"), {KEY: []})
    )
    draw(t, Markup('<div class="jcm-note jcm-own" role="status">{}</div>').format(words))


def _draw(text: str, other: str, values: dict[str, list[str]], t: Texts) -> None:
    draw(t, sentence(escape(text) + " " + _link(other, values)))


def _link(text: str, values: dict[str, list[str]]) -> Markup:
    link = Markup('<a class="jcm-link jcm-lined" href="{}" target="_self">{}</a>')
    return link.format(address_with(values), text)


def draw_closed(t: Texts) -> None:
    """Draws what stands in place of every page until the reader has signed in."""
    draw(t, titled(t("JCM target tracker"), t("Sign in to see this tracker.")))
    draw_sign_in(t)


def draw_sign_in(t: Texts) -> None:
    """Draws the button that leads to the organisation's sign-in page, or says that none is set up."""
    if not st.secrets.load_if_toml_exists() or "auth" not in st.secrets:
        draw(t, note(t("No sign-in is set up: see docs/own-record.md.")))
    elif embedding.is_on():
        draw(t, note(t("Sign in on the page itself: a figure on another page has no sign-in.")))
    elif st.button(t("Sign in"), type="primary"):
        st.login()


def draw_account(t: Texts) -> None:
    """Says who is signed in, with a way out."""
    if st.user.get("is_logged_in", False) and not embedding.is_on():
        name = str(st.user.get("name") or st.user.get("email") or "")
        if st.button(t("Sign out {name}", name=name), type="tertiary"):
            st.logout()
