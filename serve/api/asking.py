"""What a request asks: names and values as the headers of the queries declare them, which rows, in which format."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import cachetools

from queries.catalogue import Value
from queries.parameters import Parameter
from queries.warehouse import Warehouse
from serve.api.problems import Problem, near
from view.texts import LANGUAGES, Texts

FORMAT, LANG, LIMIT, OFFSET = "format", "lang", "limit", "offset"
PAGE: Final = 1_000
"""Rows of a page of JSON where `limit` is not given. Files are whole."""
LARGEST: Final = 2**31 - 1
_WHOLE = re.compile(r"-?[0-9]{1,10}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_PARTS = 500

Options = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Asked:
    """A request on one data version. `given` are the values of each parameter, `up` is the way to the API's first page.

    `of` names what is asked, for messages. `is_whole_file`: the answer is a file, and not cut into pages unless asked.
    """

    warehouse: Warehouse
    t: Texts
    of: str
    up: str
    format: str
    given: Mapping[str, Sequence[str]]

    def values(self, parameters: Sequence[Parameter]) -> dict[str, Value]:
        """Values of the parameters that were given. Raises Problem for an unknown name or a value that does not fit."""
        known = {one.name: one for one in parameters}
        own = (FORMAT, LANG, *((LIMIT, OFFSET) if self.is_paged else ()))
        for name in self.given:
            if name not in {*known, *own}:
                t = self.t
                raise Problem(
                    422,
                    "unknown-parameter",
                    t("There is no parameter {name} here.", name=name[:100]),
                    t(
                        "{of} takes: {names}.",
                        of=self.of,
                        names=t.listing([*known, *own]),
                    ),
                    near=near(name, (*known, *own)),
                    parameter=name[:100],
                )
        return {name: self._value(one) for name, one in known.items() if name in self.given}

    @property
    def is_paged(self) -> bool:
        """Whether the answer is a list of rows, of which a part may be asked."""
        return self.of.startswith("query/")

    def page(self, most: int) -> tuple[int, int]:
        """First row and number of rows."""
        whole = PAGE if self.format == "json" else most
        return self._count(OFFSET, 0, 0, LARGEST), self._count(LIMIT, min(whole, most), 1, most)

    def page_at(self, offset: int, **others: object) -> str:
        """Relative address of another page of the same answer."""
        given = {name: list(values) for name, values in self.given.items() if name != OFFSET}
        given |= {name: [str(value)] for name, value in others.items()}
        return "?" + urlencode({**given, **({OFFSET: [str(offset)]} if offset else {})}, doseq=True)

    def lasting(self) -> str:
        """Address of the same answer by its data version, from the first page of the API."""
        given = {name: list(values) for name, values in self.given.items() if name != LANG}
        path = "/".join(filter(None, ("versions", self.warehouse.data_version, self.of)))
        return f"{path}?{urlencode(given, doseq=True)}" if given else path

    def _count(self, name: str, default: int, least: int, most: int) -> int:
        if name not in self.given:
            return default
        text = self._one(name)
        if not _WHOLE.fullmatch(text) or not least <= int(text) <= most:
            t = self.t
            raise self._wrong(name, text, t("a whole number from {least} to {most}", least=least, most=most))
        return int(text)

    def _one(self, name: str) -> str:
        found = self.given[name]
        if len(found) > 1:
            t = self.t
            raise self._wrong(name, "&".join(found), t("one value; it was given {n} times", n=len(found)))
        return found[0]

    def _value(self, parameter: Parameter) -> Value:
        if parameter.sql_type.endswith("[]"):
            kind = parameter.sql_type.removesuffix("[]")
            return [self._typed(parameter, kind, text) for text in self.given[parameter.name]]
        text = self._one(parameter.name)
        if parameter.sql_type == "DATE":
            return self._day(parameter, text)
        return self._typed(parameter, parameter.sql_type, text)

    def _typed(self, parameter: Parameter, kind: str, text: str) -> str | int:
        t = self.t
        if kind == "INTEGER" and not (_WHOLE.fullmatch(text) and abs(int(text)) <= LARGEST):
            raise self._wrong(parameter.name, text, t("a whole number of at most 32 bits"))
        choices = options_of(parameter, self.warehouse)
        value = str(int(text)) if kind == "INTEGER" else text
        if "\0" in text or (choices is not None and value not in choices):
            expected = t("one of the values that the data have")
            if choices and len(choices) <= 20:
                expected = t("one of {values}", values=t.listing(list(choices)))
            if parameter.sql_type.endswith("[]") and "," in text:
                expected = t("one value each time; give the parameter once for each value")
            raise self._wrong(parameter.name, text, expected, near(text, choices or {}))
        return int(text) if kind == "INTEGER" else text

    def _day(self, parameter: Parameter, text: str) -> date:
        t, first, last = self.t, self.warehouse.first_on, self.warehouse.data_as_of
        try:
            day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None or not first <= day <= last:
            raise self._wrong(parameter.name, text, t("a day from {first} to {last}", first=first, last=last))
        return day

    def _wrong(self, name: str, found: str, expected: str, others: Sequence[str] = ()) -> Problem:
        t = self.t
        return Problem(
            422,
            "wrong-value",
            t("The value of {name} does not fit.", name=name),
            t("Give {expected}.", expected=expected),
            detail=t("Found: {found}.", found=repr(found[:100])),
            near=others,
            parameter=name,
            expected=expected,
        )


def options_of(parameter: Parameter, warehouse: Warehouse) -> Options | None:
    """The values that a parameter may have, with their names; None where any will do."""
    if not parameter.choices:
        return None
    first = parameter.choices[0]
    if not first.startswith("@"):
        return dict.fromkeys(parameter.choices, ())
    return _lists(warehouse).get(first[1:])


@cachetools.cached(cachetools.LRUCache(8), key=lambda warehouse: warehouse.data_version, lock=Lock())
def _lists(warehouse: Warehouse) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for row in warehouse.run("filter_options").to_pylist():
        found.setdefault(row["filter"], {})[row["value"]] = [row["name_en"], row["name_ja"]]
    found["project"] = {
        r["project_id"]: [r["title_en"], r["title_ja"]] for r in _rows(warehouse, "project_keys")
    }
    return found


def _rows(warehouse: Warehouse, query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = warehouse.run(query).to_pylist()
    return rows


def parts_of(query_string: bytes, t: Texts) -> dict[str, list[str]]:
    """Values of each name behind the question mark. Raises Problem where they cannot be read."""
    try:
        pairs = parse_qsl(
            query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARTS
        )
    except ValueError:
        raise Problem(
            400,
            "unreadable",
            t("The part of the address behind the question mark cannot be read."),
            t(
                "Write it as name=value&name=value in percent-encoded UTF-8, with at most {n} parts.",
                n=_MOST_PARTS,
            ),
        ) from None
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    lang = found.get(LANG, ["en"])
    if len(lang) > 1 or lang[0] not in LANGUAGES:
        raise Problem(
            422,
            "wrong-value",
            t("The value of {name} does not fit.", name=LANG),
            t("Give {expected}.", expected=t("one of {values}", values=t.listing(list(LANGUAGES)))),
            parameter=LANG,
        )
    return found
