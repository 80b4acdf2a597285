"""A worker as the app sees it: started, asked, ended."""

import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa

from workbench.limits import Limits
from workbench.wire import ASK, BEGUN, END, PIECE, READY, BrokenFrame, from_json, receive, send, to_json

_ROOT: Final = Path(__file__).parent.parent
_START: Final = "import sys; sys.path[:0] = [{root!r}]; from workbench.worker import main; main()"  # the folder of the app
_ENVIRONMENT: Final = {
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
_LARGEST_END: Final = 4_000_000
_MEGABYTE: Final = 1_000_000
_LAST: Final = 19


class WorkerGone(Exception):
    """The process ended before it answered: it was ended by the app, or it broke."""


class WorkerNeverBegan(WorkerGone):
    """The process had ended before it took the request; another may be asked."""


class WorkerProcess:
    """One process with one warehouse open. One request at a time; `kill` may come from any thread."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Starts the process and returns at once. `path` is the file of the warehouse."""
        self.path = path
        self.limits = limits
        self.data_version = ""
        self.is_at_work = False
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-X", "utf8", "-c", _START.format(root=str(_ROOT))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=_ENVIRONMENT,
            bufsize=0,
            close_fds=True,
        )
        assert self._process.stdin is not None  # noqa: S101
        assert self._process.stdout is not None  # noqa: S101
        self._in: BinaryIO = self._process.stdin  # type: ignore[assignment]
        self._out: BinaryIO = self._process.stdout  # type: ignore[assignment]

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def make_ready(self) -> None:
        """Waits until the process has opened the file. Raises WorkerGone when it could not."""
        try:
            send(self._in, ASK, to_json({"path": str(self.path), "limits": asdict(self.limits)}))
            mark, body = receive(self._out, _LARGEST_END)
            if mark != READY:
                raise BrokenFrame(str(from_json(body).get("words", "")))
            self.data_version = str(from_json(body)["data_version"])
        except (OSError, BrokenFrame, ValueError, KeyError) as error:
            self.kill()
            raise WorkerGone(str(error)) from error

    def ask(self, sql: str, parameters: dict[str, Any], kind: str) -> tuple[dict[str, Any], pa.Table | None]:
        """What the worker said at the end, and the rows of a result.

        Raises WorkerGone when the process ended, TypeError for a parameter that cannot be passed.
        """
        request = to_json({"sql": sql, "parameters": parameters, "kind": kind})
        try:
            send(self._in, ASK, request)
            mark, _ = receive(self._out, 0)
        except (OSError, BrokenFrame) as error:
            self.kill()
            raise WorkerNeverBegan(str(error)) from error
        try:
            if mark != BEGUN:
                raise BrokenFrame("an answer before the beginning")
            self.is_at_work = True
            return self._answer()
        except (OSError, BrokenFrame, ValueError, KeyError, pa.ArrowException) as error:
            self.kill()
            raise WorkerGone(str(error)) from error
        finally:
            self.is_at_work = False

    def _answer(self) -> tuple[dict[str, Any], pa.Table | None]:
        most = self.limits.result_megabytes * _MEGABYTE * 2 + _LARGEST_END
        pieces: list[bytes] = []
        size = 0
        while True:
            mark, body = receive(self._out, most)
            size += len(body)
            if mark == END:
                break
            if mark != PIECE or size > most:
                raise BrokenFrame("more than a result may hold")
            pieces.append(body)
        end = from_json(body)
        return end, _table(pieces) if end["outcome"] == "result" else None

    def kill(self) -> None:
        """Ends the process, whatever it is doing; whoever waits for it gets WorkerGone. Returns at once."""
        self._process.kill()

    def close(self) -> int:
        """Ends the process and lets go of its pipes; only when nobody waits for it. Its exit code."""
        self._process.kill()
        code = self._process.wait()
        self._in.close()
        self._out.close()
        return code

    def give_way(self) -> None:
        """Lets other processes go first."""
        self._prioritise(_LAST)

    def come_back(self) -> bool:
        """Undoes `give_way`; False where the system does not allow that."""
        return self._prioritise(0)

    def _prioritise(self, niceness: int) -> bool:
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, niceness)
        except OSError:
            return False
        return True


def _table(pieces: list[bytes]) -> pa.Table:
    """The rows, checked as what comes from a process that ran a stranger's text."""
    with pa.ipc.open_stream(pa.py_buffer(b"".join(pieces))) as reader:
        table = reader.read_all()
    table.validate(full=True)
    return _with_whole_numbers(table)


def _with_whole_numbers(table: pa.Table) -> pa.Table:
    """Sums of whole numbers as whole numbers, where 64 bits hold them; DuckDB gives them as 38-digit decimals."""
    for index, column in enumerate(table.schema):
        if pa.types.is_decimal(column.type) and column.type.scale == 0:
            try:
                values = table.column(index).cast(pa.int64())
            except pa.ArrowInvalid:
                continue
            table = table.set_column(index, pa.field(column.name, pa.int64()), values)
    return table
