"""What a process of the pool runs (`process`): checks a statement, runs it within the limits, answers in bytes.

It holds nothing between two requests but the open file: each request gets a connection of its own.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from workbench.checking import Accepted, Finding, Readable, check
from workbench.confinement import (
    allow_no_more_files,
    allow_seconds,
    bound_process,
    connect,
    resident_megabytes,
)
from workbench.explaining import explain, facts_of, kind_of, words_of
from workbench.limits import MEGABYTE, Limits
from workbench.parameters import from_json, to_json

_ROWS_A_BATCH: Final = 2_048
_WORN_AFTER_MEGABYTES: Final = 300
_OWN_NAME: Final = "CASE schema_name WHEN 'main' THEN '' ELSE schema_name || '.' END || {}"
_EXPLAIN: Final = "EXPLAIN "
_AS_TEXT: Final = (
    "UNION",
    "VARIANT",
    "BIT",
    "BIGNUM",
    "GEOMETRY",
    "INTERVAL",
    "HUGEINT[",
    "TIME WITH TIME ZONE",
)
_FIRST: Final = {"sql": "SELECT count(*) AS n FROM record.build", "parameters": {}, "kind": "result"}


def prepare(setup: bytes) -> "Worker":
    """Opens the warehouse, then takes from this process the right to open more."""
    sys.setrecursionlimit(20_000)
    given = from_json(setup)
    limits = Limits(**given["limits"])
    bound_process(limits)
    worker = Worker(given["path"], limits)
    # Once through everything, so that the first reader does not wait and no file has to be opened later.
    worker.answer(to_json(_FIRST))
    allow_no_more_files()
    return worker


class Worker:
    """One open warehouse and what answers from it."""

    def __init__(self, path: str, limits: Limits) -> None:
        self.limits = limits
        self.hidden = (path, os.path.dirname(path))  # noqa: PTH120
        self.connection = connect(path, limits)
        self.cursor: duckdb.DuckDBPyConnection | None = None
        rows = self.connection.execute(
            f"SELECT {_OWN_NAME.format('table_name')} AS name, list(column_name ORDER BY column_index) "  # noqa: S608 - own text
            "FROM duckdb_columns() WHERE NOT internal GROUP BY name ORDER BY name"
        ).fetchall()
        self.tables: dict[str, list[str]] = {name.lower(): list(columns) for name, columns in rows}
        macros = self.connection.execute(
            f"SELECT {_OWN_NAME.format('function_name')} FROM duckdb_functions() "  # noqa: S608 - own text
            "WHERE NOT internal AND function_type = 'table_macro'"
        ).fetchall()
        self.readable = Readable(frozenset(self.tables), frozenset(name.lower() for (name,) in macros))
        version = self.connection.execute("SELECT data_version FROM record.build").fetchone()
        self.data_version = str(version[0]) if version else ""

    def answer(self, question: bytes) -> tuple[bytes, bytes | memoryview]:
        """Head and rows. The head says `is_worn` when this process should not be used again."""
        request = from_json(question)
        allow_seconds(self.limits.seconds)
        tables = self.tables
        body: bytes | memoryview = b""
        try:
            accepted = check(self.connection, request["sql"], self.readable, self.limits)
            tables = {name: self.tables[name] for name in accepted.reads}
            head, body = self._run(request, _bound(accepted, request["parameters"]))
        except Finding as found:
            head = _failure("Refused" if found.is_refusal else "Failed", found)
        except (duckdb.Error, OSError, MemoryError) as error:
            head = self._failed(error, request, tables)
        except (pa.ArrowException, UnicodeError, ValueError, TypeError, OverflowError, RuntimeError) as error:
            head = self._broken(error)
        head["is_worn"] = head.get("is_worn") or resident_megabytes() > _WORN_AFTER_MEGABYTES
        return to_json(head), body

    def interrupt(self) -> None:
        """Ends the statement that runs now, at the next chunk of rows."""
        with suppress(duckdb.Error):
            if self.cursor is not None:
                self.cursor.interrupt()

    def _run(self, request: dict[str, Any], parameters: dict[str, Any]) -> tuple[dict[str, Any], memoryview]:
        sql = (_EXPLAIN if request["kind"] == "explain" else "") + request["sql"]
        begun = time.perf_counter()
        with self.connection.cursor() as self.cursor:
            cursor = self.cursor
            relation = cursor.sql(sql, params=parameters) if parameters else cursor.sql(sql)
            names = list(_numbered(relation.columns))
            types = [str(x) for x in relation.types]
            reader = _showable(relation, types).to_arrow_reader(_ROWS_A_BATCH)
            body, cut_off_by = self._rows(reader, names, is_full=request["kind"] == "full")
        head = {
            "columns": [list(x) for x in zip(names, types, strict=True)],
            "cut_off_by": cut_off_by,
            "milliseconds": (time.perf_counter() - begun) * 1_000,
            "data_version": self.data_version,
        }
        return head, body

    def _rows(
        self, reader: pa.RecordBatchReader, names: list[str], *, is_full: bool
    ) -> tuple[memoryview, str | None]:
        """Rows up to the limits of rows and size, as an Arrow stream, and which limit cut them off."""
        most = self.limits.rows_downloaded if is_full else self.limits.rows_shown
        most_bytes = MEGABYTE * (self.limits.result_megabytes if is_full else self.limits.shown_megabytes)
        schema = pa.schema([pa.field(n, _decoded(f.type)) for n, f in zip(names, reader.schema, strict=True)])
        rows = size = 0
        cut_off_by: str | None = None
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, schema) as writer:
            for batch in _batches(reader, schema):
                self._measure_cells(batch)
                kept = batch.slice(0, most - rows)
                cut_off_by = "rows" if kept.num_rows < batch.num_rows else None
                while kept.num_rows and size + kept.nbytes > most_bytes:
                    cut_off_by = "size"
                    kept = kept.slice(0, kept.num_rows // 2)
                rows += kept.num_rows
                size += kept.nbytes
                writer.write_batch(kept)
                if cut_off_by:
                    break
        return memoryview(sink.getvalue()), cut_off_by

    def _measure_cells(self, batch: pa.RecordBatch) -> None:
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            if pa.types.is_decimal(column.type):
                try:
                    column.validate(full=True)
                except pa.ArrowInvalid:
                    raise Finding("number_too_large", is_refusal=False, found=name) from None
        most = self.limits.cell_kilobytes * 1_000
        if batch.nbytes <= most:
            return
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            if column.nbytes > most and _largest(column) > most:
                limit = self.limits.cell_kilobytes
                raise Finding("cell_too_large", is_refusal=False, found=name, limit=limit)

    def _failed(
        self, error: Exception, request: dict[str, Any], tables: dict[str, list[str]]
    ) -> dict[str, Any]:
        kind = kind_of(error)
        if isinstance(error, MemoryError) or kind == "Out of Memory":
            return self._out_of_memory(error, is_worn=isinstance(error, MemoryError))
        if kind == "INTERRUPT":
            return _failure("TimedOut", Finding("time", limit=self.limits.seconds))
        if isinstance(error, OSError) and not facts_of(error):
            return self._broken(error)
        before = len(_EXPLAIN) if request["kind"] == "explain" else 0
        found = explain(error, tables, self.hidden, before)
        if not facts_of(error) and kind in {"Binder", "Catalog"}:
            found = self._asked_again(request["sql"], tables) or found
        return _failure("Failed", found, is_worn=kind in {"INTERNAL", "FATAL"})

    def _asked_again(self, sql: str, tables: dict[str, list[str]]) -> Finding | None:
        """The same error from a plan of the statement, which names the place."""
        try:
            with self.connection.cursor() as cursor:
                cursor.execute(_EXPLAIN + sql)
        except duckdb.Error as error:
            return explain(error, tables, self.hidden, len(_EXPLAIN)) if facts_of(error) else None
        return None

    def _broken(self, error: Exception) -> dict[str, Any]:
        """Values that Arrow cannot carry, and allocations that fail in the depth of the engine."""
        if "bad_alloc" in str(error) or "allocate" in str(error):
            return self._out_of_memory(error, is_worn=True)
        return _failure("Failed", Finding("engine", words=_first_line(error)), is_worn=True)

    def _out_of_memory(self, error: Exception, *, is_worn: bool) -> dict[str, Any]:
        found = Finding("memory", words=_first_line(error), limit=self.limits.memory_megabytes)
        return _failure("OutOfMemory", found, is_worn=is_worn)


def _bound(accepted: Accepted, given: dict[str, Any]) -> dict[str, Any]:
    """Values of the parameters that the statement names. Raises Finding."""
    if missing := sorted(accepted.parameters - given.keys()):
        raise Finding("parameter_missing", is_refusal=False, found=", ".join(f"${x}" for x in missing))
    if accepted.parameters and accepted.runs_in_steps:
        raise Finding("pivot_parameters", is_refusal=False)
    return {name: given[name] for name in accepted.parameters}


def _failure(kind: str, found: Finding, *, is_worn: bool = False) -> dict[str, Any]:
    """The head that says why there is no result; `kind` is a class of `answers`."""
    return {
        "failure": kind,
        "code": found.code,
        "en": found.message.en,
        "ja": found.message.ja,
        "position": found.position,
        "length": found.length,
        "words": found.words,
        "is_worn": is_worn,
    }


def _first_line(error: Exception) -> str:
    return words_of(error).split("\n", 1)[0][:300]


def _numbered(names: list[str]) -> Iterator[str]:
    """Names as they are, a later one of the same name with a number behind it."""
    taken: set[str] = set()
    for name in names:
        candidate, number = name, 1
        while candidate in taken:
            number += 1
            candidate = f"{name}_{number}"
        taken.add(candidate)
        yield candidate


def _showable(relation: duckdb.DuckDBPyRelation, types: list[str]) -> duckdb.DuckDBPyRelation:
    """The relation with types that no table or file format carries turned into text."""
    is_text = [any(mark in sql_type for mark in _AS_TEXT) for sql_type in types]
    if not any(is_text):
        return relation
    return relation.project(
        ", ".join(f"CAST(#{i} AS VARCHAR)" if x else f"#{i}" for i, x in enumerate(is_text, 1))
    )


def _decoded(arrow_type: pa.DataType) -> pa.DataType:
    return arrow_type.value_type if pa.types.is_dictionary(arrow_type) else arrow_type


def _batches(reader: pa.RecordBatchReader, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for batch in reader:
        columns = [x.dictionary_decode() if pa.types.is_dictionary(x.type) else x for x in batch.columns]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def _largest(column: pa.Array) -> int:
    """Bytes of the largest value."""
    if pa.types.is_string(column.type) or pa.types.is_binary(column.type):
        return int(pc.max(pc.binary_length(column)).as_py() or 0)
    return max((column.slice(i, 1).nbytes for i in range(len(column))), default=0)
