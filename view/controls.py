"""The controls of the target page: the language switch, the row of filters and the choices of the view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

import streamlit as st

from view import address
from view.address import CONTROL, CONTROLS, LANGUAGE_KEY, Control
from view.selection import Selection
from view.texts import LANGUAGE_NAMES, LANGUAGES, Language, Texts, language_of

EARLIEST_AS_OF = date(2013, 1, 8)
"""The day the first JCM document was signed; before it there is nothing to show."""


@dataclass(frozen=True)
class Option:
    """A value of a filter, its name in the reader's language and the projects that have it."""

    value: str
    name: str
    projects: int


Options = Mapping[str, Sequence[Option]]


def choose_language() -> Language:
    """Language of this run: what the reader switched to, else the address, else the browser. Draws nothing."""
    asked = address.newly_asked(LANGUAGE_KEY)
    if asked in LANGUAGES:
        return asked
    for value in (st.session_state.get(address.widget_key(LANGUAGE_KEY)), *address.chosen(LANGUAGE_KEY)):
        if value in LANGUAGES:
            return cast("Language", value)
    return language_of(st.context.locale)


def language_switch(lang: Language) -> None:
    """The switch between the languages; both names are always shown, each in its own language."""
    st.segmented_control(
        "言語 / Language",
        LANGUAGES,
        default=address.initial(Control(LANGUAGE_KEY, "", "one", (lang,)), LANGUAGES)[0],
        format_func=LANGUAGE_NAMES.__getitem__,
        key=address.widget_key(LANGUAGE_KEY),
        label_visibility="collapsed",
        required=True,
    )


def language_of_address(lang: Language) -> list[str]:
    """What the address says of the language: nothing where the browser's own is shown and none was asked for."""
    asked = LANGUAGE_KEY in address.present() or lang != language_of(st.context.locale)
    return [lang] if asked else []


def draw_controls(t: Texts, options: Options, as_of_latest: date) -> Selection:
    """Draws the row of controls, writes the address, and gives what is chosen."""
    labels = {
        "country": (t("All partner countries"), t("Partner country")),
        "sector": (t("All sectors"), t("Sector (JCM sectoral scope)")),
        "technology": (t("All technologies"), t("Technology")),
        "programme": (t("All programmes"), t("Programme")),
        "funding": (t("Government and private"), t("Funding")),
    }
    picked: dict[str, list[str]] = {}
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for key, (everything, label) in labels.items():
            picked[key] = _choose_many(t, CONTROL[key], everything, label, options[key])
        picked |= _choose_view(t)
        as_of = _choose_day(t, as_of_latest)
    address.write(
        {
            **{key: values for key, values in picked.items() if values != list(CONTROL[key].options[:1])},
            "as_of": [] if as_of == as_of_latest else [as_of.isoformat()],
            LANGUAGE_KEY: language_of_address(t.lang),
        }
    )
    return _selection(picked, as_of)


def _selection(picked: Mapping[str, list[str]], as_of: date) -> Selection:
    fields: dict[str, object] = {}
    for control in CONTROLS:
        if control.kind == "many":
            fields[control.field] = tuple(picked[control.key])
        elif control.kind == "one":
            fields[control.field] = picked[control.key][0]
    fields["sectors"] = tuple(int(value) for value in picked["sector"])
    return replace(Selection(as_of=as_of), **fields)  # type: ignore[arg-type]


def _choose_many(
    t: Texts, control: Control, everything: str, label: str, options: Sequence[Option]
) -> list[str]:
    names = {o.value: f"{o.name} ({t.number(o.projects)})" for o in options}
    plain = {o.value: o.name for o in options}
    first = address.initial(control, list(names))
    key = address.widget_key(control.key)
    now: list[str] = st.session_state.get(key, first)
    button = everything
    if len(now) == 1:
        button = plain[now[0]]
    elif now:
        button = t("{label}: {n} chosen", label=label, n=len(now))
    with st.popover(button, key=f"pick_{control.key}"):
        values = st.multiselect(
            label, list(names), first, format_func=lambda v: names.get(v, v), placeholder=everything, key=key
        )
    return list(values)


def _choose_view(t: Texts) -> dict[str, list[str]]:
    words: Mapping[str, tuple[str, Mapping[str, str]]] = {
        "measure": (t("Measure"), {"expected": t("Expected"), "combined": t("Verified + expected")}),
        "share": (t("Share"), {"total": t("Total"), "japan": t("Japanese side")}),
        "form": (t("Form"), {"cumulative": t("Cumulative"), "yearly": t("Each year")}),
        "year": (t("Year"), {"fiscal": t("Fiscal year"), "calendar": t("Calendar year")}),
        "axis": (
            t("Axis reaches to"),
            {"auto": t("automatic"), "targets": t("the targets"), "data": t("the data only")},
        ),
        "dating": (
            t("Issued tonnes are counted"),
            {"monitoring_period": t("in the monitoring period"), "decision": t("on the decision date")},
        ),
    }
    first = {key: address.initial(CONTROL[key], CONTROL[key].options)[0] for key in words}
    now = {key: st.session_state.get(address.widget_key(key)) or first[key] for key in words}
    changed = [names[now[key]] for key, (_, names) in words.items() if now[key] != CONTROL[key].options[0]]
    picked: dict[str, list[str]] = {}
    with st.popover(" · ".join(changed) or t("Total · cumulative · fiscal year"), key="pick_view"):
        for key, (label, names) in words.items():
            value = st.segmented_control(
                label,
                CONTROL[key].options,
                default=first[key],
                format_func=names.__getitem__,
                key=address.widget_key(key),
                required=True,
            )
            picked[key] = [value]
    return picked


def _choose_day(t: Texts, latest: date) -> date:
    first = address.initial_day(CONTROL["as_of"], EARLIEST_AS_OF, latest)
    key = address.widget_key("as_of")
    now: date = st.session_state.get(key) or first
    with st.popover(t("As of {day}", day=now.isoformat()), key="pick_as_of"):
        return (
            st.date_input(
                t("As of"),
                value=first,
                min_value=EARLIEST_AS_OF,
                max_value=latest,
                key=key,
                format="YYYY-MM-DD",
                help=t(
                    "The whole page shows what was known on this day: projects, their stages, issuances and targets."
                ),
            )
            or latest
        )
