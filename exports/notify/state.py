"""What each recipient was told: a file that survives a crash, and a lock that lets one notifier work at a time."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

FORMAT: Final = 1


class StateError(Exception):
    """The state file cannot be used, or another notifier holds it."""


@dataclass(frozen=True)
class Intention:
    """A digest that is about to be sent, or was and may have arrived: two data versions, and when it was first meant to."""

    older: str
    newer: str
    at: str


class State:
    """The last version that each recipient was told of, and the intention that is not confirmed.

    An intention is on disk before anything is sent, its confirmation after: a digest is sent at least once, and again
    only where the notifier ended between the two, under the same name, by which receivers know it.
    """

    def __init__(self, path: Path) -> None:
        """Raises StateError for a file that is no state."""
        self._path = path
        self._told: dict[str, str] = {}
        self._intended: dict[str, Intention] = {}
        try:
            found = json.loads(path.read_bytes())
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            raise StateError(_unusable(path, str(error))) from error
        try:
            self._take(found)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise StateError(_unusable(path, "it is no state of notifications")) from error

    def _take(self, found: Any) -> None:  # noqa: ANN401 - as the file has it
        if found["format"] != FORMAT:
            raise ValueError
        for key, one in found["recipients"].items():
            if one["told"] is not None:
                self._told[key] = str(one["told"])
            if one["intended"] is not None:
                self._intended[key] = Intention(**one["intended"])

    def told(self, key: str) -> str | None:
        """The last version that a recipient was told of."""
        return self._told.get(key)

    def intended(self, key: str) -> Intention | None:
        """What was to be sent and is not confirmed."""
        return self._intended.get(key)

    def intend(self, key: str, intention: Intention) -> None:
        """Notes on disk what is about to be sent. Raises OSError."""
        self._intended[key] = intention
        self._write()

    def confirm(self, key: str, version: str) -> None:
        """Notes on disk that a recipient knows of a version. Raises OSError."""
        self._told[key] = version
        self._intended.pop(key, None)
        self._write()

    def _write(self) -> None:
        """Writes the file whole, and comes back once it is on disk."""
        recipients = {
            key: {
                "told": self._told.get(key),
                "intended": asdict(self._intended[key]) if key in self._intended else None,
            }
            for key in sorted({*self._told, *self._intended})
        }
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_name(f".{self._path.name}.unfinished")
        with beside.open("w", encoding="utf-8") as file:
            json.dump({"format": FORMAT, "recipients": recipients}, file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _unusable(path: Path, why: str) -> str:
    return (
        f"{path}: {why}. Without it nobody knows what was sent, so nothing is. Bring it back from a copy; or remove it and"
        " name the version that all know with --since."
    )


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds the lock of a state file. Raises StateError where another notifier does, OSError where it cannot be made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StateError(
                f"{path}: another notifier is at work with it; nothing was sent by this one."
            ) from error
        yield
