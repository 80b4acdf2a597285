"""Time of every named query with its default parameters, without the results that the app keeps."""

import time

from queries.catalogue import catalogue
from queries.warehouse import current
from tests.bench.result import Row, median, milliseconds

REPETITIONS = 15


def measure() -> list[Row]:
    """Each query, slowest first."""
    warehouse = current()
    times: dict[str, float] = {}
    for name, query in catalogue().items():
        values = query.bind({}, warehouse.data_as_of)
        taken = []
        for _ in range(REPETITIONS):
            started = time.perf_counter()
            warehouse._execute(query, values)
            taken.append(time.perf_counter() - started)
        times[name] = median(taken)
    slowest_first = sorted(times, key=lambda name: -times[name])
    how = f"median of {REPETITIONS}, nothing kept"
    return [Row(f"Query {name}", milliseconds(times[name]), "", how) for name in slowest_first]
