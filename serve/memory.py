"""Memory that the server does without: what large arrays used goes back to the system, pandas is not loaded."""

import ctypes
import sys
from importlib.abc import MetaPathFinder

import pyarrow as pa

_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8
LARGE_BYTES = 1 << 20
ARENAS = 2


def return_large_memory() -> bool:
    """Ask the C library to map blocks from a megabyte on by themselves; true where it does (glibc).

    Without this its threshold grows with use, and a page that once drew 10,000 futures keeps 150 MB.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return False
    return bool(mallopt(_M_MMAP_THRESHOLD, LARGE_BYTES)) and bool(mallopt(_M_ARENA_MAX, ARENAS))


def leave_pandas_out() -> None:
    """Keep PyArrow from loading pandas (45 MB) only to see whether a list is a Series. Call it before the first table.

    PyArrow looks once for pandas, and again when it is really needed, as for `Table.to_pandas`, which goes on
    working. Does nothing where pandas is loaded already.
    """
    if "pandas" in sys.modules:
        return
    hidden = _Hidden()
    sys.meta_path.insert(0, hidden)
    try:
        pa.array([0])
    finally:
        sys.meta_path.remove(hidden)


class _Hidden(MetaPathFinder):
    """Finds no pandas."""

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)
