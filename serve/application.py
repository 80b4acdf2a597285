"""The ASGI application: Streamlit with compressed scripts, security headers, probes, feeds and the static edition."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.applications import Starlette
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.types import ASGIApp

from serve.api.application import api_routes
from serve.api.limits import ApiLimits
from serve.compression import CompressedScripts
from serve.connection_watch import SCRIPT_FILE, open_and_close, with_script
from serve.deep_addresses import OneStepDown
from serve.draining import Sessions, Standing
from serve.feeds import FEED_PATH, feed
from serve.hints import Hints
from serve.link_previews import LinkPreviews
from serve.metrics import METRICS_PATH, Metrics, pages_of
from serve.observing import Observed
from serve.plain_requests import CONNECTION_PATH, PlainRequests
from serve.ready import probes
from serve.security import SameOriginSessions, SecurityHeaders, content_security_policy
from serve.settings import Operation
from serve.site import SITE_PATH, SiteFiles
from serve.start_page import StartPages, Writer
from view.header import LANGUAGE_SCRIPTS

STATIC = Path(st.__file__).parent / "static"
"""What Streamlit sends browsers: its start page and, below `static`, the rest."""


def base_path_of(given: str) -> str:
    """Where the app stands on its host: `/jcm` for `jcm` or `/jcm/`, empty for the root.

    Where nothing is given, Streamlit's option `server.baseUrlPath` counts. Raises ValueError if the two differ.
    """
    configured = str(st.get_option("server.baseUrlPath")).strip("/")
    path = given.strip("/") or configured
    if configured not in {"", path}:
        raise ValueError(
            f"the path asked for is {path}, but server.baseUrlPath in config.toml says {configured}"
        )
    return f"/{path}" if path else ""


def create_application(
    script: Path,
    base_path: str,
    when_ready: Callable[[], None],
    api_limits: ApiLimits,
    *,
    operation: Operation,
    standing: Standing,
) -> ASGIApp:
    """The app of `script` below `base_path`, for any ASGI server. `when_ready` is called when visitors can come.

    `standing` is read and written: its phase by the server, the number of sessions here.
    """

    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[None]:
        when_ready()
        yield

    own = base_path_of("")  # Streamlit puts its routes there by itself
    routes = [Route(own + FEED_PATH, feed), Mount(own + SITE_PATH, SiteFiles())]
    app = st.App(script, lifespan=lifespan, routes=routes)
    metrics = Metrics(standing, pages_of(script))
    watching = probes(base_path, standing)
    if operation.metrics:
        watching.append(Route(base_path + METRICS_PATH, metrics.answer))
    mounted = Starlette(
        routes=[
            *watching,
            *api_routes(base_path, api_limits),
            WebSocketRoute(base_path + CONNECTION_PATH, open_and_close),
            Mount(base_path.removesuffix(own), app),
        ],
        lifespan=app.lifespan(),
    )
    writers: list[Writer] = [LinkPreviews(base_path)]
    # The script stands among the files of ours that the framework serves beside the app.
    if (script.parent / "static" / SCRIPT_FILE).is_file():
        writers.append(with_script)
    start = StartPages(mounted, base_path=base_path, writers=writers)
    scripts = CompressedScripts(start, folder=STATIC / "static", address=f"{base_path}/static")
    scripts.compress_ahead()
    pages = OneStepDown(scripts, base_path=base_path)
    hints = Hints()
    origins = st.get_option("server.corsAllowedOrigins") or ()
    sessions = SameOriginSessions(pages, hints=hints, allowed_origins=origins)
    counted = Sessions(sessions, standing, operation)
    plain = PlainRequests(counted, base_path=base_path, hints=hints)
    start_page = (STATIC / "index.html").read_text(encoding="utf-8")
    secured = SecurityHeaders(
        plain, policy=content_security_policy(start_page + "".join(LANGUAGE_SCRIPTS.values()))
    )
    return Observed(secured, metrics, base_path=base_path)
