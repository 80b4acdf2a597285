"""One pool on the real warehouse for the tests that only run statements."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.limits import limits
from workbench.pool import Pool


@pytest.fixture(scope="session")
def warehouse_file(warehouse_dir: Path) -> Path:
    return (warehouse_dir / "current.duckdb").resolve()


@pytest.fixture(scope="module")
def pool(warehouse_file: Path) -> Iterator[Pool]:
    """Two places, with a second and little memory for each query."""
    opened = Pool(
        limits(seconds=1, memory_megabytes=128, simultaneous=2, rows_shown=100, result_megabytes=8),
        lambda: warehouse_file,
    )
    yield opened
    opened.close()
