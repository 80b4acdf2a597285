"""Tokens of a text, and the lists of values that give a PIVOT a tree of its own."""

from typing import Final, TypeAlias

import duckdb

_PIVOT_END: Final = frozenset({",", ";", "using", "group", "order", "limit", "offset"})
_PIVOT_PROBE: Final = b") IN (1 AS pivoted) "
_MOST_PIVOT_COLUMNS: Final = 30
BRACKETS: Final = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}

Token: TypeAlias = tuple[int, str]


def tokens_of(sql: str) -> list[Token]:
    """Tokens that are not comments: their place in bytes and their text in lower case."""
    raw = sql.encode()
    found = duckdb.tokenize(sql)
    ends = [*(place for place, _ in found[1:]), len(raw)]
    return [
        (place, raw[place:end].decode("utf-8", "replace").strip().lower())
        for (place, kind), end in zip(found, ends, strict=False)
        if kind != duckdb.token_type.comment
    ]


def with_listed_pivots(connection: duckdb.DuckDBPyConnection, sql: str, tokens: list[Token]) -> str | None:
    """The text with a list of values at each PIVOT that takes its columns from the data; None if that fails.

    DuckDB turns such a PIVOT into several statements and gives no tree for them. A list with an alias inside,
    `(…) IN (1 AS x)`, is only grammar for the column of a PIVOT, so each column is found by the parser itself.
    The tree is then that of the text with the lists added: same tables, same functions.
    """
    raw = sql.encode()
    columns = _pivot_columns(tokens, len(raw))
    if not 0 < len(columns) <= _MOST_PIVOT_COLUMNS:
        return None
    found = [x for x in columns if _kind(connection, _listed(raw, [x])) is not None]
    text = _listed(raw, found)
    return text if _kind(connection, text) == "SELECT" else None


def _pivot_columns(tokens: list[Token], end: int) -> list[tuple[int, int]]:
    """Where the columns of a PIVOT may stand: between its ON and what ends the list, at the same level of brackets."""
    found: list[tuple[int, int]] = []
    # Levels of brackets at which a PIVOT waits for its ON, and at which its columns are being read.
    waiting: set[int] = set()
    reading: dict[int, int] = {}
    level = 0
    for place, text in [*tokens, (end, ";")]:
        ends = text in _PIVOT_END or (text == ")" and level in reading)
        if ends and level in reading:
            found.append((reading.pop(level), place))
            if text == ",":
                reading[level] = place + 1
        if text in {"pivot", "pivot_wider"}:
            waiting.add(level)
        elif text == "on" and level in waiting:
            waiting.discard(level)
            reading[level] = place + len(text)
        level += BRACKETS.get(text, 0)
    return found


def _listed(raw: bytes, columns: list[tuple[int, int]]) -> str:
    """The text with brackets round each column, and the list of values behind it."""
    added = [(start, b" (") for start, _ in columns] + [(end, b"\n" + _PIVOT_PROBE) for _, end in columns]
    parts, before = [], 0
    for place, what in sorted(added, key=lambda x: x[0]):
        parts += [raw[before:place], what]
        before = place
    return b"".join([*parts, raw[before:]]).decode("utf-8", "replace")


def _kind(connection: duckdb.DuckDBPyConnection, sql: str) -> str | None:
    """Kind of the only statement; None when the text cannot be read or holds another number of them."""
    try:
        kinds = [x.type.name for x in connection.extract_statements(sql)]
    except (duckdb.Error, ValueError):
        return None
    return str(kinds[0]) if len(kinds) == 1 else None
