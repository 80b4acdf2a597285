"""The controls of every page: language, shared filters, choices of the view, choices of one page, and the reset.

A page makes one `Controls` a run, draws what it needs, and calls `finish`, which writes the address. Filters are
the same on every page and are kept when the page changes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from model.filters import FILTER
from view import address, embedding
from view.address_keys import CONTROL, CONTROLS, LANGUAGE_KEY, SHARED_KEYS
from view.control_words import Options, filter_labels, view_words
from view.language_choice import language_of_address
from view.selection import Selection
from view.texts import LANGUAGE_NAMES, Texts
from view.unknown_address import Offered

SEGMENTS_AT_MOST = 4
"""Options of one choice that are shown side by side; more are a list."""
_FILTER_WIDTH = 310
"""Four of them stand beside each other in the width of a page, one in that of a telephone."""
_DAY_WIDTH = 180


class Controls:
    """The controls of one run of one page, and what is chosen with them."""

    def __init__(self, t: Texts, options_on: Callable[[date], Options], days: tuple[date, date]) -> None:
        """`options_on` returns the values of the filters with the projects known on a day; `days` is the first and the
        last one that can be looked at."""
        self.t = t
        self.earliest, self._latest = days
        self._picked: dict[str, list[str]] = {}
        self._defaults: dict[str, list[str]] = {c.key: list(c.options[:1]) for c in CONTROLS}
        self.offered: dict[str, Offered] = {
            LANGUAGE_KEY: Offered(
                "言語 / Language", {code: (name,) for code, name in LANGUAGE_NAMES.items()}
            ),
            "as_of": Offered(t("As of"), limits=days),
            "v": Offered(t("Data version")),
            **{
                key: Offered(label, {value: (name,) for value, name in names.items()})
                for key, (label, names) in view_words(t).items()
            },
        }
        """What each choice takes, for what the address asks of it in vain."""
        self._as_of = address.initial_day(CONTROL["as_of"], *days)
        # The day is drawn after the filters, which count the projects of the day now chosen.
        self.options = options_on(st.session_state.get(address.widget_key("as_of")) or self._as_of)

    def draw_row(self, *, filters: Sequence[str] = tuple(FILTER), view: Sequence[str] = ()) -> None:
        """Draws the line that says what is chosen; opened, it holds the shared filters, the choices of the view that the
        page uses, the day and the reset."""
        if embedding.is_on():
            for key in filters:
                self._picked[key] = list(address.initial(CONTROL[key], list(self._names_of(key))))
            self._picked |= {key: [self._view_now(key)] for key in view}
            return
        with st.expander(self._in_words(filters, view), key="pick", type="compact"):
            with st.container(horizontal=True, gap="small"):
                for key in filters:
                    self._choose_many(key)
            with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
                self._choose_view(view)
                self._choose_day()
                self._offer_reset()

    def in_words(self) -> dict[str, str]:
        """The filters that the page draws and that are chosen, each in words."""
        return {
            key: self._chosen_words(key) for key, values in self._picked.items() if key in FILTER and values
        }

    def _in_words(self, filters: Sequence[str], view: Sequence[str]) -> str:
        """What is chosen, as the label of the line that is folded."""
        t = self.t
        # With nothing narrowed down, the first filter stands for all of them.
        everything = [filter_labels(t)[key][0] for key in filters[:1]]
        chosen = [self._chosen_words(key) for key in filters if self._values_now(key)]
        words = {key: names for key, (_, names) in view_words(t).items() if key in view}
        parts = [
            *chosen,
            *(everything if not chosen else []),
            *(names[self._view_now(key)] for key, names in words.items() if self._is_changed(key)),
        ]
        what = " · ".join([*parts, t("as of {day}", day=t.day(self._day_now()))])
        return t("{what} — change", what=what)

    def _chosen_words(self, key: str) -> str:
        now, label = self._values_now(key), filter_labels(self.t)[key][1]
        if len(now) > 1:
            return self.t("{label}: {n} chosen", label=label, n=len(now))
        names = {o.value: o.name for o in self.options[key]}
        return names.get(now[0], now[0])

    def one(self, key: str, label: str, names: Mapping[str, str], *, is_shown: bool = True) -> str:
        """Draws a choice of the page among the keys of `names`, of which the first is the default.

        With `is_shown` false nothing but the options is drawn and the label is for screen readers only.
        """
        self._defaults[key] = list(names)[:1]
        self._offer(key, label, names)
        first = (address.initial(CONTROL[key], list(names)) or self._defaults[key])[0]
        visibility = "visible" if is_shown else "collapsed"
        shared = {
            "format_func": names.__getitem__,
            "key": address.widget_key(key),
            "on_change": address.acted,
            "label_visibility": visibility,
        }
        if embedding.is_on():
            self._picked[key] = [first]
            return first
        if len(names) <= SEGMENTS_AT_MOST:
            value = st.segmented_control(label, list(names), default=first, required=True, **shared)  # type: ignore[call-overload]
        else:
            value = st.selectbox(label, list(names), index=list(names).index(first), **shared)  # type: ignore[call-overload]
        self._picked[key] = [value or first]
        return self._picked[key][0]

    def many(self, key: str, label: str, names: Mapping[str, str], default: Sequence[str]) -> list[str]:
        """Draws a choice of several values, such as columns; an empty choice means the default."""
        control = CONTROL[key]
        self._offer(key, label, names)
        asked = address.initial(control, list(names))
        if embedding.is_on():
            self._picked[key] = list(asked)
            return list(asked) or list(default)
        values = st.multiselect(
            label,
            list(names),
            asked or list(default),
            format_func=names.__getitem__,
            key=address.widget_key(key),
            on_change=address.acted,
        )
        self._picked[key] = [] if list(values) == list(default) else list(values)
        return list(values) or list(default)

    def text(self, key: str, label: str, *, placeholder: str = "") -> str:
        """Draws a field of free text, such as a search."""
        asked = address.chosen(key)
        if embedding.is_on():
            self._picked[key] = list(asked[:1])
            return asked[0] if asked else ""
        value = st.text_input(
            label,
            asked[0] if asked else "",
            key=address.widget_key(key),
            on_change=address.acted,
            placeholder=placeholder,
            max_chars=200,
        )
        self._picked[key] = [value] if value else []
        return value

    def number(
        self, key: str, label: str, least: int, most: int, default: int, *, slider: bool = False
    ) -> int:
        """Draws a whole number between two limits: a field, or a slider."""
        self.offered[key] = Offered(label, limits=(least, most))
        asked = address.initial_number(CONTROL[key], least, most)
        first = default if asked is None else asked
        if embedding.is_on():
            self._picked[key] = [] if first == default else [str(first)]
            return first
        draw = st.slider if slider else st.number_input
        value = (
            draw(label, least, most, first, 1, key=address.widget_key(key), on_change=address.acted)
            if least < most
            else first
        )
        self._picked[key] = [] if value == default else [str(value)]
        return int(value)

    def day(self, key: str, label: str, limits: tuple[date, date], default: date) -> date:
        """Draws a day between two limits; a day of the address outside them is ignored and reported."""
        earliest, latest = limits
        self.offered[key] = Offered(label, limits=limits)
        first = default
        for asked in address.chosen(key)[:1]:
            parsed = address.parsed_day(asked, earliest, latest)
            if parsed is None:
                address.ignore(key, asked)
            first = parsed or default
        if embedding.is_on():
            self._picked[key] = [] if first == default else [first.isoformat()]
            return first
        widget = address.widget_key(key)
        held = st.session_state.get(widget)
        if held is not None and not earliest <= held <= latest:
            del st.session_state[widget]
        value = st.date_input(
            label,
            value=first,
            min_value=earliest,
            max_value=latest,
            key=widget,
            on_change=address.acted,
            format="YYYY-MM-DD",
        )
        self._picked[key] = [] if value == default else [value.isoformat()]
        return value

    def given(self, key: str, label: str = "", names: Mapping[str, str] | None = None) -> str | None:
        """A value of the address that no widget sets, such as the country of a profile.

        With `names` another value is ignored and said; without, it is for the page to say what it found.
        """
        self._offer(key, label or key, names or {})
        values = address.chosen(key) if names is None else address.initial(CONTROL[key], list(names))
        self._picked[key] = values[:1]
        return values[0] if values else None

    def only(self, key: str) -> str | None:
        """The one value that a shared filter has from another page; None where it has none or several."""
        values = address.chosen(key)
        return values[0] if len(values) == 1 else None

    def hold(self, key: str, value: str | None) -> None:
        """Sets a value of the address that no widget sets."""
        self._picked[key] = [value] if value else []

    def _offer(self, key: str, label: str, names: Mapping[str, str]) -> None:
        self.offered[key] = Offered(label, {value: (name,) for value, name in names.items()})

    @property
    def selection(self) -> Selection:
        """What is chosen so far; controls that the page does not draw keep their defaults."""
        fields: dict[str, object] = {}
        for control in CONTROLS:
            values = self._picked.get(control.key)
            if not control.field or values is None:
                continue
            if control.kind == "one" and values:
                fields[control.field] = values[0]
        chosen = {key: values for key, values in self._picked.items() if key in FILTER}
        return replace(Selection(as_of=self._as_of), **fields).narrowed(**chosen)  # type: ignore[arg-type]

    def finish(self) -> None:
        """Writes the address of what is chosen. To be called once, when every control is drawn."""
        if embedding.is_on():
            return
        address.ignore_unused(self._picked)
        address.write(
            {
                **self._written(),
                "as_of": [] if self._as_of == self._latest else [self._as_of.isoformat()],
                LANGUAGE_KEY: language_of_address(self.t.lang),
            }
        )

    def _written(self) -> dict[str, list[str]]:
        """Values, with defaults as empty lists."""
        return {key: [] if values == self._defaults[key] else values for key, values in self._picked.items()}

    def _names_of(self, key: str) -> dict[str, str]:
        """Names of the values of a filter, each with the projects that have it."""
        return {o.value: o.counted for o in self.options[key]}

    def _values_now(self, key: str) -> list[str]:
        """The values of a filter as this run will draw it."""
        held: list[str] | None = st.session_state.get(address.widget_key(key))
        return list(address.initial(CONTROL[key], list(self._names_of(key)))) if held is None else held

    def _view_now(self, key: str) -> str:
        first = address.initial(CONTROL[key], CONTROL[key].options)[0]
        return str(first if embedding.is_on() else st.session_state.get(address.widget_key(key)) or first)

    def _is_changed(self, key: str) -> bool:
        return self._view_now(key) != CONTROL[key].options[0]

    def _day_now(self) -> date:
        found: date = st.session_state.get(address.widget_key("as_of")) or self._as_of
        return found

    def _choose_many(self, key: str) -> None:
        everything, label = filter_labels(self.t)[key]
        names = self._names_of(key)
        values = st.multiselect(
            label,
            list(names),
            address.initial(CONTROL[key], list(names)),
            format_func=lambda v: names.get(v, v),
            placeholder=everything,
            key=address.widget_key(key),
            on_change=address.acted,
            width=_FILTER_WIDTH,
        )
        self._picked[key] = list(values)

    def _choose_view(self, keys: Sequence[str]) -> None:
        for key, (label, names) in view_words(self.t).items():
            if key not in keys:
                continue
            value = st.segmented_control(
                label,
                CONTROL[key].options,
                default=address.initial(CONTROL[key], CONTROL[key].options)[0],
                format_func=names.__getitem__,
                key=address.widget_key(key),
                on_change=address.acted,
                required=True,
            )
            self._picked[key] = [value]

    def _choose_day(self) -> None:
        t = self.t
        self._as_of = (
            st.date_input(
                t("As of"),
                value=self._as_of,
                min_value=self.earliest,
                max_value=self._latest,
                key=address.widget_key("as_of"),
                on_change=address.acted,
                format="YYYY-MM-DD",
                width=_DAY_WIDTH,
                help=t(
                    "The whole page shows what was known on this day: projects, their stages, issuances and targets."
                ),
            )
            or self._latest
        )

    def _offer_reset(self) -> None:
        is_set = self._as_of != self._latest or any(
            self._picked.get(key) not in (None, [], self._defaults[key])
            for key in SHARED_KEYS
            if key not in {"as_of", "v"}
        )
        if is_set:
            st.button(
                self.t("Reset"),
                key="reset",
                type="tertiary",
                on_click=address.reset,
                help=self.t("Clear all filters and show the latest facts"),
            )
