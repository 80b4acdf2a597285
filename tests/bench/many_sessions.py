"""Fifty visitors at once without a pause: how many runs a second, how long each waits.

Run as a module it is the visitors, in a process of their own so that they share no interpreter with the server.
"""

import asyncio
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.bench.result import Row, milliseconds, percentile
from tests.bench.selections import SELECTIONS
from tests.running_server import RunningServer
from tests.streamlit_session import StreamlitSession

ROOT = Path(__file__).parent.parent.parent
SESSIONS = 50
SECONDS = 20


def measure(server: RunningServer) -> list[Row]:
    """Runs a second, waits and memory; each visitor changes a control, waits for the page, changes the next."""
    before = server.resident_megabytes()
    peak = _PeakMemory(server)
    peak.start()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.many_sessions", server.address, str(SESSIONS), str(SECONDS)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    largest = peak.stop()
    told = json.loads(done.stdout.splitlines()[-1])
    waits: list[float] = told["waits"]
    how = f"{SESSIONS} sessions, {SECONDS} s, {len(SELECTIONS)} selections in turn, no pause"
    return [
        Row("Runs a second, 50 sessions", f"{len(waits) / told['seconds']:.1f}", "at least 30", how),
        Row("Wait, p50", milliseconds(percentile(waits, 0.5)), "", how),
        Row("Wait, p95", milliseconds(percentile(waits, 0.95)), "2 s", how),
        Row("Sent for one run", f"{told['bytes'] / max(1, len(waits)) / 1024:.0f} KB", "", how),
        Row("Memory of the server, before", f"{before:.0f} MB", "", "resident set"),
        Row("Memory of the server, largest", f"{largest:.0f} MB", "400 MB", "resident set"),
    ]


class _PeakMemory:
    """Looks at the server's memory ten times a second."""

    def __init__(self, server: RunningServer) -> None:
        self._server = server
        self._ended = threading.Event()
        self._largest = 0.0
        self._thread = threading.Thread(target=self._look, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _look(self) -> None:
        while not self._ended.wait(0.1):
            self._largest = max(self._largest, self._server.resident_megabytes())

    def stop(self) -> float:
        self._ended.set()
        self._thread.join()
        return self._largest


async def _visitors(address: str, sessions: int, seconds: float) -> None:
    waits: list[float] = []
    received = 0
    ready = asyncio.Barrier(sessions + 1)

    async def visitor(number: int) -> None:
        nonlocal received
        async with StreamlitSession(address) as session:
            await session.run(SELECTIONS[number % len(SELECTIONS)])
            await ready.wait()
            ends = time.perf_counter() + seconds
            step = number
            while time.perf_counter() < ends:
                step += 1
                run = await session.run(SELECTIONS[step % len(SELECTIONS)], is_history_navigation=True)
                waits.append(run.seconds)
                received += run.received_bytes

    async with asyncio.TaskGroup() as group:
        for number in range(sessions):
            group.create_task(visitor(number))
        await ready.wait()
        started = time.perf_counter()
    taken = time.perf_counter() - started
    print(json.dumps({"waits": waits, "seconds": taken, "bytes": received}))


if __name__ == "__main__":
    asyncio.run(_visitors(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
