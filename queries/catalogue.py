"""The named queries: every `*.sql` file beside this module, with its header read and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeAlias

from model.filters import FILTERS
from queries import filter_sql
from queries.parameters import Parameter

Value: TypeAlias = "str | int | date | list[str | int] | None"

FOLDER = Path(__file__).parent

_PARAM = re.compile(
    r"^(?P<name>[a-z_]+) (?P<type>[A-Z]+(?:\[\])?) = (?P<default>[^|]+?) \| (?P<en>[^|]+) \| (?P<ja>[^|]+)$"
)
ALL_FILTERS = "@filters"
"""Choices of a parameter that takes the key of a filter."""
_CHOICES = re.compile(r"^(?P<name>[a-z_]+) = (?P<choices>@?[a-z_]+(?:, [a-z_]+)*)$")
_COLUMN = re.compile(r"^(?P<name>[a-z_0-9]+) \| (?P<en>[^|]+) \| (?P<ja>[^|]+)$")
_PLACEHOLDER = re.compile(r"\$([a-z_]+)")
_FRAGMENT_PLACE = re.compile(r"^(?P<indent> *)/\* (?P<name>[a-z_]+): (?P<alias>[a-z_]+) \*/$", re.MULTILINE)

MADE = {"project_values": filter_sql.project_values, "group": filter_sql.group_value}
"""Fragments that follow from the list of filters, beside their conditions."""

DAY_OF_THE_DATA = "data"
"""Default of a date parameter that means the day of the data in the warehouse."""


class QueryDefinitionError(Exception):
    """A query file whose header is missing, malformed or at odds with its SQL."""


class QueryParameterError(ValueError):
    """A parameter that the query does not have, or a value of the wrong type."""


@dataclass(frozen=True)
class Column:
    """A column that a query returns, and what it means in both languages."""

    name: str
    en: str
    ja: str


@dataclass(frozen=True)
class Query:
    """One question: title, parameters, columns and the SQL below its header."""

    name: str
    title_en: str
    title_ja: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sql: str
    spared: tuple[tuple[str, str], ...] = ()

    def to_run(self, values: Mapping[str, Value]) -> tuple[str, dict[str, Value]]:
        """The SQL without the conditions of filters that are not set, which take time to plan, and the values it needs."""
        sql = self.sql
        for name, condition in self.spared:
            if values[name] is None:
                sql = sql.replace(condition, "", 1)
        needed = set(_PLACEHOLDER.findall(sql))
        return sql, {name: value for name, value in values.items() if name in needed}

    def bind(self, given: Mapping[str, object], day_of_the_data: date) -> dict[str, Value]:
        """Values for every parameter: those given, defaults for the rest.

        Raises QueryParameterError for an unknown name or a value of the wrong type.
        """
        known = {p.name: p for p in self.parameters}
        for name in given:
            if name not in known:
                raise QueryParameterError(
                    f"{self.name}: no parameter {name!r}; it has {', '.join(known) or 'none'}"
                )
        return {
            p.name: _checked(self.name, p, given[p.name])
            if p.name in given
            else _default_value(p, day_of_the_data)
            for p in self.parameters
        }


_PYTHON_TYPES: Mapping[str, type] = {"VARCHAR": str, "INTEGER": int, "DATE": date}


def _checked(query: str, parameter: Parameter, value: object) -> Value:
    if value is None:
        return None
    if parameter.sql_type.endswith("[]"):
        if not isinstance(value, list | tuple):
            raise QueryParameterError(f"{query}: {parameter.name} takes a list, not {value!r}")
        element = _PYTHON_TYPES[parameter.sql_type.removesuffix("[]")]
        for item in value:
            if not isinstance(item, element):
                raise QueryParameterError(f"{query}: {parameter.name} takes {element.__name__}, not {item!r}")
        return list(value)
    expected = _PYTHON_TYPES[parameter.sql_type]
    if not isinstance(value, expected) or not isinstance(value, str | int | date):
        raise QueryParameterError(f"{query}: {parameter.name} takes {expected.__name__}, not {value!r}")
    return value


def _default_value(parameter: Parameter, day_of_the_data: date) -> Value:
    text = parameter.default
    if text == "null":
        return None
    if parameter.sql_type == "DATE":
        return day_of_the_data if text == DAY_OF_THE_DATA else date.fromisoformat(text)
    if parameter.sql_type == "INTEGER":
        return int(text)
    return text.strip("'")


@dataclass(frozen=True)
class Fragment:
    """Conditions that several queries share: their parameters, and SQL on a table named `r`."""

    parameters: tuple[Parameter, ...]
    sql: str
    conditions: Mapping[str, str] = field(default_factory=dict)
    """Parts of the SQL that hold for every row where their parameter is null."""


def _read_parameter(line: str, parameters: list[Parameter]) -> bool:
    """Takes up a header line `param` or, for the parameter just before it, `choices`; False for any other line."""
    key, _, text = line.removeprefix("--").strip().partition(": ")
    if key == "param" and (match := _PARAM.match(text)) and match["type"].removesuffix("[]") in _PYTHON_TYPES:
        parameters.append(Parameter(match["name"], match["type"], match["default"], match["en"], match["ja"]))
        return True
    if key == "choices" and (match := _CHOICES.match(text)) and parameters:
        last = parameters[-1]
        if last.name == match["name"]:
            choices = tuple(match["choices"].split(", "))
            keys = tuple(one.key for one in FILTERS)
            parameters[-1] = replace(last, choices=keys if choices == (ALL_FILTERS,) else choices)
            return True
    return False


@cache
def _fragment(name: str) -> Fragment:
    if name == "filters":
        conditions = filter_sql.conditions()
        return Fragment(filter_sql.filter_parameters(), "\n".join(conditions.values()), conditions)
    if name in MADE:
        return Fragment((), MADE[name]())
    path = FOLDER / "fragments" / f"{name}.sql"
    if not path.is_file():
        raise QueryDefinitionError(f"no fragment {name}: {path.name} is not in {path.parent.name}")
    parameters: list[Parameter] = []
    body: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("--"):
            body.append(line)
        elif not _read_parameter(line, parameters):
            raise QueryDefinitionError(f"{path.name}: header line not understood: {line}")
    return Fragment(tuple(parameters), "\n".join(body).strip())


def _filled(sql: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The SQL with every `/* fragment: alias */` line replaced by the fragment, on the table of that alias.

    With it the parts that may be left out where a parameter is null.
    """
    spared: list[tuple[str, str]] = []

    def fill(place: re.Match[str]) -> str:
        def placed(text: str) -> str:
            text = re.sub(r"\br\.", f"{place['alias']}.", text)
            return "\n".join(place["indent"] + line for line in text.splitlines())

        found = _fragment(place["name"])
        spared.extend((name, placed(text)) for name, text in found.conditions.items())
        return placed(found.sql)

    return _FRAGMENT_PLACE.sub(fill, sql), tuple(spared)


def _parse(path: Path) -> Query:
    titles: dict[str, str] = {}
    parameters: list[Parameter] = []
    columns: list[Column] = []
    body: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if body or not line.startswith("--"):
            body.append(line)
            continue
        key, _, text = line.removeprefix("--").strip().partition(": ")
        if key in {"title", "title_ja"}:
            titles[key] = text
        elif _read_parameter(line, parameters):
            pass
        elif key == "fragment":
            parameters.extend(_fragment(text).parameters)
        elif key == "returns" and (match := _COLUMN.match(text)):
            columns.append(Column(match["name"], match["en"], match["ja"]))
        else:
            raise QueryDefinitionError(f"{path.name}: header line not understood: {line}")
    sql, spared = _filled("\n".join(body).strip())
    used = set(_PLACEHOLDER.findall(sql))
    named = {p.name for p in parameters}
    if used != named:
        raise QueryDefinitionError(f"{path.name}: header and SQL differ on {sorted(used ^ named)}")
    if set(titles) != {"title", "title_ja"} or not columns:
        raise QueryDefinitionError(f"{path.name}: the header needs title, title_ja and returns lines")
    return Query(
        path.stem, titles["title"], titles["title_ja"], tuple(parameters), tuple(columns), sql, spared
    )


@cache
def catalogue() -> Mapping[str, Query]:
    """Every named query by name, read once a process."""
    return {path.stem: _parse(path) for path in sorted(FOLDER.glob("*.sql"))}
