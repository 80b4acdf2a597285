"""The process that writes packs: reads what to write from standard input, answers on standard output.

A plain process and no pool of `multiprocessing`: that would run the page's script again in its child.
"""

import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

PRIORITY: Final = 10
_ROOT = Path(__file__).parents[2]


class WorkerGone(Exception):
    """The process ended without an answer."""


class Worker:
    """One process, started with the first question; answers one question at a time. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, *question: object) -> bytes:
        """The bytes asked for. Raises WorkerGone, or RuntimeError with what the process could not do."""
        with self._lock:
            process = self._running()
            assert process.stdin is not None  # noqa: S101 - opened as pipes
            assert process.stdout is not None  # noqa: S101
            try:
                pickle.dump(question, process.stdin)
                process.stdin.flush()
                is_done, answer = pickle.load(process.stdout)  # noqa: S301 - our own child
            except (EOFError, OSError, pickle.UnpicklingError) as error:
                self._end()
                raise WorkerGone("the process that writes packs ended unexpectedly; try again") from error
        if not is_done:
            raise RuntimeError(answer)
        body: bytes = answer
        return body

    def close(self) -> None:
        """Ends the process."""
        with self._lock:
            self._end()

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return None if self._process is None else self._process.pid

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "exports.briefing.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=_ROOT,
            )
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None


def _answer(question: tuple[Any, ...]) -> tuple[bool, bytes | str]:
    from exports.briefing.writing import write_there  # noqa: PLC0415 - libraries are loaded with the first question

    try:
        return True, write_there(*question)
    except Exception as error:
        # Whatever went wrong is told to the reader; the process goes on.
        return False, str(error) or type(error).__name__


def main() -> None:
    """Answers until standard input is closed."""
    os.nice(PRIORITY)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # what libraries print is no answer
    while True:
        try:
            question = pickle.load(sys.stdin.buffer)  # noqa: S301 - the app's own questions
        except EOFError:
            return
        pickle.dump(_answer(question), answers)
        answers.flush()


if __name__ == "__main__":
    main()
