"""Packs of these tests are made from the warehouse that all tests share."""

from pathlib import Path

import pytest

from queries.warehouse import Warehouse, current


@pytest.fixture
def warehouse(warehouse_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(warehouse_dir))
    return current(warehouse_dir)
