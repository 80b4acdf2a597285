"""Runs every page once in each language and theme before the first visitor comes.

What a process pays once (imports, opening the warehouse, results and figures that are kept) is paid here.
The visit is an ordinary session of Streamlit's runtime, only without a browser at its end.
"""

import asyncio
import importlib
import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, SessionClient

LIBRARIES = (
    "babel.dates",
    "babel.numbers",
    "duckdb",
    "plotly.graph_objects",
    "polars",
    "pyarrow",
    "streamlit",
    "xlsxwriter",
)
THEMES = ("light", "dark")
ROOMS = ("model", "queries", "view")

SECONDS_PER_PAGE = 20.0
"""A page that has not run by then is left to its visitors."""


def import_ahead() -> list[str]:
    """Import the libraries and rooms that pages use; returns what could not be imported, and why."""
    problems = []
    for name in (*LIBRARIES, *_modules_of(ROOMS)):
        try:
            importlib.import_module(name)
        except ImportError as error:
            problems.append(f"{name}: {error}")
    return problems


def _modules_of(rooms: Iterable[str]) -> Iterable[str]:
    for room in rooms:
        package = importlib.import_module(room)
        yield from (found.name for found in pkgutil.walk_packages(package.__path__, f"{room}."))


class _Visitor(SessionClient):
    """Receives what a browser would: notes the pages of the menu and the end of each run."""

    def __init__(self) -> None:
        self.pages: list[str] = []
        self.finished = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Note one message; the content of the page is let go."""
        kind = msg.WhichOneof("type")
        if kind == "navigation":
            self.pages = [page.url_pathname for page in msg.navigation.app_pages]
        elif kind == "script_finished" and msg.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.finished.set()


async def visit_every_page(runtime: Runtime, languages: Iterable[str]) -> int:
    """Run each page of the menu once a language and theme; returns the number of runs.

    Must run on the event loop. Raises TimeoutError when a page takes more than SECONDS_PER_PAGE.
    """
    visitor = _Visitor()
    session = runtime.connect_session(visitor, user_info={})
    runs = 0
    try:
        for language, theme in product(languages, THEMES):
            await _run_page(runtime, session, visitor, _Address("", language, theme))
            runs += 1
            for page in filter(None, visitor.pages):
                await _run_page(runtime, session, visitor, _Address(page, language, theme))
                runs += 1
    finally:
        runtime.close_session(session)
    return runs


@dataclass(frozen=True)
class _Address:
    page: str
    language: str
    theme: str


async def _run_page(runtime: Runtime, session: str, visitor: _Visitor, to: _Address) -> None:
    visitor.finished.clear()
    message = BackMsg()
    message.rerun_script.page_name = to.page
    message.rerun_script.query_string = f"lang={to.language}"
    # As after the browser's back button: controls take their values from the address.
    message.rerun_script.is_history_navigation = True
    message.rerun_script.context_info.locale = to.language
    message.rerun_script.context_info.color_scheme = to.theme
    runtime.handle_backmsg(session, message)
    async with asyncio.timeout(SECONDS_PER_PAGE):
        await visitor.finished.wait()
