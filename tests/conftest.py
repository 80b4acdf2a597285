"""Warehouses for all tests, built once from the committed facts, shared between the workers of a run."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from etl.warehouse.build import build
from exports.site.build import site_files
from exports.site.edition import Places
from exports.site.place import MARK, only_build, write_site
from queries.warehouse import current
from tests.own_warehouse import lay_over

# A slow machine fails no test: how long something takes is for the benchmark.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

DATA = Path(__file__).parent.parent / "data"
LONGEST_FIRST = ("browser", "workbench", "exports", "etl", "serve", "pages", "queries")
"""Rooms of tests in the order in which they begin, so that none of the long files is left to one worker in the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A worker does a whole file, so that what its tests share is made once, and long ones come first."""
    here = Path(__file__).parent
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.relative_to(here).with_suffix("").as_posix()))
    rooms = {room: place for place, room in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: rooms.get(item.path.relative_to(here).parts[0], len(rooms)))


@pytest.fixture(scope="session")
def shared_dir(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Folder of this run for what one worker makes and all read."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def warehouse_dir(shared_dir: Path) -> Path:
    """Folder of a warehouse published from the committed facts."""
    folder = shared_dir / "warehouse"
    folder.mkdir(exist_ok=True)
    with _alone(shared_dir / "warehouse.lock"):
        if not (folder / "current.duckdb").exists():
            build(DATA, folder)
    return folder


@pytest.fixture(scope="session")
def laid_over(warehouse_dir: Path, shared_dir: Path) -> Path:
    """Folder of the public warehouse with an invented own record beside it. Who changes it takes a copy."""
    folder = shared_dir / "laid-over"
    with _alone(shared_dir / "laid-over.lock"):
        if not folder.exists():
            lay_over(warehouse_dir, folder)
    return folder


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def site(warehouse_dir: Path) -> Path:
    """Folder of the static edition of that warehouse, told neither where it stands nor where the app does."""
    folder = warehouse_dir.parent / "site"
    with _alone(folder.parent / "site.lock"):
        if not (folder / MARK).exists():
            with only_build(folder):
                write_site(folder, site_files(current(warehouse_dir), Places()))
    return folder


def pytest_make_parametrize_id(val: object) -> str | None:
    """Files as parameters are named by their kind: their bytes differ from run to run, and workers compare names."""
    return "file" if isinstance(val, bytes) else None
