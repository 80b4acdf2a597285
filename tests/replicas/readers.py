"""Several processes of the tracker behind one nginx, readers on them, and versions published meanwhile."""

import asyncio
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from etl.warehouse.publish import flip, version_path
from tests.apart import run_apart
from tests.proxies import documented, free_port, nginx
from tests.running_server import RunningServer
from tests.streamlit_session import Run, StreamlitSession

SELECTIONS = ("lang=en", "lang=ja&as_of=2025-03-31")
_VERSION = re.compile(r"\b0{9}\d{3}\b")


def write_versions(warehouse_dir: Path, folder: Path, number: int) -> list[str]:
    """So many versions with other figures in a folder; none is published yet."""
    names = [f"{place:012d}" for place in range(1, number + 1)]
    for place, name in enumerate(names, 1):
        path = version_path(folder, name)
        shutil.copyfile((warehouse_dir / "current.duckdb").resolve(), path)
        with duckdb.connect(str(path)) as connection:
            connection.execute(
                "UPDATE history.expected SET tco2 = tco2 * $1, net_tco2 = net_tco2 * $1", [1 + place / 10]
            )
            connection.execute("UPDATE record.build SET data_version = ?", [name])
    return names


@dataclass(frozen=True)
class PageSeen:
    """What one run showed: every text and table of the page, and the data versions that they name."""

    texts: tuple[str, ...]
    versions: frozenset[str]


def seen(run: Run, address: str) -> PageSeen:
    """What a run showed, in words that do not depend on where the page stands."""
    texts = tuple(element.body.replace(address, "") for element in run.elements("html"))  # type: ignore[attr-defined]
    return PageSeen(texts, frozenset(_VERSION.findall(" ".join(texts))))


def goldens(folder: Path, versions: Sequence[str]) -> dict[tuple[str, str], PageSeen]:
    """The page of each version and selection, as one process shows it that knows no other version."""

    async def one(server: RunningServer, selection: str) -> PageSeen:
        async with StreamlitSession(server.address) as session:
            return seen(await session.run(selection), server.address)

    alone = folder / "alone"
    alone.mkdir()
    found = {}
    with RunningServer.tuned("--no-warm", environment={"JCM_WAREHOUSE_DIR": str(alone)}) as server:
        for version in versions:
            path = version_path(alone, version)
            shutil.copyfile(version_path(folder, version), path)
            flip(alone, path)
            for selection in SELECTIONS:
                page = run_apart(one(server, selection))
                assert page.versions == {version}
                found[version, selection] = page
    figures = {tuple(text.replace(v, "") for text in page.texts) for (v, _), page in found.items()}
    assert len(figures) == len(found), "each version shows other figures"
    return found


@contextmanager
def replicas(folder: Path, number: int) -> Iterator[tuple[str, list[RunningServer]]]:
    """So many processes behind nginx as it is documented; its address with the path, and the processes."""
    environment = {"JCM_WAREHOUSE_DIR": str(folder), "FORWARDED_ALLOW_IPS": "127.0.0.1"}
    with ExitStack() as stack:
        servers = [
            stack.enter_context(
                RunningServer.tuned("--no-warm", "--base-path", "jcm", environment=environment)
            )
            for _ in range(number)
        ]
        port = free_port()
        ports = [server.port for server in servers] + [servers[0].port] * (4 - number)
        replaced = {
            f"127.0.0.1:{8501 + place} ": f"127.0.0.1:{own} {'' if place < number else 'down '}"
            for place, own in enumerate(ports)
        }
        text = documented("nginx-replicas.conf", {"listen 80;": f"listen 127.0.0.1:{port};", **replaced})
        address = stack.enter_context(nginx(text, port))
        yield f"{address}/jcm", servers


@dataclass
class Readers:
    """Readers who look at page after page, come back when their connection is lost, and compare what they see."""

    address: str
    expected: Mapping[tuple[str, str], PageSeen]
    versions: Sequence[str]
    published: int = 0
    """Place of the published version."""
    runs: int = 0
    redials: int = 0
    wrong: list[str] = field(default_factory=list)
    ends: bool = False

    async def read(self, number: int) -> None:
        """One reader, until the readers end and he has seen the last version."""
        last = -1
        selection = SELECTIONS[number % len(SELECTIONS)]
        while not (self.ends and last == len(self.versions) - 1):
            try:
                async with StreamlitSession(
                    self.address, origin=self.address.removesuffix("/jcm"), cookie=f"jcm_place=reader{number}"
                ) as session:
                    while not (self.ends and last == len(self.versions) - 1):
                        last = await self._look(session, selection)
            except (ConnectionClosed, InvalidHandshake, OSError, EOFError):
                self.redials += 1
                await asyncio.sleep(0.2)  # as a browser does, which waits longer

    async def _look(self, session: StreamlitSession, selection: str) -> int:
        before = self.published
        page = seen(await session.run(selection), self.address)
        self.runs += 1
        allowed = self.versions[before : self.published + 1]
        if len(page.versions) != 1 or not page.versions <= set(allowed):
            self.wrong.append(f"{selection}: versions {sorted(page.versions)}, published were {allowed}")
            return before
        version = next(iter(page.versions))
        if page != self.expected[version, selection]:
            golden = self.expected[version, selection].texts
            others = sum(one != other for one, other in zip(page.texts, golden, strict=False))
            self.wrong.append(
                f"{selection}: not the page of {version}, {others} of {len(golden)} parts differ,"
                f" {len(page.texts)} are there"
            )
        return self.versions.index(version)


async def publish_and_kill(
    readers: Readers, folder: Path, servers: list[RunningServer], kills: Mapping[int, int], runs_each: int
) -> None:
    """Publishes version after version, each once so many pages were seen of the last; kills processes on the way.

    `kills` has the place in `servers` by that of the version.
    """
    for place, version in enumerate(readers.versions[1:], 1):
        wanted = readers.runs + runs_each
        while readers.runs < wanted:
            await asyncio.sleep(0.05)
        flip(folder, version_path(folder, version))
        readers.published = place
        if place in kills:
            servers[kills[place]].kill()
    readers.ends = True


async def work(
    number: int,
    readers: Readers,
    *,
    folder: Path,
    servers: list[RunningServer],
    kills: Mapping[int, int],
    runs_each: int,
) -> None:
    """So many readers, and whoever publishes and kills, to the end."""
    async with asyncio.TaskGroup() as group:
        for one in range(number):
            group.create_task(readers.read(one))
        group.create_task(publish_and_kill(readers, folder, servers, kills, runs_each))
