"""The ASGI application: Streamlit with compressed scripts, security headers, a health route, feeds and the static edition."""

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
from serve.connection_watch import ConnectionWatch, open_and_close
from serve.deep_addresses import OneStepDown
from serve.feeds import FEED_PATH, feed
from serve.health import HEALTH_PATH, health
from serve.hints import Hints
from serve.plain_requests import CONNECTION_PATH, PlainRequests
from serve.security import SameOriginSessions, SecurityHeaders, content_security_policy
from serve.site import SITE_PATH, SiteFiles
from serve.start_page import StartPages
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
    script: Path, base_path: str, when_ready: Callable[[], None], api_limits: ApiLimits
) -> ASGIApp:
    """The app of `script` below `base_path`, for any ASGI server. `when_ready` is called when visitors can come."""

    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[None]:
        when_ready()
        yield

    own = base_path_of("")  # Streamlit puts its routes there by itself
    routes = [
        Route(own + HEALTH_PATH, health),
        Route(own + FEED_PATH, feed),
        Mount(own + SITE_PATH, SiteFiles()),
    ]
    app = st.App(script, lifespan=lifespan, routes=routes)
    mounted = Starlette(
        routes=[
            *api_routes(base_path, api_limits),
            WebSocketRoute(base_path + CONNECTION_PATH, open_and_close),
            Mount(base_path.removesuffix(own), app),
        ],
        lifespan=app.lifespan(),
    )
    watched = ConnectionWatch(mounted, base_path=base_path)
    start = StartPages(watched, base_path=base_path)
    scripts = CompressedScripts(start, folder=STATIC / "static", address=f"{base_path}/static")
    scripts.compress_ahead()
    pages = OneStepDown(scripts, base_path=base_path)
    hints = Hints()
    origins = st.get_option("server.corsAllowedOrigins") or ()
    sessions = SameOriginSessions(pages, hints=hints, allowed_origins=origins)
    plain = PlainRequests(sessions, base_path=base_path, hints=hints)
    start_page = (STATIC / "index.html").read_text(encoding="utf-8")
    return SecurityHeaders(
        plain, policy=content_security_policy(start_page + "".join(LANGUAGE_SCRIPTS.values()))
    )
