"""Memory that large arrays used goes back to the system, instead of staying with the process for good."""

import ctypes
import sys

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
