"""The sources on a real HTTP server on this machine, and the command line run on them as a user would."""

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.refresh.proposal import FOLDER
from etl.sources.csv_rows import read_rows
from tests.etl.data_folder import DATA, DataFolder
from tests.etl.importers.fixture_server import FixtureServer, Handler
from tests.etl.refresh.saved_sources import link_pages, sources_of

SOURCES = "vocabulary/refresh_sources.csv"
ADDRESSES = {"unep-pipeline": "pipeline", "world-bank": "about"}
"""Pages of the server that stand for those of other publishers."""


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str


class LocalSite:
    """A copy of the data whose sources are pages of `server`, with a cache and a warehouse of its own."""

    def __init__(self, server: FixtureServer, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.data, self.cache = folder / "data", folder / "cache"
        shutil.copytree(DATA, self.data, ignore=shutil.ignore_patterns("warehouse", FOLDER, "own"))
        facts = DataFolder(self.data)
        for row in read_rows(self.data / SOURCES):
            code = row["source_code"]
            path = ADDRESSES.get(code, row["url"].rpartition("/jc/")[2])
            facts.set(SOURCES, code, url=server.url(f"/jc/{path}"))
        for one in sources_of(self.data):
            server.serve(
                f"/jc/{one.path}", one.content, media_type=one.media_type, etag=f'"{hash(one.content)}"'
            )
        server.serve("/jc/files/carbon-pricing.xlsx?download=1", self.content("world-bank"), etag='"wb"')
        for path, page in link_pages().items():
            server.serve(f"/jc/{path}", page)

    def content(self, code: str) -> bytes:
        return next(one.content for one in sources_of(DATA) if one.source_code == code)

    def run(self, *words: str) -> Ran:
        """Run `python -m etl` with these words on this copy of the data."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main([*words, "--data", str(self.data)])
        return Ran(code, out.getvalue(), err.getvalue())

    def answers(self) -> dict[str, int]:
        """How often each path was asked for, and forget it."""
        asked = [one.path for one in self.server.requests]
        self.server.requests.clear()
        return {path: asked.count(path) for path in asked}

    @contextmanager
    def instead(self, path: str, handler: Handler) -> Iterator[None]:
        """Another answer for one path, for a while."""
        usual = self.server.routes.get(path)
        self.server.answer(path, handler)
        try:
            yield
        finally:
            if usual is not None:
                self.server.answer(path, usual)

    def proposals(self) -> list[dict[str, str]]:
        """The proposals on hand, the oldest first."""
        files = sorted((self.data / FOLDER).glob("*/proposals.csv"))
        return [row for file in files for row in read_rows(file)]

    @property
    def day(self) -> str:
        """The name of the newest folder of proposals."""
        return max(path.parent.name for path in (self.data / FOLDER).glob("*/proposals.csv"))

    def changes(self) -> set[tuple[str, str, str, str, str]]:
        """What is open."""
        return {
            (row["action"], row["row_key"], row["column"], row["value_before"], row["value_after"])
            for row in self.proposals()
            if not row["decided_on"]
        }


def environment(site: LocalSite, patch: pytest.MonkeyPatch) -> None:
    """Set what the commands read from the environment."""
    patch.setenv("JCM_REFRESH_CACHE", str(site.cache))
    patch.setenv("JCM_WAREHOUSE_DIR", str(site.folder / "warehouse"))
    patch.setenv("JCM_FETCH_PAUSE", "0")
    patch.setenv("COLUMNS", "200")
