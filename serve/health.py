"""The health route: can this process answer a visitor with data?"""

import asyncio
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse

from queries.warehouse import WarehouseUnavailable, current

HEALTH_PATH = "/health"


def measure_health(folder: Path | None = None) -> tuple[int, dict[str, str]]:
    """HTTP status and body: 200 with the data version, or 503 with the reason when no warehouse can be read.

    `folder` is the folder of the warehouse, by default the one that the pages read. The body names no path
    of this machine.
    """
    try:
        warehouse = current(folder)
    except WarehouseUnavailable as unavailable:
        return 503, {"status": "unready", "warehouse": unavailable.reason, "run": "python -m etl build"}
    return 200, {
        "status": "ok",
        "data_version": warehouse.data_version,
        "data_as_of": warehouse.data_as_of.isoformat(),
    }


async def health(_request: Request) -> JSONResponse:
    """Answer GET and HEAD `/health`."""
    status, body = await asyncio.to_thread(measure_health)
    return JSONResponse(body, status, headers={"Cache-Control": "no-store"})
