"""The nginx of compose.yaml between readers and two processes on this machine."""

import asyncio
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.apart import run_apart
from tests.deploy.dockerfile import ROOT
from tests.running_server import RunningServer
from tests.serve.conftest import SMALL_APP, fetch
from tests.streamlit_session import StreamlitSession

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx here")
SECONDS_TO_START = 20


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


@contextmanager
def nginx(folder: Path, *ports: int) -> Iterator[int]:
    """nginx as it is configured, but for what only Docker knows: names of services, its name server, the port."""
    port = free_port()
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for number, of_app in enumerate(ports, 1):
        text = text.replace(f"app-{number}:8501", f"127.0.0.1:{of_app}")
    text = re.sub(r"\n +resolver .*", "", text).replace(" resolve;", ";").replace("/tmp/", f"{folder}/")  # noqa: S108
    text = text.replace("listen 8080", f"listen 127.0.0.1:{port}")
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    command = [str(NGINX), "-e", "stderr", "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        try:
            _await(port, running)
            yield port
        finally:
            running.terminate()


def _await(port: int, running: "subprocess.Popen[str]") -> None:
    for _ in range(SECONDS_TO_START * 10):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            try:
                running.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            assert running.stderr is not None
            pytest.fail(running.stderr.read())
        else:
            return
    pytest.fail("nginx does not listen")


def sessions_of(server: RunningServer) -> int:
    found = re.search(r"^jcm_sessions_open (\d+)", fetch(server, "/metrics").body.decode(), re.MULTILINE)
    assert found
    return int(found[1])


def test_a_reader_stays_with_a_process_and_comes_to_the_other_when_it_drains(
    warehouse_dir: Path, tmp_path: Path
) -> None:
    mine = {
        "JCM_WAREHOUSE_DIR": str(warehouse_dir),
        "JCM_SERVE_METRICS": "1",
        "FORWARDED_ALLOW_IPS": "127.0.0.1",
    }
    with ExitStack() as stack:
        one, two = (
            stack.enter_context(
                RunningServer.tuned("--script", str(SMALL_APP), "--no-warm", environment=mine)
            )
            for _ in range(2)
        )
        outside = f"http://127.0.0.1:{stack.enter_context(nginx(tmp_path, one.port, two.port))}"

        async def read() -> None:
            async with StreamlitSession(outside) as first, StreamlitSession(outside) as second:
                await first.run()
                await second.run()
                counts = {server: await asyncio.to_thread(sessions_of, server) for server in (one, two)}
                assert sorted(counts.values()) == [0, 2]
                ending, other = sorted(counts, key=lambda server: -counts[server])
                ending.send(signal.SIGTERM)
                assert (await asyncio.to_thread(fetch, ending, "/ready")).status == 503
                async with StreamlitSession(outside) as third:
                    assert (await third.run(page="countries")).elements("heading")
                    assert await asyncio.to_thread(sessions_of, other) == 1
                assert (await first.run(page="countries")).elements("heading")

        run_apart(read())
        behind = RunningServer.tuned()
        behind.address = outside
        assert fetch(behind, "/metrics").status == 404  # for whoever watches, not for readers
        assert fetch(behind, "/ready").status == 200
