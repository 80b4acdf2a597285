"""The start page of the app, which is the answer to every address of a page: others write into it."""

from collections.abc import Callable, Sequence
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Writer = Callable[[str, Scope, str], str]
"""Gets the HTML, the connection and the name of the page in its address; returns the HTML with its own part."""
_UNTOLD: Final = frozenset({b"if-none-match", b"if-modified-since", b"accept-encoding"})
"""Headers of a request that the app is not told: its answer has to come whole, and as text."""
_OF_THE_FILE: Final = ("content-length", "etag", "last-modified")
"""Headers of Streamlit's file, which changes at other times."""


class StartPages:
    """ASGI middleware that has the start page written into, in the order of `writers`."""

    def __init__(self, app: ASGIApp, *, base_path: str, writers: Sequence[Writer]) -> None:
        self._app, self._base_path, self._writers = app, base_path, writers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        page = str(scope.get("path", "")).removeprefix(self._base_path).strip("/")
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or "/" in page or "." in page:
            await self._app(scope, receive, send)
            return
        started: Message | None = None
        body = b""

        async def sending(message: Message) -> None:
            nonlocal started, body
            if message["type"] == "http.response.start" and _is_page(message):
                started = message
                return
            if started is None:
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            html = body.decode("utf-8")
            for write in self._writers:
                html = write(html, scope, page)
            headers = MutableHeaders(scope=started)
            for name in _OF_THE_FILE:
                del headers[name]
            headers.add_vary_header("Accept-Language")
            if scope["method"] == "GET":
                headers["content-length"] = str(len(html.encode()))
            await send(started)
            await send({"type": "http.response.body", "body": html.encode()})

        kept = [(name, value) for name, value in scope["headers"] if name not in _UNTOLD]
        await self._app({**scope, "headers": kept}, receive, sending)


def _is_page(message: Message) -> bool:
    headers = MutableHeaders(scope=message)
    return message["status"] == 200 and headers.get("content-type", "").startswith("text/html")
