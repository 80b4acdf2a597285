"""A filter of the list and of the map with 20,022 projects in the warehouse."""

import asyncio
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from queries.warehouse import warehouse_dir
from tests.bench.result import Row, median, milliseconds
from tests.changed_warehouse import MANY_PROJECTS, changed
from tests.running_server import RunningServer
from tests.streamlit_session import StreamlitSession

FILTERS: tuple[dict[str, str], ...] = (
    {"country": "MNG"},
    {"country": "IDN"},
    {"status": "registered"},
    {"status": "pipeline"},
    {"funding": "private"},
    {"country": "THA", "status": "registered"},
    {"country": "VNM", "as_of": "2021-03-31"},
    {"as_of": "2019-10-01"},
    {"year": "calendar"},
    {"country": "KHM", "lang": "ja"},
)
SEARCHES: tuple[dict[str, str], ...] = ({"q": "solar"}, {"q": "太陽光"}, {"q": "boiler", "country": "IDN"})


def measure() -> list[Row]:
    """Each filter once in a session that has the page open, none of them asked for before."""
    with tempfile.TemporaryDirectory() as folder:
        changed(warehouse_dir(), Path(folder), *MANY_PROJECTS)
        with RunningServer.tuned(environment={"JCM_WAREHOUSE_DIR": folder}) as server:
            asked = {"projects": (*FILTERS, *SEARCHES), "map": FILTERS}
            return [asyncio.run(_filters(server.address, page, choices)) for page, choices in asked.items()]


async def _filters(address: str, page: str, choices: tuple[dict[str, str], ...]) -> Row:
    taken, sent = [], []
    async with StreamlitSession(address) as session:
        await session.run("lang=en", page)
        for choice in choices:
            run = await session.run(urlencode({"lang": "en", **choice}), page)
            taken.append(run.seconds)
            sent.append(run.received_bytes)
    return Row(
        f"20,022 projects: a new filter on the page {page}",
        f"{milliseconds(median(taken))} (longest {milliseconds(max(taken))})",
        "1 s",
        f"{len(choices)} filters, script run, up to {max(sent) // 1024} KB sent",
    )
