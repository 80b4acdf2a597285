"""The start page of the app for who runs no scripts: title, preview and a way to the same page of the static edition.

Streamlit sends one start page for all addresses, which says nothing of them.
"""

import re
from urllib.parse import urlsplit

from markupsafe import Markup
from starlette.datastructures import URL, Headers
from starlette.types import Scope

from serve.site import SITE_PATH, Preview, previews
from view.texts import LANGUAGES, Language, language_of, texts

_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_WITHOUT_SCRIPTS = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)


class LinkPreviews:
    """Writes them into the start page; nothing where no static edition is built."""

    def __init__(self, base_path: str) -> None:
        self._base_path = base_path

    def __call__(self, html: str, scope: Scope, page: str) -> str:
        """The HTML with what search engines and previews of links read."""
        found = previews()
        if found is None or not html:
            return html
        query = scope.get("query_string", b"").decode("latin-1")
        lang = _language(query, Headers(scope=scope).get("accept-language"))
        preview = found.of(page, query, lang)
        site = found.base or _own_address(scope, self._base_path) + SITE_PATH
        head = _head(preview, site) if preview else Markup("")
        html = html.replace('<html lang="en">', f'<html lang="{lang}">', 1)
        if preview:
            title = Markup("<title>{}</title>").format(preview.title)
            html = _TITLE.sub(lambda _: title, html, count=1)
        html = _WITHOUT_SCRIPTS.sub(lambda _: _words(preview, site, lang), html, count=1)
        return html.replace("</head>", f"{head}</head>", 1)


def _language(query: str, accepted: str | None) -> Language:
    asked = re.search(r"(?:^|&)lang=(\w\w)(?:&|$)", query)
    return next((one for one in LANGUAGES if asked and one == asked[1]), language_of(accepted))


def _own_address(scope: Scope, base_path: str) -> str:
    """Where the app says it stands; a name of the host that is none is left out."""
    url = URL(scope=scope)
    host = urlsplit(str(url)).netloc
    known = host if re.fullmatch(r"[\w.:\[\]-]+", host) else ""
    return f"{url.scheme}://{known}{base_path}" if known else base_path


def _head(preview: Preview, site: str) -> Markup:
    """What search engines and previews of links read."""
    template = Markup(
        '<link rel="canonical" href="{0}/{1}"><meta name="description" content="{3}">'
        '<meta property="og:type" content="website"><meta property="og:title" content="{2}">'
        '<meta property="og:description" content="{3}"><meta property="og:image" content="{0}/{4}">'
        '<meta name="twitter:card" content="summary_large_image">'
    )
    return template.format(site, preview.path, preview.title, preview.description, preview.picture)


def _words(preview: Preview | None, site: str, lang: Language) -> Markup:
    """What stands on the page where no scripts run."""
    t = texts(lang)
    template = Markup('<noscript><main><h1>{}</h1><p>{}</p><p><a href="{}/{}">{}</a></p></main></noscript>')
    return template.format(
        preview.title if preview else t("JCM target tracker"),
        preview.description if preview else t("This page needs JavaScript."),
        site,
        preview.path if preview else f"{lang}/index.html",
        t("The same figures on a page that needs none"),
    )
