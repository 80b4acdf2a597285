"""Streamlit's own scripts and styles, compressed once.

Streamlit tells browsers to keep them for good, but sends them as they are: 9 MB for the first page with a chart.
"""

import asyncio
import gzip
import mimetypes
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pyarrow as pa
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

COMPRESSIBLE = frozenset({".css", ".js"})
"""Fonts and pictures are compressed already."""

BROTLI_QUALITY = 5
"""All scripts take 0.4 s at 5; 9 takes 2 s and 11 a minute for 3 and 10 percent less."""


def _brotli(body: bytes) -> bytes:
    compressed: bytes = pa.Codec("brotli", compression_level=BROTLI_QUALITY).compress(body, asbytes=True)
    return compressed


CODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": _brotli,
    "gzip": partial(gzip.compress, compresslevel=6),
}
"""Codings offered, best first. Browsers ask for `br` over https and on this machine, else for `gzip`."""


class CompressedScripts:
    """ASGI middleware: answers for the scripts and styles below `folder`, which the app serves below `address`.

    All else is the app's: other files, ranges, clients that take no coding of ours, a file that does not exist.
    """

    def __init__(self, app: ASGIApp, *, folder: Path, address: str) -> None:
        self._app = app
        self._files = {
            f"{address}/{file.relative_to(folder).as_posix()}": file
            for file in folder.rglob("*")
            if file.suffix in COMPRESSIBLE
        }
        self._answers: dict[tuple[str, str], Response] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        coding = coding_taken(scope) if scope.get("path") in self._files else None
        if coding is None:
            await self._app(scope, receive, send)
            return
        answer = self._answers.get((scope["path"], coding))
        if answer is None:
            answer = await asyncio.to_thread(self._compress, scope["path"], coding)
        await answer(scope, receive, send)

    def compress_ahead(self) -> None:
        """Compress every file in the best coding beside other work, largest first: half a second and 7 MB."""
        paths = sorted(self._files, key=lambda path: -self._files[path].stat().st_size)
        coding = next(iter(CODINGS))
        threading.Thread(target=lambda: [self._compress(path, coding) for path in paths], daemon=True).start()

    def _compress(self, path: str, coding: str) -> Response:
        """The answer, made and kept. Two threads may both make it: same bytes."""
        file = self._files[path]
        headers = {
            "Content-Encoding": coding,
            "Vary": "Accept-Encoding",
            "Cache-Control": "public, max-age=31536000, immutable",  # as Streamlit has it: names carry a hash
        }
        # Some systems register scripts as text/plain, which browsers refuse to run.
        media_type = "text/javascript" if file.suffix == ".js" else mimetypes.guess_type(file.name)[0]
        answer = Response(CODINGS[coding](file.read_bytes()), headers=headers, media_type=media_type)
        self._answers[path, coding] = answer
        return answer


def coding_taken(scope: Scope) -> str | None:
    """The best coding that the client takes, None where it takes none or asks for something else than the whole file.

    A coding named with a weight, as no browser does, counts as not taken.
    """
    headers = Headers(scope=scope)
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or "range" in headers:
        return None
    taken = {part.strip().lower() for part in headers.get("accept-encoding", "").split(",")}
    return next((coding for coding in CODINGS if coding in taken), None)
