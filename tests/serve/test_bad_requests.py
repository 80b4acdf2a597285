"""Requests that no reader's browser makes: each is answered by a refusal, never by a failure or a path of this machine."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn
from starlette.types import Message, Receive, Scope, Send
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from serve.connections import LARGEST_HEADERS, PatientProtocol, configuration
from serve.hints import Hints
from serve.plain_requests import LONGEST_QUERY_STRING, trusted_proxies
from tests.apart import run_apart
from tests.running_server import ROOT, RunningServer
from tests.serve.conftest import SMALL_APP

KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\n"
HOST = "Host: 127.0.0.1\r\n"


@pytest.fixture(scope="module")
def below(warehouse_dir: Path) -> Iterator[RunningServer]:
    """The small app below /jcm, which believes proxies on this machine."""
    environment = {"JCM_WAREHOUSE_DIR": str(warehouse_dir), "FORWARDED_ALLOW_IPS": "127.0.0.1, ::1"}
    arguments = ("--script", str(SMALL_APP), "--no-warm", "--base-path", "jcm")
    with RunningServer.tuned(*arguments, environment=environment) as running:
        yield running
        assert "Traceback" not in running.output


def ask(server: RunningServer, path: str, headers: str = HOST) -> tuple[int, bytes]:
    """Status of one request, written as it is, and all that came."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        closing = "" if "Connection:" in headers else "Connection: close\r\n"
        connection.sendall(f"GET {path} HTTP/1.1\r\n{headers}{closing}\r\n".encode("latin-1"))
        answer = b""
        with contextlib.suppress(ConnectionResetError):
            while not answer.startswith(b"HTTP/1.1 101") and (part := connection.recv(65_536)):
                answer += part
    return int(answer.split(b" ", 2)[1]), answer


@pytest.mark.parametrize(
    ("path", "statuses"),
    [
        ("/jcm/../etc/passwd", {400}),
        ("/jcm/%2e%2e/%2e%2e/etc/passwd", {400}),
        ("/jcm/..%2f..%2fetc%2fpasswd", {400}),
        ("/jcm/..%5c..%5cetc", {400}),
        ("/jcm/app/static/..%2f..%2fapp.py", {400}),
        ("/jcm/static/%2e%2e/%2e%2e/x", {400}),
        ("/jcm/feed/..", {400}),
        ("/jcm/a%00b", {400}),
        ("/jcm/%0d%0aSet-Cookie:x", {400}),
        ("/jcm//jcm/", {301}),
        ("/jcm//evil.example/", {301}),
        ("/jcm/x/%2f%2fevil.example", {200, 307}),
        ("//evil.example/", {404}),
        ("/health", {404}),
        ("*", {400, 404}),
        pytest.param(f"/jcm/{'a' * 5_000}", {414}, id="long path"),
        pytest.param(f"/jcm/?{'x' * (LONGEST_QUERY_STRING + 1)}", {414}, id="long query"),
        pytest.param(f"/jcm/?{'x' * 1_000_000}", {400, 414}, id="endless query"),
    ],
)
def test_a_path_that_climbs_or_does_not_end_leads_nowhere(
    below: RunningServer, path: str, statuses: set[int]
) -> None:
    status, answer = ask(below, path, HOST + "Accept: text/html\r\n")
    assert status in statuses
    assert str(ROOT).encode() not in answer
    if status in {301, 307}:
        location = answer.partition(b"location: ")[2].partition(b"\r\n")[0]
        assert location.startswith(b"/jcm/")
        assert b".." not in location


@pytest.mark.parametrize("host", ["[::1", "a b", "<script>", "me@x", "x:abc", "\xff", "a\r\nHost: b", "x/y"])
def test_a_host_that_is_no_name_is_refused(below: RunningServer, host: str) -> None:
    for path in ("/jcm/", "/jcm/health", "/jcm/feed/changes.en.atom", "/jcm/api/v1/"):
        assert ask(below, path, f"Host: {host}\r\n")[0] == 400
    assert ask(below, "/jcm/_stcore/stream", f"Host: {host}\r\n{UPGRADE}{KEY}")[0] in {400, 403}


@pytest.mark.parametrize(
    "forwarded",
    [
        "X-Forwarded-Proto: javascript",
        "X-Forwarded-Proto: https\r\nX-Forwarded-Proto: ://",
        "X-Forwarded-For: ,,;'%00",
        "X-Forwarded-For: [::1",
        pytest.param("X-Forwarded-For: " + "1.1.1.1, " * 2_000, id="many"),
        "X-Forwarded-For: \xff\xfe",
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Prefix: //evil.example",
        "Forwarded: for=;;;host=evil.example",
    ],
)
def test_malformed_forwarded_headers_change_nothing(below: RunningServer, forwarded: str) -> None:
    for path in ("/jcm/health", "/jcm/feed/changes.en.atom", "/jcm/api/v1/versions", "/jcm"):
        status, answer = ask(below, path, f"{HOST}{forwarded}\r\n")
        assert status in {200, 307}, path
        assert b"evil" not in answer
        assert b"javascript:" not in answer
    assert ask(below, "/jcm/health", f"{HOST}X-Forwarded-For: \x01\r\n")[0] == 400


def test_a_websocket_that_is_not_one_is_refused(below: RunningServer) -> None:
    stream = "/jcm/_stcore/stream"
    for origin in ("http://[::1", "[", "null", "https://evil.example"):
        assert ask(below, stream, f"{HOST}Origin: {origin}\r\n{UPGRADE}{KEY}")[0] == 403
    for much in ("Cookie: " + "x" * 10_000, "\r\n".join(f"X-{n}: y" for n in range(200))):
        assert ask(below, stream, f"{HOST}{much}\r\n{UPGRADE}{KEY}")[0] == 400
    assert ask(below, stream, HOST + UPGRADE)[0] == 400
    assert ask(below, stream, HOST + UPGRADE + KEY.replace("13", "99"))[0] in {400, 426}
    assert ask(below, stream, HOST + KEY)[0] == 426
    assert ask(below, "/jcm/connection")[0] == 426
    assert ask(below, "/jcm/../_stcore/stream", HOST + UPGRADE + KEY)[0] in {400, 403}
    assert ask(below, "/jcm/connection", f"{HOST}Origin: http://127.0.0.1\r\n{UPGRADE}{KEY}")[0] == 101


async def small(_scope: Scope, receive: Receive, send: Send) -> None:
    """An app with one page and an endless websocket."""
    message: Message = await receive()
    if message["type"] == "websocket.connect":
        await send({"type": "websocket.accept"})
        while message["type"] != "websocket.disconnect":
            message = await receive()
    elif message["type"] == "http.request":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body"})


@asynccontextmanager
async def served(ping_seconds: float = 30) -> AsyncIterator[tuple[uvicorn.Server, int]]:
    """The small app, served in this process as the tracker is."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        settings = configuration(small, "127.0.0.1", port, ping_seconds=ping_seconds)
        settings.lifespan = "off"
        server = uvicorn.Server(settings)
        task = asyncio.create_task(server.serve([listening]))
        yield server, port
        server.should_exit = True
        await task


def test_who_does_not_send_a_whole_request_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientProtocol, "seconds", 0.3)

    async def slow() -> None:
        async with served() as (_, port):
            for begun in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: b\r\n"):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(begun)
                assert await asyncio.wait_for(reader.read(), 20) == b""
                writer.close()
            # The second request of a connection is no more patiently awaited than the first.
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
            writer.write(b"GET /again HTTP/1.1\r\nHos")
            assert await asyncio.wait_for(reader.read(), 20) == b""
            writer.close()

    run_apart(slow())


def test_headers_that_do_not_end_are_refused() -> None:
    async def endless() -> None:
        async with served() as (_, port):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * (LARGEST_HEADERS + 1_000))
            assert (await asyncio.wait_for(reader.readline(), 20)).startswith(b"HTTP/1.1 400")
            writer.close()

    run_apart(endless())


def test_a_reader_who_is_gone_without_a_word_is_let_go() -> None:
    async def gone() -> None:
        async with served(ping_seconds=0.3) as (server, port):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"GET / HTTP/1.1\r\n{HOST}{UPGRADE}{KEY}\r\n".encode())
            assert (await reader.readline()).startswith(b"HTTP/1.1 101")
            assert await asyncio.wait_for(reader.read(), 20)  # it answers no ping
            assert reader.at_eof()
            writer.close()
            async with connect(f"ws://127.0.0.1:{port}/") as patient:  # and who answers stays
                with pytest.raises(asyncio.TimeoutError):
                    await asyncio.wait_for(patient.recv(), 1.5)
                assert len(server.server_state.connections) == 1

    with contextlib.suppress(ConnectionClosed):
        run_apart(gone())


def test_only_addresses_and_networks_of_proxies_can_be_named() -> None:
    assert trusted_proxies(" 10.0.0.1, 172.16.0.0/12,::1 ,") == ["10.0.0.1", "172.16.0.0/12", "::1"]
    for wrong in ("*", "proxy", "10.0.0.1/8", "1.2.3.4,300.0.0.1"):
        with pytest.raises(ValueError, match="FORWARDED_ALLOW_IPS"):
            trusted_proxies(wrong)


def test_what_clients_send_makes_no_log_of_any_length(caplog: pytest.LogCaptureFixture) -> None:
    now = 0.0
    hints = Hints(lambda: now)
    for number in range(1_000):
        hints.foreign_origin(f"https://{number}.example\n2026 forged line", "x" * 100_000)
        hints.lost_upgrade()
    assert len(caplog.records) <= 100
    assert all("\n" not in record.message and len(record.message) < 700 for record in caplog.records)
    assert sum("upgrade" in record.message for record in caplog.records) == 1
    now = 601.0
    hints.lost_upgrade()
    assert "upgrade" in caplog.records[-1].message
