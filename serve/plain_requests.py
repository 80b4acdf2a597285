"""Requests that no browser of a reader makes are answered before anything looks at them."""

import ipaddress
import re
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from serve.hints import Hints

CONNECTION_PATH: Final = "/connection"
"""A websocket that only opens and closes: by it a page finds out whether websockets come through."""
LONGEST_QUERY_STRING: Final = 48_000
"""Characters; a statement of the SQL page in an address takes at most about half of it."""
LONGEST_PATH: Final = 2_000
_HOST = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class PlainRequests:
    """ASGI middleware: 400 to a host that is no name and to paths that climb, 414 to what is too long.

    A websocket whose upgrade was lost on the way is answered by 426. What a proxy seems to lack is said in the log.
    """

    def __init__(self, app: ASGIApp, *, base_path: str, hints: Hints) -> None:
        self._app, self._base, self._hints = app, base_path, hints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is None:
            self._look(scope, headers)
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            status, text = refusal
            upgrade = {"Upgrade": "websocket", "Connection": "Upgrade"} if status == 426 else None
            await PlainTextResponse(f"{text}\n", status, upgrade)(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1008})

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        path = str(scope["path"])
        hosts = headers.getlist("host")
        if len(hosts) > 1 or not all(_HOST.fullmatch(host) for host in hosts):
            return 400, "The request names no host that could be one."
        if len(scope.get("query_string", b"")) > LONGEST_QUERY_STRING or len(path) > LONGEST_PATH:
            return 414, "The address is too long."
        if _CONTROL.search(path) or not {".", ".."}.isdisjoint(path.replace("\\", "/").split("/")):
            return 400, "The path of the address is none."
        is_lost = "sec-websocket-key" in headers or path == self._base + CONNECTION_PATH
        if scope["type"] == "http" and is_lost:
            self._hints.lost_upgrade()
            return 426, "A websocket was expected; a proxy on the way has not passed on its upgrade."
        return None

    def _look(self, scope: Scope, headers: Headers) -> None:
        path = str(scope["path"])
        if self._base and not f"{path}/".startswith(f"{self._base}/"):
            self._hints.stripped_path(self._base)
        peer = str((scope.get("client") or ("",))[0])
        if peer not in headers.get(
            "x-forwarded-for", peer
        ):  # the server puts the forwarded one there if it believes it
            self._hints.unnamed_proxy(peer)


def trusted_proxies(given: str) -> list[str]:
    """Addresses and networks of the proxies that are believed, as the server takes them.

    Raises ValueError for one that is neither: the server would take it for a name, and believe nobody. It refuses
    `*`, too: then everybody could write another address than his own.
    """
    parts = [part.strip() for part in given.split(",") if part.strip()]
    for part in parts:
        try:
            ipaddress.ip_network(part)
        except ValueError as error:
            raise ValueError(
                f"FORWARDED_ALLOW_IPS takes addresses and networks of proxies, such as 127.0.0.1,10.0.0.0/8; {error}"
            ) from None
    return parts
