"""Navigation, language and theme; everything else is in the pages."""

from functools import partial

import streamlit as st

from queries.measuring import measured
from queries.warehouse import QueryFailed, WarehouseUnavailable
from view.address import follow, page_asked
from view.embedding import is_on
from view.header import (
    draw_bar,
    draw_failed_query,
    draw_language,
    draw_style,
    draw_unavailable,
    theme_of_reader,
)
from view.language_choice import choose_language
from view.marks.markup import draw
from view.own_record import draw_account, draw_closed, must_sign_in
from view.texts import Texts, texts
from view.turns import OF_PAGES
from view.unknown_address import unknown_page_html


def menu(t: Texts) -> dict[str, list[st.Page]]:
    """The pages in their groups, and those that links alone lead to."""

    def one(name: str, title: str, *, is_hidden: bool = False) -> st.Page:
        return st.Page(
            f"pages/{name}.py", title=title, url_path=name, visibility="hidden" if is_hidden else "visible"
        )

    return {
        t("Progress"): [
            st.Page("pages/target.py", title=t("Target"), default=True),
            one("changes", t("What has changed")),
        ],
        t("Countries and sectors"): [
            one("countries", t("Countries")),
            one("map", t("Map")),
            one("compare", t("Compare")),
            one("readiness", t("Readiness")),
            one("sectors", t("Sectors")),
            one("projects", t("Projects")),
            one("participants", t("Participants")),
            one("methodologies", t("Methodologies")),
            one("country", t("Country profile"), is_hidden=True),
            one("project", t("Project"), is_hidden=True),
            one("participant", t("Participant"), is_hidden=True),
        ],
        t("Credits and Article 6"): [one("credits", t("Credits")), one("article6", t("Article 6"))],
        t("Outlook"): [one("outlook", t("Outlook"))],
        t("Use it"): [
            one("briefing", t("Briefing pack")),
            one("downloads", t("Downloads")),
            one("sql", "SQL"),
        ],
        t("About"): [
            one("guide", t("How it works")),
            one("methods", t("Data and methods")),
            one("quality", t("Data quality")),
            one("search", t("Search"), is_hidden=True),
        ],
    }


def draw_unknown(asked: str, pages: dict[str, list[st.Page]], t: Texts) -> None:
    """Draws what stands in place of a page that is not there."""
    draw_style(theme_of_reader())
    others = [page.title for group in menu(texts(t.other)).values() for page in group]
    known = (page for group in pages.values() for page in group)
    titles = {page.url_path: (page.title, other) for page, other in zip(known, others, strict=True)}
    draw(t, unknown_page_html(asked, titles, t))


def main() -> None:
    """Finds the page that the address asks for, and runs it below the bar."""
    t = texts(choose_language())
    draw_language(t.lang)
    if not is_on():
        st.logo(f"view/assets/wordmark-{t.of_files}-{theme_of_reader()}.svg", size="large")
    is_closed = must_sign_in("all")
    pages = menu(t)
    unknown = page_asked()
    if unknown and unknown not in {one.url_path for group in pages.values() for one in group}:
        # Else the framework shows its first page under a message of its own, in English alone.
        draw_it = partial(draw_unknown, unknown, menu(t), t)
        title = t("No such page")
        pages[""] = [st.Page(draw_it, title=title, url_path=unknown, visibility="hidden")]
    page = st.navigation(pages, position="hidden" if is_on() or is_closed else "top")
    title = t("JCM target tracker") if is_closed else t("{page} · JCM target tracker", page=page.title)
    st.set_page_config(page_title=title, page_icon="view/assets/icon.svg", layout="wide")
    if is_closed:
        draw_style(theme_of_reader())
        draw_closed(t)
        return
    draw_account(t)
    follow(page.url_path)
    draw_bar(t)
    try:
        with measured("page", page.url_path or "target"):
            page.run()
    except WarehouseUnavailable as unavailable:
        draw_style(theme_of_reader())
        draw_unavailable(t, unavailable.reason, unavailable.path.name)
    except QueryFailed as failed:
        draw_failed_query(failed.query, str(failed), t)


with OF_PAGES.turn():
    main()
