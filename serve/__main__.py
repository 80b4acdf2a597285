"""`python -m serve`: the app on this machine, tuned."""

import os
import sys
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter, validators
from cyclopts.config import Env

from queries.warehouse import limit_queries
from serve.api.limits import api_limits
from serve.application import base_path_of, create_application
from serve.connections import configuration
from serve.draining import DrainingServer, Standing
from serve.listening import NoFreePort, address, has_screen, listen
from serve.logs import say, take_over_framework, write_logs
from serve.plain_requests import trusted_proxies
from serve.ready import answering_while_starting
from serve.settings import VARIABLES, Operation, unknown_variables
from serve.warming import warm_up
from view.address import BASE_PATH_VARIABLE
from view.own_record import SIGN_IN_VARIABLE

SCRIPT = Path(__file__).parent.parent / "app.py"
PROXIES_VARIABLE = "FORWARDED_ALLOW_IPS"
"""Addresses and networks of proxies whose forwarded headers are believed, with commas between."""

_USUAL = Operation()

app = App(
    name="python -m serve",
    help="Serve the JCM target tracker. Each option can also be given as an environment variable, "
    "such as JCM_SERVE_PORT=9000.",
    config=Env(VARIABLES),
    version_flags=(),
)


@app.default
def serve(
    *,
    host: str = "127.0.0.1",
    port: Annotated[int, Parameter(validator=validators.Number(gte=0, lte=65_535))] = 8501,
    base_path: Annotated[str, Parameter(env_var=(BASE_PATH_VARIABLE, "STREAMLIT_SERVER_BASE_URL_PATH"))] = "",
    browser: bool | None = None,
    warm: bool = True,
    script: Path = SCRIPT,
    operation: Annotated[Operation, Parameter(name="*")] = _USUAL,
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
    operation
        Limits, draining, logs and metrics.
    """
    write_logs(operation.log_format, operation.log_level)
    options = [name for argument in app.assemble_argument_collection() for name in argument.names]
    for sentence in unknown_variables(os.environ, options):
        say(sentence)
    limit_queries(seconds=operation.query_seconds, megabytes=operation.query_memory_megabytes)
    if not script.is_file():
        say(f"There is no script at {script}.")
        return 2
    try:
        limits = api_limits()
        below = base_path_of(base_path)
        proxies = trusted_proxies(os.environ.get(PROXIES_VARIABLE, ""))
        listening = listen(host, port)
    except (NoFreePort, OSError, ValueError) as error:
        say(f"Cannot serve on {host}: {error}")
        return 1
    if os.environ.get(SIGN_IN_VARIABLE) and below != base_path_of(""):
        listening.close()
        say(
            "Streamlit's sign-in knows the path from config.toml alone: set baseUrlPath there, below [server]."
        )
        return 1
    with listening:
        taken: int = listening.getsockname()[1]
        if port and taken != port:
            say(f"Port {port} is taken; using {taken}.")
        os.environ[BASE_PATH_VARIABLE] = below  # for the pages, however it was given
        at = address(host, taken) + below

        standing = Standing()

        def say_where() -> None:
            take_over_framework()
            standing.phase = "serving"
            # The socket listens already: who comes now waits for a moment.
            say(f"JCM target tracker: {at}")
            say("Open this address in a browser. Ctrl+C stops the server.")
            if has_screen() if browser is None else browser:
                threading.Thread(target=webbrowser.open, args=(at,), daemon=True).start()

        with suppress(KeyboardInterrupt):  # sessions have ended in order by then
            with answering_while_starting(listening, below):
                if warm:
                    warm_up(script, say)
                answering = create_application(
                    script, below, say_where, limits, operation=operation, standing=standing
                )
            largest = operation.message_kilobytes * 1024
            served = configuration(answering, host, taken, proxies=proxies, largest_message=largest)
            server = DrainingServer(served, standing, operation)
            server.run(sockets=[listening])
            return 0 if server.started else 1
    return 0


if __name__ == "__main__":
    sys.exit(app())
