"""The folder: `data_version=<version>/<table>.parquet`, a version whole or not at all."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from exports.package.descriptor import parquet_name
from queries.warehouse import Warehouse
from view.downloads import parquet

_UNFINISHED = ".unfinished-"


def partition(folder: Path, data_version: str) -> Path:
    """Where a version stands. What stands there is whole and never changes."""
    return folder / f"data_version={data_version}"


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Makes the folder, waits for another writer, and removes what one that was killed left. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in folder.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left)
        yield


def write_version(folder: Path, warehouse: Warehouse) -> int:
    """Writes every table and view of a version, and returns how many; beside, then under its name in one step.

    Raises OSError, and WarehouseUnavailable where the file lacks what it should hold.
    """
    names = dict.fromkeys(row["table_name"] for row in warehouse.run("columns").to_pylist())
    beside = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
    try:
        for name in names:
            _write(beside / parquet_name(name), parquet(warehouse.table(name)))
        beside.chmod(0o755)  # made for its owner alone
        beside.rename(partition(folder, warehouse.data_version))
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return len(names)


def _write(path: Path, body: bytes) -> None:
    """What has its name is taken as whole for good: so it is on the disk before."""
    with path.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
