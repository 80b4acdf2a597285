"""What browsers are told not to do, and which web pages may open a session."""

import base64
import hashlib
import os
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serve.hints import Hints

EMBED_VARIABLE = "JCM_EMBED_ANCESTORS"
"""Which pages may hold a figure in a frame, as the rule `frame-ancestors` has it; every page when not set."""

_EMBEDDED = re.compile(rb"(^|&)embed=true(&|$)")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def content_security_policy(start_page: str) -> str:
    """The policy for this start page: its own inline scripts by their hash, and nothing from another host.

    Styles are inline because Streamlit writes them at run time. Plotly draws and saves pictures by way of
    `data:` and `blob:` addresses. Streamlit runs the script of a component from a `blob:` address, which only a script
    that runs already can make.
    """
    digests = (hashlib.sha256(script.encode()).digest() for script in _INLINE_SCRIPT.findall(start_page))
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' blob: 'wasm-unsafe-eval' {hashes}".strip(),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' data: blob:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "frame-src": "'self'",
        "frame-ancestors": "'self'",
        "form-action": "'self'",
        "base-uri": "'self'",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class SecurityHeaders:
    """ASGI middleware that adds the headers below to every answer over HTTP."""

    def __init__(self, app: ASGIApp, *, policy: str) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": (
                "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=()"
            ),
        }
        # A figure alone may stand on other people's pages: there is no login, and nothing a click could do.
        ancestors = os.environ.get(EMBED_VARIABLE) or "*"
        framed = policy.replace("frame-ancestors 'self'", f"frame-ancestors {ancestors}")
        self._framed = {**self._headers, "Content-Security-Policy": framed}
        del self._framed["X-Frame-Options"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        chosen = self._framed if _EMBEDDED.search(scope.get("query_string", b"")) else self._headers

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in chosen.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sending)


class SameOriginSessions:
    """ASGI middleware that refuses a websocket opened by a page of another origin, and says so in the log.

    Streamlit refuses it too, but asks an address outside for this machine's own name first, and lets every
    page served on this machine in, whatever its port. An allowed origin therefore comes to it as its own.
    """

    def __init__(self, app: ASGIApp, *, hints: Hints, allowed_origins: Collection[str] = ()) -> None:
        self._app = app
        self._hints = hints
        self._allowed_origins = frozenset(allowed_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin = headers.get("origin")  # a program that is no browser sends none
            host = headers.get("host")
            if origin is not None and origin in self._allowed_origins:
                others = [(name, value) for name, value in scope["headers"] if name != b"host"]
                scope = {**scope, "headers": [*others, (b"host", _host_of(origin).encode())]}
            elif origin is not None and (_host_of(origin) or None) != host:
                self._hints.foreign_origin(origin, host or "")
                await receive()
                await send({"type": "websocket.close", "code": 1008})
                return
        await self._app(scope, receive, send)


def _host_of(origin: str) -> str:
    """Host and port of an origin; empty where it names none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
