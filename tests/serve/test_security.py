from collections.abc import MutableMapping
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from serve.security import SameOriginSessions, SecurityHeaders, content_security_policy
from tests.apart import run_apart
from tests.serve.exchange import ask


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {"Referrer-Policy": "no-referrer"} if scope["path"] == "/own" else {}
    await PlainTextResponse("page", headers=headers)(scope, receive, send)


def test_the_policy_names_inline_scripts_and_no_other_host() -> None:
    policy = content_security_policy("<script>window.a = 1</script><script src='./b.js'></script>")
    assert policy.count("'sha256-") == 1
    scripts = next(rule for rule in policy.split("; ") if rule.startswith("script-src"))
    assert "unsafe-inline" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert "http" not in policy
    assert "*" not in policy


def test_every_answer_carries_the_headers_and_keeps_its_own() -> None:
    app = SecurityHeaders(page, policy="default-src 'self'")
    answer = ask(app, "/")
    assert answer.headers["content-security-policy"] == "default-src 'self'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert ask(app, "/own").headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("origin", "is_let_in"),
    [
        (None, True),
        ("http://127.0.0.1:8501", True),
        ("https://127.0.0.1:8501", True),
        ("https://tracker.example", True),
        ("http://127.0.0.1:9999", False),
        ("http://localhost:8501", False),
        ("https://evil.example", False),
        ("null", False),
    ],
)
def test_only_our_own_pages_open_a_session(origin: str | None, is_let_in: bool) -> None:
    reached: list[str] = []
    sent: list[MutableMapping[str, Any]] = []

    async def session(scope: Scope, _receive: Receive, _send: Send) -> None:
        reached.append(scope["path"])

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    headers = [(b"host", b"127.0.0.1:8501")]
    if origin is not None:
        headers.append((b"origin", origin.encode()))
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers}
    app = SameOriginSessions(session, allowed_origins=["https://tracker.example"])
    run_apart(app(scope, receive, send))
    assert bool(reached) is is_let_in
    assert [m["type"] for m in sent] == ([] if is_let_in else ["websocket.close"])
