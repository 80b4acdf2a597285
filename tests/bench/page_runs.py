"""Time of one run of each page's script, as one visitor alone has it: asked for to last message received."""

import asyncio

from tests.bench.result import Row, median, milliseconds
from tests.bench.selections import NEW_SELECTIONS
from tests.running_server import RunningServer
from tests.streamlit_session import StreamlitSession

REPETITIONS = 30


def measure(server: RunningServer) -> list[Row]:
    """Every page of the menu with its default selection, then the target page with new ones."""
    return asyncio.run(_measure(server.address))


async def _measure(address: str) -> list[Row]:
    rows = []
    async with StreamlitSession(address) as session:
        first = await session.run("lang=en")
        menu = [m.navigation for m in first.messages if m.WhichOneof("type") == "navigation"]
        pages = [page.url_pathname for page in menu[0].app_pages] if menu else [""]
    for page in pages:
        async with StreamlitSession(address) as session:
            await session.run("lang=en", page)
            taken = [(await session.run("lang=en", page)).seconds for _ in range(REPETITIONS)]
        rows.append(
            Row(
                f"Script run, page {page or 'target'}",
                milliseconds(median(taken)),
                "150 ms" if page else "120 ms",
                "warm, p50 of 30",
            )
        )
    new = []
    for query in NEW_SELECTIONS:
        async with StreamlitSession(address) as session:
            new.append((await session.run(query)).seconds)
    rows.append(
        Row(
            "Script run, selection never asked for",
            milliseconds(median(new)),
            "",
            "new session each, p50 of 24",
        )
    )
    return rows
