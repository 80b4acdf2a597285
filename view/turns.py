"""Pages of a process take turns, in the order in which they came.

They share one interpreter: fifty that run at once need half as much time again as one after the other, and none comes
sooner.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE = 2
"""One calculates while the other waits for the warehouse."""
PATIENCE = 3.0
"""Seconds after which a page no longer waits: one that hangs does not keep all others."""


class Turns:
    """So many at once; a turn that is given back goes to whoever has waited longest."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """How many wait."""
        with self._lock:
            return len(self._waiting)

    @contextmanager
    def turn(self, patience: float = PATIENCE) -> Iterator[bool]:
        """What is done within waits for its turn, and gives it back however it ends; False where it goes without one."""
        is_taken = self._take(patience)
        try:
            yield is_taken
        finally:
            if is_taken:
                self._give_back()

    def _take(self, patience: float) -> bool:
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(patience):
            return True
        with self._lock:
            if mine.is_set():  # given in between
                return True
            self._waiting.remove(mine)
        return False

    def _give_back(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


OF_PAGES = Turns(AT_ONCE)
