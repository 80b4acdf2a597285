"""Pages that are one place under two tabs: credits, and what of them counts under Article 6."""

from streamlit.delta_generator import DeltaGenerator

from view import embedding
from view.address import onward
from view.marks.markup import Markup, block, joined
from view.texts import Texts


def draw_tabs(place: DeltaGenerator, page: str, t: Texts) -> None:
    """Draws in `place` the tabs of a page that has any. Links keep the reader's filters, so they are made for each."""
    titles = {"credits": t("Credits"), "article6": t("Article 6")}
    if page not in titles or embedding.is_on():
        return
    link = Markup('<a href="{}" target="_self"{}>{}</a>')
    here = Markup(' aria-current="page"')
    links = (
        link.format(onward(name, t.lang), here if name == page else "", title)
        for name, title in titles.items()
    )
    nav = Markup('<nav class="jcm-tabs" aria-label="{}">{}</nav>')
    place.html(block(t.lang, nav.format(t("Credits and Article 6"), joined(links))))
