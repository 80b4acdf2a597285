"""Where a page stands: the list that its subject is of, then the subject."""

from streamlit.delta_generator import DeltaGenerator

from view import embedding
from view.address import onward
from view.marks.markup import Markup, block
from view.texts import Texts


def draw_breadcrumbs(place: DeltaGenerator, page: str, title: str, here: str, t: Texts) -> None:
    """Draws in `place` a link to the list, `page` by its name and `title`, and the name of what is shown, `here`.

    The link keeps the filters that the reader has, so it is made anew for each reader. Nothing on an embedded page.
    """
    if not embedding.is_on():
        place.html(block(t.lang, breadcrumbs_html(onward(page, t.lang), title, here, t)))


def breadcrumbs_html(link: str, title: str, here: str, t: Texts) -> Markup:
    """The same as HTML."""
    return Markup(
        '<nav class="jcm-crumbs" aria-label="{}"><ol><li><a class="jcm-link jcm-lined" href="{}" target="_self">{}</a></li>'
        '<li aria-current="page">{}</li></ol></nav>'
    ).format(t("Where this page stands"), link, title, here)
