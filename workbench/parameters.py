"""The parameters that a statement names, for the page to ask their values; the worker decides by the parser."""

import re

import duckdb

_NAME = re.compile(r"\w+")


def named_in(sql: str) -> tuple[str, ...]:
    """Names after a dollar sign, outside of texts and comments, in order of appearance."""
    raw = sql.encode("utf-8", "replace")
    found: dict[str, None] = {}
    for start, kind in duckdb.tokenize(sql):
        if "operator" not in str(kind) or raw[start : start + 1] != b"$":
            continue
        name = _NAME.match(raw[start + 1 :].decode("utf-8", "ignore"))
        if name and not name[0].isdecimal():
            found[name[0]] = None
    return tuple(found)
