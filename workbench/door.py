"""The door of the workbench: runs a reader's statement on the published data, and stops it.

The first call starts the workers; they end with the app. Limits come from the environment (`limits`).
"""

import atexit
import threading
from collections.abc import Mapping
from contextlib import suppress

import cachetools

from queries.warehouse import current
from workbench.answers import Answer, Result
from workbench.limits import MEGABYTE, Limits, limits
from workbench.parameters import Value, to_json
from workbench.pool import Pool, Ticket

_lock = threading.Lock()
_pools: list[Pool] = []
_kept: list[cachetools.LRUCache[tuple[str, bytes, str, str], Result]] = []


def _pool() -> Pool:
    with _lock:
        if not _pools:
            _pools.append(Pool(limits(), lambda: current().path))
        return _pools[0]


@atexit.register
def close() -> None:
    """Ends the workers; the next call starts others."""
    with _lock:
        while _pools:
            _pools.pop().close()


def warm() -> None:
    """Starts the workers before the first reader. Raises LimitError when the environment sets a wrong limit."""
    _pool()


def limits_in_force() -> Limits:
    """The limits that statements run under."""
    return _pool().limits


def run(sql: str, parameters: Mapping[str, Value], visitor: str, kind: str = "result") -> Answer:
    """Runs a statement and waits for its answer.

    `visitor` keeps visitors apart, so that one waits behind his own queries and not before those of others.
    `kind` is "result" (the rows to show), "full" (the rows of a download) or "explain" (the plan). Parameters
    that the statement does not name are left out. Raises ValueError for another kind.
    """
    return _pool().run(sql, parameters, visitor, kind)


def start(sql: str, parameters: Mapping[str, Value], visitor: str, kind: str = "result") -> Ticket:
    """As `run`, without waiting: the ticket has `is_done()`, `wait(seconds)` and `answer`."""
    return _pool().submit(sql, parameters, visitor, kind)


def before(ticket: Ticket) -> int | None:
    """How many queries are served before this one; None when it runs or has its answer."""
    return _pool().before(ticket)


def stop(visitor: str) -> int:
    """Ends every query of the visitor, waiting or running: how many."""
    return _pool().stop(visitor)


def keep(sql: str, parameters: Mapping[str, Value], kind: str, result: Result) -> None:
    """Keeps a result for whoever asks the same of the same data, as long as there is room."""
    with _lock:
        if not _kept:
            room = limits().kept_megabytes * MEGABYTE
            _kept.append(cachetools.LRUCache(room, lambda x: x.size_bytes + 1_000))
        with suppress(ValueError):  # larger than all the room there is
            _kept[0][(sql, to_json(parameters), kind, result.data_version)] = result


def recall(sql: str, parameters: Mapping[str, Value], kind: str) -> Result | None:
    """A result that was kept, of the data published now."""
    with _lock:
        return _kept[0].get((sql, to_json(parameters), kind, current().data_version)) if _kept else None
