"""The published warehouse of all tests."""

from pathlib import Path

import pytest

from queries.warehouse import Warehouse, current


@pytest.fixture(scope="session")
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)
