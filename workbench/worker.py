"""The process that runs statements: started apart, locked, bounded, ended by the app at any moment.

It is started with `python -I` and an empty environment, reads requests from its standard input and answers in
frames (`wire`). When the app goes away it ends by itself. It holds nothing between two requests but the open
file: each request gets a connection of its own.
"""

import io
import os
import queue
import resource
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO, Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from workbench.checking import Finding, Readable, check
from workbench.explaining import Explained, explain, has_facts, kind_of, words_of
from workbench.limits import Limits
from workbench.wire import ASK, BEGUN, END, PIECE, READY, BrokenFrame, from_json, receive, send, to_json

MEGABYTE: Final = 1_000_000
LARGEST_REQUEST: Final = 16 * MEGABYTE
_PIECE_BYTES: Final = 1 << 18
_ROWS_A_BATCH: Final = 2_048
_SPARE_CPU_SECONDS: Final = 2
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

SWITCHES: Final[dict[str, str | bool | int]] = {
    "temp_directory": "",
    "max_temp_directory_size": "0B",
    "threads": 1,
    "max_expression_depth": 240,
    "python_enable_replacements": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_unsigned_extensions": False,
    "allow_persistent_secrets": False,
    "pivot_limit": 1_000,
    "errors_as_json": True,
    "home_directory": "",
    "secret_directory": "",
}


def connect(path: str, limits: Limits) -> duckdb.DuckDBPyConnection:
    """The warehouse, read-only, with every way out of it locked."""
    config: dict[str, Any] = {
        **SWITCHES,
        "memory_limit": f"{limits.memory_megabytes}MB",
        # The app ends a query at its deadline; this is for the case that the app hangs.
        "max_execution_time": (limits.seconds + _SPARE_CPU_SECONDS) * 1_000,
    }
    connection = duckdb.connect(path, read_only=True, config=config)
    # The order matters: each of these would be refused, or undone, after the next.
    connection.execute(f"SET operator_memory_limit = '{limits.memory_megabytes}MB'")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET disabled_filesystems = 'LocalFileSystem'")
    connection.execute("SET lock_configuration = true")
    return connection


class _Pieces(io.RawIOBase):
    """Bytes of the Arrow stream on their way out, as frames."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.size_bytes = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:  # noqa: ANN401
        body = bytes(data)
        send(self.stream, PIECE, body)
        self.size_bytes += len(body)
        return len(body)


class _OfColumn(Exception):
    def __init__(self, column: str) -> None:
        self.column = column
        super().__init__(column)


class _CellTooLarge(_OfColumn):
    pass


class _NumberTooLarge(_OfColumn):
    pass


class Worker:
    """One open warehouse and the loop that answers."""

    def __init__(self, path: str, limits: Limits, out: BinaryIO) -> None:
        self.limits = limits
        self.out = out
        self.hidden = (path, os.path.dirname(path))  # noqa: PTH120
        self.connection = connect(path, limits)
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

    def answer(self, request: dict[str, Any]) -> bool:
        """Answers one request; False when this process should not be used again."""
        end: dict[str, Any]
        try:
            end = self._checked(request)
        except MemoryError as error:
            end = {"outcome": "memory", "words": _plain(error), "worn": True}
        except _CellTooLarge as error:
            values = {"found": error.column, "limit": self.limits.cell_kilobytes}
            end = _found(Finding("cell_too_large", values, is_refusal=False))
        except _NumberTooLarge as error:
            end = _found(Finding("number_too_large", {"found": error.column}, is_refusal=False))
        except (duckdb.Error, OSError) as error:
            if isinstance(error, OSError) and not has_facts(error):
                raise
            end = self._failed(error, request)
        except (pa.ArrowException, UnicodeError, ValueError, TypeError, OverflowError, RuntimeError) as error:
            # Values that Arrow cannot carry, and allocations that fail in the depth of the engine.
            is_memory = "bad_alloc" in str(error) or "allocate" in str(error)
            end = {"outcome": "memory" if is_memory else "engine", "words": _plain(error), "worn": True}
        end["worn"] = bool(end.get("worn")) or resident_megabytes() > _WORN_AFTER_MEGABYTES
        send(self.out, END, to_json(end))
        return not end["worn"]

    def _checked(self, request: dict[str, Any]) -> dict[str, Any]:
        verdict = check(self.connection, request["sql"], self.readable, self.limits)
        if isinstance(verdict, Finding):
            return _found(verdict)
        request["reads"] = verdict.reads
        given = request["parameters"]
        missing = sorted(verdict.parameters - given.keys())
        if missing:
            values = {"found": ", ".join(f"${x}" for x in missing)}
            return _found(Finding("parameter_missing", values, is_refusal=False))
        if verdict.parameters and verdict.runs_in_steps:
            return _found(Finding("pivot_parameters", is_refusal=False))
        return self._run(request, {name: given[name] for name in verdict.parameters})

    def _run(self, request: dict[str, Any], parameters: dict[str, Any]) -> dict[str, Any]:
        is_explain = request["kind"] == "explain"
        is_full = request["kind"] == "full"
        most = self.limits.rows_downloaded if is_full else self.limits.rows_shown
        most_bytes = MEGABYTE * (self.limits.result_megabytes if is_full else self.limits.shown_megabytes)
        sql = (_EXPLAIN if is_explain else "") + request["sql"]
        begun = time.perf_counter()
        with self.connection.cursor() as cursor:
            relation = cursor.sql(sql, params=parameters) if parameters else cursor.sql(sql)
            names = list(_numbered(relation.columns))
            types = [str(x) for x in relation.types]
            relation = _showable(relation, types)
            reader = relation.to_arrow_reader(_ROWS_A_BATCH)
            pieces = _Pieces(self.out)
            rows, cut_off_by = self._stream(reader, names, most, most_bytes, pieces)
        return {
            "outcome": "result",
            "columns": [list(x) for x in zip(names, types, strict=True)],
            "rows": rows,
            "cut_off_by": cut_off_by,
            "milliseconds": (time.perf_counter() - begun) * 1_000,
            "size_bytes": pieces.size_bytes,
        }

    def _stream(
        self, reader: pa.RecordBatchReader, names: list[str], most: int, most_bytes: int, pieces: _Pieces
    ) -> tuple[int, str | None]:
        """Sends rows up to the limits of rows and size: how many, and which limit cut them off."""
        schema = pa.schema([pa.field(n, _decoded(f.type)) for n, f in zip(names, reader.schema, strict=True)])
        rows = size = 0
        cut_off_by: str | None = None
        # Neither is closed when something fails on the way: what was sent is of no use then.
        sink = io.BufferedWriter(pieces, _PIECE_BYTES)
        writer = pa.ipc.new_stream(sink, schema)
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
        writer.close()
        sink.flush()
        return rows, cut_off_by

    def _measure_cells(self, batch: pa.RecordBatch) -> None:
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            if pa.types.is_decimal(column.type):
                try:
                    column.validate(full=True)
                except pa.ArrowInvalid:
                    raise _NumberTooLarge(name) from None
        most = self.limits.cell_kilobytes * 1_000
        if batch.nbytes <= most:
            return
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            if column.nbytes > most and _largest(column) > most:
                raise _CellTooLarge(name)

    def _failed(self, error: BaseException, request: dict[str, Any]) -> dict[str, Any]:
        kind = kind_of(error)
        if kind == "Out of Memory":
            return {"outcome": "memory", "words": _plain(error), "worn": True}
        if kind == "INTERRUPT":
            return {"outcome": "time", "worn": True}
        tables = {k: v for k, v in self.tables.items() if k in request.get("reads", self.tables)}
        explained = explain(error, tables, self.hidden, self._bytes_before(request))
        if not has_facts(error) and kind in {"Binder", "Catalog"}:
            explained = self._asked_again(request, tables) or explained
        return {
            "outcome": "failed",
            "code": explained.code,
            "en": explained.message.en,
            "ja": explained.message.ja,
            "position": explained.position,
            "length": explained.length,
            "words": explained.words,
            "worn": kind in {"INTERNAL", "FATAL"},
        }

    @staticmethod
    def _bytes_before(request: dict[str, Any]) -> int:
        return len(_EXPLAIN) if request["kind"] == "explain" else 0

    def _asked_again(self, request: dict[str, Any], tables: dict[str, list[str]]) -> Explained | None:
        """The same error from a plan of the statement, which names the place."""
        try:
            with self.connection.cursor() as cursor:
                cursor.execute(_EXPLAIN + request["sql"])
        except duckdb.Error as error:
            return explain(error, tables, self.hidden, len(_EXPLAIN)) if has_facts(error) else None
        return None


def _found(finding: Finding) -> dict[str, Any]:
    return {
        "outcome": "refused" if finding.is_refusal else "failed",
        "code": finding.code,
        "en": finding.message.en,
        "ja": finding.message.ja,
        "position": finding.position,
        "length": finding.length,
        "words": finding.words,
    }


def _plain(error: BaseException) -> str:
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
    if not any(mark in sql_type for sql_type in types for mark in _AS_TEXT):
        return relation
    return relation.project(
        ", ".join(
            f"CAST(#{i} AS VARCHAR)" if any(mark in sql_type for mark in _AS_TEXT) else f"#{i}"
            for i, sql_type in enumerate(types, 1)
        )
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


_STATM: Final = os.open("/proc/self/statm", os.O_RDONLY) if sys.platform == "linux" else -1


def resident_megabytes() -> float:
    """Memory that this process holds now; 0 where the system does not tell."""
    if _STATM < 0:
        return 0
    pages = int(os.pread(_STATM, 100, 0).split()[1])
    return pages * resource.getpagesize() / MEGABYTE


def bound_process(limits: Limits) -> None:
    """Limits of the operating system on this process; none of them can be raised again from inside."""
    most = limits.process_megabytes * MEGABYTE
    for kind, value in (
        (resource.RLIMIT_AS, most),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))


def allow_no_more_files() -> None:
    """No file, pipe or socket can be opened from here on."""
    probe = os.dup(0)
    os.close(probe)
    resource.setrlimit(resource.RLIMIT_NOFILE, (probe, probe))


def allow_seconds(seconds: int) -> None:
    """Processor time for the next request; the system ends the process beyond it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + _SPARE_CPU_SECONDS
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _listen(stream: BinaryIO, requests: "queue.SimpleQueue[dict[str, Any]]") -> None:
    """Hands requests on; ends the process, whatever it is doing, when the app is gone."""
    while True:
        try:
            mark, body = receive(stream, LARGEST_REQUEST)
        except BrokenFrame:
            os._exit(0)
        if mark == ASK:
            requests.put(from_json(body))


def main() -> None:
    """Runs until the app goes away or a request leaves the process worn."""
    source = os.fdopen(os.dup(0), "rb", buffering=0)
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    # Nothing that the engine prints may get between the frames.
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    try:
        worker, requests = _prepare(source)
    except (duckdb.Error, OSError, MemoryError, ValueError, RuntimeError) as error:
        send(out, END, to_json({"words": f"{type(error).__name__}: {_plain(error)}"}))
        return
    worker.out = out
    send(out, READY, to_json({"tables": worker.tables, "data_version": worker.data_version}))
    is_fit = True
    while is_fit:
        request = requests.get()
        send(out, BEGUN, b"")
        allow_seconds(worker.limits.seconds)
        is_fit = worker.answer(request)


def _prepare(source: BinaryIO) -> "tuple[Worker, queue.SimpleQueue[dict[str, Any]]]":
    sys.setrecursionlimit(20_000)
    first = from_json(receive(source, LARGEST_REQUEST)[1])
    limits = Limits(**first["limits"])
    bound_process(limits)
    worker = Worker(first["path"], limits, io.BytesIO())
    # Once through everything, so that the first reader does not wait and no file has to be opened later.
    worker.answer({"sql": "SELECT count(*) AS n FROM record.build", "parameters": {}, "kind": "result"})
    threading.stack_size(1 << 18)
    requests: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(source, requests), daemon=True).start()
    allow_no_more_files()
    return worker, requests


if __name__ == "__main__":
    main()
