"""The controls of the target page: one table of URL keys, the widgets, and what is said of a value that is ignored.

Every control lives in the URL under a short key. The framework drops a value that is not among the options
without a word; `ignored_values` says which.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast

import streamlit as st

from view.selection import Selection
from view.texts import LANGUAGE_NAMES, LANGUAGES, Language, Texts, language_of

Kind = Literal["many", "one", "day"]


@dataclass(frozen=True)
class Control:
    """A control: its key in the URL, the field of Selection it sets, and its fixed options if it has any."""

    url_key: str
    field: str
    kind: Kind
    options: tuple[str, ...] = ()


LANGUAGE_KEY = "lang"

CONTROLS: tuple[Control, ...] = (
    Control("country", "countries", "many"),
    Control("sector", "sectors", "many"),
    Control("technology", "technologies", "many"),
    Control("programme", "programmes", "many"),
    Control("funding", "fundings", "many"),
    Control("measure", "measure", "one", ("expected", "combined")),
    Control("share", "share", "one", ("total", "japan")),
    Control("form", "form", "one", ("cumulative", "yearly")),
    Control("year", "year_basis", "one", ("fiscal", "calendar")),
    Control("dating", "dating", "one", ("monitoring_period", "decision")),
    Control("as_of", "as_of", "day"),
)

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
    """Language of this run: the URL's, else the browser's. Draws nothing."""
    chosen = st.session_state.get(LANGUAGE_KEY) or st.query_params.get(LANGUAGE_KEY)
    if chosen in LANGUAGES:
        return cast("Language", chosen)
    return language_of(st.context.locale)


def language_switch(lang: Language) -> None:
    """The switch between the languages; both names are always shown, each in its own language."""
    st.segmented_control(
        "言語 / Language",
        LANGUAGES,
        default=lang,
        format_func=lambda code: LANGUAGE_NAMES[code],
        key=LANGUAGE_KEY,
        bind="query-params",
        label_visibility="collapsed",
        required=True,
    )


def ignored_values(options: Options, as_of_latest: date) -> list[tuple[str, str]]:
    """Pairs of URL key and value that the page cannot use; looked at before the widgets take their values."""
    allowed: dict[str, set[str]] = {LANGUAGE_KEY: set(LANGUAGES)}
    for control in CONTROLS:
        if control.kind == "many":
            allowed[control.url_key] = {o.value for o in options[control.url_key]}
        elif control.kind == "one":
            allowed[control.url_key] = set(control.options)
    ignored = []
    for key in st.query_params:
        for value in st.query_params.get_all(key):
            if key == "as_of":
                usable = _usable_day(value, as_of_latest)
            else:
                usable = key in allowed and value in allowed[key]
            if not usable:
                ignored.append((key, value))
    return ignored


def _usable_day(text: str, latest: date) -> bool:
    try:
        return EARLIEST_AS_OF <= date.fromisoformat(text) <= latest
    except ValueError:
        return False


def _present(control: Control) -> list[str]:
    """Values of a control before its widget is drawn in this run, for the label of its button."""
    if control.url_key in st.session_state:
        value = st.session_state[control.url_key]
        return [str(v) for v in value] if control.kind == "many" else [str(value)]
    return st.query_params.get_all(control.url_key)


def draw_controls(t: Texts, options: Options, as_of_latest: date) -> Selection:
    """Draws the row of controls and gives what is chosen."""
    labels = {
        "country": (t("All partner countries"), t("Partner country")),
        "sector": (t("All sectors"), t("Sector (JCM sectoral scope)")),
        "technology": (t("All technologies"), t("Technology")),
        "programme": (t("All programmes"), t("Programme")),
        "funding": (t("Government and private"), t("Funding")),
    }
    chosen: dict[str, object] = {}
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for control in CONTROLS:
            if control.kind == "many":
                everything, label = labels[control.url_key]
                chosen[control.field] = _choose_many(t, control, everything, label, options[control.url_key])
        _more(t, chosen)
        _as_of(t, chosen, as_of_latest)
    sectors = cast("tuple[str, ...]", chosen.pop("sectors"))
    return replace(Selection(as_of=as_of_latest), sectors=tuple(int(s) for s in sectors), **chosen)  # type: ignore[arg-type]


def _choose_many(
    t: Texts, control: Control, everything: str, label: str, options: Sequence[Option]
) -> tuple[str, ...]:
    names = {o.value: f"{o.name} ({t.number(o.projects)})" for o in options}
    plain = {o.value: o.name for o in options}
    present = [v for v in _present(control) if v in names]
    if not present:
        button = everything
    elif len(present) == 1:
        button = plain[present[0]]
    else:
        button = t("{label}: {n} chosen", label=label, n=len(present))
    with st.popover(button, key=f"pick_{control.url_key}"):
        values = st.multiselect(
            label,
            list(names),
            format_func=lambda v: names.get(v, v),
            placeholder=everything,
            key=control.url_key,
            bind="query-params",
        )
    return tuple(values)


def _more(t: Texts, chosen: dict[str, object]) -> None:
    words: Mapping[str, tuple[str, Mapping[str, str]]] = {
        "measure": (
            t("Measure"),
            {"expected": t("Expected"), "combined": t("Verified + expected")},
        ),
        "share": (t("Share"), {"total": t("Total"), "japan": t("Japanese side")}),
        "form": (t("Form"), {"cumulative": t("Cumulative"), "yearly": t("Each year")}),
        "year": (t("Year"), {"fiscal": t("Fiscal year"), "calendar": t("Calendar year")}),
        "dating": (
            t("Issued tonnes are counted"),
            {"monitoring_period": t("in the monitoring period"), "decision": t("on the decision date")},
        ),
    }
    by_key = {c.url_key: c for c in CONTROLS}
    changed = [
        names[v]
        for key, (_, names) in words.items()
        for v in _present(by_key[key])
        if v in names and v != by_key[key].options[0]
    ]
    button = " · ".join(changed) or t("Total · cumulative · fiscal year")
    with st.popover(button, key="pick_view"):
        for key, (label, names) in words.items():
            control = by_key[key]
            chosen[control.field] = st.segmented_control(
                label,
                control.options,
                default=control.options[0],
                format_func=names.__getitem__,
                key=key,
                bind="query-params",
                required=True,
            )


def _as_of(t: Texts, chosen: dict[str, object], latest: date) -> None:
    present = _present(next(c for c in CONTROLS if c.kind == "day"))
    shown = present[0] if present and _usable_day(present[0], latest) else latest.isoformat()
    with st.popover(t("As of {day}", day=shown), key="pick_as_of"):
        chosen["as_of"] = st.date_input(
            t("As of"),
            value=latest,
            min_value=EARLIEST_AS_OF,
            max_value=latest,
            key="as_of",
            bind="query-params",
            format="YYYY-MM-DD",
            help=t(
                "The whole page shows what was known on this day: projects, their stages, issuances and targets."
            ),
        )
