"""A real HTTP server on this machine that misbehaves as told. It keeps the requests that it got.

    with FixtureServer() as server:
        server.serve("/list", b"<html>…", etag='"1"')       # 200, and 304 to those who know it
        server.answer("/busy", in_turn(status(503), page))  # a handler of the test: any Callable[[Exchange], None]
        fetch(server.url("/list"))
        assert server.asked("/list")[0].headers["User-Agent"]

What has no route is 404, `/robots.txt` too. Named as a proxy, the server answers whole addresses as paths.
"""

import contextlib
import gzip
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, Self

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Asked:
    """A request as it came in; `at` is by `time.monotonic`."""

    method: str
    path: str
    headers: Message
    at: float


class FixtureServer:
    """Context manager around a server on 127.0.0.1 with a port of its own."""

    def __init__(self) -> None:
        self.requests: list[Asked] = []
        self.routes: dict[str, Handler] = {}
        self.is_ending = threading.Event()

    def __enter__(self) -> Self:
        bound = type("Bound", (Exchange,), {"server_of_test": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), bound)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def url(self, path: str = "") -> str:
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def asked(self, path: str) -> list[Asked]:
        """The requests for one path, in order."""
        return [asked for asked in self.requests if asked.path == path]

    def answer(self, path: str, handler: "Handler") -> None:
        self.routes[path] = handler

    def serve(
        self,
        path: str,
        body: bytes,
        *,
        media_type: str = HTML,
        etag: str = "",
        last_modified: str = "",
        is_packed: bool = False,
    ) -> None:
        """Answer a path with a body; with 304 to a request that names its ETag or its day. `is_packed`: by gzip."""
        self.answer(path, page(body, media_type, etag=etag, last_modified=last_modified, is_packed=is_packed))


class Exchange(BaseHTTPRequestHandler):
    """One request and the way to answer it: `reply` at once, or `start` and then `send` piece by piece."""

    protocol_version = "HTTP/1.1"
    server_of_test: ClassVar[FixtureServer]

    def do_GET(self) -> None:
        fixture = self.server_of_test
        fixture.requests.append(Asked(self.command, self.path, self.headers, time.monotonic()))
        with contextlib.suppress(ConnectionError):  # the client has seen enough
            fixture.routes.get(self.path, status(404))(self)
        self.close_connection = True

    def do_CONNECT(self) -> None:
        self.do_GET()

    def reply(self, code: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
        self.start(code, {"Content-Length": str(len(body))} | dict(headers or {}))
        self.send(body)

    def start(self, code: int, headers: Mapping[str, str]) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()

    def send(self, piece: bytes) -> None:
        self.wfile.write(piece)
        self.wfile.flush()

    def is_ending_after(self, seconds: float) -> bool:
        """Wait, and tell whether the test is over."""
        return self.server_of_test.is_ending.wait(seconds)

    def log_message(self, *_: object) -> None:
        """Say nothing: the requests are kept."""


Handler = Callable[[Exchange], None]


def page(
    body: bytes, media_type: str = HTML, *, etag: str = "", last_modified: str = "", is_packed: bool = False
) -> Handler:
    stated = {"ETag": etag, "Last-Modified": last_modified}
    headers = {"Content-Type": media_type} | {name: value for name, value in stated.items() if value}
    if is_packed:
        body, headers["Content-Encoding"] = gzip.compress(body), "gzip"

    def handle(exchange: Exchange) -> None:
        known = exchange.headers.get("If-None-Match"), exchange.headers.get("If-Modified-Since")
        is_same = known[0] == etag if known[0] else known[1] == last_modified
        if any(known) and is_same:
            exchange.start(304, headers)
        else:
            exchange.reply(200, body, headers)

    return handle


def status(
    code: int, headers: Mapping[str, str] | None = None, body: bytes = b"<html>fault</html>"
) -> Handler:
    return lambda exchange: exchange.reply(code, body, headers)


def redirect(to: str, code: int = 302) -> Handler:
    return status(code, {"Location": to}, b"")


def in_turn(*handlers: Handler) -> Handler:
    """The first handler for the first request, and so on; the last one for all that follow."""
    left = list(handlers)

    def handle(exchange: Exchange) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(exchange)

    return handle


def dripping(body: bytes, seconds: float, *, has_length: bool = True) -> Handler:
    """A body that comes byte by byte, this far apart."""

    def handle(exchange: Exchange) -> None:
        length = {"Content-Length": str(len(body))} if has_length else {}
        exchange.start(200, {"Content-Type": HTML, **length})
        for byte in body:
            exchange.send(bytes((byte,)))
            if exchange.is_ending_after(seconds):
                return

    return handle


def dripping_head(seconds: float) -> Handler:
    """An answer whose heading never ends."""

    def handle(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not exchange.is_ending_after(seconds):
            exchange.send(b"x")

    return handle


def streamed(size: int, sent: list[int] | None = None, headers: Mapping[str, str] | None = None) -> Handler:
    """A body of that many bytes, made while it is sent; `sent` gets the size of each piece that went out."""

    def handle(exchange: Exchange) -> None:
        exchange.start(200, {"Content-Type": HTML, **(headers or {})})
        piece = b"<html>" + b" " * 99_994
        for _ in range(size // len(piece)):
            exchange.send(piece)
            if sent is not None:
                sent.append(len(piece))

    return handle


def gzip_bomb(size: int) -> Handler:
    """A small body that unpacks to that many bytes."""
    packed = b"".join(_packed(size))
    return lambda exchange: exchange.reply(200, packed, {"Content-Type": HTML, "Content-Encoding": "gzip"})


def truncated(body: bytes, stated: int, headers: Mapping[str, str] | None = None) -> Handler:
    """A body that ends before the length that was stated."""
    return lambda exchange: exchange.reply(200, body, {"Content-Length": str(stated), **(headers or {})})


def hung_up(exchange: Exchange) -> None:
    """The connection ends without an answer."""
    exchange.close_connection = True


def _packed(size: int) -> Iterator[bytes]:
    packing = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    for _ in range(size // 1_000_000):
        yield packing.compress(b" " * 1_000_000)
    yield packing.flush()
