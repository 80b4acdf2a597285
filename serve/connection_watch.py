"""The start page gets a script of our own, which says so when the page does not reach its server.

Streamlit's start page stays empty where a network or a proxy on the way does not let its websocket through.
"""

from functools import cache
from typing import Final

from markupsafe import Markup
from starlette.types import Scope
from starlette.websockets import WebSocket

from view.texts import LANGUAGES, texts

SCRIPT_FILE: Final = "connection.js"


async def open_and_close(websocket: WebSocket) -> None:
    """The other end of the script's question."""
    await websocket.accept()
    await websocket.close()


def with_script(html: str, _scope: Scope, _page: str) -> str:
    """The start page with the script."""
    return html.replace("</head>", f"{_tag()}</head>", 1)


@cache
def _tag() -> Markup:
    said = Markup("")
    for lang in LANGUAGES:
        t = texts(lang)
        words = t(
            "This page does not reach its server. Something on the way, such as the network of a company or the"
            " set-up of this site, does not let its lasting connection (WebSocket) through. Try another network, or"
            " tell whoever runs this site. The page goes on by itself once it is connected."
        )
        said += Markup(' data-{}="{}"').format(lang, words)
    return Markup('<script src="./app/static/{}"{} defer></script>').format(SCRIPT_FILE, said)
