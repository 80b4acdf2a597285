"""Writing one warehouse file: tables, macros, views and comments from the contracts; and checking it once it is closed.

Three schemas: `main` is the record of today, `history` what was known when, `record` what the build records of itself. Every view of `main` is its macro `<name>_as_of(day)` on the day of the data.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dataframely as dy
import duckdb
import polars as pl

from etl.contracts import TABLES, VIEWS, Table
from etl.contracts import table as contract_of
from etl.sources.stops import BuildStopped

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}
# Every column takes at least a block; the default of 256 kB makes a file of small tables nine times as large.
_SMALL_BLOCK, _LARGE_BLOCK = 16_384, 262_144
LARGE_ROWS = 200_000
"""A table of more rows has larger blocks in its file and no index on its key: both would take longer than the rows.

Its contract has checked the key already.
"""
VIEWS_FOLDER = Path(__file__).parent / "views"
MACROS_OF_HISTORY = ("rung_tonnes", "issuance_rung", "delivery")
"""Macros that the app queries and that have no view: their rows contain parts of each other, or serve another view."""

_TYPES: Mapping[type[pl.DataType], str] = {
    pl.String: "VARCHAR",
    pl.Int64: "BIGINT",
    pl.Float64: "DOUBLE",
    pl.Date: "DATE",
    pl.Boolean: "BOOLEAN",
}


def enforce_contracts(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables with the columns and types of their contracts, in that order.

    Raises BuildStopped for a row that breaks its contract: by now that is a fault of the program, not of a file.
    """
    return {table.name: _enforce_contract(table, frames[table.name]) for table in TABLES}


def _named(to_table: str) -> str:
    """The name of a table that others refer to: its view of today where it has one, else with its schema."""
    return to_table if any(view.name == to_table for view in VIEWS) else contract_of(to_table).qualified_name


def column_meanings(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Every column of every table and view as its contract describes it, with the rows of a table; itself included."""
    rows: list[dict[str, object]] = []
    for table in (*TABLES, *VIEWS):
        references = {r.column: r for r in table.references}
        for position, (name, column) in enumerate(table.schema.columns().items(), 1):
            facts: dict[str, Any] = column.metadata or {}
            reference = references.get(name)
            rows.append(
                {
                    "table_name": table.qualified_name,
                    "position": position,
                    "column_name": name,
                    "sql_type": _TYPES[type(column.dtype)],
                    "is_key": name in table.row_key,
                    "unit": facts["unit"],
                    "meaning_en": facts["en"],
                    "meaning_ja": facts["ja"],
                    "null_en": facts["null_en"],
                    "null_ja": facts["null_ja"],
                    "refers_to": f"{_named(reference.to_table)}.{reference.to_column}" if reference else None,
                    "is_list": reference is not None and reference.is_list,
                    "terms": ";".join(facts["terms"]) if facts["terms"] else None,
                    "least": _limit(column, "min"),
                    "most": _limit(column, "max"),
                    "table_en": table.title_en,
                    "table_ja": table.title_ja,
                    "table_rows": None
                    if table.sql
                    else frames[table.name].height
                    if table.name in frames
                    else 0,
                }
            )
    described = contract_of("column_meaning").frame(rows)
    is_own = pl.col("table_name") == "record.column_meaning"
    return described.with_columns(
        pl.when(is_own).then(described.height).otherwise(pl.col("table_rows")).alias("table_rows")
    )


def _limit(column: dy.Column, which: str) -> float | None:
    """A limit that the contract sets to numbers; None for other columns."""
    found = getattr(column, which, None)
    return float(found) if isinstance(found, int | float) else None


def write_file(path: Path, frames: Mapping[str, pl.DataFrame]) -> None:
    """Writes every table with keys, macros, views and comments into a new file and closes it."""
    is_large = any(frame.height > LARGE_ROWS for frame in frames.values())
    writing = {
        **CONFIG,
        "default_block_size": _LARGE_BLOCK if is_large else _SMALL_BLOCK,
        "checkpoint_threshold": "1KB",  # the commit writes into the file itself, not into a log first
    }
    with duckdb.connect(str(path), config=writing) as connection:
        connection.begin()  # one transaction: some hundred statements would each wait for the disk
        for schema in ("history", "record"):
            connection.execute(f"CREATE SCHEMA {schema}")
        for table in TABLES:
            frame = frames[table.name]
            created = _create(table, is_keyed=frame.height <= LARGE_ROWS)
            connection.execute(";".join((created, *_comments(table))))
            if frame.height:
                connection.register("arriving", frame.to_arrow(compat_level=pl.CompatLevel.newest()))
                connection.execute(f"INSERT INTO {_quoted_name(table)} SELECT * FROM arriving")  # noqa: S608 - contract names
        connection.unregister("arriving")
        day: Any = frames["build"].get_column("data_as_of_on").item()
        connection.execute(";".join(_macros(day.isoformat())))
        connection.commit()
        connection.execute("CHECKPOINT")


def _macros(day: str) -> list[str]:
    """Macros for any day and views for the day of the data, in an order in which each finds those it reads."""
    statements = [
        f"CREATE MACRO history.{name}_as_of(as_of) AS TABLE {_statement(f'{name}.sql')}"
        for name in MACROS_OF_HISTORY
    ]
    for view in VIEWS:
        more = ", until_fiscal_year := NULL" if view.name == "ladder" else ""
        statements.append(
            f"CREATE MACRO main.{view.name}_as_of(as_of{more}) AS TABLE {_statement(view.sql or '')}"
        )
        statements.append(f"CREATE VIEW main.{view.name} AS FROM main.{view.name}_as_of(DATE '{day}')")
        statements += _comments(view)
    return statements


def _statement(file: str) -> str:
    return (VIEWS_FOLDER / file).read_text(encoding="utf-8")


def check_file(path: Path, frames: Mapping[str, pl.DataFrame]) -> None:
    """Opens the closed file read-only. Raises BuildStopped when it does not have exactly the rows to be written."""
    name = differing_table(path, frames)
    if name is not None:
        raise BuildStopped(
            f"The new file does not hold {name} as it was written; nothing was published. Is the disk full or faulty?",
            f"新しいファイルの {name} が書き込んだ内容と一致しないため、公開しませんでした。ディスクを確認してください。",
        )


def differing_table(path: Path, frames: Mapping[str, pl.DataFrame]) -> str | None:
    """The first table whose rows, or view whose columns, in a file are not those given; None when all are equal.

    Raises duckdb.Error when the file is damaged or lacks a table.
    """
    with duckdb.connect(str(path), read_only=True, config=CONFIG) as connection:
        for table in TABLES:
            name, frame = _quoted_name(table), frames[table.name]
            described = connection.execute(f"DESCRIBE {name}").fetchall()
            if [column for column, *_ in described] != frame.columns:
                return table.qualified_name
            connection.register("arriving", frame.to_arrow(compat_level=pl.CompatLevel.newest()))
            numbered = "(SELECT row_number() OVER () - 1 AS place, * FROM arriving)"
            written, given = connection.execute(
                f"{_digest(name, 'rowid', frame)} UNION ALL {_digest(numbered, 'place', frame)}"
            ).fetchall()
            if written != given:
                return table.qualified_name
        for view in VIEWS:
            described = connection.execute(f"DESCRIBE {_quoted_name(view)}").fetchall()
            columns = {name: _TYPES[type(column.dtype)] for name, column in view.schema.columns().items()}
            if {name: sql_type for name, sql_type, *_ in described} != columns:
                return view.qualified_name
    return None


def _digest(rows: str, place: str, frame: pl.DataFrame) -> str:
    """Selects the number of rows and the sum of a hash of each with its place: equal for equal rows in the same order.

    DuckDB makes it of both sides, so that no table is in memory twice.
    """
    cells = ", ".join(f'"{name}"' for name in frame.columns)
    return f"SELECT count(*), sum(hash({place}, {cells})) FROM {rows}"  # noqa: S608 - contract names


def row_counts(path: Path) -> dict[str, int]:
    """Rows of each table in a warehouse file; tables it does not have are left out."""
    with duckdb.connect(str(path), read_only=True, config=CONFIG) as connection:
        there = set(connection.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall())
        counts = {}
        for table in TABLES:
            if (table.place, table.name) in there:
                row = connection.execute(f"SELECT count(*) FROM {_quoted_name(table)}").fetchone()  # noqa: S608
                counts[table.name] = row[0] if row else 0
        return counts


def _enforce_contract(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    if table.schema.is_valid(frame):  # takes half the time of `filter`, which tells what is wrong
        return frame.select(table.schema.column_names())
    good, failures = table.schema.filter(frame, cast=True)
    if len(failures):
        rules = ", ".join(f"{rule} ({n})" for rule, n in failures.counts().items())
        raise BuildStopped(
            f"{table.name} breaks its contract: {rules}. The first row: {failures.invalid().row(0, named=True)}",
            f"{table.name} が契約に適合しません：{rules}。",
        )
    return good.select(table.schema.column_names())


def _create(table: Table, *, is_keyed: bool) -> str:
    columns = [
        f'"{name}" {_TYPES[type(column.dtype)]}{"" if column.nullable else " NOT NULL"}'
        for name, column in table.schema.columns().items()
    ]
    keys = [name for name, column in table.schema.columns().items() if column.primary_key]
    if keys and is_keyed:
        columns.append("PRIMARY KEY (" + ", ".join(f'"{key}"' for key in keys) + ")")
    return f"CREATE TABLE {_quoted_name(table)} ({', '.join(columns)})"


def _comments(table: Table) -> list[str]:
    kind = "VIEW" if table.sql else "TABLE"
    title = _quoted(f"{table.title_en} | {table.title_ja}")
    statements = [f"COMMENT ON {kind} {_quoted_name(table)} IS {title}"]
    for name, column in table.schema.columns().items():
        comment = _quoted(column_comment(column))
        statements.append(f'COMMENT ON COLUMN {_quoted_name(table)}."{name}" IS {comment}')
    return statements


def _quoted_name(table: Table) -> str:
    return f'{table.place}."{table.name}"'


def column_comment(column: dy.Column) -> str:
    """What a column is, its unit and what null means, English | Japanese."""
    facts: dict[str, Any] = column.metadata or {}
    unit_en = f" [{facts['unit']}]" if facts["unit"] else ""
    null_en = f" Null: {facts['null_en']}." if facts["null_en"] else ""
    null_ja = f" 空欄：{facts['null_ja']}。" if facts["null_ja"] else ""
    return f"{facts['en']}{unit_en}.{null_en} | {facts['ja']}{unit_en}。{null_ja}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
