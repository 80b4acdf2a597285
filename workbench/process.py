"""A Python process apart from the app: it answers one question at a time and can be killed at any moment.

It starts isolated (`python -I`), with the environment it is given and one socket, and runs one module. The module's
`prepare(setup)` returns an object that does the work: `answer(question)` gives a head and a body, `interrupt()`, from
another thread, ends what is being answered if that is possible. Questions and answers are bytes: the app never unpickles
what comes from a process that ran a stranger's text. When the app is gone, the process ends, whatever it is doing.

Not `multiprocessing`, nor a pool built on it: its children run the script of the page that is drawn at that moment.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final

_ROOT: Final = Path(__file__).parent.parent
_START: Final = "import sys; sys.path.insert(0, sys.argv[1]); from workbench.process import main; main()"
_INTERRUPT: Final = b""
_LARGEST_QUESTION: Final = 16_000_000
_LARGEST_HEAD: Final = 4_000_000
_STACK_OF_LISTENER: Final = 1 << 18


class ProcessGone(Exception):
    """The process ended before it answered: it was killed, or it broke."""


class Process:
    """One process. It is asked from one thread at a time; `kill` may come from any thread."""

    def __init__(
        self,
        module: str,
        setup: bytes,
        environment: Mapping[str, str],
        errors: int | None = subprocess.DEVNULL,
    ) -> None:
        """Starts the process and waits until it is ready. Raises ProcessGone when it could not get ready.

        `errors` is where its standard error goes: nowhere, or with None to that of the app.
        """
        try:
            self._connection, theirs = Pipe()
            with theirs:
                at = str(theirs.fileno())
                self._process = subprocess.Popen(  # noqa: S603 - our own text
                    [sys.executable, "-I", "-X", "utf8", "-c", _START, str(_ROOT), at, module],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=errors,
                    cwd="/",
                    env=environment,
                    pass_fds=(theirs.fileno(),),
                )
        except OSError as error:
            raise ProcessGone(str(error)) from error
        try:
            self._connection.send_bytes(setup)
            self._connection.recv_bytes(0)
        except (OSError, EOFError) as error:
            raise ProcessGone(f"exit code {self.close()} before it was ready") from error

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def begin(self, question: bytes) -> None:
        """Asks. Raises ProcessGone when the process had ended before it took the question; another may be asked."""
        try:
            self._connection.send_bytes(question)
            self._connection.recv_bytes(0)
        except (OSError, EOFError) as error:
            raise ProcessGone from error

    def has_answer(self, seconds: float) -> bool:
        """Waits for the answer, or the end of the process, for up to `seconds`."""
        return self._connection.poll(seconds)

    def answer(self, most: int) -> tuple[bytes, bytes]:
        """Head and body of the answer. Raises ProcessGone, also for a body of more than `most` bytes."""
        try:
            return self._connection.recv_bytes(_LARGEST_HEAD), self._connection.recv_bytes(most)
        except (OSError, EOFError) as error:
            raise ProcessGone from error

    def interrupt(self, seconds: float) -> None:
        """Ends what the process is answering. One that does not obey within the seconds is killed."""
        with suppress(OSError):
            self._connection.send_bytes(_INTERRUPT)
        if not self._connection.poll(seconds):
            self.kill()

    def kill(self) -> None:
        """Ends the process, whatever it is doing; whoever waits for it gets ProcessGone. Returns at once."""
        self._process.kill()

    def close(self) -> int:
        """Ends the process; only when nobody waits for it. Its exit code, below zero for a signal."""
        self._process.kill()
        self._connection.close()
        return self._process.wait()


class KeptProcess:
    """At most one process, started when it is needed and replaced when it has ended. For use by one thread."""

    def __init__(self, start: Callable[[], Process]) -> None:
        self.process: Process | None = None
        self._start = start

    def make_ready(self) -> Process:
        """The process that waits for a question. Raises ProcessGone when none can be started."""
        if self.process is not None and not self.process.is_alive():
            self.close()
        if self.process is None:
            self.process = self._start()
        return self.process

    def begin(self, question: bytes) -> Process:
        """The process that has begun to answer. Raises ProcessGone, not for one that had ended while it waited."""
        try:
            process = self.make_ready()
            process.begin(question)
        except ProcessGone:
            self.close()
            process = self.make_ready()
            process.begin(question)
        return process

    def close(self) -> int:
        """Ends the process; its exit code, 0 where there is none."""
        process, self.process = self.process, None
        return 0 if process is None else process.close()


def main() -> None:
    """The process itself: gets ready with the first message, then answers until the app is gone."""
    connection: Connection[bytes, bytes] = Connection(int(sys.argv[2]))
    questions: SimpleQueue[bytes] = SimpleQueue()
    threading.stack_size(_STACK_OF_LISTENER)
    setup = connection.recv_bytes(_LARGEST_QUESTION)
    work = import_module(sys.argv[3]).prepare(setup)
    threading.Thread(target=_listen, args=(connection, questions, work), daemon=True).start()
    connection.send_bytes(b"")
    while True:
        question = questions.get()
        connection.send_bytes(b"")
        for part in work.answer(question):
            connection.send_bytes(part)


def _listen(connection: "Connection[bytes, bytes]", questions: "SimpleQueue[bytes]", work: Any) -> None:  # noqa: ANN401 - what a module makes
    while True:
        try:
            question = connection.recv_bytes(_LARGEST_QUESTION)
        except (OSError, EOFError):
            os._exit(0)
        if question == _INTERRUPT:
            work.interrupt()
        else:
            questions.put(question)
