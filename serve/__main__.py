"""`python -m serve`: the app on this machine, tuned."""

import socket
import sys
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import uvicorn
from cyclopts import App, Parameter, validators
from cyclopts.config import Env

from serve.application import create_application
from serve.listening import NoFreePort, address, has_screen, listen
from serve.memory import leave_pandas_out, return_large_memory

SCRIPT = Path(__file__).parent.parent / "app.py"
SECONDS_TO_FINISH = 5
"""How long open sessions may take to end when the server is stopped."""

LARGEST_MESSAGE = 4 * 1024 * 1024
"""Bytes that a browser may send at once: the state of its controls takes a few thousand."""

app = App(
    name="python -m serve",
    help="Serve the JCM target tracker. Each option can also be given as an environment variable, "
    "such as JCM_SERVE_PORT=9000.",
    config=Env("JCM_SERVE_"),
    version_flags=(),
)


class _Server(uvicorn.Server):
    """Says where it is once visitors can come, not before."""

    def __init__(self, config: uvicorn.Config, at: str, *, opens_browser: bool) -> None:
        super().__init__(config)
        self._at = at
        self._opens_browser = opens_browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.started:
            return
        _say(f"JCM target tracker: {self._at}")
        _say("Open this address in a browser. Ctrl+C stops the server.")
        if self._opens_browser:
            threading.Thread(target=webbrowser.open, args=(self._at,), daemon=True).start()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@app.default
def serve(
    *,
    host: str = "127.0.0.1",
    port: Annotated[int, Parameter(validator=validators.Number(gte=0, lte=65_535))] = 8501,
    browser: bool | None = None,
    warm: bool = True,
    script: Path = SCRIPT,
) -> int:
    """Serve the app until it is stopped.

    Parameters
    ----------
    host
        Address to listen on. The default is for this machine only; 0.0.0.0 is for everybody who can reach it.
    port
        Port to listen on. If it is taken, the next free one is used and said; 0 takes any.
    browser
        Open a browser when ready. By default only where there is a screen, and not in CI.
    warm
        Run every page once before the first visitor.
    script
        The Streamlit script to serve.
    """
    if not script.is_file():
        _say(f"There is no script at {script}.")
        return 2
    try:
        listening = listen(host, port)
    except (NoFreePort, OSError) as error:
        _say(f"Cannot listen on {host}: {error}")
        return 1
    with listening:
        taken: int = listening.getsockname()[1]
        if port and taken != port:
            _say(f"Port {port} is taken; using {taken}.")
        return_large_memory()
        leave_pandas_out()
        configuration = uvicorn.Config(
            create_application(script, is_warm=warm, report=_say),
            host=host,
            port=taken,
            ws="websockets-sansio",
            ws_ping_interval=30,
            ws_ping_timeout=30,
            ws_max_size=LARGEST_MESSAGE,
            ws_per_message_deflate=host not in {"127.0.0.1", "localhost", "::1"},
            timeout_graceful_shutdown=SECONDS_TO_FINISH,
            server_header=False,
            access_log=False,
            log_level="warning",
        )
        opens_browser = has_screen() if browser is None else browser
        server = _Server(configuration, address(host, taken), opens_browser=opens_browser)
        with suppress(KeyboardInterrupt):  # sessions have ended in order by then
            server.run(sockets=[listening])
    return 0 if server.started else 1


if __name__ == "__main__":
    sys.exit(app())
