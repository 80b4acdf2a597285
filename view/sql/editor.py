"""The editor: CodeMirror as a component of the framework, served by us. Its source is in `editor_source/`."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from view.texts import Texts

_SCRIPT = Path(__file__).parents[2] / "static" / "sql_editor.js"
_HTML = '<div class="editor"></div>'
_CSS = """
.editor{--jcm-keyword:#0b4f8a;--jcm-string:#8a3a12;--jcm-number:#00735c;--jcm-muted:#566473}
.editor.dark{--jcm-keyword:#7db8e8;--jcm-string:#f0b48c;--jcm-number:#4fc7a9;--jcm-muted:#a3b0bd}
.bar{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin-top:.5rem;font-family:var(--st-font)}
button{font:inherit;font-size:.93rem;padding:.32rem .8rem;border-radius:4px;border:1px solid var(--st-border-color);
 background:var(--st-background-color);color:var(--st-text-color);cursor:pointer}
button:hover:not(:disabled){border-color:var(--st-primary-color);color:var(--st-primary-color)}
button:focus-visible{outline:2px solid var(--st-primary-color);outline-offset:1px}
button.strong{background:var(--st-primary-color);border-color:var(--st-primary-color);color:var(--st-background-color);font-weight:600}
button.strong:hover:not(:disabled){color:var(--st-background-color);filter:brightness(1.08)}
button:disabled{opacity:.5;cursor:default}
span[role=status]{color:var(--jcm-muted);font-size:.88rem}
"""
_VERSION = hashlib.sha256(_SCRIPT.read_bytes()).hexdigest()[:12]
# The framework sends this text with every change of the data; the half megabyte behind the address is fetched once.
_JS = f"""
const script = new URL("app/static/{_SCRIPT.name}?v={_VERSION}", document.baseURI);
export default (await import(script)).default;
"""
_mount = st.components.v2.component("jcm_sql_editor", html=_HTML, css=_CSS, js=_JS)


@dataclass(frozen=True)
class Mark:
    """The place of an error in the text `of`: line and column from 1."""

    line: int
    column: int
    length: int
    message: str
    of: str


@dataclass(frozen=True)
class Event:
    """What the reader did: left the editor with this text, or asked for a result or a plan of it."""

    text: str
    kind: str | None = None


@dataclass(frozen=True)
class Shown:
    """What the editor shows. A new `revision` puts `text` in place of what the reader has.

    `schema` is by table `{"info": meaning, "detail": size, "columns": [[name, type, meaning], …]}`, by macro with "call", its
    arguments, instead of a size; `parameters` are names to complete.
    """

    text: str
    revision: int
    schema: Mapping[str, object]
    parameters: list[str]
    mark: Mark | None
    is_dark: bool
    is_running: bool


def draw_editor(shown: Shown, t: Texts) -> Event | None:
    """Draws the editor with its buttons; returns what the reader did since the last run."""
    result = _mount(
        key="sql_editor",
        # A list: the framework looks for tables among the values of a dictionary, and loads pandas (45 MB) to do so.
        data=[
            {
                **vars(shown),
                "mark": vars(shown.mark) if shown.mark else None,
                "label": t("SQL statement; Ctrl+Enter runs it"),
                "labels": {
                    "run": t("Run (Ctrl+Enter)"),
                    "format": t("Format"),
                    "explain": t("Query plan"),
                    "cannot_format": t("The text could not be formatted; is it complete?"),
                },
            }
        ],
        on_asked_change=lambda: None,
        on_text_change=lambda: None,
    )
    asked = result.get("asked")
    if asked:
        return Event(str(asked["text"]), str(asked["kind"]))
    left = result.get("text")
    return Event(str(left)) if left is not None else None
