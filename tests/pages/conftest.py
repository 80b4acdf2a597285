"""Pages of these tests read the warehouse that all tests share."""

import importlib.metadata
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _warehouse(warehouse_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(warehouse_dir))


@pytest.fixture(autouse=True)
def _no_installed_components(monkeypatch: pytest.MonkeyPatch) -> None:
    """For every AppTest the framework reads the metadata of all installed packages, in search of components.

    The app uses none; without the search a test takes half the time.
    """
    monkeypatch.setattr(importlib.metadata, "distributions", lambda **_: ())
