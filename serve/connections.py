"""How the server treats connections: who is slow, silent or gone does not hold one for good."""

import asyncio
from collections.abc import Sequence

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

SECONDS_TO_FINISH = 5
"""How long open sessions may take to end when the server is stopped."""

SECONDS_FOR_HEADERS = 20
SECONDS_BETWEEN_PINGS = 30
LARGEST_HEADERS = 128 * 1024
"""Bytes of an address and its headers."""

LONGEST_HEADER = 8_000
MOST_HEADERS = 100
"""Of a request for a websocket: the library that takes it gives no answer to more, and lets the connection stand."""

LARGEST_MESSAGE = 4 * 1024 * 1024
"""Bytes that a browser may send at once: the state of its controls takes a few thousand."""


class PatientProtocol(HttpToolsProtocol):
    """HTTP/1.1 that closes a connection whose request has not been sent whole after some seconds, or never ends."""

    seconds = float(SECONDS_FOR_HEADERS)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A connection is there, and its first request is awaited."""
        super().connection_made(transport)
        self._await_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._deadline.cancel()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """The first byte of a request has come."""
        super().on_message_begin()
        self._deadline.cancel()
        self._await_headers()

    def on_headers_complete(self) -> None:
        """All headers have come."""
        self._deadline.cancel()
        if self.parser.should_upgrade():
            lines = (len(name) + len(value) for name, value in (*self.headers, (b"", self.url)))
            if len(self.headers) > MOST_HEADERS or max(lines) > LONGEST_HEADER:
                raise ValueError("too much for a websocket")  # it is answered by 400
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Bytes have come; those of headers that do not end are counted."""
        super().data_received(data)
        if self._deadline.cancelled() or self.transport.is_closing():
            return
        self._received += len(data)
        if self._received > LARGEST_HEADERS:
            self.send_400_response("The headers are too large.")

    def _await_headers(self) -> None:
        self._received = 0
        self._deadline = self.loop.call_later(self.seconds, self.transport.close)


def configuration(
    app: ASGIApp,
    host: str,
    port: int,
    *,
    proxies: Sequence[str] = (),
    largest_message: int = LARGEST_MESSAGE,
    ping_seconds: float = SECONDS_BETWEEN_PINGS,
) -> uvicorn.Config:
    """How `app` is served at an address. `proxies` are believed what they forward, as nobody else is.

    `largest_message`: bytes that a browser may send at once.
    """
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=PatientProtocol,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        ws="websockets-sansio",
        ws_ping_interval=ping_seconds,
        ws_ping_timeout=ping_seconds,
        ws_max_size=largest_message,
        ws_per_message_deflate=host not in {"127.0.0.1", "localhost", "::1"},
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        server_header=False,
        access_log=False,
        log_config=None,
        log_level="warning",
    )
