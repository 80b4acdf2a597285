"""The ASGI application: Streamlit with our static files, headers, health route and warm start."""

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import config, file_util
from streamlit.runtime import Runtime

from serve.bundles import Bundles
from serve.feeds import FEED_PATH, feed
from serve.first_visit import import_ahead, visit_every_page
from serve.health import HEALTH_PATH, health
from serve.security import SameOriginSessions, SecurityHeaders, content_security_policy
from serve.start_page import DEFAULT_LANGUAGE, TITLES, StartPages, write_start_pages
from serve.static_files import StaticFiles

EARLY_SCRIPTS = ("PlotlyChart",)
"""Streamlit's names for the scripts that every page needs before its first chart."""

Report = Callable[[str], None]


def create_application(script: Path, *, is_warm: bool = True, report: Report = print) -> st.App:
    """The app of `script`, ready for any ASGI server.

    With `is_warm` the server answers only once imports are done and every page has run once. Problems found
    on the way are reported and do not stop the start: a visitor then sees them on the page.
    """
    root = Path(file_util.get_static_dir())
    shell = (root / "index.html").read_text(encoding="utf-8")
    bundles = Bundles(root / "static")
    early = bundles.with_imports(b for start in EARLY_SCRIPTS for b in bundles.named(start))
    pages = write_start_pages(shell, early)
    policy = content_security_policy(pages[DEFAULT_LANGUAGE].body.decode())
    # Watching every imported module for changes costs time after each run; `streamlit run` is for that.
    config.set_option("server.fileWatcherType", "none")
    return st.App(
        script,
        lifespan=_lifespan(bundles, report, is_warm=is_warm),
        routes=[Route(HEALTH_PATH, health), Route(FEED_PATH, feed)],
        middleware=[
            Middleware(SecurityHeaders, policy=policy),
            Middleware(
                SameOriginSessions, allowed_origins=config.get_option("server.corsAllowedOrigins") or ()
            ),
            Middleware(StaticFiles, bundles=bundles),
            Middleware(StartPages, pages=pages),
        ],
    )


def _lifespan(
    bundles: Bundles, report: Report, *, is_warm: bool
) -> Callable[[st.App], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[None]:
        compressing = asyncio.create_task(asyncio.to_thread(bundles.compress_all))
        if is_warm:
            await _warm_up(report)
        await compressing
        yield

    return lifespan


async def _warm_up(report: Report) -> None:
    started = time.perf_counter()
    for problem in await asyncio.to_thread(import_ahead):
        report(f"Could not import {problem}")
    try:
        runs = await visit_every_page(Runtime.instance(), TITLES)
    except TimeoutError:
        report("A page took too long on its first run; going on without it.")
    else:
        report(f"Warm after {time.perf_counter() - started:.1f} s ({runs} page runs).")
    # What is alive now stays: no later collection has to walk through it.
    gc.collect()
    gc.freeze()
