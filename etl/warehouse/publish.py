"""Publishing a warehouse file: beside the old one, then the link is flipped. Readers always find a whole file.

A build that is killed leaves a file under a temporary name, which the next build removes; the link still points to
the last whole version.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.sources.stops import BuildStopped

LINK_NAME = "current.duckdb"
_LOCK_NAME = ".build.lock"
_PREFIX = "jcm-"
_SUFFIX = ".duckdb"
_UNFINISHED = ".unfinished"


@contextmanager
def only_build(folder: Path) -> Iterator[None]:
    """Holds the folder for one build, and makes it if need be. Raises BuildStopped while another build holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK_NAME).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildStopped(
                "Another build is running in this folder. Wait until it has ended.",
                "このフォルダーで別の構築が実行中です。終了を待ってください。",
            ) from error
        yield


def published(folder: Path) -> Path | None:
    """The file that the link points to; None when there is none."""
    link = folder / LINK_NAME
    return link.resolve() if link.exists() else None


def version_path(folder: Path, data_version: str) -> Path:
    """Where the file of a version stands."""
    return folder / f"{_PREFIX}{data_version}{_SUFFIX}"


def unfinished_path(folder: Path, data_version: str) -> Path:
    """Where a version is written before it is whole."""
    return folder / f"{_PREFIX}{data_version}{_UNFINISHED}{_SUFFIX}"


def remove_leftovers(folder: Path) -> list[str]:
    """Removes what killed builds left: unfinished files, write-ahead logs and links not yet flipped."""
    removed = []
    for path in sorted(folder.iterdir()):
        is_leftover = (
            _UNFINISHED in path.name or path.suffix == ".wal" or path.name.startswith(f"{LINK_NAME}.")
        )
        if is_leftover:
            # DuckDB spills into a folder beside the file.
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
            removed.append(path.name)
    return removed


def publish(folder: Path, unfinished: Path, data_version: str) -> Path:
    """Gives the whole file its name and flips the link, each in one step."""
    path = version_path(folder, data_version)
    _sync(unfinished)
    unfinished.replace(path)
    flip(folder, path)
    return path


def flip(folder: Path, path: Path) -> None:
    """Points the link at a file of the folder, in one step."""
    following = folder / f"{LINK_NAME}.next"
    following.unlink(missing_ok=True)
    following.symlink_to(path.name)
    following.replace(folder / LINK_NAME)
    _sync(folder)


def remove_older(folder: Path, kept: int) -> list[str]:
    """Removes all but the newest versions; the published one always stays."""
    current = published(folder)
    others = [
        path
        for path in folder.glob(f"{_PREFIX}*{_SUFFIX}")
        if path.resolve() != current and not path.is_symlink()
    ]
    newest_first = sorted(others, key=lambda path: path.stat().st_mtime_ns, reverse=True)
    removed = newest_first[kept - 1 :]
    for path in removed:
        path.unlink()
    return [path.name for path in removed]


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
