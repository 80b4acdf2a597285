"""Navigation, language and theme; everything else is in the pages."""

import streamlit as st

from queries.warehouse import QueryFailed, WarehouseUnavailable
from view.address import follow
from view.embedding import is_on
from view.header import draw_failed_query, draw_language, draw_style, draw_unavailable, theme_of_reader
from view.language_choice import choose_language
from view.own_record import draw_account, draw_closed, must_sign_in
from view.texts import texts

t = texts(choose_language())
draw_language(t.lang)
if not is_on():
    st.logo(f"view/assets/wordmark-{t.of_files}-{theme_of_reader()}.svg", size="large")
is_closed = must_sign_in("all")
page = st.navigation(
    [
        st.Page("pages/target.py", title=t("Target"), default=True),
        st.Page("pages/countries.py", title=t("Countries"), url_path="countries"),
        st.Page("pages/sectors.py", title=t("Sectors"), url_path="sectors"),
        st.Page("pages/projects.py", title=t("Projects"), url_path="projects"),
        st.Page("pages/credits.py", title=t("Credits"), url_path="credits"),
        st.Page("pages/article6.py", title=t("Article 6"), url_path="article6"),
        st.Page("pages/map.py", title=t("Map"), url_path="map"),
        st.Page("pages/outlook.py", title=t("Outlook"), url_path="outlook"),
        st.Page("pages/sql.py", title="SQL", url_path="sql"),
        st.Page("pages/briefing.py", title=t("Briefing pack"), url_path="briefing"),
        st.Page("pages/changes.py", title=t("What has changed"), url_path="changes"),
        st.Page("pages/downloads.py", title=t("Downloads"), url_path="downloads"),
        st.Page("pages/guide.py", title=t("How it works"), url_path="guide"),
        st.Page("pages/methods.py", title=t("Data and methods"), url_path="methods"),
        st.Page("pages/quality.py", title=t("Data quality"), url_path="quality"),
        st.Page("pages/country.py", title=t("Country profile"), url_path="country", visibility="hidden"),
        st.Page("pages/project.py", title=t("Project"), url_path="project", visibility="hidden"),
    ],
    position="hidden" if is_on() or is_closed else "top",
)
title = t("JCM target tracker") if is_closed else t("{page} · JCM target tracker", page=page.title)
st.set_page_config(page_title=title, page_icon="view/assets/icon.svg", layout="wide")
if is_closed:
    draw_style(theme_of_reader())
    draw_closed(t)
    st.stop()
draw_account(t)
follow(page.url_path)
try:
    page.run()
except WarehouseUnavailable as unavailable:
    draw_style(theme_of_reader())
    draw_unavailable(t, unavailable.reason, unavailable.path.name)
except QueryFailed as failed:
    draw_failed_query(failed.query, str(failed), t)
