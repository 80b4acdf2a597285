"""The address of the page holds every control, so that any view is a link.

The framework can bind a widget to the address, but then writes the shown label, which changes with the language;
here the address holds codes. A value that is not known is ignored and reported.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import streamlit as st

from view.address_keys import CONTROL, LANGUAGE_KEY, RENAMED, SHARED_KEYS, Control
from view.selection import Selection
from view.texts import LANGUAGE_NAMES

_CHOSEN = "address.chosen"
_WRITTEN = "address.written"
_IGNORED = "address.ignored"
_PAGE = "address.page"
_FOLLOWED = "address.followed"
_ACTED = "address.acted"
_GENERATION = "address.generation"
_INITIAL = "address.initial"
_PINNED = "address.pinned"
_RENAMED = "address.renamed"
_TAKEN_OVER = "address.taken_over"
BASE_PATH_VARIABLE = "JCM_SERVE_BASE_PATH"


def page_asked() -> str:
    """The page that the address names, whether it is there or not; empty for the first one."""
    path, base = urlsplit(str(st.context.url or "")).path, _base_path()
    # The last part of the path below which the app stands is no page.
    return unquote(path.rpartition("/")[2]) if path.startswith(f"{base}/") else ""


def _base_path() -> str:
    """The path below which the app stands on its host, such as `/jcm`; empty for the root."""
    given = os.environ.get(BASE_PATH_VARIABLE) or str(st.get_option("server.baseUrlPath") or "")
    return f"/{given.strip('/')}".rstrip("/")


def present() -> dict[str, list[str]]:
    """The address as it is: every key with its values, those since renamed under their present name."""
    of_record: Mapping[tuple[str, str], str] = st.session_state.get(_RENAMED, {})
    return {
        key: [
            of_record.get((key, value), RENAMED.get((key, value), value))
            for value in st.query_params.get_all(key)
        ]
        for key in st.query_params
    }


def rename(renamed: Mapping[tuple[str, str], str]) -> None:
    """Takes over what the record calls otherwise than links made earlier, by key and value as in RENAMED."""
    st.session_state[_RENAMED] = renamed
    kept: Mapping[str, list[str]] = st.session_state.get(_CHOSEN, {})
    st.session_state[_CHOSEN] = {
        key: [renamed.get((key, value), value) for value in values] for key, values in kept.items()
    }


def acted() -> None:
    """For widgets to call when the reader used them.

    The browser then may not have heard yet of the address that an earlier run wrote: what it sends along is old, and
    would undo what was chosen since.
    """
    st.session_state[_ACTED] = True


def follow(page: str) -> None:
    """Takes over the controls of the address, unless this session wrote it itself or the reader used a widget. To be
    called on every run.

    An empty address after a change of page keeps what was chosen before.
    """
    has_acted = st.session_state.pop(_ACTED, False)
    st.session_state[_FOLLOWED] = True
    address = present()
    changed_page = st.session_state.get(_PAGE, page) != page
    st.session_state[_PAGE] = page
    if changed_page:
        _renew_widgets()
        _forget_choices_of_one_page()
    if has_acted and not changed_page:
        return
    if address == st.session_state.get(_WRITTEN) or (changed_page and not set(address) - {LANGUAGE_KEY}):
        return
    _renew_widgets()
    st.session_state[_CHOSEN] = address
    st.session_state[_TAKEN_OVER] = True
    st.session_state[_IGNORED] = [
        (key, value)
        for key, values in address.items()
        for value in values
        if key not in CONTROL and not (key == LANGUAGE_KEY and value in LANGUAGE_NAMES)
    ]


def page() -> str:
    """Name of the page of this run; empty for the first one."""
    return str(st.session_state.get(_PAGE, ""))


def was_followed() -> bool:
    """Whether `follow` was called in this run: not so when a page runs without the app around it. Asked once a run."""
    return bool(st.session_state.pop(_FOLLOWED, False))


def _forget_choices_of_one_page() -> None:
    kept: Mapping[str, list[str]] = st.session_state.get(_CHOSEN, {})
    st.session_state[_CHOSEN] = {
        key: values for key, values in kept.items() if key not in CONTROL or CONTROL[key].is_shared
    }


def _renew_widgets() -> None:
    """Widgets take a first value once; new values of the address need new widgets."""
    st.session_state[_GENERATION] = st.session_state.get(_GENERATION, 0) + 1
    st.session_state[_INITIAL] = {}


def widget_key(key: str) -> str:
    """Key of the widget of a control, as long as the address is not changed from outside."""
    return f"{key}.{st.session_state.get(_GENERATION, 0)}"


def chosen(key: str) -> list[str]:
    """Values of a control as last chosen, by the reader or the address."""
    found: Mapping[str, list[str]] = st.session_state.get(_CHOSEN, {})
    return found.get(key, [])


def initial(control: Control, allowed: Sequence[str]) -> list[str]:
    """First values of a widget: those of the address that are allowed; the others are noted as ignored."""
    held: dict[str, list[str]] = st.session_state.setdefault(_INITIAL, {})
    if control.key not in held:
        values = list(dict.fromkeys(chosen(control.key)))
        held[control.key] = [value for value in values if value in allowed]
        for value in values:
            if value not in allowed:
                ignore(control.key, value)
    return held[control.key] or list(control.options[:1])


def initial_day(control: Control, earliest: date, latest: date) -> date:
    """The same for a date; the latest day is the default."""
    days = [value for value in chosen(control.key) if parsed_day(value, earliest, latest)]
    return parsed_day(next(iter(initial(control, days)), ""), earliest, latest) or latest


def initial_number(control: Control, least: int, most: int) -> int | None:
    """The same for a whole number; None where the address has none that fits."""
    for value in chosen(control.key):
        if value.isascii() and value.isdecimal() and least <= int(value) <= most:
            return int(value)
        ignore(control.key, value)
    return None


def initial_decimal(control: Control, least: float, most: float) -> float | None:
    """The same for a number with a fraction."""
    for value in chosen(control.key):
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if least <= number <= most:
            return number
        ignore(control.key, value)
    return None


def adopt(values: Mapping[str, list[str]]) -> None:
    """Sets controls from outside their widgets, such as from a file; to be followed by a new run."""
    kept: Mapping[str, list[str]] = st.session_state.get(_CHOSEN, {})
    acted()
    _renew_widgets()
    st.session_state[_CHOSEN] = {**kept, **values}


def link(to: str, selection: Selection, lang: str, data_as_of: date, **values: str | Sequence[str]) -> str:
    """Address of another page with the language, the filters of the selection, and values in place of some.

    Made from the selection alone, not from the session: figures with links are kept for all readers.
    """
    pairs: list[tuple[str, str]] = [(LANGUAGE_KEY, lang)]
    for key in SHARED_KEYS:
        control = CONTROL[key]
        if key in values:
            pairs += _pairs(key, values[key])
            continue
        if control.kind == "many":
            pairs += _pairs(key, selection.of(key))
            continue
        found = getattr(selection, control.field)
        if control.kind == "day":
            pairs += [] if found == data_as_of else [(key, found.isoformat())]
        elif found != control.options[0]:
            pairs.append((key, found))
    for key, given in values.items():
        if key not in SHARED_KEYS:
            pairs += _pairs(key, given)
    return f"{to}?{urlencode(pairs)}"


def _pairs(key: str, given: str | Sequence[str]) -> list[tuple[str, str]]:
    return [(key, value) for value in ((given,) if isinstance(given, str) else given)]


def follow_link(point: Mapping[str, Any], selection: Selection, lang: str, data_as_of: date) -> None:
    """Goes to the project or the country whose point of a map was clicked on; its customdata is the code."""
    code = str((point.get("customdata") or [""])[0])
    if not code:
        return
    page, key = ("country", "iso3") if len(code) == 3 and code.isalpha() else ("project", "project")
    query = link(page, selection, lang, data_as_of, **{key: code}).partition("?")[2]
    st.switch_page(f"pages/{page}.py", query_params=parse_qsl(query))


def go(page: str, lang: str, **values: str) -> None:
    """Goes to another page with the shared controls as they are, and values of that page."""
    st.switch_page(f"pages/{page}.py", query_params=[*_kept(lang), *values.items()])


def onward(to: str, lang: str) -> str:
    """Address of another page with the shared controls as they are in this session. Not for what other readers see."""
    return f"{to}?{urlencode(_kept(lang))}"


def _kept(lang: str) -> list[tuple[str, str]]:
    kept: Mapping[str, list[str]] = st.session_state.get(_CHOSEN, {})
    return [(LANGUAGE_KEY, lang), *((key, value) for key in SHARED_KEYS for value in kept.get(key, []))]


def reset() -> None:
    """Clears every shared filter, share, year basis and day; language, version, record and the page's choices stay."""
    kept: Mapping[str, list[str]] = st.session_state.get(_CHOSEN, {})
    acted()
    _renew_widgets()
    st.session_state[_CHOSEN] = {
        key: values for key, values in kept.items() if key not in {*SHARED_KEYS, "page"} - {"v", "record"}
    }
    st.session_state[_IGNORED] = []


def parsed_day(text: str, earliest: date, latest: date) -> date | None:
    """A day of the address, or None when it is not one or lies outside the limits."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if earliest <= day <= latest else None


def ignore(key: str, value: str) -> None:
    """Notes a value of the address that cannot be used."""
    ignored: list[tuple[str, str]] = st.session_state.setdefault(_IGNORED, [])
    if (key, value) not in ignored:
        ignored.append((key, value))


def ignore_unused(used: Iterable[str]) -> None:
    """Notes what an address that was just taken over holds for other pages alone. `used` are the keys of this one."""
    if not st.session_state.pop(_TAKEN_OVER, False):
        return
    kept: Mapping[str, list[str]] = st.session_state.get(_CHOSEN, {})
    for key, values in kept.items():
        if key in CONTROL and not CONTROL[key].is_shared and key not in used:
            for value in values:
                ignore(key, value)


def pin(asked: str | None, newest: str) -> None:
    """Notes which data version this run shows on demand, and which is the published one."""
    st.session_state[_PINNED] = (asked, newest) if asked else None


def pinned() -> tuple[str, str] | None:
    """The data version that the address pins, and the published one; None for a page that is not pinned."""
    found: tuple[str, str] | None = st.session_state.get(_PINNED)
    return found


def address_with(values: Mapping[str, list[str]]) -> str:
    """The present address with some values in place of its own; an empty list takes a key out."""
    kept = {key: found for key, found in present().items() if key not in values}
    query = urlencode({**kept, **values}, doseq=True)
    base = str(st.context.url or "").partition("?")[0]
    if base and not st.session_state.get(_PAGE):
        base = f"{root()}/"  # below a path, a redirection would lead there, past a proxy that speaks for us
    return f"{base}?{query}" if query else base


def root() -> str:
    """Address below which all pages stand, without a stroke at its end."""
    base = str(st.context.url or "").partition("?")[0].rstrip("/")
    if base and (
        path := _base_path()
    ):  # the framework takes a page for the end of it where their letters are the same
        scheme, host, *_ = urlsplit(base)
        return f"{scheme}://{host}{path}"
    return base.removesuffix(f"/{st.session_state.get(_PAGE) or ''}").rstrip("/")


def ignored() -> list[tuple[str, str]]:
    """Pairs of key and value that the present address held and that could not be used."""
    return list(st.session_state.get(_IGNORED, []))


def write(values: Mapping[str, list[str]]) -> None:
    """Writes the address of what is chosen; an empty list means the default, which is not written.

    Controls that are not among the values keep what was chosen on another page.

    The first change that the reader makes clears the note on what was ignored.
    """
    wanted = {key: list(found) for key, found in values.items() if found}
    address = present()
    if wanted != address:
        noted = ignored()
        only_ignored = all(
            (key, value) in noted
            for key, found in address.items()
            if key in values or key not in CONTROL  # what another page draws is kept without a word
            for value in found
            if value not in wanted.get(key, [])
        )
        if not only_ignored:
            st.session_state[_IGNORED] = []
        st.query_params.from_dict(wanted)
    st.session_state[_WRITTEN] = wanted
    st.session_state[_CHOSEN] = {**st.session_state.get(_CHOSEN, {}), **values}


def newly_asked(key: str) -> str | None:
    """The value that the address has for a key, if this session did not write it there itself."""
    value = st.query_params.get(key)
    written: Mapping[str, list[str]] = st.session_state.get(_WRITTEN, {})
    return value if value is not None and [value] != written.get(key) else None
