"""Makes packs outside the app's process, so that other visitors do not wait, and keeps the last ones.

One worker process of low priority is started with the first pack and stays warm. It opens the same published file.
"""

import atexit
import os
import pickle
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

import cachetools

from exports.briefing.formats import FORMATS
from exports.briefing.request import Request
from queries.warehouse import Warehouse, warehouse_dir
from workbench.process import KeptProcess, Process, ProcessGone

KEPT_BYTES: Final = 64_000_000
LARGEST_BYTES: Final = 1_000_000_000
_Key = tuple[str, Request, str]


class Worker(KeptProcess):
    """The process that writes packs, started with the first one. For use by one thread."""

    def __init__(self) -> None:
        super().__init__(lambda: Process("exports.briefing.worker", b"", os.environ, errors=None))

    def ask(self, *question: object) -> bytes:
        """The bytes asked for. Raises ProcessGone, or RuntimeError with what the process could not do."""
        try:
            failure, body = self.begin(pickle.dumps(question)).answer(LARGEST_BYTES)
        except ProcessGone as error:
            raise ProcessGone("the process that writes packs ended unexpectedly; try again") from error
        if failure:
            raise RuntimeError(failure.decode())
        return body


_lock = threading.Lock()
_worker = Worker()
_queue = ThreadPoolExecutor(1, thread_name_prefix="briefing")
_kept: cachetools.LRUCache[_Key, bytes] = cachetools.LRUCache(KEPT_BYTES, getsizeof=len)
atexit.register(_worker.close)


class PackFailed(Exception):
    """A pack could not be made; the message says why."""


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

    def share(self) -> float:
        """Share of the files that are there, from 0 to 1."""
        return len(self.files) / (len(self.files) + len(self.waiting) or 1)

    def take(self, seconds: float = 0) -> str | None:
        """Waits for the next file in order; gives its format, None when it takes longer. Raises PackFailed."""
        for code, future in list(self.waiting.items()):
            try:
                body = future.result(seconds)
            except TimeoutError:
                return None
            except (ProcessGone, RuntimeError) as error:
                raise PackFailed(str(error)) from error
            del self.waiting[code]
            self.files[code] = body
            with _lock:
                _kept[self.data_version, self.request, code] = body
            return code
        return None

    def give_up(self) -> None:
        """Leaves the files that are not begun; for a pack that is no longer wanted."""
        for future in self.waiting.values():
            future.cancel()


def start(warehouse: Warehouse, request: Request, codes: tuple[str, ...] = tuple(FORMATS)) -> Making:
    """Begins a pack; files that are kept are there at once."""
    making = Making(warehouse.data_version, request)
    folder = str(warehouse_dir().absolute())
    for code in codes:
        with _lock:
            kept = _kept.get((warehouse.data_version, request, code))
        if kept is not None:
            making.files[code] = kept
        else:
            question = (folder, warehouse.data_version, request, code)
            making.waiting[code] = _queue.submit(_worker.ask, *question)
    return making


def names_of(files: Mapping[str, bytes], request: Request, data_version: str) -> dict[str, bytes]:
    """The files by the names they are downloaded under, in the order of the formats, kept or made anew."""
    stem = request.stem(data_version)
    return {stem + one.suffix: files[code] for code, one in FORMATS.items() if code in files}
