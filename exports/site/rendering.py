"""Pages become HTML by templates that escape what they are given; one that grows too large is cut into several."""

import json
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from exports.briefing.document import sentences_of
from exports.site.charts import patterns
from exports.site.edition import COUNTRIES, PARTICIPANTS, SECTORS, Edition, relative
from exports.site.metadata import picture_path, shortened
from exports.site.page import Part, SitePage, with_rows
from view.texts import LANGUAGE_NAMES, LANGUAGES, Texts
from view.tiles import common_lines, our_calculation

LARGEST: Final = 150_000
"""Bytes of a page at most."""
_ROOM: Final = 140_000
"""Bytes of a page that is cut, so that the links to its other parts fit too."""
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    keep_trailing_newline=True,
)
Rendered = tuple[str, bytes]
"""Path of a page on the site, and its HTML."""


class Press:
    """Prints the pages of one edition. `json_ld` says what a page has to tell machines, by its path."""

    def __init__(self, edition: Edition, json_ld: Callable[[SitePage], Mapping[str, Any] | None]) -> None:
        self.edition, self.t, self._json_ld = edition, edition.t, json_ld
        build = edition.warehouse.run("build_info").to_pylist()[0]
        self._fine_print = common_lines(
            our_calculation(self.t, build),
            self.t.day_short(edition.warehouse.data_as_of),
            edition.warehouse.data_version,
            self.t,
        )
        self._patterns = patterns()
        self._page, self._table = (_ENVIRONMENT.get_template(f"{name}.html") for name in ("page", "table"))

    def pages(self, page: SitePage) -> Iterator[Rendered]:
        """A page, or the pages that it is cut into where it is larger than allowed."""
        html = self._html(page)
        if len(html) <= LARGEST:
            yield self._path(page), html
            return
        first, *others = self._cut(page, len(html))
        yield from self.pages(first)
        for other in others:
            yield self._path(other), self._html(other)

    def _path(self, page: SitePage) -> str:
        return f"{self.t.lang}/{page.path}"

    def _cut(self, page: SitePage, size: int) -> list[SitePage]:
        """The longest table goes on on further pages."""
        sizes = {part.key: len(self._rows(part, page).encode()) for part in page.parts if part.grid}
        key = max(sizes, key=lambda one: sizes[one])
        part = next(one for one in page.parts if one.key == key)
        rows = part.grid.rows if part.grid else ()
        a_row = sizes[key] / len(rows)
        first = max(1, int((_ROOM - (size - sizes[key])) / a_row))
        step = max(1, int((_ROOM - 20_000) / a_row))
        chunks = [rows[:first], *(rows[i : i + step] for i in range(first, len(rows), step))]
        paths = [f"{page.stem}-{key}-{n}.html" for n in range(2, len(chunks) + 1)]
        shown = [replace(with_rows(part, chunks[0]), later=paths)]
        parts = [shown[0] if one is part else one for one in page.parts]
        crumbs = page.crumbs[:-1] or ((page.title, page.path),)
        if page.crumbs:
            crumbs = (*crumbs, (page.title, page.path))
        others = [
            replace(
                page,
                path=path,
                title=self.t("{title}, part {n} of {all}", title=part.title, n=n, all=len(chunks)),
                answer=part.sentence,
                figures=(),
                intro=Markup(""),
                limits=(),
                parts=[replace(with_rows(part, some), sentence="", drawing=Markup(""), data=None)],
                crumbs=(*crumbs, (self.t("part {n}", n=n), "")),
                whole=page.path,
            )
            for n, (path, some) in enumerate(zip(paths, chunks[1:], strict=True), 2)
        ]
        return [replace(page, parts=parts), *others]

    def _rows(self, part: Part, page: SitePage) -> str:
        return self._table.render(part=part, linked=self._linked(page))

    def _linked(self, page: SitePage) -> Callable[[str], str]:
        """Makes a cell a link where it is the name of a subject with a page, or an address outside."""
        own, at = self.t.lang, self._path(page)
        link = Markup('<a href="{}"{}>{}</a>')
        away = Markup(' rel="noreferrer"')

        def linked(text: str) -> str:
            found = self.edition.pages_of.get(text)
            if found is not None and found != page.path:
                place = found if "://" in found else relative(f"{own}/{found}", at)
                return link.format(place, "", text)
            return link.format(text, away, _host(text)) if text.startswith(("https://", "http://")) else text

        return linked

    def _html(self, page: SitePage) -> bytes:
        at, base, t = self._path(page), self.edition.places.base, self.t

        def href(path: str) -> str:
            return relative(path, at)

        def address(path: str) -> str:
            return f"{base}/{path}" if base else relative(path, at)

        told = self._json_ld(page)
        return clean(
            self._page.render(
                page=page,
                t=t,
                href=href,
                address=address,
                base=base,
                languages=LANGUAGES,
                names=LANGUAGE_NAMES,
                menu=menu(t),
                patterns=self._patterns,
                picture=picture_path(page, t.lang),
                description=shortened(page.answer),
                sentences=sentences_of(page.answer),
                json_ld=_as_data(told) if told else "",
                fine_print=self._fine_print,
                table=lambda part: Markup(self._rows(part, page)),  # noqa: S704 - of a template that escapes
                file=lambda part: file_of(page, part, t.lang),
            )
        )


def _host(address: str) -> str:
    """The site that an address is of: the whole would fill the table."""
    return address.split("/")[2].removeprefix("www.") or address


def menu(t: Texts) -> Sequence[tuple[str, str, str]]:
    """The rooms of the site: key, name, path within the language."""
    return (
        ("target", t("Target"), "index.html"),
        (COUNTRIES, t("Countries"), f"{COUNTRIES}/index.html"),
        (SECTORS, t("Sectors"), f"{SECTORS}/index.html"),
        (PARTICIPANTS, t("Participants"), f"{PARTICIPANTS}/index.html"),
        ("credits", t("Credits"), "credits.html"),
        ("changes", t("What has changed"), "changes.html"),
        ("methods", t("Methods"), "methods.html"),
        ("data", t("Data"), "data.html"),
    )


def file_of(page: SitePage, part: Part, lang: str) -> str:
    """Path of the file with the rows of a part; empty for one without. Participants have none: their rows are those of
    other pages."""
    if part.data is None or (page.room == PARTICIPANTS and posixpath.basename(page.path) != "index.html"):
        return ""
    return f"{lang}/{page.stem}-{part.key}.csv"


def template(name: str, **given: Any) -> bytes:  # noqa: ANN401 - what a template takes
    """A template without a page of its own."""
    return clean(_ENVIRONMENT.get_template(name).render(languages=LANGUAGES, **given))


def fragment(name: str, **given: Any) -> Markup:  # noqa: ANN401
    """A template as a part of a page."""
    return Markup(_ENVIRONMENT.get_template(name).render(**given))  # noqa: S704 - of a template that escapes


def clean(html: str) -> bytes:
    """HTML without the signs that no document may hold, and without empty lines."""
    kept = "".join(sign for sign in html if sign >= " " or sign in "\n\t")
    return ("\n".join(line for line in kept.split("\n") if line.strip()) + "\n").encode("utf-8", "replace")


def _as_data(told: Mapping[str, Any]) -> Markup:
    """JSON inside a script element: no text can end it."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704
