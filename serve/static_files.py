"""Serves Streamlit's bundles compressed and immutable.

Streamlit sends 9 MB of scripts as they are for the first page with a chart; compressed they are 2.5 MB.
"""

import asyncio

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serve.bundles import Bundle, Bundles
from serve.encoding import choose_coding

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"


class StaticFiles:
    """ASGI middleware before Streamlit: answers `/static/…` from the bundles, lets all else through.

    Ranges and clients without a known coding get the plain file from Streamlit itself. A bundle that does
    not exist is 404 (Streamlit would answer with its start page, which a browser then runs as a script).
    """

    def __init__(self, app: ASGIApp, *, bundles: Bundles) -> None:
        self._app = app
        self._bundles = bundles

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        is_static = scope["type"] == "http" and scope["path"].startswith(self._bundles.url_prefix)
        if not is_static or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        bundle = self._bundles.find(scope["path"])
        if bundle is None:
            missing = PlainTextResponse("Not found", 404, headers={"Cache-Control": "no-store"})
            await missing(scope, receive, send)
            return
        headers = Headers(scope=scope)
        coding = choose_coding(headers.get("accept-encoding")) if bundle.is_compressible else None
        if coding is None or "range" in headers:
            await self._app(scope, receive, _with_headers(send, bundle))
            return
        response = await self._compressed(bundle, coding, headers.get("if-none-match"))
        await response(scope, receive, send)

    async def _compressed(self, bundle: Bundle, coding: str, if_none_match: str | None) -> Response:
        etag = bundle.etag(coding)
        headers = {
            "ETag": etag,
            "Vary": "Accept-Encoding",
            "Cache-Control": IMMUTABLE if bundle.is_immutable else REVALIDATE,
        }
        if if_none_match and is_match(if_none_match, etag):
            return Response(status_code=304, headers=headers)
        body = self._bundles.kept(bundle, coding)
        if body is None:
            body = await asyncio.to_thread(self._bundles.compress, bundle, coding)
        headers["Content-Encoding"] = coding
        return Response(body, headers=headers, media_type=bundle.media_type)


def is_match(if_none_match: str, etag: str) -> bool:
    """Whether the header `If-None-Match` names this validator (weakly compared, as GET asks for)."""
    given = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in given or etag in given


def _with_headers(send: Send, bundle: Bundle) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Cache-Control"] = IMMUTABLE if bundle.is_immutable else REVALIDATE
            if bundle.is_compressible:
                headers["Vary"] = "Accept-Encoding"
        await send(message)

    return sending
