"""Every file of the site, one after the other: pages of both languages, their pictures, data, feeds and what robots read."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from exports.changes.feed import Links, feed_of
from exports.package.archive import file_name, package_of
from exports.package.readme import citation
from exports.site import PREVIEWS
from exports.site.edition import Edition, Places, edition_of, relative
from exports.site.metadata import (
    catalogue,
    dataset,
    path_of_file,
    picture_path,
    previews,
    robots,
    search_index,
    sitemap,
)
from exports.site.page import SitePage
from exports.site.pictures import picture_of
from exports.site.record import Methods, anchor_of, changes_of, credits_of
from exports.site.rendering import Press, file_of, fragment, template
from exports.site.style import style_sheet
from exports.site.subjects import Subjects
from queries.warehouse import Warehouse
from view.downloads import csv_file, json_file, parquet, plain_csv
from view.texts import LANGUAGES

File = tuple[str, bytes]
"""A path on the site, and what is there."""
_ASSETS = Path(__file__).parent / "assets"
_ICON = Path(__file__).parent.parent.parent / "view" / "assets" / "icon.svg"
_WITH_DATA = frozenset({"index.html", "data.html"})
"""Pages that tell machines what the data set is."""


class OwnRecord(Exception):
    """The warehouse has an organisation's own record, of which nothing may be handed to others."""


def site_files(warehouse: Warehouse, places: Places) -> Iterator[File]:
    """The whole site. The same data version and the same versions kept beside it make the same bytes.

    Raises OwnRecord for a warehouse with an own record.
    """
    if warehouse.run("own_record").to_pylist()[0]["files"]:
        raise OwnRecord(
            "This warehouse has an organisation's own record, and the site is for everybody. Build it from the public one."
            " | 自組織の記録を含むため、公開用のサイトは作成できません。"
        )
    package = f"data/{file_name(warehouse.data_version)}"
    tables = [
        next(rows) for _, rows in groupby(warehouse.run("columns").to_pylist(), lambda r: r["table_name"])
    ]
    tables = [row for row in tables if "." not in row["table_name"]]
    sizes: dict[str, int] = {}
    rows: dict[str, int] = {}
    for path, body in _data(warehouse, [row["table_name"] for row in tables], package, rows):
        sizes[path] = len(body)
        yield path, body
    yield "data/catalog.jsonld", catalogue(warehouse, tables, package, places.base, sizes)
    editions = [edition_of(warehouse, lang, places) for lang in LANGUAGES]
    names: dict[str, list[SitePage]] = {lang: [] for lang in LANGUAGES}
    for page, edition, file in _pages(editions, package, tables, rows):
        if page is not None:
            names[edition.lang].append(page)
        yield file
    for lang, pages in names.items():
        others = names[next(one for one in LANGUAGES if one != lang)]
        titles = [other.title for other in others]
        yield f"assets/search-{lang}.js", search_index(list(zip(pages, titles, strict=True)))
        yield f"feed/changes.{lang}.atom", _feed(warehouse, lang, places)
    if places.base:
        paths = [page.path for page in names[LANGUAGES[0]]]
        yield "sitemap.xml", sitemap(paths, places.base, warehouse.data_as_of)
    yield "robots.txt", robots(places.base)
    yield PREVIEWS, previews(names, places.base)
    yield from _start(editions, places)


def _data(warehouse: Warehouse, tables: Sequence[str], package: str, rows: dict[str, int]) -> Iterator[File]:
    """The package, and each table of the record as of today in three kinds of files; their rows are noted."""
    yield package, package_of(warehouse)
    for name in tables:
        table = warehouse.table(name)
        rows[name] = table.num_rows
        for kind, make in (("CSV", plain_csv), ("Parquet", parquet), ("JSON", json_file)):
            yield path_of_file(name, kind), make(table)


def _pages(
    editions: Sequence[Edition], package: str, tables: Sequence[Mapping[str, Any]], rows: Mapping[str, int]
) -> Iterator[tuple[SitePage | None, Edition, File]]:
    """Every page in each language beside each other, while the answers are at hand; with the first of its files."""
    made = [Subjects(edition) for edition in editions]
    presses = [Press(edition, _told(edition, package)) for edition in editions]
    drawn: set[str] = set()
    for pages in zip(*(_in_order(one, package, tables, rows) for one in made), strict=True):
        for subjects, press, page in zip(made, presses, pages, strict=True):
            edition, told = subjects.edition, page
            for file in press.pages(page):
                yield told, edition, file
                told = None
            for part in page.parts:
                if part.data is not None and (path := file_of(page, part, edition.lang)):
                    yield None, edition, (path, csv_file(part.data))
            path = picture_path(page, edition.lang)
            if path not in drawn:
                drawn.add(path)
                squares = subjects.programme.squares if page.room == "target" else None
                below = edition.t("As of {day}", day=edition.t.day(edition.warehouse.data_as_of))
                yield (
                    None,
                    edition,
                    (path, picture_of(page, squares.expected if squares else (), below, edition.t)),
                )


def _in_order(
    made: Subjects, package: str, tables: Sequence[Mapping[str, Any]], rows: Mapping[str, int]
) -> Iterator[SitePage]:
    yield made.target()
    yield made.countries()
    yield from made.each_country()
    yield made.sectors()
    yield from made.each_sector()
    yield made.participants()
    yield from made.each_participant()
    yield credits_of(made)
    yield changes_of(made)
    methods = Methods(made)
    yield methods.methods()
    yield methods.data(_downloads(made.edition, package, tables, rows))
    yield methods.alone("sources")
    yield methods.alone("dictionary")


def _downloads(
    edition: Edition, package: str, tables: Sequence[Mapping[str, Any]], rows: Mapping[str, int]
) -> Any:  # noqa: ANN401
    t, warehouse, page = edition.t, edition.warehouse, f"{edition.lang}/data.html"
    return fragment(
        "downloads.html",
        t=t,
        href=lambda path: relative(path, page),
        package=package,
        version=warehouse.data_version,
        day=t.day(warehouse.data_as_of),
        citation=citation(warehouse.data_version, warehouse.data_as_of, edition.lang),
        tables=[
            {
                "name": row["table_name"],
                "meaning": t.pick(row["table_en"], row["table_ja"]),
                "rows": t.number(rows[row["table_name"]]),
                "files": [
                    (kind, path_of_file(row["table_name"], kind)) for kind in ("CSV", "Parquet", "JSON")
                ],
            }
            for row in tables
        ],
    )


def _told(edition: Edition, package: str) -> Any:  # noqa: ANN401
    base = edition.places.base

    def told(page: SitePage) -> Mapping[str, Any] | None:
        if page.path not in _WITH_DATA:
            return None
        return dataset(edition.warehouse, edition.t, package, base or "..", is_named=bool(base))

    return told


def _feed(warehouse: Warehouse, lang: Any, places: Places) -> bytes:  # noqa: ANN401
    root = places.base or ".."
    page = f"{root}/{lang}/changes.html"
    own = f"{places.base}/feed/changes.{lang}.atom" if places.base else ""
    return feed_of(warehouse, lang, Links(own, page, lambda entry: f"{page}#{anchor_of(entry)}"))


def _start(editions: Sequence[Edition], places: Places) -> Iterator[File]:
    """The page that leads to the languages, the one for addresses that do not exist, and what all pages share."""

    def address(path: str) -> str:
        return f"{places.base}/{path}" if places.base else path

    titles = {one.lang: one.t("JCM target tracker: in English") for one in editions}
    yield "index.html", template("start.html", address=address, titles=titles)
    yield "404.html", template("404.html", address=address, base=places.base, titles=titles)
    yield "assets/site.css", style_sheet().encode()
    yield "assets/site.js", (_ASSETS / "site.js").read_bytes()
    yield "assets/icon.svg", _ICON.read_bytes()
