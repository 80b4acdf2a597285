"""What one visitor has on the desk: a statement, its values, what was asked last, and what came before."""

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol, TypeAlias

Value: TypeAlias = "str | int | float | date | list[str | int | float | date | None] | None"
Kind: TypeAlias = Literal["result", "full", "explain"]

HISTORY_AT_MOST = 50
LINK_AT_MOST = 6_000
"""Characters of a statement in a link; some mail programs and proxies cut longer addresses."""


class Parameter(Protocol):
    """A parameter of a named query, as its header declares it."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def sql_type(self) -> str: ...  # noqa: D102
    @property
    def default(self) -> str: ...  # noqa: D102
    @property
    def en(self) -> str: ...  # noqa: D102
    @property
    def ja(self) -> str: ...  # noqa: D102
    @property
    def choices(self) -> tuple[str, ...]: ...  # noqa: D102


@dataclass(frozen=True)
class Asked:
    """A statement that was asked, with the values of its parameters."""

    sql: str
    values: Mapping[str, Value]
    kind: Kind = "result"


@dataclass(frozen=True)
class Entry:
    """One statement of this visit and how it ended: rows and milliseconds, or a code of the failure."""

    asked: Asked
    question: str | None
    rows: int | None
    milliseconds: float | None
    code: str = ""


@dataclass
class Desk:
    """The state of the page for one visitor. A new `revision` puts `text` and `values` before the reader."""

    visitor: str
    text: str = ""
    question: str | None = None
    values: dict[str, Value] = field(default_factory=dict)
    revision: int = 0
    asked: Asked | None = None
    ticket: Any = None
    failure: Any = None
    held: Mapping[str, str | None] = field(default_factory=dict)
    history: list[Entry] = field(default_factory=list)

    def put(self, text: str, values: Mapping[str, Value], question: str | None) -> None:
        """Puts a statement before the reader."""
        self.text, self.values, self.question = text, dict(values), question
        self.revision += 1

    def note(self, entry: Entry) -> None:
        """Adds to the history; the same statement again only moves up."""
        self.history = [e for e in self.history if e.asked != entry.asked]
        self.history.insert(0, entry)
        del self.history[HISTORY_AT_MOST:]


def packed(text: str) -> str:
    """A statement as an address holds it: compressed, in letters that need no escaping."""
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpacked(text: str, most: int) -> str | None:
    """The statement of an address; None for what is none, or is longer than `most` characters."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        body = zlib.decompressobj().decompress(raw, most * 4).decode()
    except (ValueError, zlib.error):
        return None
    return body if 0 < len(body) <= most else None


def values_to_text(values: Mapping[str, object]) -> str:
    """Values of parameters as an address holds them; empty where none is set."""
    given = {k: v for k, v in values.items() if v is not None}
    return json.dumps(given, ensure_ascii=False, separators=(",", ":"), default=str) if given else ""


def values_from_text(text: str, parameters: Sequence[Parameter]) -> dict[str, Value] | None:
    """The values of an address, each as its parameter takes it; None where one does not fit."""
    try:
        given = json.loads(text)
    except ValueError:
        return None
    types = {p.name: p.sql_type for p in parameters}
    if not isinstance(given, dict):
        return None
    try:
        return {name: _typed(value, types.get(name, "")) for name, value in given.items()}
    except (TypeError, ValueError):
        return None


def _typed(value: Any, sql_type: str) -> Value:  # noqa: ANN401 - whatever an address holds
    if value is None:
        return None
    if sql_type.endswith("[]"):
        if not isinstance(value, list):
            raise TypeError(value)
        return [_single(v, sql_type.removesuffix("[]")) for v in value] or None
    return _single(value, sql_type)


def _single(value: Any, sql_type: str) -> "str | int | float | date":  # noqa: ANN401
    if sql_type == "DATE":
        return date.fromisoformat(value)
    if sql_type == "INTEGER":
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(value)
        return value
    if sql_type == "VARCHAR" and not isinstance(value, str):
        raise TypeError(value)
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise TypeError(value)
    return value


def from_field(text: str) -> Value:
    """What a reader typed for a parameter of an own statement: a number where it is one, else text; empty is null."""
    text = text.strip()
    if not text:
        return None
    for make in (int, float):
        try:
            return make(text)
        except ValueError:
            continue
    return text
