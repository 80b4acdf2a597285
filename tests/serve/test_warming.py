"""The warm-up: what it ran is kept for the first visitor, and what goes wrong in it stops nothing."""

import sys
from pathlib import Path

from tests.apart import run_apart
from tests.running_server import RunningServer
from tests.streamlit_session import Run, StreamlitSession

APP = """
import streamlit as st

st.navigation([st.Page("pages/one.py", default=True), st.Page("pages/two.py")]).run()
"""
PAGE = """
import streamlit as st

@st.cache_resource
def made(page, lang, theme):
    print(f"making {{page}} {{lang}} {{theme}}", flush=True)
    return f"{{page}} in {{lang}}"

st.markdown(made("{page}", st.query_params.get("lang"), st.context.theme.type or "light"))
"""


def write_app(folder: Path) -> Path:
    (folder / "pages").mkdir()
    for page in ("one", "two"):
        (folder / "pages" / f"{page}.py").write_text(PAGE.format(page=page), encoding="utf-8")
    (folder / "app.py").write_text(APP, encoding="utf-8")
    return folder / "app.py"


def visit(server: RunningServer, query: str, page: str = "") -> Run:
    async def one() -> Run:
        async with StreamlitSession(server.address) as session:
            return await session.run(query, page)

    return run_apart(one())


def test_every_page_of_the_menu_has_run_in_each_language_and_theme(tmp_path: Path) -> None:
    with RunningServer.tuned("--script", str(write_app(tmp_path))) as server:
        assert "(12 page runs)" in server.output, (
            "the first page and then both, in two languages and two themes"
        )
        assert "missing ScriptRunContext" not in server.output
        made = [line for line in server.output.splitlines() if line.startswith("making")]
        assert sorted(made) == sorted(
            f"making {page} {lang} {theme}"
            for page in ("one", "two")
            for lang in ("en", "ja")
            for theme in ("light", "dark")
        )


def test_a_visitor_gets_what_the_warm_up_has_made(tmp_path: Path) -> None:
    with RunningServer.tuned("--script", str(write_app(tmp_path))) as server:
        before = server.output
        told = visit(server, "lang=ja", "two").elements("markdown")
        assert [text.body for text in told] == ["two in ja"]  # type: ignore[attr-defined]
        assert server.output.count("making two ja") == before.count("making two ja") == 2


def test_a_page_that_does_not_end_is_left_to_its_visitors(tmp_path: Path) -> None:
    script = tmp_path / "endless.py"
    script.write_text(
        "import streamlit as st\nif st.query_params.get('lang') == 'ja':\n"
        "    while True:\n        st.empty()\nst.markdown('ended')\n",
        encoding="utf-8",
    )
    impatient = (
        "from serve import warming; warming.SECONDS_PER_PAGE = 0.5; from serve.__main__ import app; app()"
    )
    command = [sys.executable, "-c", impatient, "--port", "0", "--script", str(script)]
    with RunningServer(command) as server:
        assert "took too long" in server.output
        assert "(2 page runs)" in server.output
        assert visit(server, "lang=en").elements("markdown")


def test_a_page_that_fails_stops_nothing(tmp_path: Path) -> None:
    script = tmp_path / "failing.py"
    script.write_text("raise ValueError('not today')", encoding="utf-8")
    with RunningServer.tuned("--script", str(script)) as server:
        assert visit(server, "").kinds() == ["exception"]
