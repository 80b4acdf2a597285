"""Time and memory of a full build, in a process of its own. Run as a module it is that process."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.result import Row, median, milliseconds

ROOT = Path(__file__).parent.parent.parent
REPETITIONS = 3


def measure() -> list[Row]:
    """Builds the committed facts into an empty folder a few times."""
    runs = [_in_own_process() for _ in range(REPETITIONS)]
    command = []
    for _ in range(REPETITIONS):
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "etl", "build"],
                cwd=ROOT,
                env={**os.environ, "JCM_WAREHOUSE_DIR": folder},
                check=True,
                capture_output=True,
            )
            command.append(time.perf_counter() - started)
    return [
        Row(
            "Full build, imports warm",
            milliseconds(median([r["seconds"] for r in runs])),
            "3 s",
            "median of 3",
        ),
        Row(
            "Full build, whole command",
            milliseconds(median(command)),
            "",
            "`python -m etl build`, median of 3",
        ),
        Row(
            "Full build, memory",
            f"{max(r['megabytes'] for r in runs):.0f} MB",
            "300 MB",
            "largest resident set",
        ),
    ]


def _in_own_process() -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.build"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _build_once() -> None:
    from etl.warehouse.build import build  # noqa: PLC0415 - only the measured process builds

    with tempfile.TemporaryDirectory() as folder:
        build(ROOT / "data", Path(folder) / "first")
        started = time.perf_counter()
        build(ROOT / "data", Path(folder) / "second")
        seconds = time.perf_counter() - started
    # Linux tells kilobytes, macOS bytes.
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(json.dumps({"seconds": seconds, "megabytes": megabytes}))


if __name__ == "__main__":
    _build_once()
