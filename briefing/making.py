"""Makes packs outside the app's process, so that other visitors do not wait, and keeps the last ones.

One worker process of low priority is started with the first pack and stays warm. It opens the same published file.
"""

import atexit
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import cachetools

from briefing.compose import document_of
from briefing.document import Document
from briefing.formats import FORMATS
from briefing.request import Request
from queries.warehouse import WAREHOUSE_DIR_VARIABLE, Warehouse, current, warehouse_dir
from view.texts import texts

PRIORITY: Final = 10
KEPT_BYTES: Final = 64_000_000
_Key = tuple[str, Request, str]

_lock = threading.Lock()
_executors: list[ProcessPoolExecutor] = []
_kept: cachetools.LRUCache[_Key, bytes] = cachetools.LRUCache(KEPT_BYTES, getsizeof=len)


class PackFailed(Exception):
    """A pack could not be made; the message tells why."""


def write(warehouse: Warehouse, request: Request, code: str) -> bytes:
    """One file of a pack, made here. Raises FontMissing, KeyError for an unknown format."""
    return FORMATS[code].write(_document(warehouse, request), texts(request.lang))


@lru_cache(maxsize=8)
def _document(warehouse: Warehouse, request: Request) -> Document:
    return document_of(warehouse, request)


@dataclass
class Making:
    """A pack on its way: files by format as they are ready."""

    data_version: str
    request: Request
    waiting: dict[str, "Future[bytes]"] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def is_done(self) -> bool:
        """Whether every file is there."""
        return not self.waiting

    def take(self, seconds: float = 0) -> str | None:
        """Waits for the next file in order; gives its format, None when it takes longer. Raises PackFailed."""
        for code, future in list(self.waiting.items()):
            try:
                body = future.result(seconds)
            except TimeoutError:
                return None
            except BrokenProcessPool as error:
                _forget_worker()
                raise PackFailed("the worker ended unexpectedly; try again") from error
            except Exception as error:
                raise PackFailed(str(error)) from error
            del self.waiting[code]
            self.files[code] = body
            with _lock:
                _kept[self.data_version, self.request, code] = body
            return code
        return None


def start(warehouse: Warehouse, request: Request, codes: tuple[str, ...] = tuple(FORMATS)) -> Making:
    """Begins a pack; files that are kept are there at once."""
    making = Making(warehouse.data_version, request)
    folder = str(warehouse_dir())
    for code in codes:
        with _lock:
            kept = _kept.get((warehouse.data_version, request, code))
        if kept is not None:
            making.files[code] = kept
        else:
            making.waiting[code] = _submit(_write_there, folder, warehouse.data_version, request, code)
    return making


def _submit(call: Callable[..., bytes], *given: object) -> "Future[bytes]":
    for _ in range(2):
        try:
            return _executor().submit(call, *given)
        except BrokenProcessPool:
            _forget_worker()
    raise PackFailed("no worker could be started")


def _executor() -> ProcessPoolExecutor:
    with _lock:
        if not _executors:
            made = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_begin)
            atexit.register(made.shutdown, wait=False, cancel_futures=True)
            _executors.append(made)
        return _executors[0]


def _forget_worker() -> None:
    with _lock:
        for one in _executors:
            one.shutdown(wait=False, cancel_futures=True)
        _executors.clear()


def _begin() -> None:
    os.nice(PRIORITY)


def _write_there(folder: str, data_version: str, request: Request, code: str) -> bytes:
    """Runs in the worker. The version asked for must still be the published one."""
    os.environ[WAREHOUSE_DIR_VARIABLE] = folder
    warehouse = current(Path(folder))
    if warehouse.data_version != data_version:
        raise PackFailed("newer data were published meanwhile; make the pack again")
    return write(warehouse, request, code)


def names_of(files: Mapping[str, bytes], request: Request, data_version: str) -> dict[str, bytes]:
    """The files by the names they are downloaded under."""
    stem = request.stem(data_version)
    return {stem + FORMATS[code].suffix: body for code, body in files.items()}
