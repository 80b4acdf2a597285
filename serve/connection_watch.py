"""The start page gets a script of our own, which says so when the page does not reach its server.

Streamlit's start page stays empty where a network or a proxy on the way does not let its websocket through.
"""

from typing import Final

from markupsafe import Markup
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from view.texts import LANGUAGES, texts

SCRIPT_FILE: Final = "connection.js"
_UNTOLD: Final = frozenset({b"if-none-match", b"if-modified-since", b"accept-encoding"})
"""Headers of a request that the app is not told: its answer has to come whole, and as text."""


async def open_and_close(websocket: WebSocket) -> None:
    """The other end of the script's question."""
    await websocket.accept()
    await websocket.close()


class ConnectionWatch:
    """ASGI middleware that adds the script to the start page, which is the answer to every address of a page."""

    def __init__(self, app: ASGIApp, *, base_path: str) -> None:
        self._app, self._base = app, base_path
        self._tag = _tag().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        page = str(scope.get("path", "")).removeprefix(self._base).strip("/")
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or "/" in page or "." in page:
            await self._app(scope, receive, send)
            return
        started: Message | None = None
        body = b""

        async def sending(message: Message) -> None:
            nonlocal started, body
            if message["type"] == "http.response.start" and _is_page(message):
                started = message
            elif started is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if message.get("more_body"):
                    return
                body = body.replace(b"</head>", self._tag + b"</head>", 1)
                headers = MutableHeaders(scope=started)
                # They are those of Streamlit's file, which changes at other times.
                for name in ("content-length", "etag", "last-modified"):
                    del headers[name]
                if scope["method"] == "GET":
                    headers["content-length"] = str(len(body))
                await send(started)
                await send({"type": "http.response.body", "body": body})

        kept = [(name, value) for name, value in scope["headers"] if name not in _UNTOLD]
        await self._app({**scope, "headers": kept}, receive, sending)


def _is_page(message: Message) -> bool:
    headers = MutableHeaders(scope=message)
    return message["status"] == 200 and headers.get("content-type", "").startswith("text/html")


def _tag() -> Markup:
    said = Markup("")
    for lang in LANGUAGES:
        t = texts(lang)
        words = t(
            "This page does not reach its server. Something on the way, such as the network of a company or the"
            " set-up of this site, does not let its lasting connection (WebSocket) through. Try another network, or"
            " tell whoever runs this site. The page goes on by itself once it is connected."
        )
        said += Markup(' data-{}="{}"').format(lang, words)
    return Markup('<script src="./app/static/{}"{} defer></script>').format(SCRIPT_FILE, said)
