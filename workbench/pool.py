"""Warm workers, places for simultaneous queries, a fair queue, deadlines, and an end to any query at any moment.

Each place is a thread with a worker of its own. A place whose worker was ended takes the spare one, or starts
another, before it takes the next query, so no query waits for a start while a worker is free. One more thread
watches the clock, one keeps the spare.
"""

import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from workbench.answers import (
    Answer,
    Busy,
    Column,
    Failed,
    OutOfMemory,
    Refused,
    Result,
    Stopped,
    TimedOut,
    place_in,
)
from workbench.checking import read_text
from workbench.fair_queue import FairQueue
from workbench.limits import Limits
from workbench.messages import Message, say
from workbench.process import WorkerGone, WorkerNeverBegan, WorkerProcess
from workbench.wire import Value, to_json

KINDS: Final = ("result", "full", "explain")
_GIVES_WAY_AFTER: Final = 0.5
_BETWEEN_TWO_THAT_GIVE_WAY: Final = 0.15
_LOOKS_FOR_A_NEW_FILE: Final = 2.0
_TRIES_AGAIN_AFTER: Final = 1.0
_STARTS_BEFORE_SAYING_SO: Final = 3
_SHORTEST_LOOK: Final = 0.005
_LONGEST_LOOK: Final = 5.0
_MEMORY_SIGNALS: Final = (-signal.SIGABRT, -signal.SIGKILL)

Published: TypeAlias = tuple[Path, int, int]


@dataclass(eq=False)
class Ticket:
    """One query on its way: waiting, running or answered."""

    sql: str
    parameters: Mapping[str, Value]
    visitor: str
    kind: str
    made_at: float
    begun_at: float | None = None
    ended_by: str | None = None
    has_given_way: bool = False
    worker: WorkerProcess | None = None
    answer: Answer | None = None
    _done: threading.Event = field(default_factory=threading.Event)

    def is_done(self) -> bool:
        """Whether there is an answer."""
        return self._done.is_set()

    def wait(self, seconds: float | None = None) -> Answer | None:
        """The answer; None when there is none within the seconds."""
        self._done.wait(seconds)
        return self.answer

    def give(self, answer: Answer) -> None:
        """Answers, once."""
        if not self._done.is_set():
            self.answer = answer
            self._done.set()


class Pool:
    """Runs the statements of all visitors. Safe to use from any thread."""

    def __init__(self, limits: Limits, published: Callable[[], Path]) -> None:
        """`published` gives the file to read, on every look; an exception from it means there is none."""
        self.limits = limits
        self._published = published
        self._state = threading.Condition()
        self._queue: FairQueue[Ticket] = FairQueue()
        self._running: dict[int, Ticket] = {}
        self._ready: set[int] = set()
        self._spare: tuple[WorkerProcess, Published] | None = None
        self._next_gives_way_at = 0.0
        self._is_closing = False
        self._threads = [
            threading.Thread(target=self._serve, args=(i,), name=f"sql-place-{i}", daemon=True)
            for i in range(limits.simultaneous)
        ]
        self._threads += [
            threading.Thread(target=self._watch, name="sql-watch", daemon=True),
            threading.Thread(target=self._keep_a_spare, name="sql-spare", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, sql: str, parameters: Mapping[str, Value], visitor: str, kind: str = "result") -> Ticket:
        """Puts a statement in the queue; the ticket may be answered at once (refused, busy)."""
        if kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}, not {kind!r}")
        ticket = Ticket(sql, dict(parameters), visitor, kind, time.monotonic())
        if (refused := self._refused(ticket)) is not None:
            ticket.give(refused)
            return ticket
        with self._state:
            waiting, own = len(self._queue), self._queue.of_visitor(visitor)
            if self._is_closing:
                ticket.give(Busy("closing", say("closing")))
            elif own >= self.limits.queue_of_one_visitor:
                ticket.give(Busy("own_queue_full", say("own_queue_full", found=own), waiting=own))
            elif waiting >= self.limits.queue:
                ticket.give(Busy("queue_full", say("queue_full", found=waiting), waiting=waiting))
            else:
                self._queue.add(visitor, ticket)
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
            return next((i for i, x in enumerate(self._queue.in_order()) if x is ticket), None)

    def ready(self) -> int:
        """How many places have a worker that waits for a query or runs one."""
        with self._state:
            return len(self._ready)

    def stop(self, visitor: str) -> int:
        """Ends every query of the visitor, waiting or running: how many."""
        with self._state:
            mine = [x for x in (*self._queue.in_order(), *self._running.values()) if x.visitor == visitor]
        return sum(self.stop_ticket(x) for x in mine)

    def stop_ticket(self, ticket: Ticket) -> bool:
        """Ends one query; False when it was answered already."""
        with self._state:
            if self._queue.remove(ticket.visitor, ticket):
                ticket.give(Stopped("stopped", say("stopped")))
                return True
            if ticket not in self._running.values() or ticket.ended_by is not None:
                return False
            ticket.ended_by = "stopped"
            worker = ticket.worker
        if worker is not None:
            worker.kill()
        return True

    def close(self) -> None:
        """Ends everything; a query still waiting or running is answered as busy."""
        with self._state:
            self._is_closing = True
            for ticket in list(self._queue.in_order()):
                self._queue.remove(ticket.visitor, ticket)
                ticket.give(Busy("closing", say("closing")))
            for ticket in self._running.values():
                ticket.ended_by = ticket.ended_by or "closing"
                if ticket.worker is not None:
                    ticket.worker.kill()
            self._state.notify_all()
        for thread in self._threads:
            thread.join(5)

    def _refused(self, ticket: Ticket) -> Answer | None:
        finding = read_text(ticket.sql, self.limits)
        if finding is not None:
            place = place_in(ticket.sql, finding.position, finding.length)
            return Refused(finding.code, finding.message, place)
        for name, value in ticket.parameters.items():
            try:
                size = len(to_json(value))
            except (TypeError, ValueError, RecursionError):
                return Failed("parameter_value", say("parameter_value", found=f"${name}"))
            if size > self.limits.statement_characters:
                values = {"found": f"{size:,}", "limit": f"{self.limits.statement_characters:,}"}
                return Refused("statement_too_long", say("statement_too_long", **values))
        return None

    # A place.

    def _serve(self, place: int) -> None:
        worker: WorkerProcess | None = None
        opened: Published | None = None
        failed_starts = 0
        while not self._is_closing:
            if worker is None:
                opened = self._look()
                worker = self._take_spare(opened) or self._start(opened)
            self._tell_ready(place, is_ready=worker is not None)
            failed_starts = 0 if worker is not None else failed_starts + 1
            if worker is None and opened is not None and failed_starts < _STARTS_BEFORE_SAYING_SO:
                continue
            ticket = self._next(place, _LOOKS_FOR_A_NEW_FILE if worker is not None else _TRIES_AGAIN_AFTER)
            now = self._look()
            if worker is not None and not (worker.is_alive() and now in {opened, None}):
                worker.close()
                opened = now or opened
                worker = self._take_spare(opened) or self._start(opened)
            if ticket is not None:
                worker = self._answered(worker, opened, ticket, place)
        if worker is not None:
            worker.close()

    def _tell_ready(self, place: int, *, is_ready: bool) -> None:
        with self._state:
            (self._ready.add if is_ready else self._ready.discard)(place)

    def _answered(
        self, worker: WorkerProcess | None, opened: Published | None, ticket: Ticket, place: int
    ) -> WorkerProcess | None:
        """Answers a ticket; the worker to go on with, if any."""
        answer, is_fit = self._tried(worker, ticket)
        if answer is None:
            # The worker had died while it waited: that is nobody's fault.
            if worker is not None:
                worker.close()
            worker = self._start(opened)
            answer, is_fit = self._tried(worker, ticket)
        self._finish(place, ticket, answer or Failed("unavailable", say("unavailable")))
        if worker is not None and not is_fit:
            self._tell_ready(place, is_ready=False)
            worker.close()
            return None
        return worker

    def _tried(self, worker: WorkerProcess | None, ticket: Ticket) -> tuple[Answer | None, bool]:
        """The answer, None where the worker never began; and whether the worker can be used again."""
        with self._state:
            ticket.worker = worker
            ended_by = ticket.ended_by
        if ended_by is not None:
            return self._without_answer(ticket, 0), True
        if worker is None:
            return Failed("unavailable", say("unavailable")), False
        try:
            end, table = worker.ask(ticket.sql, dict(ticket.parameters), ticket.kind)
        except WorkerGone as gone:
            if isinstance(gone, WorkerNeverBegan) and ticket.ended_by is None:
                return None, False
            return self._without_answer(ticket, worker.close()), False
        is_fit = not end.get("worn") and ticket.ended_by is None
        if is_fit and ticket.has_given_way:
            is_fit = worker.come_back()
        return self._answer(ticket, worker, end, table), is_fit

    def _look(self) -> Published | None:
        try:
            path = self._published()
            facts = path.stat()
        except Exception:
            # Whatever keeps the file from being found, the answer is the same: the data cannot be read now.
            return None
        return path, facts.st_ino, facts.st_mtime_ns

    def _take_spare(self, now: Published | None) -> WorkerProcess | None:
        with self._state:
            if self._spare is None or self._spare[1] != now or not self._spare[0].is_alive():
                return None
            worker, self._spare = self._spare[0], None
            self._state.notify_all()
        return worker

    def _keep_a_spare(self) -> None:
        """Has one more worker ready, for the place that loses its own while others wait."""
        while not self._is_closing:
            now = self._look()
            with self._state:
                spare = self._spare
                if spare is not None and spare[1] == now and spare[0].is_alive():
                    self._state.wait(_LOOKS_FOR_A_NEW_FILE)
                    continue
                self._spare = None
            if spare is not None:
                spare[0].close()
            worker = self._start(now)
            with self._state:
                if worker is not None and now is not None:
                    self._spare = (worker, now)
                elif not self._is_closing:
                    self._state.wait(_TRIES_AGAIN_AFTER)
        if self._spare is not None:
            self._spare[0].close()

    def _start(self, now: Published | None) -> WorkerProcess | None:
        if now is None:
            return None
        worker = None
        try:
            worker = WorkerProcess(now[0], self.limits)
            worker.make_ready()
        except (WorkerGone, OSError):
            if worker is not None:
                worker.close()
            return None
        return worker

    def _next(self, place: int, patience: float) -> Ticket | None:
        """The next query, begun; None after `patience` seconds without one."""
        with self._state:
            ticket = self._queue.take(self._may_run)
            if ticket is None and not self._is_closing:
                self._state.wait(patience)
                ticket = None if self._is_closing else self._queue.take(self._may_run)
            if ticket is not None:
                ticket.begun_at = time.monotonic()
                self._running[place] = ticket
                self._state.notify_all()
        return ticket

    def _may_run(self, visitor: str) -> bool:
        return all(x.visitor != visitor for x in self._running.values())

    def _answer(self, ticket: Ticket, worker: WorkerProcess, end: dict[str, Any], table: Any) -> Answer:  # noqa: ANN401
        outcome = end["outcome"]
        words = str(end.get("words", ""))
        if outcome == "result":
            return Result(
                table=table,
                columns=tuple(Column(str(n), str(t)) for n, t in end["columns"]),
                rows_shown=table.num_rows,
                is_cut_off=end["cut_off_by"] is not None,
                cut_off_by=end["cut_off_by"],
                milliseconds=float(end["milliseconds"]),
                waited_milliseconds=((ticket.begun_at or ticket.made_at) - ticket.made_at) * 1_000,
                size_bytes=int(end["size_bytes"]),
                data_version=worker.data_version,
            )
        if outcome == "memory":
            return OutOfMemory("memory", say("memory", limit=self.limits.memory_megabytes), words=words)
        if outcome == "time":
            return TimedOut("time", say("time", limit=self.limits.seconds))
        if outcome == "engine":
            return Failed("engine", say("engine"), words=words)
        kind = Refused if outcome == "refused" else Failed
        place = place_in(ticket.sql, end["position"], int(end["length"]))
        return kind(str(end["code"]), Message(str(end["en"]), str(end["ja"])), place, words)

    def _without_answer(self, ticket: Ticket, exit_code: int) -> Answer:
        if ticket.ended_by == "stopped":
            return Stopped("stopped", say("stopped"))
        if ticket.ended_by == "closing":
            return Busy("closing", say("closing"))
        if ticket.ended_by == "gave_way":
            seconds = time.monotonic() - (ticket.begun_at or ticket.made_at)
            return TimedOut("gave_way", say("gave_way", found=f"{seconds:.1f}"))
        if ticket.ended_by == "time" or exit_code == -signal.SIGXCPU:
            return TimedOut("time", say("time", limit=self.limits.seconds))
        if exit_code in _MEMORY_SIGNALS:
            return OutOfMemory("memory", say("memory", limit=self.limits.memory_megabytes))
        return Failed("crashed", say("crashed"))

    def _finish(self, place: int, ticket: Ticket, answer: Answer) -> None:
        broke_a_limit = isinstance(answer, TimedOut | OutOfMemory) or (
            isinstance(answer, Failed) and answer.code == "crashed"
        )
        with self._state:
            self._running.pop(place, None)
            ticket.worker = None
            if broke_a_limit:
                self._queue.mark(ticket.visitor)
            elif isinstance(answer, Result):
                self._queue.unmark(ticket.visitor)
            self._state.notify_all()
        ticket.give(answer)

    # The clock.

    def _watch(self) -> None:
        while True:
            with self._state:
                if self._is_closing:
                    return
                now = time.monotonic()
                self._turn_away(now)
                self._let_others_go_first(now)
                ended = self._over_time(now)
                if not ended:
                    self._state.wait(self._until_next(now))
            for worker in ended:
                worker.kill()

    def _turn_away(self, now: float) -> None:
        for before, ticket in enumerate(list(self._queue.in_order())):
            if now - ticket.made_at >= self.limits.queue_seconds:
                self._queue.remove(ticket.visitor, ticket)
                message = say("waited_too_long", limit=self.limits.queue_seconds, found=before)
                ticket.give(Busy("waited_too_long", message, waiting=before))

    def _let_others_go_first(self, now: float) -> None:
        for ticket in self._running.values():
            if (
                ticket.worker is not None
                and not ticket.has_given_way
                and _run(ticket, now) >= _GIVES_WAY_AFTER
            ):
                ticket.has_given_way = True
                ticket.worker.give_way()

    def _over_time(self, now: float) -> list[WorkerProcess]:
        """Workers whose query ends now: at its deadline, or because all places are taken and others wait."""
        running = [x for x in self._running.values() if x.ended_by is None and x.worker is not None]
        ended = [x for x in running if _run(x, now) >= self.limits.seconds]
        for ticket in ended:
            ticket.ended_by = "time"
        if len(self._running) == self.limits.simultaneous and not ended:
            ended += self._giving_way(running, now)
        return [x.worker for x in ended if x.worker is not None]

    def _giving_way(self, running: list[Ticket], now: float) -> list[Ticket]:
        """The query that has run longest, when somebody waits who broke no limit: one, then a while none.

        Most queries take milliseconds, so one place is enough; nor is another ended before that one has left it.
        """
        is_any_waiting = any(self._may_run(x) for x in self._queue.visitors(marked=False))
        if len(running) < self.limits.simultaneous or not is_any_waiting:
            return []
        longest = min(running, key=lambda x: x.begun_at or now, default=None)
        if longest is None or now < self._next_gives_way_at:
            return []
        if _run(longest, now) < self.limits.seconds_when_others_wait:
            return []
        self._next_gives_way_at = now + _BETWEEN_TWO_THAT_GIVE_WAY
        longest.ended_by = "gave_way"
        return [longest]

    def _until_next(self, now: float) -> float:
        """Seconds until something may be due; a change of the queue wakes the watch anyway."""
        limits = self.limits
        marks = (_GIVES_WAY_AFTER, limits.seconds_when_others_wait, limits.seconds)
        due = [mark - _run(x, now) for x in self._running.values() for mark in marks]
        due.append(self._next_gives_way_at - now)
        due += [x.made_at + limits.queue_seconds - now for x in self._queue.in_order()]
        return max(_SHORTEST_LOOK, min([x for x in due if x > 0], default=_LONGEST_LOOK))


def _run(ticket: Ticket, now: float) -> float:
    return now - (ticket.begun_at if ticket.begun_at is not None else now)
