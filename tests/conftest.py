"""One warehouse for all tests, built once from the committed facts, shared between the workers of a run."""

import fcntl
from pathlib import Path

import pytest
from hypothesis import settings

from etl.warehouse.build import build

# A slow machine fails no test: how long something takes is for the benchmark.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="session")
def warehouse_dir(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Folder of a warehouse published from the committed facts."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "warehouse"
    folder.mkdir(exist_ok=True)
    with (folder.parent / "warehouse.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "current.duckdb").exists():
            build(DATA, folder)
    return folder


def pytest_make_parametrize_id(val: object) -> str | None:
    """Files as parameters are named by their kind: their bytes differ from run to run, and workers compare names."""
    return "file" if isinstance(val, bytes) else None
