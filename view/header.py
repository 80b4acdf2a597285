"""The head and the foot of every page: our style, the title block, the language switch, and messages about the URL."""

from html import escape

import streamlit as st

from view import embedding
from view.address import address_with, ignored, pinned
from view.controls import language_switch
from view.texts import PREVIEWS, Texts
from view.theme import ThemeName, style_sheet
from view.tiles import FailedTile, block, failed_html


def theme_of_reader() -> ThemeName:
    """Light or dark, as the reader's browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def draw_head(t: Texts, html: str) -> None:
    """Draws the title block and the language switch beside it."""
    if embedding.is_on():
        return
    left, right = st.columns([6, 2.4 if t.lang in PREVIEWS else 1], vertical_alignment="top")
    with left:
        st.html(block(t.lang, html))
    with right:
        language_switch(t.lang)


def draw_style(theme: ThemeName) -> None:
    """Puts our style sheet on the page."""
    st.html(style_sheet(theme))


def draw_ignored(t: Texts) -> None:
    """Says which parts of the address could not be used, and that the rest was."""
    if embedding.is_on():
        return
    _draw_pinned(t)
    if t.lang in PREVIEWS:
        text = t("This language is a preview: what is not translated stands in English.")
        st.html(block(t.lang, f'<div class="jcm-note" role="status">{escape(text)}</div>'))
    found = ignored()
    if not found:
        return
    pairs = t.listing([f"{key}={value[:60]}" for key, value in found[:5]])
    text = t("Ignored in the address: {pairs}. No such value; the default is shown instead.", pairs=pairs)
    st.html(block(t.lang, f'<div class="jcm-note" role="status">{escape(text)}</div>'))


def _draw_pinned(t: Texts) -> None:
    """Says that the page shows a data version on demand, and leads to the published one where it is newer."""
    found = pinned()
    if found is None:
        return
    version, newest = found
    if version == newest:
        text, more = (
            t("This link is pinned to data version {version}, the newest there is.", version=version),
            "",
        )
    else:
        text = t(
            "This link is pinned to data version {version}. Newer data exist: {newest}.",
            version=version,
            newest=newest,
        )
        href = escape(address_with({"v": []}), quote=True)
        more = (
            f' <a class="jcm-link jcm-lined" href="{href}" target="_self">{escape(t("Show the newest"))}</a>'
        )
    st.html(block(t.lang, f'<div class="jcm-note" role="status">{escape(text)}{more}</div>'))


def draw_foot(t: Texts) -> None:
    """Says whose figures these are; on a page that is embedded, which figures it has where none was drawn."""
    if embedding.is_on():
        text = t("No such figure on this page. Its figures:")
        st.html(
            block(
                t.lang, f'<p class="jcm-sentence" role="alert">{escape(text)} {embedding.unknown_html()}</p>'
            )
        )
        return
    text = t(
        "An independent compilation of public statements, not a publication of a government. Figures name their rung,"
        " date and source; what is not known is left unknown."
    )
    guide = escape(t("Terms, rules and how the JCM works"))
    link = f'<a class="jcm-link jcm-lined" href="guide?lang={t.lang}">{guide}</a>'
    st.html(block(t.lang, f'<p class="jcm-foot">{escape(text)} {link}</p>'))


def draw_failed_query(query: str, detail: str, t: Texts) -> None:
    """Says that a query failed without which the page cannot go on, such as that of the values of a filter."""
    st.html(block(t.lang, failed_html(FailedTile("page", query, detail), t)))


def draw_unavailable(t: Texts, reason: str, path: str) -> None:
    """Says that there is no warehouse to read, or that it is damaged, and what to run."""
    missing = reason == "missing"
    title = t("No data have been built yet.") if missing else t("The data file cannot be read.")
    text = t("Build the data, then reload this page:")
    st.html(
        block(
            t.lang,
            f'<h1 class="jcm-answer">{escape(title)}</h1><p class="jcm-under">{escape(text)}</p>'
            f'<p class="jcm-under"><code>python -m etl build</code></p>'
            f'<p class="jcm-under">{escape(t("File looked for: {path}", path=path))}</p>',
        )
    )
