"""Receivers on this machine: a mail server and a webhook that keep what they get and answer as they are told."""

import asyncio
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult


@dataclass
class Mailbox:
    """Takes mail; `refusals` are answers to the next receivers, by their address, before it takes any."""

    got: list[EmailMessage] = field(default_factory=list)
    refusals: dict[str, list[str]] = field(default_factory=dict)
    port: int = 0
    tls: ssl.SSLContext | None = None
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    def authenticate(
        self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any
    ) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"right", handled=False)

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if answers := self.refusals.get(address):
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.got.append(cast("EmailMessage", message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"

    def _session(self) -> SMTP:
        known = {"authenticator": self.authenticate, "auth_required": True} if self.tls else {}
        return SMTP(
            self, enable_SMTPUTF8=True, tls_context=self.tls, require_starttls=self.tls is not None, **known
        )

    @contextmanager
    def open(self) -> Iterator["Mailbox"]:
        # A loop on a thread of its own: the browser fixture keeps one on the tests' thread.
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        serving = loop.create_server(self._session, "127.0.0.1", 0)
        server = asyncio.run_coroutine_threadsafe(_made(serving), loop).result()
        self.port = server.sockets[0].getsockname()[1]
        yield self
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _made(serving: Awaitable[asyncio.Server]) -> asyncio.Server:
    return await serving


@dataclass
class Hook:
    """Takes requests; `answers` are status and headers of the next ones, then 200. `when_got` is called before it answers."""

    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    address: str = ""
    when_got: Callable[[], None] = lambda: None

    @contextmanager
    def open(self) -> Iterator["Hook"]:
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.got.append((dict(self.headers), body))
                hook.when_got()
                status, headers = hook.answers.pop(0) if hook.answers else (200, {})
                self.send_response(status)
                for name, value in {**headers, "Content-Length": "0"}.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            self.address = f"http://127.0.0.1:{server.server_port}/hook/T0KEN"
            yield self
            server.shutdown()
