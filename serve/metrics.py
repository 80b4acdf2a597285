"""`/metrics` for Prometheus: what the process does. No label holds what a reader has sent."""

from collections.abc import Iterator
from pathlib import Path

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from queries.measuring import Kind
from queries.warehouse import current_if_open
from serve.draining import Standing

METRICS_PATH = "/metrics"
OTHER = "other"
_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_QUERY_SECONDS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0)


class _Present(Collector):
    """What is so at the moment of asking."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily(
            "jcm_sessions_open", "Sessions that are open", value=float(self._standing.sessions)
        )
        draining = float(self._standing.phase == "draining")
        yield GaugeMetricFamily("jcm_draining", "1 while the process is about to end", value=draining)
        if warehouse := current_if_open():
            facts = {"version": warehouse.data_version, "as_of": warehouse.data_as_of.isoformat()}
            yield InfoMetricFamily("jcm_data", "Data that are served", value=facts)


class Metrics:
    """Counters of one process. `pages` are the names of its pages; any other is counted as one."""

    def __init__(self, standing: Standing, pages: frozenset[str]) -> None:
        self._pages = pages
        disable_created_metrics()  # type: ignore[no-untyped-call] # a series more for each, of no use here
        self._registry = CollectorRegistry()
        self._registry.register(_Present(standing))
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "jcm_requests",
            "Requests by class of route and status",
            ("route", "status"),
            registry=self._registry,
        )
        self._request_seconds = Histogram(
            "jcm_request_seconds", "Seconds to the end of an answer", ("route",), buckets=_SECONDS,
            registry=self._registry,
        )  # fmt: skip
        self._seconds: dict[Kind, Histogram] = {
            "page": Histogram(
                "jcm_page_run_seconds", "Seconds of a run of a page", ("page",), buckets=_SECONDS,
                registry=self._registry,
            ),
            "query": Histogram(
                "jcm_query_seconds", "Seconds of a named query that was run, not kept", ("query",),
                buckets=_QUERY_SECONDS, registry=self._registry,
            ),
        }  # fmt: skip

    def name_of(self, kind: Kind, name: str) -> str:
        """The name as a label: an unknown page is named by whoever asked for it."""
        return name if kind == "query" or name in self._pages else OTHER

    def count_request(self, route: str, status: int, seconds: float) -> None:
        """A request that was answered. A session counts, but how long it is open is no time of an answer."""
        self._requests.labels(route, str(status)).inc()
        if status != 101:
            self._request_seconds.labels(route).observe(seconds)

    def count_work(self, kind: Kind, name: str, seconds: float) -> None:
        """A run of a page or a query."""
        self._seconds[kind].labels(self.name_of(kind, name)).observe(seconds)

    async def answer(self, _request: Request) -> Response:
        """Answer GET and HEAD."""
        headers = {"Cache-Control": "no-store"}
        return Response(generate_latest(self._registry), headers=headers, media_type=CONTENT_TYPE_LATEST)


def pages_of(script: Path) -> frozenset[str]:
    """Names of the pages beside a script."""
    return frozenset(file.stem for file in script.parent.glob("pages/*.py"))
