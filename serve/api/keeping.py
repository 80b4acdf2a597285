"""Answers, made off the event loop once and kept as sent; the file of a data version never changes."""

import asyncio
import hashlib
import os
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial

import cachetools

from queries.warehouse import at_most
from serve.compression import CODINGS
from workbench.limits import MEGABYTE, Limits

_WORTH_COMPRESSING = 500
"""Bytes from which an answer is sent compressed; fewer fit into a packet as they are."""


@dataclass(frozen=True)
class Answer:
    """A body as sent, and the headers that belong to it."""

    body: bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def tag(self) -> str:
        """The entity tag."""
        return self.headers["ETag"]


class TooBusy(Exception):
    """Too many answers are being made, or this one did not come to its turn."""


class Kept:
    """Answers by key, the latest asked within a limit of memory. For one event loop."""

    def __init__(self, megabytes: int, limits: Limits) -> None:
        """`limits` are those of the workbench: time of a query, queries at once, length of the queue."""
        self._limits = limits
        self._answers: cachetools.LRUCache[Hashable, Answer] = cachetools.LRUCache(
            megabytes * MEGABYTE, lambda answer: len(answer.body) + 1_000
        )
        self._making: dict[Hashable, asyncio.Future[Answer]] = {}
        # No more at once than there are processors: whoever reads pages wants them too.
        self._pool = ThreadPoolExecutor(min(limits.simultaneous, os.cpu_count() or 1), "api")

    def found(self, key: Hashable) -> Answer | None:
        """The answer of a key, if it is kept."""
        return self._answers.get(key)

    async def answer(self, key: Hashable, coding: str | None, make: Callable[[], Answer]) -> Answer:
        """The answer of a key, made by the first who asks. Raises what `make` raises, or TooBusy."""
        if (found := self.found(key)) is not None:
            return found
        making = self._making.get(key)
        if making is None:
            if len(self._making) >= self._limits.queue:
                raise TooBusy
            run = partial(_made, make, coding, self._limits.seconds)
            making = asyncio.ensure_future(asyncio.get_running_loop().run_in_executor(self._pool, run))
            self._making[key] = making
            making.add_done_callback(partial(self._done, key))
        try:
            return await asyncio.wait_for(asyncio.shield(making), self._limits.queue_seconds)
        except TimeoutError:
            raise TooBusy from None

    def _done(self, key: Hashable, made: asyncio.Future[Answer]) -> None:
        del self._making[key]
        if not made.cancelled() and made.exception() is None:
            answer = made.result()
            if len(answer.body) + 1_000 <= self._answers.maxsize:
                self._answers[key] = answer


def _made(make: Callable[[], Answer], coding: str | None, seconds: float) -> Answer:
    with at_most(seconds):
        return _as_sent(make(), coding)


def _as_sent(answer: Answer, coding: str | None) -> Answer:
    digest = hashlib.sha256(answer.body).hexdigest()[:32]
    if coding is None or len(answer.body) < _WORTH_COMPRESSING or not _is_text(answer.media_type):
        return replace(answer, headers={**answer.headers, "ETag": f'"{digest}"'})
    headers = {**answer.headers, "ETag": f'"{digest}-{coding}"', "Content-Encoding": coding}
    return replace(answer, body=CODINGS[coding](answer.body), headers=headers)


def _is_text(media_type: str) -> bool:
    return media_type.startswith("text/") or media_type.endswith("json")


def is_known(tag: str, if_none_match: str | None) -> bool:
    """Whether the client holds the answer with this tag already, by its header If-None-Match."""
    if not if_none_match:
        return False
    held = (one.strip().removeprefix("W/") for one in if_none_match.split(","))
    return any(one in {"*", tag} for one in held)
