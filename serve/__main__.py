"""`python -m serve`: the app on this machine, tuned."""

import os
import sys
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import uvicorn
from cyclopts import App, Parameter, validators
from cyclopts.config import Env

from serve.api.limits import api_limits
from serve.application import base_path_of, create_application
from serve.connections import configuration
from serve.listening import NoFreePort, address, has_screen, listen
from serve.plain_requests import trusted_proxies
from serve.warming import warm_up
from view.own_record import SIGN_IN_VARIABLE

SCRIPT = Path(__file__).parent.parent / "app.py"
PROXIES_VARIABLE = "FORWARDED_ALLOW_IPS"
"""Addresses and networks of proxies whose forwarded headers are believed, with commas between."""

app = App(
    name="python -m serve",
    help="Serve the JCM target tracker. Each option can also be given as an environment variable, "
    "such as JCM_SERVE_PORT=9000.",
    config=Env("JCM_SERVE_"),
    version_flags=(),
)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@app.default
def serve(
    *,
    host: str = "127.0.0.1",
    port: Annotated[int, Parameter(validator=validators.Number(gte=0, lte=65_535))] = 8501,
    base_path: Annotated[
        str, Parameter(env_var=("JCM_SERVE_BASE_PATH", "STREAMLIT_SERVER_BASE_URL_PATH"))
    ] = "",
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
    base_path
        Path below which the app stands on its host, such as `jcm` for https://example.org/jcm. Streamlit's own option
        `server.baseUrlPath` in config.toml does the same.
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
        limits = api_limits()
        below = base_path_of(base_path)
        proxies = trusted_proxies(os.environ.get(PROXIES_VARIABLE, ""))
        listening = listen(host, port)
    except (NoFreePort, OSError, ValueError) as error:
        _say(f"Cannot serve on {host}: {error}")
        return 1
    if os.environ.get(SIGN_IN_VARIABLE) and below != base_path_of(""):
        listening.close()
        _say(
            "Streamlit's sign-in knows the path from config.toml alone: set baseUrlPath there, below [server]."
        )
        return 1
    with listening:
        taken: int = listening.getsockname()[1]
        if port and taken != port:
            _say(f"Port {port} is taken; using {taken}.")
        at = address(host, taken) + below

        def say_where() -> None:
            # The socket listens already: who comes now waits for a moment.
            _say(f"JCM target tracker: {at}")
            _say("Open this address in a browser. Ctrl+C stops the server.")
            if has_screen() if browser is None else browser:
                threading.Thread(target=webbrowser.open, args=(at,), daemon=True).start()

        with suppress(KeyboardInterrupt):  # sessions have ended in order by then
            if warm:
                warm_up(script, _say)
            answering = create_application(script, below, say_where, limits)
            server = uvicorn.Server(configuration(answering, host, taken, proxies=proxies))
            server.run(sockets=[listening])
            return 0 if server.started else 1
    return 0


if __name__ == "__main__":
    sys.exit(app())
