"""The server as a user starts it, with a small app behind it."""

import asyncio
import json
import socket

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.apart import run_apart
from tests.running_server import RunningServer, ServerFailed
from tests.serve.conftest import SMALL_APP, fetch
from tests.streamlit_session import Run, StreamlitSession


def visit(server: RunningServer, query: str = "", page: str = "", locale: str = "en") -> Run:
    async def one() -> Run:
        async with StreamlitSession(server.address, locale=locale) as session:
            return await session.run(query, page)

    return run_apart(one())


def test_it_says_where_it_is_in_plain_words(server: RunningServer) -> None:
    assert f"JCM target tracker: {server.address}" in server.output
    assert "Warm after" in server.output


def test_it_lives_without_a_warehouse_but_is_not_ready(server: RunningServer) -> None:
    assert json.loads(fetch(server, "/health").body) == {"status": "alive"}
    answer = fetch(server, "/ready")
    assert answer.status == 503
    assert json.loads(answer.body)["run"] == "python -m etl build"
    assert fetch(server, "/ready", "HEAD").status == 503
    assert fetch(server, "/_stcore/health").body == b"ok"
    assert fetch(server, "/feed/changes.en.atom").status == 503
    assert fetch(server, "/feed/changes.xx.atom").status == 404


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
