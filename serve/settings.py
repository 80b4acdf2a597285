"""How the server is run: limits, draining, logs and metrics, each an option and an environment variable."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from cyclopts import Parameter, validators

VARIABLES = "JCM_SERVE_"

_AT_LEAST_1 = Parameter(validator=validators.Number(gte=1))
_AT_LEAST_0 = Parameter(validator=validators.Number(gte=0))


@dataclass(frozen=True, kw_only=True)
class Operation:
    """What whoever runs the server may set.

    Parameters
    ----------
    sessions_at_most
        Open pages (sessions) of this process; more are refused with 503, which a proxy passes on to another process.
    message_kilobytes
        Largest message of a browser; the state of its controls takes a few kilobytes.
    query_seconds
        Longest run of one named query.
    query_memory_megabytes
        Memory of all named queries together.
    memory_megabytes
        Memory of this process above which no new session is let in; 0 for no limit. Known on Linux only.
    drain_seconds
        Time for open sessions after SIGTERM; 0 ends them at once.
    notice_seconds
        Time before the end even without a session, for proxies that ask /ready only now and then.
    log_format
        Plain lines, or one JSON object a line.
    log_level
        Least level that is written: info has a line for each request and each run of a page, debug also scripts,
        styles and probes.
    metrics
        Serve metrics for Prometheus at /metrics.
    """

    sessions_at_most: Annotated[int, _AT_LEAST_1] = 1000
    message_kilobytes: Annotated[int, Parameter(validator=validators.Number(gte=64, lte=1_048_576))] = 4096
    query_seconds: Annotated[int, Parameter(validator=validators.Number(gte=1, lte=86_400))] = 30
    query_memory_megabytes: Annotated[int, Parameter(validator=validators.Number(gte=64))] = 1024
    memory_megabytes: Annotated[int, _AT_LEAST_0] = 0
    drain_seconds: Annotated[int, _AT_LEAST_0] = 20
    notice_seconds: Annotated[int, _AT_LEAST_0] = 0
    log_format: Literal["plain", "json"] = "plain"
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    metrics: bool = False


def unknown_variables(given: Iterable[str], options: Iterable[str]) -> list[str]:
    """A sentence for each variable with our prefix that sets no option (`--port`), with the one that may be meant."""
    known = {VARIABLES + name.strip("-").replace("-", "_").upper() for name in options}
    said = []
    for name in sorted(set(given) - known):
        if name.startswith(VARIABLES):
            near = difflib.get_close_matches(name, sorted(known), 1)
            meant = f" Is {near[0]} meant?" if near else ""
            said.append(f"The variable {name} is unknown and changes nothing.{meant}")
    return said
