"""The ledger over a large record: a million entries booked and checked, in a process of its own."""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.result import Row, milliseconds

ROOT = Path(__file__).parent.parent.parent
EVENTS = 100_000


def measure() -> list[Row]:
    """Books a synthetic record of 1,000,000 entries, all valid."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.ledger"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return [
        Row("Ledger of 1,000,000 entries", milliseconds(measured["seconds"]), "10 s", "booked and checked"),
        Row("Ledger, memory", f"{measured['megabytes']:.0f} MB", "2,000 MB", "with the record itself"),
    ]


def _book_once() -> None:
    from model.ledger.columns import accounts_of  # noqa: PLC0415 - only the measured process books
    from tests.model.ledger_records import whole_record  # noqa: PLC0415

    entries, events = whole_record(EVENTS)
    started = time.perf_counter()
    accounts = accounts_of(entries, events)
    seconds = time.perf_counter() - started
    assert not accounts.faults
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(json.dumps({"seconds": seconds, "megabytes": megabytes}))


if __name__ == "__main__":
    _book_once()
