"""The empty shell that Streamlit sends first, made ours: language, title, and what to fetch early."""

import hashlib
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serve.bundles import Bundle
from serve.encoding import CODINGS, choose_coding
from serve.static_files import is_match

DEFAULT_LANGUAGE = "en"

TITLES: Mapping[str, str] = {
    "en": "JCM target tracker",
    "ja": "JCM目標トラッカー",
}
"""Shown in the browser's tab until the page sets its own."""

CONNECT_AT_ONCE = (
    "<script>window.__streamlit = {BACKEND_BASE_URL: window.location.origin, "
    "HOST_CONFIG: {allowedOrigins: [window.location.origin], useExternalAuthToken: false}}</script>"
)
"""Tells Streamlit's front end where its server is. Without it, the front end looks for the server below the
page's own address first (two answers of 404 on every page but the first) and asks for its settings before
it opens the session."""

_NOT_PAGES = frozenset({"_stcore", "app", "auth", "component", "media", "oauth2callback"})
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_HTML_TAG = re.compile(r"<html[^>]*>")


@dataclass(frozen=True)
class StartPage:
    """The shell in one language, and its validator."""

    body: bytes
    etag: str


def write_start_pages(shell: str, early: Iterable[Bundle]) -> Mapping[str, StartPage]:
    """The shell in each language.

    `early` are scripts that every page needs but that Streamlit asks for only once the first chart arrives;
    named here, the browser fetches them while the session starts, after what the session itself needs.
    """
    named = set(re.findall(r'href="\./([^"]+)"', shell))
    links = "".join(
        f'    <link rel="modulepreload" crossorigin fetchpriority="low" href=".{bundle.url_path}">\n'
        for bundle in early
        if bundle.url_path.lstrip("/") not in named
    )
    return {language: _write(shell, language, links) for language in TITLES}


def _write(shell: str, language: str, links: str) -> StartPage:
    text = _HTML_TAG.sub(f'<html lang="{language}">', shell, count=1)
    text = _TITLE.sub(f"<title>{html.escape(TITLES[language])}</title>", text, count=1)
    text = text.replace("</title>", f"</title>\n    {CONNECT_AT_ONCE}", 1)
    body = text.replace("</head>", f"{links}  </head>", 1).encode()
    return StartPage(body, hashlib.sha256(body).hexdigest()[:20])


def choose_language(query_string: str, accept_language: str | None) -> str:
    """Language of the shell: `lang` in the address, then the browser's first that we have, then English."""
    for asked in parse_qs(query_string).get("lang", []):
        if asked in TITLES:
            return asked
    for part in (accept_language or "").split(","):
        language = part.partition(";")[0].strip().lower().partition("-")[0]
        if language in TITLES:
            return language
    return DEFAULT_LANGUAGE


class StartPages:
    """ASGI middleware that puts our shell where Streamlit sends its own; routing stays Streamlit's."""

    def __init__(self, app: ASGIApp, *, pages: Mapping[str, StartPage]) -> None:
        self._app = app
        self._pages = pages
        self._compressed: dict[tuple[str, str], bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if (
            scope["type"] != "http"
            or scope["method"] not in {"GET", "HEAD"}
            or scope["path"].lstrip("/").partition("/")[0] in _NOT_PAGES
        ):
            await self._app(scope, receive, send)
            return
        is_replaced = False

        async def sending(message: Message) -> None:
            nonlocal is_replaced
            if message["type"] == "http.response.start" and _is_shell(message):
                is_replaced = True
                await self._response(scope)(scope, receive, send)
            elif not is_replaced:
                await send(message)

        await self._app(scope, receive, sending)

    def _response(self, scope: Scope) -> Response:
        request = Headers(scope=scope)
        query = scope.get("query_string", b"").decode("latin-1")
        language = choose_language(query, request.get("accept-language"))
        coding = choose_coding(request.get("accept-encoding"))
        page = self._pages[language]
        etag = f'"{page.etag}-{coding or "identity"}"'
        headers = {
            "Cache-Control": "no-cache",
            "Content-Language": language,
            "ETag": etag,
            "Vary": "Accept-Encoding, Accept-Language",
        }
        if (given := request.get("if-none-match")) and is_match(given, etag):
            return Response(status_code=304, headers=headers)
        body = page.body
        if coding is not None:
            headers["Content-Encoding"] = coding
            if (language, coding) not in self._compressed:
                self._compressed[language, coding] = CODINGS[coding](body)
            body = self._compressed[language, coding]
        return Response(body, headers=headers, media_type="text/html")


def _is_shell(message: Message) -> bool:
    headers = Headers(raw=message["headers"])
    return message["status"] == 200 and headers.get("content-type", "").startswith("text/html")
