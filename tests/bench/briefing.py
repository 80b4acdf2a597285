"""A whole briefing pack once everything is warm, the comparison of two days, and what a pack costs another visitor."""

import asyncio
import time
from datetime import date

from exports.briefing.compose import document_of
from exports.briefing.drawing import svg
from exports.briefing.formats import FORMATS
from exports.briefing.making import start
from exports.briefing.request import request_of
from exports.briefing.writing import WRITERS
from queries.editions import difference_between
from queries.warehouse import current
from tests.bench.result import Row, median, milliseconds
from tests.running_server import RunningServer
from tests.streamlit_session import StreamlitSession
from view.texts import texts

REPETITIONS = 3
RUNS = 30


def measure() -> list[Row]:
    """All files of the programme's pack in one language, each drawn anew; then two days compared."""
    warehouse = current()
    request = request_of(warehouse, lang="ja")
    _pack(request)
    packs = [_pack(request) for _ in range(REPETITIONS)]
    compared = []
    for _ in range(REPETITIONS):
        began = time.perf_counter()
        difference_between(warehouse, date(2025, 3, 31), warehouse, warehouse.data_as_of)
        compared.append(time.perf_counter() - began)
    return [
        Row(
            "Briefing of the programme, all files, one language",
            milliseconds(median(packs)),
            "5 s",
            f"warm, median of {REPETITIONS}",
        ),
        Row("Comparison of two days", milliseconds(median(compared)), "", f"median of {REPETITIONS}"),
    ]


def _pack(request: object) -> float:
    svg.cache_clear()
    began = time.perf_counter()
    made = document_of(current(), request)  # type: ignore[arg-type]
    for code in FORMATS:
        WRITERS[code](made, texts("ja"))
    return time.perf_counter() - began


def measure_beside(server: RunningServer) -> list[Row]:
    """Script runs of another visitor's target page, alone and while packs are made."""
    return asyncio.run(_beside(server.address))


async def _beside(address: str) -> list[Row]:
    async with StreamlitSession(address) as session:
        await session.run("lang=en")
        alone = [(await session.run("lang=en")).seconds for _ in range(RUNS)]
        warehouse = current()
        partners = ("IDN", "VNM", "THA", "MNG", "PHL", "CHL", "KEN", "BGD", "LAO", "MMR")
        packs = [
            start(warehouse, request_of(warehouse, audience="country", subject=code, lang="ja"))
            for code in partners
        ]
        beside = [(await session.run("lang=en")).seconds for _ in range(RUNS)]
        is_busy = not all(pack.is_done() for pack in packs) and any(pack.waiting for pack in packs)
        while any(pack.take(60) for pack in packs):
            pass
    ratio = median(beside) / median(alone)
    how = f"p50 of {RUNS}: {milliseconds(median(alone))} alone, {milliseconds(median(beside))} beside"
    return [
        Row(
            "Another visitor's run while packs are made",
            f"{ratio:.2f} ×",
            "1.5 ×",
            how if is_busy else "packs were done too soon",
        )
    ]
