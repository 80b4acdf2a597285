"""A worker kept ready on the published file: replaced when it has ended, or when another file was published."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final, TypeAlias

from workbench.limits import Limits
from workbench.parameters import to_json
from workbench.process import KeptProcess, Process, ProcessGone

_ENVIRONMENT: Final = {
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}

_File: TypeAlias = tuple[Path, int, int]


class WarmWorker(KeptProcess):
    """A process of `worker` with the published file open. For use by one thread."""

    def __init__(self, limits: Limits, published: Callable[[], Path]) -> None:
        """`published` gives the file to read, on every look; an exception from it means that there is none."""
        super().__init__(self._started)
        self._limits = limits
        self._published = published
        self._opened: _File | None = None

    def make_ready(self) -> Process:
        """The process that waits for a question. Raises ProcessGone when the data cannot be read."""
        if self.process is not None and self._look() not in {self._opened, None}:
            self.close()
        return super().make_ready()

    def _started(self) -> Process:
        if (found := self._look()) is None:
            raise ProcessGone("no file to read")
        self._opened = found
        setup = to_json({"path": str(found[0]), "limits": asdict(self._limits)})
        return Process("workbench.worker", setup, _ENVIRONMENT)

    def _look(self) -> _File | None:
        try:
            path = self._published()
            facts = path.stat()
        except Exception:
            # Whatever keeps the file from being found, the answer is the same: the data cannot be read now.
            return None
        return path, facts.st_ino, facts.st_mtime_ns
