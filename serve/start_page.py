"""The first HTML of a page of the app: who runs no scripts is led to the same page of the static edition.

Streamlit sends one start page for all addresses, which says nothing of them.
"""

import re
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup
from starlette.datastructures import URL, Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serve.site import SITE_PATH, Preview, Previews, previews
from view.texts import LANGUAGES, Language, language_of, texts

_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_WITHOUT_SCRIPTS = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_LARGEST: Final = 200_000
"""Bytes of a start page at most; a larger answer is none."""


class StartPages:
    """ASGI middleware that writes title, previews and a way to the static edition into the start page.

    It changes nothing where no static edition is built.
    """

    def __init__(self, app: ASGIApp, *, base_path: str) -> None:
        self._app, self._base_path = app, base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        path = scope.get("path", "")
        below = path.removeprefix(self._base_path).strip("/")
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or "/" in below or "." in below:
            await self._app(scope, receive, send)
            return
        found = previews()
        if found is None:
            await self._app(scope, receive, send)
            return
        started: Message | None = None
        body = b""

        async def sending(message: Message) -> None:
            nonlocal started, body
            if message["type"] == "http.response.start" and _is_page(message):
                started = message
                return
            if started is None:
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            headers = MutableHeaders(scope=started)
            if body and len(body) <= _LARGEST:
                body = self._written(body.decode("utf-8"), scope, below, found).encode()
            for name in ("content-length", "etag", "last-modified"):
                del headers[name]
            headers.add_vary_header("Accept-Language")
            if scope["method"] == "GET":
                headers["content-length"] = str(len(body))
            await send(started)
            await send({"type": "http.response.body", "body": body})

        await self._app(scope, receive, sending)

    def _written(self, html: str, scope: Scope, page: str, found: Previews) -> str:
        query = scope.get("query_string", b"").decode("latin-1")
        lang = _language(query, Headers(scope=scope).get("accept-language"))
        preview = found.of(page, query, lang)
        site = found.base or _own_address(scope, self._base_path) + SITE_PATH
        head = _head(preview, site) if preview else Markup("")
        html = html.replace('<html lang="en">', f'<html lang="{lang}">', 1)
        if preview:
            title = Markup("<title>{}</title>").format(preview.title)
            html = _TITLE.sub(lambda _: title, html, count=1)
        html = _WITHOUT_SCRIPTS.sub(lambda _: _words(preview, site, lang), html, count=1)
        return html.replace("</head>", f"{head}</head>", 1)


def _is_page(message: Message) -> bool:
    headers = MutableHeaders(scope=message)
    return message["status"] == 200 and headers.get("content-type", "").startswith("text/html")


def _language(query: str, accepted: str | None) -> Language:
    asked = re.search(r"(?:^|&)lang=(\w\w)(?:&|$)", query)
    return next((one for one in LANGUAGES if asked and one == asked[1]), language_of(accepted))


def _own_address(scope: Scope, base_path: str) -> str:
    """Where the app says it stands; a name of the host that is none is left out."""
    url = URL(scope=scope)
    host = urlsplit(str(url)).netloc
    known = host if re.fullmatch(r"[\w.:\[\]-]+", host) else ""
    return f"{url.scheme}://{known}{base_path}" if known else base_path


def _head(preview: Preview, site: str) -> Markup:
    """What search engines and previews of links read."""
    template = Markup(
        '<link rel="canonical" href="{0}/{1}"><meta name="description" content="{3}">'
        '<meta property="og:type" content="website"><meta property="og:title" content="{2}">'
        '<meta property="og:description" content="{3}"><meta property="og:image" content="{0}/{4}">'
        '<meta name="twitter:card" content="summary_large_image">'
    )
    return template.format(site, preview.path, preview.title, preview.description, preview.picture)


def _words(preview: Preview | None, site: str, lang: Language) -> Markup:
    """What stands on the page where no scripts run."""
    t = texts(lang)
    template = Markup('<noscript><main><h1>{}</h1><p>{}</p><p><a href="{}/{}">{}</a></p></main></noscript>')
    return template.format(
        preview.title if preview else t("JCM target tracker"),
        preview.description if preview else t("This page needs JavaScript."),
        site,
        preview.path if preview else f"{lang}/index.html",
        t("The same figures on a page that needs none"),
    )
