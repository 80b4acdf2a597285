"""The walls around a worker: a locked read-only connection, and limits of the operating system on the process."""

import os
import resource
import sys
from contextlib import suppress
from typing import Any, Final

import duckdb

from workbench.limits import MEGABYTE, Limits

_SPARE_CPU_SECONDS: Final = 2

SWITCHES: Final[dict[str, str | bool | int]] = {
    "temp_directory": "",
    "max_temp_directory_size": "0B",
    "threads": 1,
    "max_expression_depth": 240,
    "python_enable_replacements": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_unsigned_extensions": False,
    "allow_persistent_secrets": False,
    "pivot_limit": 1_000,
    "errors_as_json": True,
    "home_directory": "",
    "secret_directory": "",
}


def connect(path: str, limits: Limits) -> duckdb.DuckDBPyConnection:
    """The warehouse, read-only, with every way out of it locked."""
    config: dict[str, Any] = {
        **SWITCHES,
        "memory_limit": f"{limits.memory_megabytes}MB",
        # The app ends a query at its deadline; this is for the case that the app hangs.
        "max_execution_time": (limits.seconds + _SPARE_CPU_SECONDS) * 1_000,
    }
    connection = duckdb.connect(path, read_only=True, config=config)
    # The order matters: each of these would be refused, or undone, after the next.
    connection.execute(f"SET operator_memory_limit = '{limits.memory_megabytes}MB'")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET disabled_filesystems = 'LocalFileSystem'")
    connection.execute("SET lock_configuration = true")
    return connection


_STATM: Final = os.open("/proc/self/statm", os.O_RDONLY) if sys.platform == "linux" else -1


def resident_megabytes() -> float:
    """Memory that this process holds now; 0 where the system does not say."""
    if _STATM < 0:
        return 0
    pages = int(os.pread(_STATM, 100, 0).split()[1])
    return pages * resource.getpagesize() / MEGABYTE


def bound_process(limits: Limits) -> None:
    """Limits of the operating system on this process; none of them can be raised again from inside."""
    most = limits.process_megabytes * MEGABYTE
    for kind, value in ((resource.RLIMIT_AS, most), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))


def allow_no_more_files() -> None:
    """No file, pipe or socket can be opened from here on."""
    probe = os.dup(0)
    os.close(probe)
    resource.setrlimit(resource.RLIMIT_NOFILE, (probe, probe))


def allow_seconds(seconds: int) -> None:
    """Processor time for the next request; the system ends the process beyond it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + _SPARE_CPU_SECONDS
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))
