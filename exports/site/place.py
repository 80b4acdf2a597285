"""Where the site is written: beside the old one, and put in its place in one step once it is whole.

A build that is killed, or that runs out of room, leaves the old site as it was and a folder that the next build removes.
"""

import ctypes
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

MARK: Final = ".jcm-site"
"""File in every folder that a build wrote: no other folder is ever replaced."""
_EXCHANGE: Final = 2
_AT_CWD: Final = -100


class SiteNotWritten(Exception):
    """The site could not be written; the message says why and what stands now."""


@contextmanager
def only_build(out: Path) -> Iterator[None]:
    """Holds the place for one build. Raises SiteNotWritten while another build holds it, or where it may not be used."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        lock = _beside(out, "lock").open("w")
    except OSError as error:
        raise SiteNotWritten(f"{out.parent} cannot be written to ({error.strerror or error}).") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SiteNotWritten(
                f"Another build is writing {out}. Wait until it has ended. | 別の作成処理が実行中です。終了を待ってください。"
            ) from error
        _recover(out)
        if out.exists() and not (out / MARK).is_file() and not (out.is_dir() and not any(out.iterdir())):
            raise SiteNotWritten(
                f"{out} holds something that is no site of this command; name another folder with --out."
            )
        yield


def write_site(out: Path, files: Iterable[tuple[str, bytes]]) -> tuple[int, int]:
    """Writes all files and puts them in the place of the old site; to be called inside `only_build`.

    Returns the number of files and bytes. Raises SiteNotWritten, with the old site in its place.
    """
    new, count, size = _beside(out, "new"), 0, 0
    try:
        for path, body in files:
            target = new / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
            count, size = count + 1, size + len(body)
        (new / MARK).write_bytes(b"")
        _put_in_place(new, out)
    except OSError as error:
        raise SiteNotWritten(
            f"The site could not be written ({error.strerror or error}); what stood at {out} is unchanged."
        ) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return count, size


def _beside(out: Path, name: str) -> Path:
    return out.with_name(f".{out.name}.{name}")


def _recover(out: Path) -> None:
    """Takes up what a killed build left: the old site, where it was moved and the new one had not come."""
    old = _beside(out, "old")
    if old.exists() and not out.exists():
        old.rename(out)
    for left in (old, _beside(out, "new")):
        shutil.rmtree(left, ignore_errors=True)


def _put_in_place(new: Path, out: Path) -> None:
    """Exchanges the two folders in one step where the system can; else the old one is moved away for a moment."""
    if not out.exists():
        new.rename(out)
    elif not _exchanged(new, out):
        old = _beside(out, "old")
        out.rename(old)
        try:
            new.rename(out)
        except OSError:
            old.rename(out)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _exchanged(new: Path, out: Path) -> bool:
    """Whether Linux exchanged the two; other systems and some file systems cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    failed = rename(_AT_CWD, os.fsencode(new), _AT_CWD, os.fsencode(out), _EXCHANGE)
    if failed and ctypes.get_errno() not in {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP}:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return not failed
