"""Streamlit's own scripts, styles and fonts: which there are, and their compressed bytes.

Every name carries a hash of its content (`index.DormvYxC.js`), so bytes kept here never go stale while the
process lives, and browsers may keep them for good.
"""

import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from serve.encoding import CODINGS

COMPRESSIBLE = frozenset({".js", ".css", ".svg", ".json"})
"""Fonts and pictures are compressed already."""

SMALLEST_COMPRESSED = 512
"""Below this many bytes, a coding saves less than its header costs."""

_HASHED_NAME = re.compile(r"\.[A-Za-z0-9_-]{8}\.[a-z0-9]+$")
_IMPORTED = re.compile(rb"""(?:from|import)\s*["']\./([^"'/]+\.js)["']""")
_BYTES_WITH_IMPORTS = 32_768
"""Imports stand at the start of a script; the rest of it, megabytes, is not read for them."""


@dataclass(frozen=True)
class Bundle:
    """One file below Streamlit's static folder."""

    url_path: str
    file: Path
    media_type: str
    is_immutable: bool
    is_compressible: bool

    def etag(self, coding: str) -> str:
        """Strong validator of this file in this coding: two codings are two different bodies."""
        return f'"{self.file.name}-{coding}"'


class Bundles:
    """The files below `folder`, by the path they have on the web. The folder is read once."""

    def __init__(self, folder: Path, url_prefix: str = "/static/") -> None:
        self.url_prefix = url_prefix
        self._by_path = {
            bundle.url_path: bundle
            for file in sorted(folder.rglob("*"))
            if file.is_file()
            for bundle in [_bundle(file, url_prefix + file.relative_to(folder).as_posix())]
        }
        self._compressed: dict[tuple[str, str], bytes] = {}

    def find(self, url_path: str) -> Bundle | None:
        """The file at this path, or None. The path is only looked up, never opened."""
        return self._by_path.get(url_path)

    def named(self, start: str) -> list[Bundle]:
        """Scripts whose name before the hash is `start`, such as `PlotlyChart`."""
        return [
            bundle
            for bundle in self._by_path.values()
            if bundle.file.suffix == ".js" and bundle.file.name.startswith(f"{start}.")
        ]

    def with_imports(self, bundles: Iterable[Bundle]) -> list[Bundle]:
        """These scripts and every script they import, in the order found."""
        found: dict[str, Bundle] = {}
        waiting = list(bundles)
        while waiting:
            bundle = waiting.pop(0)
            if bundle.url_path in found:
                continue
            found[bundle.url_path] = bundle
            folder = bundle.url_path.rpartition("/")[0]
            with bundle.file.open("rb") as script:
                start = script.read(_BYTES_WITH_IMPORTS)
            imported = (self.find(f"{folder}/{name.decode()}") for name in _IMPORTED.findall(start))
            waiting.extend(b for b in imported if b is not None)
        return list(found.values())

    def kept(self, bundle: Bundle, coding: str) -> bytes | None:
        """The compressed bytes if they are ready."""
        return self._compressed.get((bundle.url_path, coding))

    def compress(self, bundle: Bundle, coding: str) -> bytes:
        """The compressed bytes, made now if need be and kept. Two threads may both make them: same bytes."""
        body = self.kept(bundle, coding)
        if body is None:
            body = CODINGS[coding](bundle.file.read_bytes())
            self._compressed[bundle.url_path, coding] = body
        return body

    def compress_all(self) -> None:
        """Compress every file in the best coding, largest first. Takes half a second and 7 MB."""
        coding = next(iter(CODINGS))
        compressible = [b for b in self._by_path.values() if b.is_compressible]
        for bundle in sorted(compressible, key=lambda b: -b.file.stat().st_size):
            self.compress(bundle, coding)


def _bundle(file: Path, url_path: str) -> Bundle:
    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if file.suffix == ".js":  # some systems register it as text/plain, which browsers refuse to run
        media_type = "text/javascript"
    return Bundle(
        url_path=url_path,
        file=file,
        media_type=media_type,
        is_immutable=_HASHED_NAME.search(file.name) is not None,
        is_compressible=file.suffix in COMPRESSIBLE and file.stat().st_size >= SMALLEST_COMPRESSED,
    )
