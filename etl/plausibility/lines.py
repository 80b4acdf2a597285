"""File and line of doubtful rows by their keys."""

from collections.abc import Callable, Collection, Mapping

import polars as pl

from etl.plausibility.record import key_of
from etl.sources.cells import FILE, LINE, TypedRows

Lines = Callable[[str, Collection[str]], Mapping[str, tuple[str, int]]]
"""From a table and row keys to file and line; keys that are not from a file are left out."""


def no_lines(_table: str, _keys: Collection[str]) -> Mapping[str, tuple[str, int]]:
    """Rows that were made by hand are in no file."""
    return {}


def lines_of(tables: Mapping[str, TypedRows]) -> Lines:
    """File and line of the rows of tables that were read. Only the rows asked for are looked up."""

    def look_up(name: str, keys: Collection[str]) -> Mapping[str, tuple[str, int]]:
        if name not in tables or not keys:
            return {}
        keyed = (
            tables[name]
            .cells.frame.select(FILE, LINE)
            .with_columns(tables[name].frame.select(key_of(name).alias("key")).to_series())
        )
        found = keyed.filter(pl.col("key").is_in(list(keys)))
        return {key: (file, line) for file, line, key in found.iter_rows()}

    return look_up
