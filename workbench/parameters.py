"""Parameters of a statement: the names that it mentions, and values as they travel to the worker."""

import json
import re
from datetime import date
from typing import Any, TypeAlias

import duckdb

Value: TypeAlias = "str | int | float | bool | date | list[str | int | float | bool | date | None] | None"

_NAME = re.compile(r"\w+")


def named_in(sql: str) -> tuple[str, ...]:
    """Names after a dollar sign, outside of texts and comments, in order of appearance.

    For the page to ask their values; the worker decides by the parser.
    """
    raw = sql.encode("utf-8", "replace")
    found: dict[str, None] = {}
    for start, kind in duckdb.tokenize(sql):
        if "operator" not in str(kind) or raw[start : start + 1] != b"$":
            continue
        name = _NAME.match(raw[start + 1 :].decode("utf-8", "ignore"))
        if name and not name[0].isdecimal():
            found[name[0]] = None
    return tuple(found)


def to_json(value: object) -> bytes:
    """JSON form; dates as {"date": "2026-03-31"}. Raises TypeError for a value of another type."""
    return json.dumps(value, default=_encoded, ensure_ascii=False).encode("utf-8", "replace")


def from_json(body: bytes) -> Any:  # noqa: ANN401
    """What `to_json` was given. Raises ValueError for what is not JSON."""
    return json.loads(body, object_hook=_decoded)


def _encoded(value: object) -> object:
    if isinstance(value, date):
        return {"date": value.isoformat()[:10]}
    raise TypeError(f"{type(value).__name__} cannot be passed to a statement")


def _decoded(value: dict[str, Any]) -> object:
    return date.fromisoformat(value["date"]) if value.keys() == {"date"} else value
