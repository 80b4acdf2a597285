"""One server with the small app behind it, and requests to it."""

import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.running_server import RunningServer

SMALL_APP = Path(__file__).parent / "small_app.py"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The small app, served as a user starts it, without a warehouse."""
    environment = {"JCM_WAREHOUSE_DIR": str(tmp_path_factory.mktemp("no-warehouse"))}
    with RunningServer.tuned("--script", str(SMALL_APP), environment=environment) as running:
        yield running


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def fetch(server: RunningServer, target: str, method: str = "GET", **headers: str) -> Answer:
    """Answer to one request; header names are given with underscores (`accept_encoding="br"`)."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request(
        method, target, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return Answer(response.status, response.headers, body)


def scripts_of(server: RunningServer, base_path: str = "") -> list[str]:
    """Addresses of the scripts and styles that the start page names."""
    page = fetch(server, f"{base_path}/").body.decode()
    named = [part.split('"')[0] for part in page.split('="./static/')[1:]]
    return [f"{base_path}/static/{name}" for name in named if name.endswith((".js", ".css"))]
