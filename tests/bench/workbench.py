"""The SQL page's engine: what a worker adds to a plain cursor, and how long twenty visitors wait, hostile ones among them."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from queries.warehouse import current
from tests.bench.result import Row, median, milliseconds, percentile
from tests.workbench.honest import HONEST
from tests.workbench.hostile import BOMBS, REFUSED
from workbench.answers import Result
from workbench.limits import limits
from workbench.pool import Pool

SIMPLE = "SELECT rung, sum(tco2_low)::BIGINT AS tco2 FROM reduction GROUP BY rung ORDER BY rung"
REPETITIONS = 50
ANALYSTS, ATTACKERS, STATEMENTS = 14, 6, 10


def measure() -> list[Row]:
    """A simple aggregate through the workbench and by a bare cursor; then twenty visitors at once."""
    path = current().path
    pool = Pool(limits(), lambda: path)
    try:
        through = median([_through(pool) for _ in range(REPETITIONS)])
        bare = median([_bare() for _ in range(REPETITIONS)])
        waits, failed = _twenty_visitors(pool)
    finally:
        pool.close()
    how = f"median of {REPETITIONS}"
    return [
        Row("SQL page, a simple aggregate in a bare cursor", milliseconds(bare), "", how),
        Row("SQL page, the same through a worker, more by", milliseconds(through - bare), "50 ms", how),
        Row(
            "SQL page, 20 visitors, slowest honest statement",
            milliseconds(max(waits)),
            "2 s",
            f"{len(waits)} statements, p95 {milliseconds(percentile(waits, 0.95))}, {failed} without an answer,"
            f" {ATTACKERS} visitors hostile",
        ),
    ]


def _through(pool: Pool) -> float:
    started = time.perf_counter()
    answer = pool.run(SIMPLE, {}, "one")
    assert isinstance(answer, Result)
    return time.perf_counter() - started


def _bare() -> float:
    connection = current()._connection
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.sql(SIMPLE).to_arrow_table()
    return time.perf_counter() - started


def _twenty_visitors(pool: Pool) -> tuple[list[float], int]:
    """Seconds that each honest statement took, and how many had another answer than a result."""
    honest = [sql for family in HONEST.values() for sql in family]
    hostile = [sql for family in (*BOMBS.values(), *REFUSED.values()) for sql in family]
    ends = threading.Event()
    failed = 0

    def analyses(number: int) -> list[float]:
        nonlocal failed
        taken = []
        for step in range(STATEMENTS):
            started = time.perf_counter()
            answer = pool.run(honest[(number * STATEMENTS + step) % len(honest)], {}, f"honest {number}")
            taken.append(time.perf_counter() - started)
            failed += not isinstance(answer, Result)
        return taken

    def attacks(number: int) -> None:
        step = number
        while not ends.is_set():
            pool.run(hostile[step % len(hostile)], {}, f"hostile {number}")
            step += ATTACKERS

    with ThreadPoolExecutor(ANALYSTS + ATTACKERS) as threads:
        attackers = [threads.submit(attacks, i) for i in range(ATTACKERS)]
        waits = [seconds for each in threads.map(analyses, range(ANALYSTS)) for seconds in each]
        ends.set()
        for number in range(ATTACKERS):
            pool.stop(f"hostile {number}")
        for attacker in attackers:
            attacker.result()
    return waits, failed
