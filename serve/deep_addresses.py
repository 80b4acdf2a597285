"""Addresses of more than one part below the app: every page has one, and the start page cannot find its scripts from there."""

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

FOLDERS = frozenset(
    {"static", "_stcore", "media", "component", "bidi-components", "app", "feed", "oauth2callback", "auth"}
)
"""What the framework and we serve in folders."""


class OneStepDown:
    """ASGI middleware that leads a reader of `/country/VNM` to `/VNM`, where the app says what is near, and of `/jcm` to `/jcm/`."""

    def __init__(self, app: ASGIApp, *, base_path: str) -> None:
        self._app, self._base = app, base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on all but the addresses of pages that cannot be there."""
        app = self._app
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            path, to = str(scope["path"]), None
            first, *rest = path.removeprefix(self._base).strip("/").split("/")
            is_page = "text/html" in Headers(scope=scope).get("accept", "")
            if is_page and rest and FOLDERS.isdisjoint((first, *rest)):
                to = f"{self._base}/{rest[-1]}"
            elif (
                path == self._base
            ):  # the framework would name scheme and host, which a proxy may have changed
                to = f"{path}/"
            if to is not None:
                query = scope["query_string"].decode("latin-1")
                app = RedirectResponse(f"{to}?{query}" if query else to)
        await app(scope, receive, send)
