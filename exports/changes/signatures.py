"""Signatures of what a data version tells of a month, kept beside its file so that no version is read twice for a feed."""

import contextlib
import hashlib
import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from exports.writing_files import write_whole
from model.editions import Difference
from queries.catalogue import catalogue
from queries.warehouse import Warehouse

FOLDER: Final = "feed"
KEPT_AT_MOST: Final = 64
"""Files in the folder; those written longest ago go first."""


class Signatures:
    """The signatures of one version. Equal ones mean that both versions tell the same; others, that they may not.

    The name of the file is a hash of what the signatures follow from: the version's file and the named queries.
    """

    def __init__(self, warehouse: Warehouse) -> None:
        facts = warehouse.path.stat()
        origin = (warehouse.path.name, facts.st_size, facts.st_mtime_ns, _queries())
        name = hashlib.sha256(repr(origin).encode()).hexdigest()[:32]
        self._path = warehouse.path.parent / FOLDER / f"{name}.json"
        self._known = _read(self._path)
        self._is_new = False

    def of(self, span: tuple[date, date], years: tuple[int, int], read: Callable[[], Difference]) -> str:
        """The signature of what differs between two days, counted up to two years; `read` is called where none is kept."""
        key = " ".join(map(str, (*span, *years)))
        if key not in self._known:
            self._known[key] = _signature(read())
            self._is_new = True
        return self._known[key]

    def keep(self) -> None:
        """Writes what is new. A folder that cannot be written costs time on the next start, nothing else."""
        if not self._is_new:
            return
        with contextlib.suppress(OSError):
            write_whole(self._path, json.dumps(self._known).encode())
            files = sorted(self._path.parent.glob("*.json"), key=lambda file: -file.stat().st_mtime_ns)
            for file in files[KEPT_AT_MOST:]:
                file.unlink(missing_ok=True)


def _signature(found: Difference) -> str:
    """Of all that the words of a difference are made of."""
    named = {c.key for c in found.changes["projects"]}
    sources = [
        sorted((key, url) for key, url in one.sources.items() if key in named)
        for one in (found.old, found.new)
    ]
    hidden = [
        (row["stage"], key in found.old.rows["projects"])
        for key, row in sorted(found.new.rows["projects"].items())
        if row["stage"] in found.not_visible
    ]
    told = (found.changes, found.near, found.far, found.counts, sorted(found.moved.items()), sources, hidden)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


@cache
def _queries() -> str:
    return hashlib.sha256(repr(sorted((q.name, q.sql) for q in catalogue().values())).encode()).hexdigest()


def _read(path: Path) -> dict[str, str]:
    """The signatures of a file; none where it is not there, cut off or of another kind."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: value for key, value in found.items() if isinstance(value, str)}
