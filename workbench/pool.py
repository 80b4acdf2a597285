"""Places for simultaneous queries, a fair queue, deadlines, and an end to any query at any moment.

Each thread has a worker of its own. There is one thread more than queries may run at the same time, so that while
one replaces a worker that was killed, as many as allowed are ready. The thread that waits for an answer looks at the
clock, and interrupts or kills its worker when the query was ended.
"""

import signal
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import cachetools

from workbench.answers import (
    Answer,
    Busy,
    Failed,
    OutOfMemory,
    Refused,
    Stopped,
    TimedOut,
    answer_of,
    place_in,
)
from workbench.checking import Finding, check_text
from workbench.limits import MEGABYTE, Limits
from workbench.messages import say
from workbench.parameters import Value, from_json, to_json
from workbench.process import ProcessGone
from workbench.warm_worker import WarmWorker

KINDS: Final = ("result", "full", "explain")
_LOOKS_AT_THE_CLOCK: Final = 0.05
_OBEYS_WITHIN: Final = 0.1
_LOOKS_FOR_A_NEW_FILE: Final = 2.0
_TRIES_AGAIN_AFTER: Final = 1.0
_REMEMBERED_VISITORS: Final = 1_000
_LEAST_USED: Final = 0.001
_MEMORY_SIGNALS: Final = (-signal.SIGABRT, -signal.SIGKILL)


@dataclass(eq=False)
class Ticket:
    """One query on its way: waiting, running or answered."""

    sql: str
    parameters: Mapping[str, Value]
    visitor: str
    kind: str
    turn: float = 0
    made_at: float = field(default_factory=time.monotonic)
    begun_at: float | None = None
    answer: Answer | None = None
    _done: threading.Event = field(default_factory=threading.Event)

    def is_done(self) -> bool:
        """Whether there is an answer."""
        return self._done.is_set()

    def wait(self, seconds: float | None = None) -> Answer | None:
        """The answer; None when there is none within the seconds."""
        self._done.wait(seconds)
        return self.answer

    def give(self, answer: Answer) -> bool:
        """Answers, once; False when it was answered already."""
        if self.is_done():
            return False
        self.answer = answer
        self._done.set()
        return True


class Pool:
    """Runs the statements of all visitors. Safe to use from any thread.

    Visitors take turns, by the time that their queries have run: who has used more waits for those who used less.
    """

    def __init__(self, limits: Limits, published: Callable[[], Path]) -> None:
        """`published` gives the file to read, on every look; an exception from it means there is none."""
        self.limits = limits
        self._published = published
        self._state = threading.Condition()
        self._waiting: list[Ticket] = []
        self._running: list[Ticket] = []
        self._used: cachetools.LRUCache[str, float] = cachetools.LRUCache(_REMEMBERED_VISITORS)
        self._turn = 0.0
        self._starting = 0
        self._is_closing = False
        self._threads = [
            threading.Thread(target=self._serve, name=f"sql-{i}", daemon=True)
            for i in range(limits.simultaneous + 1)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, sql: str, parameters: Mapping[str, Value], visitor: str, kind: str = "result") -> Ticket:
        """Puts a statement in the queue; the ticket may be answered at once (refused, busy)."""
        if kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}, not {kind!r}")
        ticket = Ticket(sql, dict(parameters), visitor, kind)
        refused = _refused(ticket, self.limits)
        with self._state:
            answer = refused or self._busy(visitor)
            if answer is not None:
                ticket.give(answer)
                return ticket
            own = sum(x.visitor == visitor for x in (*self._running, *self._waiting))
            ticket.turn = self._turn + own * _LEAST_USED
            self._waiting.append(ticket)
            self._state.notify_all()
        return ticket

    def run(self, sql: str, parameters: Mapping[str, Value], visitor: str, kind: str = "result") -> Answer:
        """Runs a statement and waits for its answer."""
        answer = self.submit(sql, parameters, visitor, kind).wait()
        assert answer is not None  # noqa: S101
        return answer

    def before(self, ticket: Ticket) -> int | None:
        """How many queries are served before this one; None when it does not wait any more."""
        with self._state:
            queue = self._queue()
            return queue.index(ticket) if ticket in queue else None

    def stop(self, visitor: str) -> int:
        """Ends every query of the visitor, waiting or running: how many."""
        with self._state:
            mine = [x for x in (*self._waiting, *self._running) if x.visitor == visitor]
            return sum(self._end(x, Stopped("stopped", say("stopped"))) for x in mine)

    def close(self) -> None:
        """Ends everything; a query still waiting or running is answered as busy."""
        with self._state:
            self._is_closing = True
            for ticket in (*self._waiting, *self._running):
                self._end(ticket, Busy("closing", say("closing")))
            self._state.notify_all()
        for thread in self._threads:
            thread.join(5)

    # The queue: all of this with `_state` held.

    def _busy(self, visitor: str) -> Busy | None:
        """Why one more query of the visitor cannot wait."""
        if self._is_closing:
            return Busy("closing", say("closing"))
        own = sum(x.visitor == visitor for x in self._waiting)
        if own >= self.limits.queue_of_one_visitor:
            return Busy("own_queue_full", say("own_queue_full", found=own), waiting=own)
        waiting = len(self._waiting)
        if waiting >= self.limits.queue:
            return Busy("queue_full", say("queue_full", found=waiting), waiting=waiting)
        return None

    def _queue(self) -> list[Ticket]:
        """Waiting queries in the order in which they are served."""
        return sorted(self._waiting, key=lambda x: (self._turn_of(x), x.made_at))

    def _turn_of(self, ticket: Ticket) -> float:
        """Seconds that others may use first: as many as the visitor has used more than they."""
        return max(ticket.turn, self._used.get(ticket.visitor, 0))

    def _take(self) -> Ticket | None:
        """The next query, begun; None where there is none, or every place is taken."""
        if len(self._running) == self.limits.simultaneous:
            return None
        visitors = {x.visitor for x in self._running}
        ticket = next((x for x in self._queue() if x.visitor not in visitors), None)
        if ticket is not None:
            ticket.begun_at = time.monotonic()
            ticket.turn = self._turn_of(ticket)
            self._turn = max(self._turn, ticket.turn)
            self._waiting.remove(ticket)
            self._running.append(ticket)
        return ticket

    def _end(self, ticket: Ticket, answer: Answer) -> bool:
        """Answers a query before its worker does; False when it was answered already."""
        if ticket in self._waiting:
            self._waiting.remove(ticket)
        return ticket.give(answer)

    def _look_at_the_clock(self, ticket: Ticket) -> None:
        """Ends the query at its deadline, or because others wait; turns away who has waited too long."""
        limits, now = self.limits, time.monotonic()
        for before, waiting in enumerate(self._queue()):
            if now - waiting.made_at >= limits.queue_seconds:
                message = say("waited_too_long", limit=limits.queue_seconds, found=before)
                self._end(waiting, Busy("waited_too_long", message, waiting=before))
        seconds = now - (ticket.begun_at or now)
        if seconds >= limits.seconds:
            self._end(ticket, TimedOut("time", say("time", limit=limits.seconds)))
        elif seconds >= limits.seconds_when_others_wait and self._must_make_room(ticket, seconds):
            self._end(ticket, TimedOut("others_waited", say("others_waited", found=f"{seconds:.1f}")))

    def _must_make_room(self, ticket: Ticket, seconds: float) -> bool:
        """Whether no worker is free, its visitor has used most, and one waits who has used less."""
        visitors = {x.visitor for x in self._running}
        ready = len(self._threads) - self._starting
        return (
            len(visitors) >= min(ready, self.limits.simultaneous)
            and ticket is max(self._running, key=lambda x: x.turn - (x.begun_at or 0))
            and any(
                x.visitor not in visitors and self._turn_of(x) < ticket.turn + seconds for x in self._waiting
            )
        )

    # A thread with its worker.

    def _serve(self) -> None:
        worker = WarmWorker(self.limits, self._published)
        while not self._is_closing:
            is_starting = worker.process is None
            with self._state:
                self._starting += is_starting
            with suppress(ProcessGone):
                worker.make_ready()
            with self._state:
                self._starting -= is_starting
                ticket = self._take()
                if ticket is None and not self._is_closing:
                    self._state.wait(_LOOKS_FOR_A_NEW_FILE if worker.process else _TRIES_AGAIN_AFTER)
                    ticket = self._take()
            if ticket is not None:
                self._finish(ticket, self._answered(ticket, worker))
        worker.close()

    def _answered(self, ticket: Ticket, worker: WarmWorker) -> Answer:
        """What the worker answers; of no use when the query was ended before."""
        question = {"sql": ticket.sql, "parameters": ticket.parameters, "kind": ticket.kind}
        try:
            process = worker.begin(to_json(question))
        except ProcessGone:
            return Failed("unavailable", say("unavailable"))
        while not process.has_answer(_LOOKS_AT_THE_CLOCK):
            with self._state:
                self._look_at_the_clock(ticket)
            if ticket.is_done():
                process.interrupt(_OBEYS_WITHIN)
        waited = ((ticket.begun_at or ticket.made_at) - ticket.made_at) * 1_000
        try:
            head, body = process.answer(self.limits.result_megabytes * MEGABYTE * 2)
            facts = from_json(head)
            answer = answer_of(facts, body, ticket.sql, waited)
        except Exception:
            # The process is gone, or what it sent is no answer: it ran a stranger's text, so nothing of that is used.
            return self._without_answer(worker.close())
        if facts.get("is_worn"):
            worker.close()
        return answer

    def _without_answer(self, exit_code: int) -> Answer:
        if exit_code == -signal.SIGXCPU:
            return TimedOut("time", say("time", limit=self.limits.seconds))
        if exit_code in _MEMORY_SIGNALS:
            return OutOfMemory("memory", say("memory", limit=self.limits.memory_megabytes))
        return Failed("crashed", say("crashed"))

    def _finish(self, ticket: Ticket, answer: Answer) -> None:
        """Frees the place, notes how long it was used, answers."""
        with self._state:
            self._running.remove(ticket)
            self._used[ticket.visitor] = (
                ticket.turn + time.monotonic() - (ticket.begun_at or time.monotonic())
            )
            ticket.give(answer)
            self._state.notify_all()


def _refused(ticket: Ticket, limits: Limits) -> Answer | None:
    """Why a query need not reach a worker: its length, its characters, its values."""
    try:
        check_text(ticket.sql, limits)
        for name, value in ticket.parameters.items():
            try:
                size = len(to_json(value))
            except (TypeError, ValueError, RecursionError):
                raise Finding("parameter_value", is_refusal=False, found=f"${name}") from None
            if size > limits.statement_characters:
                most = f"{limits.statement_characters:,}"
                raise Finding("statement_too_long", found=f"{size:,}", limit=most)
    except Finding as found:
        place = place_in(ticket.sql, found.position, found.length)
        return (Refused if found.is_refusal else Failed)(found.code, found.message, place)
    return None
