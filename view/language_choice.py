"""The language of the page: chosen by the reader, else by the address, else by the browser."""

from typing import cast

import streamlit as st

from view import address
from view.address_keys import LANGUAGE_KEY, Control
from view.texts import LANGUAGE_NAMES, LANGUAGES, PREVIEWS, Language, language_of


def choose_language() -> Language:
    """Language of this run: what the reader switched to, else the address, else the browser. Draws nothing."""
    asked = address.newly_asked(LANGUAGE_KEY)
    if asked in LANGUAGE_NAMES:
        return cast("Language", asked)
    for value in (st.session_state.get(address.widget_key(LANGUAGE_KEY)), *address.chosen(LANGUAGE_KEY)):
        if value in LANGUAGE_NAMES:
            return cast("Language", value)
    return language_of(st.context.locale)


def language_switch(lang: Language) -> None:
    """The switch between the languages, each named in itself; a preview is offered to browsers set to it, and by a link."""
    browser = st.context.locale or ""
    offered = [*LANGUAGES, *(one for one in PREVIEWS if one == lang or browser.startswith(one))]
    st.segmented_control(
        "言語 / Language",
        offered,
        default=address.initial(Control(LANGUAGE_KEY, "", "one", (lang,)), offered)[0],
        format_func=LANGUAGE_NAMES.__getitem__,
        key=address.widget_key(LANGUAGE_KEY),
        label_visibility="collapsed",
        required=True,
    )


def language_of_address(lang: Language) -> list[str]:
    """What the address says of the language: nothing where the browser's own is shown and none was asked for."""
    asked = LANGUAGE_KEY in address.present() or lang != language_of(st.context.locale)
    return [lang] if asked else []
