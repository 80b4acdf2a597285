"""A field for each parameter of a statement: dates, numbers, choices and lists, with what they mean."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from view.sql.desk import Parameter, Value, from_field
from view.texts import Texts

A_ROW = 5


@dataclass(frozen=True)
class Inputs:
    """Draws the fields; `names` are names of values by the list that a parameter chooses from, such as `country`;
    `days` is the first and the last day of the data."""

    names: Mapping[str, Mapping[str, str]]
    days: tuple[date, date]
    key: str
    t: Texts

    def draw(
        self, named: Sequence[str], known: Mapping[str, Parameter], values: Mapping[str, Value]
    ) -> dict[str, Value]:
        """Draws a field for each named parameter with its present value; returns the values.

        A name that no query declares takes any number or text.
        """
        filters = [n for n in named if n in known and known[n].sql_type.endswith("[]") and known[n].choices]
        if len(named) <= A_ROW:
            filters = []
        taken = self._rows([n for n in named if n not in filters], known, values)
        if filters:
            chosen = sum(values.get(n) is not None for n in filters)
            label = (
                self.t.count("Filters: {n} set", "Filters: {n} set", chosen) if chosen else self.t("Filters")
            )
            with st.expander(label, type="compact", key=f"{self.key}.filters"):
                taken |= self._rows(filters, known, values)
        return {name: taken[name] for name in named}

    def _rows(
        self, named: Sequence[str], known: Mapping[str, Parameter], values: Mapping[str, Value]
    ) -> dict[str, Value]:
        taken: dict[str, Value] = {}
        for start in range(0, len(named), A_ROW):
            columns = st.columns(A_ROW, gap="small")
            for column, name in zip(columns, named[start : start + A_ROW], strict=False):
                with column:
                    taken[name] = self._field(name, known.get(name), values.get(name))
        return taken

    def _field(self, name: str, parameter: Parameter | None, value: Any) -> Value:  # noqa: ANN401
        if parameter is None:
            return self._any(name, value)
        draw: Callable[[Parameter, Any], Value] = self._text
        if parameter.sql_type.endswith("[]"):
            draw = self._several if parameter.choices else self._words
        elif parameter.choices:
            draw = self._one
        elif parameter.sql_type == "DATE":
            draw = self._day
        elif parameter.sql_type == "INTEGER":
            draw = self._whole
        return draw(parameter, value)

    def _help(self, parameter: Parameter) -> str:
        return f"{parameter.sql_type} · {self.t.pick(parameter.en, parameter.ja)}"

    def _key(self, name: str) -> str:
        return f"{self.key}.{name}"

    def _options(self, parameter: Parameter) -> Mapping[str, str]:
        first = parameter.choices[0]
        return self.names.get(first[1:], {}) if first.startswith("@") else {c: c for c in parameter.choices}

    def _day(self, parameter: Parameter, value: date | None) -> Value:
        first, latest = self.days
        shown = value or latest
        return st.date_input(
            f"${parameter.name}",
            shown,
            min_value=min(first, shown),
            max_value=max(latest, shown),
            format="YYYY-MM-DD",
            help=self._help(parameter),
            key=self._key(parameter.name),
        )

    def _whole(self, parameter: Parameter, value: int | None) -> Value:
        key = self._key(parameter.name)
        found: int | None = st.number_input(
            f"${parameter.name}", value=value, step=1, help=self._help(parameter), key=key
        )
        return found

    def _one(self, parameter: Parameter, value: str | None) -> Value:
        options = self._options(parameter)
        codes = list(options)
        chosen: str | None = st.selectbox(
            f"${parameter.name}",
            codes,
            index=codes.index(value) if value in codes else None,
            format_func=lambda code: _shown(code, options),
            placeholder=self.t("choose"),
            help=self._help(parameter),
            key=self._key(parameter.name),
        )
        return chosen or ""

    def _several(self, parameter: Parameter, value: Sequence[object] | None) -> Value:
        options = self._options(parameter)
        chosen = st.multiselect(
            f"${parameter.name}",
            list(options),
            [str(v) for v in value or () if str(v) in options],
            format_func=lambda code: _shown(code, options),
            placeholder=self.t("all (null)"),
            help=self._help(parameter),
            key=self._key(parameter.name),
        )
        if not chosen:
            return None
        return [int(v) for v in chosen] if parameter.sql_type == "INTEGER[]" else list(chosen)

    def _words(self, parameter: Parameter, value: Sequence[object] | None) -> Value:
        text = st.text_input(
            f"${parameter.name}",
            " ".join(str(v) for v in value or ()),
            placeholder=self.t("all (null)"),
            help=self._help(parameter),
            key=self._key(parameter.name),
        )
        return [*text.split()] or None

    def _text(self, parameter: Parameter, value: str | None) -> Value:
        key = self._key(parameter.name)
        return st.text_input(f"${parameter.name}", value or "", help=self._help(parameter), key=key)

    def _any(self, name: str, value: object) -> Value:
        text = "" if value is None else str(value)
        about = self.t("A number or a text; empty is null.")
        return from_field(
            st.text_input(f"${name}", text, placeholder="NULL", help=about, key=self._key(name))
        )


def _shown(code: str, options: Mapping[str, str]) -> str:
    return code if options[code] == code else f"{code} · {options[code]}"
