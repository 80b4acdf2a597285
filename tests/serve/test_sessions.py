"""Who is let in: limits of sessions, without a server."""

from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from serve.draining import Sessions, Standing, resident_megabytes
from serve.settings import Operation
from tests.apart import run_apart


async def app(_scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.accept"})


def answer(standing: Standing, operation: Operation, **scope: Any) -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    run_apart(Sessions(app, standing, operation)({"type": "websocket", **scope}, receive, send))
    return sent


def test_a_session_counts_while_it_is_open() -> None:
    standing = Standing("serving")
    assert [one["type"] for one in answer(standing, Operation())] == ["websocket.accept"]
    assert standing.sessions == 0


@pytest.mark.parametrize(
    ("standing", "operation", "reason"),
    [
        (Standing("draining"), Operation(), "draining"),
        (Standing("serving", sessions=3), Operation(sessions_at_most=3), "full"),
        (Standing("serving"), Operation(memory_megabytes=1), "memory"),
    ],
)
def test_who_is_refused_is_told_so_and_may_come_back(
    standing: Standing, operation: Operation, reason: str
) -> None:
    if reason == "memory" and not resident_megabytes():
        pytest.skip("this system does not tell")
    start, body = answer(standing, operation, extensions={"websocket.http.response": {}})
    assert start["status"] == 503
    assert (b"retry-after", b"2") in start["headers"]
    assert reason in body["body"].decode()
    # A server that cannot answer a handshake with a status closes it: try again later.
    assert answer(standing, operation) == [{"type": "websocket.close", "code": 1013}]
