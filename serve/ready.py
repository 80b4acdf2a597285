"""`/health`: the process lives. `/ready`: it can answer a visitor with data. Also what answers before the app is there."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from queries.warehouse import WarehouseUnavailable, current
from serve.draining import Standing, refuse

HEALTH_PATH = "/health"
READY_PATH = "/ready"
_NOW = {"Cache-Control": "no-store"}
_STARTING = "The tracker is starting; this page comes back by itself.\n起動中です。このページは自動的に再表示されます。\n"


def measure_readiness(standing: Standing, folder: Path | None = None) -> tuple[int, dict[str, str]]:
    """HTTP status and body: 200 with the data version, or 503 with the reason.

    `folder` is the folder of the warehouse, by default the one that the pages read. The body names no path
    of this machine.
    """
    if standing.phase != "serving":
        return 503, {"status": "unready", "reason": standing.phase}
    try:
        warehouse = current(folder)
    except WarehouseUnavailable as unavailable:
        return 503, {"status": "unready", "reason": unavailable.reason, "run": "python -m etl build"}
    return 200, {
        "status": "ready",
        "data_version": warehouse.data_version,
        "data_as_of": warehouse.data_as_of.isoformat(),
    }


def probes(base_path: str, standing: Standing) -> list[Route]:
    """Both routes below `base_path`."""

    async def health(_request: Request) -> JSONResponse:
        return JSONResponse({"status": "alive"}, headers=_NOW)

    async def ready(_request: Request) -> JSONResponse:
        status, body = await asyncio.to_thread(measure_readiness, standing)
        return JSONResponse(body, status, headers=_NOW)

    return [Route(base_path + HEALTH_PATH, health), Route(base_path + READY_PATH, ready)]


@contextmanager
def answering_while_starting(listening: socket.socket, base_path: str) -> Iterator[None]:
    """Answers on `listening` meanwhile: alive, not ready, and 503 to everything else."""
    status, body = measure_readiness(Standing())
    answers = {
        base_path + HEALTH_PATH: JSONResponse({"status": "alive"}, headers=_NOW),
        base_path + READY_PATH: JSONResponse(body, status, headers=_NOW),
    }
    soon = PlainTextResponse(_STARTING, 503, {**_NOW, "Retry-After": "2", "Refresh": "2"})

    async def starting(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await refuse(scope, receive, send, "starting")
        else:
            await answers.get(scope["path"], soon)(scope, receive, send)

    # In a thread of its own: the app is made in the main one.
    configuration = uvicorn.Config(
        starting, lifespan="off", ws="websockets-sansio", access_log=False, log_config=None, log_level="warning",
        server_header=False, timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(configuration)
    with listening.dup() as own:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [own]}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join()
