"""`/feed/changes.{lang}.atom`: what became known, for feed readers."""

import asyncio
import hashlib
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from exports.changes.feed import feed_of, links_of_app
from queries.warehouse import Warehouse, WarehouseUnavailable, current
from view.texts import LANGUAGES, Language

FEED_PATH = "/feed/changes.{lang}.atom"
_MEDIA_TYPE = "application/atom+xml; charset=utf-8"


@lru_cache(maxsize=8)
def _feed(warehouse: Warehouse, lang: Language, address: str) -> tuple[bytes, str]:
    body = feed_of(warehouse, lang, links_of_app(address, lang))
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'


async def feed(request: Request) -> Response:
    """Answers GET and HEAD; 304 to a reader who has this feed already, 404 for another language."""
    asked = request.path_params["lang"]
    lang = next((one for one in LANGUAGES if one == asked), None)
    if lang is None:
        return PlainTextResponse(f"No such feed; there are {', '.join(LANGUAGES)}.\n", 404)
    address = str(request.url.replace(query="")).removesuffix(FEED_PATH.format(lang=lang))
    try:
        warehouse = await asyncio.to_thread(current)
    except WarehouseUnavailable:
        return PlainTextResponse("No data have been built yet.\n", 503)
    body, tag = await asyncio.to_thread(_feed, warehouse, lang, address)
    headers = {"ETag": tag, "Cache-Control": "public, max-age=3600"}
    if request.headers.get("if-none-match") == tag:
        return Response(None, 304, headers)
    return Response(body, 200, headers, media_type=_MEDIA_TYPE)
