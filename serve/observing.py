"""Each request and each run of a page: told to the log, counted in the metrics."""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from queries.measuring import Kind, listen
from queries.warehouse import current_if_open
from serve.logs import Level, is_written, tell
from serve.metrics import Metrics

_CLASSES = {
    "static": "asset", "app": "asset", "component": "asset", "media": "file", "_stcore": "framework", "api": "api",
    "feed": "feed", "health": "probe", "ready": "probe", "metrics": "probe", "auth": "sign-in",
    "oauth2callback": "sign-in",
}  # fmt: skip
_QUIET = frozenset({"asset", "probe", "framework"})
_WENT_AWAY = 499
"""As nginx has it: the client was gone before the answer."""


def class_of(path: str, base_path: str, kind: str = "http") -> str:
    """Class of a route: an address itself may hold what a reader has typed."""
    if kind == "websocket":
        return "session"
    first, *rest = path.removeprefix(base_path).strip("/").split("/")
    if "_stcore" in rest:  # a browser looks for it below the page that it opened, too
        return _CLASSES["_stcore"]
    return _CLASSES.get(first) or ("page" if not rest and "." not in first else "other")


def data_version() -> str | None:
    """Of the warehouse that is served, where one is open."""
    warehouse = current_if_open()
    return warehouse.data_version if warehouse else None


class Observed:
    """ASGI middleware, the outermost: status and time of each request."""

    def __init__(self, app: ASGIApp, metrics: Metrics, *, base_path: str) -> None:
        self._app, self._metrics, self._base = app, metrics, base_path
        listen(self._hear)

    def _hear(self, kind: Kind, name: str, seconds: float) -> None:
        self._metrics.count_work(kind, name, seconds)
        level: Level = "info" if kind == "page" else "debug"
        if is_written(level):
            about = {kind: self._metrics.name_of(kind, name)}
            tell("run", level, **about, ms=round(seconds * 1000, 1), data_version=data_version())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            match message["type"]:
                case "http.response.start" | "websocket.http.response.start":
                    status = message["status"]
                case "websocket.accept":
                    status = 101
                case "websocket.close" if not status:
                    status = 403  # what the server makes of it
            await send(message)

        started = time.perf_counter()
        try:
            await self._app(scope, receive, sending)
        except Exception:
            status = status or 500
            raise
        finally:
            self._tell(scope, status or _WENT_AWAY, time.perf_counter() - started)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route = class_of(scope["path"], self._base, scope["type"])
        self._metrics.count_request(route, status, seconds)
        level: Level = "debug" if route in _QUIET and status < 500 else "info"
        if status >= 500 and route != "probe":
            level = "warning"
        if is_written(level):
            event = "session" if route == "session" else "request"
            tell(
                event,
                level,
                route=route,
                status=status,
                ms=round(seconds * 1000, 1),
                data_version=data_version(),
            )
