"""The app served by a process of its own, as a user starts it: `python -m serve` or `streamlit run`."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parent.parent
SECONDS_TO_START = 90
SECONDS_TO_PRINT = 30

_ADDRESS = re.compile(r"https?://[^\s/]+:\d+")


class ServerFailed(Exception):
    """The server ended, or said no address in time. The message holds all it printed."""


class RunningServer:
    """Context manager around a server process; `address` is what it printed, `output` all it printed so far."""

    def __init__(
        self, command: list[str], environment: Mapping[str, str] | None = None, folder: Path = ROOT
    ) -> None:
        self.command = command
        self._folder = folder
        self.address = ""
        # Memory as `make run` sets it.
        memory = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "1048576"}
        self._environment = {
            **os.environ,
            **memory,
            "PYTHONUNBUFFERED": "1",
            "CI": "true",
            **(environment or {}),
        }
        self._lines: list[str] = []
        self._printed = threading.Condition()
        self._addresses: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    @classmethod
    def tuned(
        cls, *arguments: str, environment: Mapping[str, str] | None = None, port: int = 0
    ) -> "RunningServer":
        """`python -m serve` on a free port."""
        return cls([sys.executable, "-m", "serve", "--port", str(port), *arguments], environment)

    @classmethod
    def plain(
        cls, script: Path, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> "RunningServer":
        """`streamlit run` as anyone would start it, on a free port of this machine only."""
        here = ["--server.address", "127.0.0.1", "--server.port", "0", "--server.headless", "true"]
        command = [sys.executable, "-m", "streamlit", "run", str(script), *here, *arguments]
        return cls(command, environment)

    @property
    def output(self) -> str:
        """All that the process has printed."""
        return "".join(self._lines)

    def prints(self, text: str) -> bool:
        """Whether the process has printed a text, or does so soon: its answer may be here before its line is."""
        with self._printed:
            return self._printed.wait_for(lambda: text in self.output, SECONDS_TO_PRINT)

    @property
    def pid(self) -> int:
        """The server's process."""
        return self._process.pid

    @property
    def port(self) -> int:
        """The port of `address`."""
        return int(self.address.rpartition(":")[2])

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self.command,
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            found = self._addresses.get(timeout=SECONDS_TO_START)
        except queue.Empty:
            found = None
        if found is None:
            self.stop()
            raise ServerFailed(f"{' '.join(self.command)} did not start. It printed:\n{self.output}")
        self.address = found
        return self

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._printed:
                self._lines.append(line)
                self._printed.notify_all()
            if match := _ADDRESS.search(line):
                self._addresses.put(match.group())
        self._addresses.put(None)

    def send(self, number: int) -> None:
        """Send the process a signal."""
        self._process.send_signal(number)

    def stop(self, number: int = signal.SIGINT) -> int:
        """Ask the process to end, by default as Ctrl+C does, and return its exit code."""
        if self._process.poll() is None:
            self.send(number)
        return self.ended()

    def ended(self) -> int:
        """Exit code of the process, which has been asked to end."""
        try:
            code = self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._reader.join(timeout=5)
        return code

    def kill(self) -> None:
        """End the process at once, as a failing machine does."""
        self._process.kill()
        self._process.wait()

    def is_running(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def resident_megabytes(self) -> float:
        """Memory the process holds now (Linux only, else 0)."""
        status = Path(f"/proc/{self.pid}/status")
        if not status.exists():
            return 0.0
        found = re.search(r"VmRSS:\s+(\d+) kB", status.read_text())
        return int(found[1]) / 1024 if found else 0.0

    def processor_seconds(self) -> float:
        """Processor time the process has used (Linux only, else 0)."""
        stat = Path(f"/proc/{self.pid}/stat")
        if not stat.exists():
            return 0.0
        fields = stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
