"""The API as an ASGI app: methods, limits of clients, problems, headers, and the way from a request to its answer."""

import asyncio
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from queries.warehouse import (
    OlderFile,
    QueryFailed,
    QueryTooLong,
    WarehouseUnavailable,
    current,
    current_if_open,
    kept_versions,
    version,
)
from serve.api import description, documentation, resources
from serve.api.asking import Asked, parts_of
from serve.api.encoding import FORMATS, format_of
from serve.api.keeping import Answer, Kept, TooBusy, is_known
from serve.api.limits import LONGEST_QUERY_STRING, ApiLimits, Buckets
from serve.api.problems import Problem, near, tail, texts_of, up
from serve.client import client_of
from serve.compression import coding_taken
from view.own_record import is_sign_in_asked
from view.texts import Texts
from workbench.limits import limits

API_PATH = "/api/v1"
METHODS = "GET, HEAD, OPTIONS"
_LASTING = "public, max-age=31536000, immutable"
_MOVING = "public, no-cache"
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, ETag, Link, Retry-After, X-Data-As-Of, X-Data-Version, X-Total-Count",
    "Cross-Origin-Resource-Policy": "cross-origin",
}

Make = Callable[..., Answer]


@dataclass(frozen=True)
class _Place:
    """A resource: its path, what answers it, whether each data version has it too, and the formats offered.

    One that `names_versions` changes with the files that are kept, too.
    """

    path: str
    make: Make
    is_of_a_version: bool = True
    formats: Sequence[str] = ("json",)
    names_versions: bool = False


_PLACES = (
    _Place("queries", resources.queries),
    _Place("query/{name}", resources.query, formats=tuple(FORMATS)),
    _Place("ladder", resources.ladder),
    _Place("projects/{key}", resources.project),
    _Place("countries/{iso3}", resources.country),
    _Place("versions", resources.versions, is_of_a_version=False, names_versions=True),
    _Place("openapi.json", description.answer, is_of_a_version=False, names_versions=True),
    _Place("", documentation.answer, is_of_a_version=False, formats=()),
)
_ONE_VERSION = _Place("", resources.one_version)
_WAYS = {"/api/v1": "v1/", "/api/": "v1/", "/api": "api/v1/"}
"""Addresses beside that of the first page, and the way from each to it."""


def api_routes(base_path: str, given: ApiLimits) -> list[BaseRoute]:
    """The API below `base_path`, with ways to its first page. Its answers are the public record's alone."""
    kept = Kept(given.kept_megabytes, limits())
    routes = [Route(f"/{place.path}", partial(_answer, kept, place)) for place in _PLACES]
    routes += [
        Route(f"/versions/{{version}}/{place.path}", partial(_answer, kept, place))
        for place in _PLACES
        if place.is_of_a_version
    ]
    routes.append(Route("/versions/{version}", partial(_answer, kept, _ONE_VERSION)))
    api = _Guarded(Router(routes, default=_nothing_there, redirect_slashes=False), Buckets(given))
    ways = [Route(base_path + path, _to_first_page) for path in _WAYS]
    return [*ways, Mount(base_path + API_PATH, api)]


async def _to_first_page(request: Request) -> Response:
    # Relative, so that it is right behind whatever stands before.
    path = request.scope["path"]
    return Response(None, 307, {"Location": next(to for end, to in _WAYS.items() if path.endswith(end))})


class _Guarded:
    """ASGI middleware: headers for programs of other origins, reading only, limits of a client, problems as such."""

    def __init__(self, app: ASGIApp, buckets: Buckets) -> None:
        self._app = app
        self._buckets = buckets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        if scope["type"] != "http":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["method"] == "OPTIONS":
            await Response(None, 204, _preflight())(scope, receive, sending)
            return
        try:
            self._let_in(scope)
            await self._app(scope, receive, sending)
        except Problem as problem:
            await problem.response(scope)(scope, receive, sending)

    def _let_in(self, scope: Scope) -> None:
        t = texts_of(scope)
        if scope["method"] not in {"GET", "HEAD"}:
            raise Problem(
                405,
                "only-reading",
                t("The record can only be read here."),
                t("Use one of the methods {methods}.", methods=METHODS),
                headers={"Allow": METHODS},
            )
        if wait := self._buckets.wait(client_of(scope)):
            seconds = math.ceil(wait)
            raise Problem(
                429,
                "too-often",
                t("Too many requests from this client."),
                t("Wait {n} s, then ask more slowly.", n=seconds),
                headers={"Retry-After": str(seconds)},
            )
        if len(scope.get("query_string", b"")) > LONGEST_QUERY_STRING:
            raise Problem(
                414,
                "too-long",
                t("The address is too long."),
                t("Keep the part behind the question mark below {n} characters.", n=LONGEST_QUERY_STRING),
            )
        if is_sign_in_asked("all"):
            raise Problem(
                403,
                "closed",
                t("This tracker is for people who have signed in, and has no open interface for programs."),
                t("Use its pages in a browser."),
            )


def _preflight() -> dict[str, str]:
    return {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "*",
        "Access-Control-Max-Age": "86400",
    }


async def _nothing_there(scope: Scope, _receive: Receive, _send: Send) -> None:
    t = texts_of(scope)
    raise Problem(
        404,
        "unknown-address",
        t("There is nothing at this address."),
        t("The member see leads to all addresses."),
        see=up(scope),
        near=near(tail(scope), [place.path for place in _PLACES if place.path]),
    )


async def _answer(kept: Kept, place: _Place, request: Request) -> Response:
    scope = request.scope
    pinned: str | None = request.path_params.get("version")
    names = {name: value for name, value in request.path_params.items() if name != "version"}
    t = texts_of(scope)
    given = parts_of(scope.get("query_string", b""), t)
    form = format_of(scope, given, place.formats, t) if place.formats else "html"
    coding = coding_taken(scope)
    try:
        published = None if pinned else current_if_open() or await asyncio.to_thread(current)
        # A page reads differently by language, an answer for programs never does.
        lang = "" if place.formats else t.lang
        files = await asyncio.to_thread(kept_versions) if place.names_versions else ()
        about = (tail(scope), scope.get("query_string"), form, coding, lang, tuple(files))
        key = (published.data_version if published else pinned, *about)
        answer = kept.found(key)
        if answer is None:
            warehouse = published
            if warehouse is None:
                warehouse = await asyncio.to_thread(version, pinned or "")
            asked = Asked(warehouse, t, place.path.format(**names), up(scope), form, given)
            answer = await kept.answer(key, coding, partial(place.make, asked, *names.values()))
    except (WarehouseUnavailable, QueryFailed, TooBusy) as error:
        raise _problem(error, pinned, up(scope), t) from error
    headers = {
        **answer.headers,
        "Cache-Control": _MOVING if pinned is None else _LASTING,
        "Vary": "Accept, Accept-Encoding" + ("" if place.formats else ", Accept-Language"),
    }
    if is_known(answer.tag, request.headers.get("if-none-match")):
        return Response(None, 304, headers)
    return Response(answer.body, 200, headers, answer.media_type)


def _problem(
    error: WarehouseUnavailable | QueryFailed | TooBusy, pinned: str | None, home: str, t: Texts
) -> Problem:
    soon = {"Retry-After": "5"}
    match error:
        case OlderFile() if pinned is not None:
            return Problem(
                404,
                "older-version",
                t(
                    "Data version {version} was written by older code and cannot answer this.",
                    version=error.data_version,
                ),
                t("Ask the latest version, without a version in the address."),
                query=error.query,
            )
        case WarehouseUnavailable() if pinned is not None and error.reason == "missing":
            return Problem(
                404,
                "unknown-version",
                t("Data version {version} is not kept here.", version=pinned[:100]),
                t("The member see leads to the versions that are kept."),
                near=near(pinned, kept_versions()),
                see=f"{home}versions",
                version=pinned[:100],
            )
        case QueryTooLong():
            return Problem(
                503,
                "too-slow",
                t("The answer took longer than {n} s and was given up.", n=limits().seconds),
                t("Ask for less, or again later."),
                headers=soon,
                query=error.query,
            )
        case QueryFailed() | OlderFile():
            return Problem(
                422,
                "unanswerable",
                t("The query cannot be answered with these values."),
                t("Change the values of its parameters."),
                query=error.query,
                words=str(error) if isinstance(error, QueryFailed) else "",
            )
        case WarehouseUnavailable():
            return Problem(
                503,
                "no-data",
                t("No data can be read."),
                t("Whoever runs this server has to build them."),
                headers=soon,
            )
        case _:
            return Problem(
                503,
                "busy",
                t("Too many answers are being made."),
                t("Ask again in a few seconds."),
                headers=soon,
            )
