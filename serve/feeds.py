"""`/feed/changes.{lang}.atom`: what became known, for feed readers; narrowed by the shared filters behind a question mark."""

import asyncio
import hashlib
import threading
from functools import lru_cache
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from exports.changes.feed import feed_of, links_of_app
from exports.changes.selecting import NotThere, selection_of
from queries.warehouse import Warehouse, WarehouseUnavailable, current
from view.changes import files
from view.names import texts_of
from view.selection import Selection
from view.texts import LANGUAGES, Language, texts

FEED_PATH = f"/{files.FEED_PATH}"
WAITING_AT_MOST = 8
"""Feeds that are made or wait for it: each takes seconds, and readers of pages want the processor too."""
_MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_MOST_PARTS = 100
_waiting = threading.BoundedSemaphore(WAITING_AT_MOST)
_making = threading.Lock()


@lru_cache(maxsize=64)
def _feed(warehouse: Warehouse, lang: Language, address: str, part: Selection) -> tuple[bytes, str]:
    body = feed_of(warehouse, lang, links_of_app(address, lang, part), part)
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _in_turn(warehouse: Warehouse, lang: Language, address: str, query: str) -> tuple[bytes, str]:
    """The feed, made one at a time. Raises NotThere, or ValueError for an address that cannot be read."""
    given = parse_qs(query, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARTS)
    part = selection_of(given, warehouse, texts_of(warehouse, lang))
    with _making:
        return _feed(warehouse, lang, address, part)


async def feed(request: Request) -> Response:
    """Answers GET and HEAD; 304 to a reader who has this feed already, 404 for another language or an unknown value."""
    asked = request.path_params["lang"]
    lang = next((one for one in LANGUAGES if one == asked), None)
    if lang is None:
        return PlainTextResponse(f"No such feed; there are {', '.join(LANGUAGES)}.\n", 404)
    t = texts(lang)
    if not _waiting.acquire(blocking=False):
        said = t("Too many feeds are being made. Come back in a minute.")
        return PlainTextResponse(f"{said}\n", 503, {"Retry-After": "60"})
    try:
        return await _answer(request, lang)
    except WarehouseUnavailable:
        return PlainTextResponse("No data have been built yet.\n", 503)
    except NotThere as error:
        return PlainTextResponse(f"{error}\n", 404 if error.is_value else 400)
    except ValueError:
        said = t("The part of the address behind the question mark cannot be read.")
        return PlainTextResponse(f"{said}\n", 400)
    finally:
        _waiting.release()


async def _answer(request: Request, lang: Language) -> Response:
    address = str(request.url.replace(query="")).removesuffix(FEED_PATH.format(lang=lang))
    warehouse = await asyncio.to_thread(current)
    body, tag = await asyncio.to_thread(_in_turn, warehouse, lang, address, request.url.query)
    headers = {"ETag": tag, "Cache-Control": "public, max-age=3600"}
    if request.headers.get("if-none-match") == tag:
        return Response(None, 304, headers)
    return Response(body, 200, headers, media_type=_MEDIA_TYPE)
