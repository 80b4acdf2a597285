from pathlib import Path

import pytest
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send
from streamlit import file_util

from serve.application import EARLY_SCRIPTS
from serve.bundles import Bundles
from serve.start_page import StartPages, choose_language, write_start_pages
from tests.serve.exchange import ask

STATIC = Path(file_util.get_static_dir())
SHELL = (STATIC / "index.html").read_text(encoding="utf-8")


async def streamlit_shell(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["path"] == "/countries/":
        response: Response = RedirectResponse("/countries", 301)
    elif scope["path"] == "/file.csv":
        response = Response("a,b", media_type="text/csv")
    else:
        response = HTMLResponse(SHELL, headers={"Last-Modified": "Mon, 23 Nov 2026 00:00:00 GMT"})
    await response(scope, receive, send)


@pytest.fixture(scope="module")
def app() -> StartPages:
    bundles = Bundles(STATIC / "static")
    early = bundles.with_imports(b for start in EARLY_SCRIPTS for b in bundles.named(start))
    return StartPages(streamlit_shell, pages=write_start_pages(SHELL, early))


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", None, "en"),
        ("", "ja,en;q=0.8", "ja"),
        ("", "ja-JP", "ja"),
        ("", "fr-FR, de;q=0.9", "en"),
        ("", "fr, ja;q=0.5", "ja"),
        ("lang=ja", "en-GB", "ja"),
        ("rung=issued&lang=en", "ja", "en"),
        ("lang=xx", "ja", "ja"),
        ("lang=%3Cscript%3E", None, "en"),
    ],
)
def test_language_comes_from_the_address_then_the_browser(
    query: str, accepted: str | None, language: str
) -> None:
    assert choose_language(query, accepted) == language


def test_the_shell_speaks_the_language_of_the_page(app: StartPages) -> None:
    english, japanese = (ask(app, f"/countries?lang={lang}").body.decode() for lang in ("en", "ja"))
    assert '<html lang="en">' in english
    assert "<title>JCM target tracker</title>" in english
    assert '<html lang="ja">' in japanese
    assert "<title>JCM目標トラッカー</title>" in japanese


def test_the_shell_asks_early_for_charts_and_each_file_once(app: StartPages) -> None:
    body = ask(app, "/").body.decode()
    assert body.count("js/PlotlyChart.") == 1
    scripts = [line for line in body.splitlines() if "modulepreload" in line]
    assert len(scripts) == len({line.strip() for line in scripts})


def test_the_shell_is_asked_for_again_and_then_not_sent_twice(app: StartPages) -> None:
    first = ask(app, "/?lang=ja", accept_encoding="br")
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["content-encoding"] == "br"
    assert "last-modified" not in first.headers
    again = ask(app, "/?lang=ja", accept_encoding="br", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    other = ask(app, "/?lang=en", accept_encoding="br", if_none_match=first.headers["etag"])
    assert other.status == 200


def test_redirects_files_and_inner_addresses_stay_streamlits(app: StartPages) -> None:
    assert ask(app, "/countries/").status == 301
    assert ask(app, "/file.csv").body == b"a,b"
    assert ask(app, "/media/report.html").body.decode() == SHELL
    assert ask(app, "/", method="POST").body.decode() == SHELL
