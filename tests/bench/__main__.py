"""`python -m tests.bench`: measures, prints a table and writes it to build/bench.md."""

import os
import platform
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from cyclopts import App

from tests.bench import (
    briefing,
    build,
    in_browser,
    many_events,
    many_projects,
    many_proposals,
    many_sessions,
    outlook,
    page_runs,
    peers,
    queries,
    workbench,
)
from tests.bench.result import Row, as_markdown
from tests.running_server import RunningServer

WRITTEN_TO = Path(__file__).parent.parent.parent / "build" / "bench.md"

ALONE: Mapping[str, Callable[[], list[Row]]] = {
    "build": build.measure,
    "queries": queries.measure,
    "outlook": outlook.measure,
    "workbench": workbench.measure,
    "briefing": briefing.measure,
    "events": many_events.measure,
    "many": many_projects.measure,
    "refresh": many_proposals.measure,
}
ON_DEMAND: Mapping[str, Callable[[], list[Row]]] = {"peers": peers.measure}
"""Wants programs that are no part of the tests."""
SERVED: Mapping[str, Callable[[RunningServer], list[Row]]] = {
    "pages": page_runs.measure,
    "browser": in_browser.measure,
    "sessions": many_sessions.measure,
    "beside": briefing.measure_beside,
}

app = App(name="python -m tests.bench", version_flags=())


@app.default
def bench(*parts: str) -> int:
    """Measure what the app costs on this machine.

    Parameters
    ----------
    parts
        What to measure: build, queries, outlook, workbench, briefing, events, many, refresh, pages, browser, sessions, beside, and peers where it is
        named. All others when none is named.
    """
    unknown = set(parts) - {*ALONE, *SERVED, *ON_DEMAND}
    if unknown:
        print(
            f"Not measured here: {', '.join(sorted(unknown))}. Known: {', '.join([*ALONE, *SERVED, *ON_DEMAND])}"
        )
        return 2
    rows: list[Row] = []
    for name, measure in ALONE.items():
        if not parts or name in parts:
            print(f"Measuring {name} …", flush=True)
            rows += measure()
    for name, measure in ON_DEMAND.items():
        if name in parts:
            print(f"Measuring {name} …", flush=True)
            rows += measure()
    for name, served in SERVED.items():
        if not parts or name in parts:
            print(f"Measuring {name} …", flush=True)
            with RunningServer.tuned() as server:  # each with a fresh process
                rows += served(server)
    processor = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    table = f"Measured on {platform.system()}, {processor}.\n\n{as_markdown(rows)}\n"
    WRITTEN_TO.parent.mkdir(exist_ok=True)
    WRITTEN_TO.write_text(table, encoding="utf-8")
    print(f"\n{table}\nWritten to build/bench.md")
    return 0


if __name__ == "__main__":
    sys.exit(app())
