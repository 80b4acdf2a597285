"""How long named things take, told to whoever asked to hear of it; without a listener it costs a look at the clock."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

Kind = Literal["page", "query"]
Listener = Callable[[Kind, str, float], None]
"""Hears the kind, the name and the seconds; called in the thread that did the work."""

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Tell this listener of everything that is measured from now on."""
    _listeners.append(listener)


@contextmanager
def measured(kind: Kind, name: str) -> Iterator[None]:
    """Measures what is done within, also where it ends with an exception."""
    started = time.perf_counter()
    try:
        yield
    finally:
        for listener in _listeners:
            listener(kind, name, time.perf_counter() - started)
