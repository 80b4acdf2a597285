"""The static edition below `/site`, where it has been built, for search engines, previews of links, and readers without scripts."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from exports.site import PREVIEWS
from view.own_record import SIGN_IN_VARIABLE

SITE_PATH: Final = "/site"
SITE_VARIABLE: Final = "JCM_SITE_DIR"
"""Folder of the static edition; `build/site` beside the app by default."""
_PLACE = Path(__file__).parent.parent / "build" / "site"
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'self'"
)
_PAGES: Final = {
    "": "index.html",
    "target": "index.html",
    "countries": "countries/index.html",
    "sectors": "sectors/index.html",
    "participants": "participants/index.html",
    "credits": "credits.html",
    "changes": "changes.html",
    "methods": "methods.html",
    "downloads": "data.html",
}
"""Pages of the site by those of the app."""
_FIELDS_AT_MOST: Final = 200
_SUBJECTS: Final = {
    "country": ("countries", "iso3"),
    "participant": ("participants", "name"),
    "sectors": ("sectors", "sector"),
}
"""Pages of the app that are about one subject: its folder on the site, and its key in the address."""


@dataclass(frozen=True)
class Preview:
    """What is said of a page where a link to it is shown: paths are those below the site."""

    path: str
    title: str
    description: str
    picture: str


@dataclass(frozen=True)
class Previews:
    """Previews by path, and the address of the site where it was told."""

    base: str
    pages: Mapping[str, Preview]

    def of(self, page: str, query: str, lang: str) -> Preview | None:
        """The page of the site that says what a page of the app says; None where there is none."""
        if page in _SUBJECTS:
            folder, key = _SUBJECTS[page]
            try:
                asked = parse_qs(query, max_num_fields=_FIELDS_AT_MOST).get(key, [])
            except ValueError:  # more than any link of ours has
                asked = []
            if len(asked) == 1 and (found := self.pages.get(f"{lang}/{folder}/{asked[0].lower()}.html")):
                return found
        return self.pages.get(f"{lang}/{_PAGES[page]}") if page in _PAGES else None


def site_folder() -> Path | None:
    """The built site; None where there is none, or where every page asks for a sign-in."""
    asked = os.environ.get(SIGN_IN_VARIABLE, "").strip().lower()
    given = os.environ.get(SITE_VARIABLE)
    folder = Path(given) if given else _PLACE
    return folder if asked in {"", "own"} and (folder / PREVIEWS).is_file() else None


def previews() -> Previews | None:
    """What the built site says of its pages; read again once another site is in its place."""
    folder = site_folder()
    if folder is None:
        return None
    try:
        return _read(folder, (folder / PREVIEWS).stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError):  # between two sites, or written by other code
        return None


@lru_cache(maxsize=2)
def _read(folder: Path, _written_ns: int) -> Previews:
    found = json.loads((folder / PREVIEWS).read_text(encoding="utf-8"))
    pages = {path: Preview(path, *told) for path, told in found["pages"].items()}
    return Previews(found["base"], pages)


class SiteFiles:
    """ASGI app: the files of the site as they stand now, with headers of their own and the site's own page for none."""

    def __init__(self) -> None:
        self._shown: tuple[Path, ASGIApp] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        folder = site_folder()
        if folder is None or any(part.startswith(".") for part in scope["path"].split("/")):
            await PlainTextResponse("Not found. The static edition is built by: make site\n", 404)(
                scope, receive, send
            )
            return
        if self._shown is None or self._shown[0] != folder:
            self._shown = folder, GZipMiddleware(StaticFiles(directory=folder, html=True, check_dir=False))

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = _POLICY
                headers["Cache-Control"] = "public, max-age=300"
            await send(message)

        await self._shown[1](scope, receive, sending)
