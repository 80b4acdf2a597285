"""The server as a user starts it, with a small app behind it."""

import asyncio
import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import WebSocketException

from tests.apart import run_apart
from tests.running_server import RunningServer, ServerFailed
from tests.streamlit_session import Run, StreamlitSession

SMALL_APP = Path(__file__).parent / "small_app.py"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    environment = {"JCM_WAREHOUSE_DIR": str(tmp_path_factory.mktemp("no-warehouse"))}
    with RunningServer.tuned("--script", str(SMALL_APP), environment=environment) as running:
        yield running


def fetch(
    server: RunningServer, target: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request(
        method, target, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def visit(server: RunningServer, query: str = "", page: str = "", locale: str = "en") -> Run:
    async def one() -> Run:
        async with StreamlitSession(server.address, locale=locale) as session:
            return await session.run(query, page)

    return run_apart(one())


def test_it_says_where_it_is_in_plain_words(server: RunningServer) -> None:
    assert f"JCM target tracker: {server.address}" in server.output
    assert "(8 page runs)" in server.output, (
        "two pages, two languages, two themes have run before the first visitor"
    )


def test_start_page_and_its_scripts_arrive_compressed(server: RunningServer) -> None:
    shell, body = fetch(server, "/countries?lang=ja")
    assert shell.status == 200
    assert shell.getheader("Content-Language") == "ja"
    assert shell.getheader("Server") is None
    assert "default-src 'self'" in (shell.getheader("Content-Security-Policy") or "")
    scripts = [part.split('"')[0] for part in body.decode().split('href="./static/')[1:]]
    assert len(scripts) > 20
    for script in scripts:
        response, sent = fetch(server, f"/static/{script}", accept_encoding="gzip, br")
        assert response.status == 200
        assert (response.getheader("Cache-Control") or "").endswith("immutable")
        assert int(response.getheader("Content-Length") or 0) == len(sent)


def test_ranges_come_from_the_plain_file(server: RunningServer) -> None:
    body = fetch(server, "/")[1].decode()
    script = "/static/" + body.split('src="./static/')[1].split('"')[0]
    whole = fetch(server, script)[1]
    part, sent = fetch(server, script, accept_encoding="br", range="bytes=5-14")
    assert part.status == 206
    assert sent == whole[5:15]


def test_nothing_outside_the_folders_is_served(server: RunningServer) -> None:
    for target in ("/static/../../config.py", "/static/%2e%2e/%2e%2e/config.py", "//etc/passwd"):
        response, body = fetch(server, target)
        assert response.status in {400, 404}
        assert b"import" not in body


def test_health_is_unready_without_a_warehouse_and_streamlits_own_stays(server: RunningServer) -> None:
    response, body = fetch(server, "/health")
    assert response.status == 503
    assert json.loads(body)["run"] == "python -m etl build"
    assert fetch(server, "/health", "HEAD")[0].status == 503
    assert fetch(server, "/_stcore/health")[1] == b"ok"


def test_a_session_runs_the_script_in_the_language_asked(server: RunningServer) -> None:
    run = visit(server, "lang=ja&rows=7", locale="ja-JP")
    assert [text.body for text in run.elements("markdown")] == ["rows=7 lang=ja locale=ja-JP"]
    assert "dataframe" in run.kinds()
    titles = visit(server, page="countries").elements("heading")
    assert [title.body for title in titles] == ["Countries"]


def test_a_changed_widget_reruns_the_script(server: RunningServer) -> None:
    async def change() -> list[str]:
        async with StreamlitSession(server.address) as session:
            first = await session.run()
            slider = first.elements("slider")[0]
            state = WidgetState(id=slider.id)
            state.double_array_value.data.append(9)
            second = await session.run(widgets={slider.id: state})
            return [text.body for text in second.elements("markdown")]

    assert run_apart(change()) == ["rows=9 lang=None locale=en"]


def test_a_deferred_download_is_made_when_asked_for(server: RunningServer) -> None:
    button = visit(server).elements("download_button")[0]
    assert button.deferred_file_id or button.url


def test_a_page_of_another_origin_cannot_open_a_session(server: RunningServer) -> None:
    async def foreign() -> None:
        async with StreamlitSession(server.address, origin="https://evil.example") as session:
            await session.run()

    with pytest.raises(WebSocketException):
        run_apart(foreign())


def test_it_stops_when_told_even_with_a_session_open() -> None:
    with RunningServer.tuned("--script", str(SMALL_APP), "--no-warm") as running:

        async def stop_while_connected() -> int:
            async with StreamlitSession(running.address) as session:
                await session.run()
                return await asyncio.to_thread(running.stop)

        assert run_apart(stop_while_connected()) == 0
        assert "Traceback" not in running.output


def test_a_taken_port_is_said(server: RunningServer) -> None:
    with RunningServer.tuned("--script", str(SMALL_APP), "--no-warm", port=server.port) as second:
        assert second.port != server.port
        assert f"Port {server.port} is taken; using {second.port}." in second.output


def test_what_cannot_start_says_why() -> None:
    with (
        pytest.raises(ServerFailed, match="There is no script at"),
        RunningServer.tuned("--script", "gone.py"),
    ):
        pass
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 65_535))
        taken.listen()
        with pytest.raises(ServerFailed, match="--port"), RunningServer.tuned(port=65_535):
            pass
