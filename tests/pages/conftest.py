"""Pages of these tests read the warehouse that all tests share."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _warehouse(warehouse_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(warehouse_dir))
