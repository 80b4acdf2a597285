"""A process as whoever runs it sees it: probes, draining, limits, logs, metrics."""

import asyncio
import http.client
import json
import shutil
import signal
import socket
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from websockets.exceptions import ConnectionClosed, InvalidStatus

from queries.catalogue import catalogue
from queries.warehouse import QueryTooLong, current, limit_queries
from serve import logs
from serve.observing import class_of
from serve.ready import answering_while_starting
from serve.settings import unknown_variables
from tests.apart import run_apart
from tests.running_server import RunningServer, ServerFailed
from tests.serve.conftest import SMALL_APP, fetch
from tests.streamlit_session import StreamlitSession

TYPED = "typed-by-a-reader"


@dataclass(frozen=True)
class Watched:
    """What a process told: all lines to its end, its metrics while a session was open and afterwards, its data version."""

    output: str
    meanwhile: bytes
    metrics: bytes
    version: str


@pytest.fixture(scope="module")
def watched(warehouse_dir: Path) -> Watched:
    """The tracker with JSON lines and metrics, one session at most; one page was run, some addresses were asked for."""
    environment = {
        "JCM_WAREHOUSE_DIR": str(warehouse_dir),
        "JCM_SERVE_LOG_FORMAT": "json",
        "JCM_SERVE_LOG_LEVEL": "debug",
        "JCM_SERVE_METRICS": "1",
        "JCM_SERVE_SESSIONS_AT_MOST": "1",
        "JCM_SERVE_SESION_SECONDS": "1",
    }
    with RunningServer.tuned("--no-warm", environment=environment) as running:

        async def visit() -> bytes:
            async with StreamlitSession(running.address) as session:
                await session.run(f"lang=en&q={TYPED}", "guide")
                with pytest.raises(InvalidStatus) as refused:
                    await StreamlitSession(running.address).__aenter__()
                assert refused.value.response.status_code == 503
                assert refused.value.response.headers["Retry-After"] == "2"
                return (await asyncio.to_thread(fetch, running, "/metrics")).body

        meanwhile = run_apart(visit())
        fetch(running, f"/guide?q={TYPED}", user_agent=TYPED, accept="text/html")
        fetch(running, f"/{TYPED}")
        fetch(running, f"/api/v1/query/{TYPED}")
        fetch(running, "/api/v1/ladder")
        version = json.loads(fetch(running, "/ready").body)["data_version"]
        metrics = fetch(running, "/metrics").body
        running.stop(signal.SIGTERM)
    return Watched(running.output, meanwhile, metrics, version)


def test_lines_tell_what_was_asked_and_never_who_or_what_was_typed(watched: Watched) -> None:
    # The engine's binding may complain on standard error once Python has ended; the test reads both streams as one.
    told = [json.loads(line) for line in watched.output.partition("nanobind:")[0].splitlines()]
    assert all({"time", "level", "event"} <= set(one) for one in told)
    assert not any(word in watched.output for word in (TYPED, "user-agent"))
    pages = [one for one in told if one["event"] == "run" and "page" in one]
    assert [(one["page"], one["data_version"]) for one in pages] == [("guide", watched.version)]
    asked = {(one["route"], one["status"]) for one in told if one["event"] in {"request", "session"}}
    assert asked >= {("page", 200), ("api", 200), ("api", 404), ("session", 101), ("session", 503)}
    # Peers are told nowhere: the only addresses are those that the server itself listens on.
    assert all(one["event"] == "said" for one in told if "127.0.0.1" in str(one))


def test_a_misspelt_variable_is_said(watched: Watched) -> None:
    assert "JCM_SERVE_SESION_SECONDS is unknown" in watched.output
    assert unknown_variables(["JCM_SERVE_PROT", "JCM_SERVE_PORT", "HOME"], ["--port"]) == [
        "The variable JCM_SERVE_PROT is unknown and changes nothing. Is JCM_SERVE_PORT meant?"
    ]


def samples(metrics: bytes) -> dict[tuple[str, ...], float]:
    families = text_string_to_metric_families(metrics.decode())
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def test_metrics_are_whole_and_their_labels_are_ours(watched: Watched) -> None:
    assert samples(watched.meanwhile)["jcm_sessions_open",] == 1
    found = samples(watched.metrics)
    assert found["jcm_page_run_seconds_count", "guide"] == 1
    assert found["jcm_requests_total", "session", "503"] == 1
    assert found["jcm_requests_total", "api", "404"] == 1
    assert any(name == "jcm_query_seconds_count" for name, *_ in found)
    assert any(name == "jcm_data_info" and watched.version in labels for name, *labels in found)
    assert TYPED not in watched.metrics.decode()


def test_metrics_are_served_only_when_asked_for(server: RunningServer) -> None:
    assert b"jcm_" not in fetch(server, "/metrics").body


def test_told_to_end_it_lets_nobody_in_and_gives_open_sessions_time(warehouse_dir: Path) -> None:
    environment = {"JCM_WAREHOUSE_DIR": str(warehouse_dir), "JCM_SERVE_DRAIN_SECONDS": "30"}
    with RunningServer.tuned("--script", str(SMALL_APP), "--no-warm", environment=environment) as running:

        async def drain() -> None:
            async with StreamlitSession(running.address) as session:
                await session.run()
                assert fetch(running, "/ready").status == 200
                running.send(signal.SIGTERM)
                answer = await asyncio.to_thread(fetch, running, "/ready")
                assert (answer.status, json.loads(answer.body)["reason"]) == (503, "draining")
                assert fetch(running, "/health").status == 200
                with pytest.raises(InvalidStatus):
                    await StreamlitSession(running.address).__aenter__()
                later = await session.run(page="countries")  # the open one goes on
                assert later.elements("heading")

        run_apart(drain())
        assert running.ended() == 0  # once the last session has ended, long before the time is over
        assert "draining sessions=1" in running.output


async def run_on(session: StreamlitSession) -> None:
    while True:
        await session.run()


def test_a_session_that_stays_is_ended_when_the_time_is_over() -> None:
    environment = {"JCM_SERVE_DRAIN_SECONDS": "1"}
    with RunningServer.tuned("--script", str(SMALL_APP), "--no-warm", environment=environment) as running:

        async def stay() -> int:
            async with StreamlitSession(running.address) as session:
                await session.run()
                running.send(signal.SIGTERM)
                with pytest.raises(ConnectionClosed):
                    await run_on(session)
                return await asyncio.to_thread(running.ended)

        assert run_apart(stay()) == 0
        assert "stopping sessions=1" in running.output


def test_a_message_above_its_limit_ends_the_session() -> None:
    environment = {"JCM_SERVE_MESSAGE_KILOBYTES": "64"}
    with RunningServer.tuned("--script", str(SMALL_APP), "--no-warm", environment=environment) as running:

        async def send(characters: int) -> None:
            async with StreamlitSession(running.address) as session:
                await session.run("q=" + "x" * characters)

        run_apart(send(60_000))
        with pytest.raises(ConnectionClosed) as closed:
            run_apart(send(70_000))
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1009


def test_while_it_starts_it_lives_and_is_not_ready() -> None:
    def ask(path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", listening.getsockname()[1], timeout=20)
        connection.request("GET", path)
        response = connection.getresponse()
        told = response.status, response.read()
        connection.close()
        return told

    with socket.create_server(("127.0.0.1", 0)) as listening:
        with answering_while_starting(listening, "/jcm"):
            assert ask("/jcm/health") == (200, b'{"status":"alive"}')
            status, body = ask("/jcm/ready")
            assert (status, json.loads(body)["reason"]) == (503, "starting")
            status, body = ask("/jcm/countries")
            assert status == 503
            assert "起動中".encode() in body
        assert listening.fileno() > 0  # goes on to the app


@pytest.mark.parametrize(
    ("variable", "value"),
    [("SESSIONS_AT_MOST", "0"), ("QUERY_SECONDS", "soon"), ("LOG_FORMAT", "xml"), ("DRAIN_SECONDS", "-1")],
)
def test_a_limit_out_of_range_is_named(variable: str, value: str) -> None:
    server = RunningServer.tuned("--script", str(SMALL_APP), environment={f"JCM_SERVE_{variable}": value})
    with pytest.raises(ServerFailed, match=variable), server:
        pass


def test_named_queries_end_at_their_limit(
    warehouse_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A file of its own: DuckDB opens none twice with different settings.
    folder = shutil.copytree(warehouse_dir, tmp_path / "warehouse", symlinks=True)
    monkeypatch.setattr("queries.warehouse._CONFIG", {})
    monkeypatch.setattr("queries.warehouse._opened", {})
    limit_queries(seconds=1, megabytes=256)
    endless = replace(
        catalogue()["build_info"],
        sql="SELECT count(*) FROM range(10_000_000) a, range(1_000_000) b WHERE a.range % 7 = b.range % 11",
        spared=(),
    )
    with pytest.raises(QueryTooLong):
        current(folder)._execute(endless, {})


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/jcm/", "page"),
        ("/jcm/countries", "page"),
        ("/jcm/some text", "page"),
        ("/jcm/static/js/index.js", "asset"),
        ("/jcm/api/v1/query/ladder", "api"),
        ("/jcm/_stcore/health", "framework"),
        ("/jcm/countries/_stcore/health", "framework"),
        ("/jcm/ready", "probe"),
        ("/jcm/a/b", "other"),
        ("/.env", "other"),
    ],
)
def test_routes_are_told_by_class(path: str, expected: str) -> None:
    assert class_of(path, "/jcm") == expected


def test_plain_lines_are_for_reading(capsys: pytest.CaptureFixture[str]) -> None:
    logs.write_logs("plain", "info")
    logs.say("Open this address.")
    logs.tell("request", route="page", status=200, ms=1.5, data_version=None)
    said, told = capsys.readouterr().out.splitlines()
    assert said == "Open this address."
    assert told.endswith(" info request route=page status=200 ms=1.5")
