"""The one door to DuckDB: opens the published warehouse read-only and runs named queries on it.

The build publishes a new file and flips the link `current.duckdb`. `current()` looks at the link on each
call, so a new version is noticed without a restart, and whoever still reads the old one keeps a
consistent file.
"""

import os
import threading
import warnings
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from queries.catalogue import Query, QueryParameterError, Value, catalogue
from queries.measuring import measured

WAREHOUSE_DIR_VARIABLE = "JCM_WAREHOUSE_DIR"
LINK_NAME = "current.duckdb"
OWN_FOLDER = "own"
"""Folder below that of the public warehouse, with the same record and the organisation's own laid over it."""
LAID_OVER = "laid-over"
"""File in it that names the public version beneath."""
KEPT_RESULTS = 512
OLDER_KEPT_OPEN = 3

# The advised `sql(…)` plans a statement three times; our answers are small, and the copy costs less than the planning.
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result makes an extra copy")

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
    "enable_external_access": False,
    "threads": 2,
}


def limit_queries(*, seconds: int, megabytes: int) -> None:
    """Ends each query after so many seconds, and above so much memory, in warehouses that are opened from now on.

    Within `at_most` its seconds hold instead.
    """
    _CONFIG.update(max_execution_time=1000 * seconds, memory_limit=f"{megabytes}MB")


class WarehouseUnavailable(Exception):
    """No warehouse can be read. `reason` is "missing", "damaged" or "older"; the message names the command to run."""

    def __init__(self, reason: str, path: Path, detail: str = "") -> None:
        self.reason = reason
        self.path = path
        cause = f" ({detail})" if detail else ""
        super().__init__(f"warehouse {reason}: {path}{cause}. Run: python -m etl build")


class OlderFile(WarehouseUnavailable):
    """A kept file lacks what a query asks for: it was written by older code."""

    def __init__(self, path: Path, query: str) -> None:
        self.data_version = _version_in(path)
        self.query = query
        super().__init__("older", path, f"written by older code, it cannot answer {query}")


class QueryFailed(Exception):
    """DuckDB could not run a named query to its end."""

    def __init__(self, query: str, detail: str) -> None:
        self.query = query
        super().__init__(f"{query}: {detail}")


class QueryTooLong(QueryFailed):
    """A named query was ended at its deadline (`at_most`)."""


_seconds: ContextVar[float | None] = ContextVar("seconds of a query", default=None)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Each named query that is run within, in this thread, ends after so many seconds with QueryTooLong."""
    token = _seconds.set(seconds)
    try:
        yield
    finally:
        _seconds.reset(token)


def warehouse_dir() -> Path:
    """Folder of the published warehouse: JCM_WAREHOUSE_DIR, else data/warehouse beside the app."""
    given = os.environ.get(WAREHOUSE_DIR_VARIABLE)
    return Path(given) if given else Path(__file__).parent.parent / "data" / "warehouse"


@dataclass(frozen=True)
class _Identity:
    """Which file is published: the path alone is not enough, a file may be replaced in place."""

    path: Path
    inode: int
    modified_ns: int


class Warehouse:
    """One published version, opened read-only. Safe to share between threads: a cursor per run."""

    def __init__(self, identity: _Identity) -> None:
        self.path = identity.path
        try:
            self._connection = duckdb.connect(str(identity.path), read_only=True, config=_CONFIG)
            size = self._connection.execute(
                "SELECT block_size * total_blocks FROM pragma_database_size()"
            ).fetchone()
            row = self._connection.execute(
                "SELECT data_version, data_as_of_on, first_on FROM record.build"
            ).fetchone()
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise OlderFile(identity.path, "what it holds") from error
        except duckdb.Error as error:
            raise WarehouseUnavailable("damaged", identity.path, str(error).splitlines()[0]) from error
        if size is None or identity.path.stat().st_size < size[0]:
            raise WarehouseUnavailable("damaged", identity.path, "the file is cut off")
        if row is None:
            raise WarehouseUnavailable("damaged", identity.path, "the table build is empty")
        self.data_version: str = row[0]
        self.data_as_of: date = row[1]
        self.first_on: date = row[2]
        self._results: OrderedDict[tuple[object, ...], pa.Table] = OrderedDict()
        self._lock = threading.Lock()

    def run(self, name: str, **parameters: object) -> pa.Table:
        """Result of the named query as an Arrow table, in the query's own order.

        Parameters not given take the default of the query's header. The file never changes, so results are
        kept and shared; treat them as read-only. Raises KeyError for an unknown name, QueryParameterError for
        a parameter the query does not have or of another type, OlderFile where the file lacks what the query reads,
        QueryFailed where DuckDB fails on the way.
        """
        query = catalogue()[name]
        values = query.bind(parameters, self.data_as_of)
        key = (name, *((k, tuple(v) if isinstance(v, list) else v) for k, v in values.items()))
        with self._lock:
            if (kept := self._results.get(key)) is not None:
                self._results.move_to_end(key)
                return kept
        table = self._execute(query, values)
        with self._lock:
            self._results[key] = table
            while len(self._results) > KEPT_RESULTS:
                self._results.popitem(last=False)
        return table

    def types(self, name: str) -> dict[str, str]:
        """SQL type of each column of a named query. Raises OlderFile where the file lacks what the query reads."""
        sql, values = catalogue()[name].to_run(catalogue()[name].bind({}, self.data_as_of))
        described = self._execute(replace(catalogue()[name], sql=f"DESCRIBE {sql}", spared=()), values)
        return {row["column_name"]: row["column_type"] for row in described.to_pylist()}

    def macros(self) -> dict[str, tuple[list[str], str]]:
        """Macros that give rows as known on a day, in order: parameters and statement of each by its name.

        Those outside the schema main have their schema in the name.
        """
        with self._connection.cursor() as cursor:
            rows = cursor.execute(
                "SELECT CASE schema_name WHEN 'main' THEN '' ELSE schema_name || '.' END || function_name AS name,"
                " parameters, macro_definition"
                " FROM duckdb_functions() WHERE NOT internal AND function_type = 'table_macro' ORDER BY name"
            ).fetchall()
        return {name: (parameters, statement) for name, parameters, statement in rows}

    def table(self, name: str) -> pa.Table:
        """All rows of a table in the order of its key.

        Raises KeyError for a table that the file does not have, OlderFile for a view that this DuckDB cannot run.
        """
        columns = [r for r in self.run("columns").to_pylist() if r["table_name"] == name]
        if not columns:
            raise KeyError(name)
        keys = [r["column_name"] for r in columns if r["is_key"]] or [r["column_name"] for r in columns]
        order = ", ".join(f'"{key}" NULLS LAST' for key in keys)
        with self._connection.cursor() as cursor:
            qualified = ".".join(f'"{part}"' for part in name.split("."))
            try:
                return cursor.sql(f"FROM {qualified} ORDER BY {order}").to_arrow_table()
            except (duckdb.BinderException, duckdb.CatalogException) as error:
                raise OlderFile(self.path, name) from error

    def _execute(self, query: Query, values: dict[str, Value]) -> pa.Table:
        with measured("query", query.name), self._connection.cursor() as cursor:
            try:
                if (seconds := _seconds.get()) is not None:
                    cursor.execute(
                        f"SET SESSION max_execution_time = {int(seconds * 1000)}"
                    )  # of this cursor
                return cursor.execute(*query.to_run(values)).to_arrow_table()
            except duckdb.InterruptException as error:
                raise QueryTooLong(query.name, str(error).splitlines()[0]) from error
            except (duckdb.BinderException, duckdb.CatalogException) as error:
                raise OlderFile(self.path, query.name) from error
            except duckdb.Error as error:
                raise QueryFailed(query.name, str(error).splitlines()[0]) from error


def published_files(folder: Path) -> list[Path]:
    """Files of the data versions that are kept in a folder, the published one first, then the latest."""
    published = (folder / LINK_NAME).resolve()
    found = [p for p in folder.glob("*.duckdb") if not p.is_symlink() and "unfinished" not in p.name]
    return sorted(found, key=lambda p: (p != published, -p.stat().st_mtime_ns))


_lock = threading.Lock()
_opened: dict[_Identity, Warehouse] = {}
_older: OrderedDict[_Identity, Warehouse] = OrderedDict()


def _published(folder: Path) -> _Identity:
    link = folder / LINK_NAME
    try:
        path = link.resolve(strict=True)
        facts = path.stat()
    except OSError as error:
        raise WarehouseUnavailable("missing", link) from error
    return _Identity(path, facts.st_ino, facts.st_mtime_ns)


def current(folder: Path | None = None) -> Warehouse:
    """The warehouse that is published now; opened once and kept until another is published.

    Raises WarehouseUnavailable when there is none, or when the file cannot be read.
    """
    identity = _published(folder or warehouse_dir())
    with _lock:
        found = _opened.get(identity)
        if found is None:
            found = Warehouse(identity)
            # The older version closes by itself once the last reader lets go of it.
            for older in [k for k in _opened if k.path.parent == identity.path.parent]:
                del _opened[older]
            _opened[identity] = found
        return found


def current_if_open() -> Warehouse | None:
    """The warehouse that is published now, if it is open already: never more than a look at the link."""
    try:
        return _opened.get(_published(warehouse_dir()))
    except WarehouseUnavailable:
        return None


def own() -> Warehouse | None:
    """The warehouse with the organisation's own record; None where there is none, or where it cannot be read.

    One that was laid over another public version than the published one is none: every later fact would seem to be the
    organisation's. A file that is gone is let go of.
    """
    folder = warehouse_dir() / OWN_FOLDER
    try:
        beneath = (folder / LAID_OVER).read_text(encoding="utf-8")
        if beneath == _published(warehouse_dir()).path.stem:
            return current(folder)
    except (WarehouseUnavailable, OSError):
        pass
    with _lock:
        for gone in [k for k in _opened if k.path.parent == folder.resolve()]:
            del _opened[gone]
    return None


def kept_versions(folder: Path | None = None) -> list[str]:
    """Data versions whose files are kept, the published one first, then the latest."""
    return [_version_in(path) for path in published_files(folder or warehouse_dir())]


def version(data_version: str, folder: Path | None = None) -> Warehouse:
    """The warehouse of a version that is kept, opened once and shared.

    Raises WarehouseUnavailable when its file is not there, or cannot be read.
    """
    place = folder or warehouse_dir()
    published = current(place)
    if published.data_version == data_version:
        return published
    # The name is looked up among the files that are there, and never becomes a path by itself.
    path = next((p for p in published_files(place) if _version_in(p) == data_version), None)
    if path is None:
        raise WarehouseUnavailable("missing", place / f"jcm-{data_version[:64]}.duckdb")
    facts = path.stat()
    identity = _Identity(path, facts.st_ino, facts.st_mtime_ns)
    with _lock:
        found = _older.get(identity)
        if found is None:
            found = Warehouse(identity)
            _older[identity] = found
        _older.move_to_end(identity)
        while len(_older) > OLDER_KEPT_OPEN:
            _older.popitem(last=False)
        return found


def _version_in(path: Path) -> str:
    return path.stem.removeprefix("jcm-")


__all__ = [
    "OlderFile",
    "QueryFailed",
    "QueryParameterError",
    "QueryTooLong",
    "Warehouse",
    "WarehouseUnavailable",
    "at_most",
    "current",
    "current_if_open",
    "kept_versions",
    "limit_queries",
    "own",
    "published_files",
    "version",
    "warehouse_dir",
]
