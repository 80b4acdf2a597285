"""A feed (Atom, RFC 4287) of what became known, month by month, and of the data versions that are kept."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final

from exports.changes.markdown import markdown_of, urls_of
from model.editions import Difference, Edition, difference
from queries.editions import edition_of
from queries.record import latest_target_years
from queries.warehouse import Warehouse, WarehouseUnavailable, kept_versions, version
from view.changes.sentences import summary
from view.names import Names, filter_options, names_of, texts_of
from view.texts import Language, Texts

MONTHS: Final = 24
_ATOM: Final = "http://www.w3.org/2005/Atom"
_URN: Final = "urn:jcm-target-tracker"


@dataclass(frozen=True)
class Entry:
    """An entry: a name that stays the same, the day it ends with, what differs, its words, and since when they stand."""

    key: str
    title: str
    day: date
    found: Difference
    content: str
    updated: datetime


def month_ends(last: date, months: int) -> list[date]:
    """The ends of so many months up to a day, earliest first; the day itself closes the running month."""
    ends = [last]
    while len(ends) <= months:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return sorted(ends)


@lru_cache(maxsize=96)
def _edition(warehouse: Warehouse, day: date, years: tuple[int, int]) -> Edition:
    return edition_of(warehouse, day, years)


def entries_of(warehouse: Warehouse, t: Texts, months: int = MONTHS) -> list[Entry]:
    """Months in which something became known, and versions that differ from the one before; the latest change first."""
    names = names_of(filter_options(warehouse, t))
    entries = [*_months(warehouse, names, t, months), *_versions(warehouse, names, t)]
    return sorted(entries, key=lambda e: (e.updated, e.day, e.key), reverse=True)


def _months(warehouse: Warehouse, names: Names, t: Texts, months: int) -> Iterator[Entry]:
    """Months of the published version, each since the build, or the reading of a source, that last changed its words."""
    ends, years = month_ends(warehouse.data_as_of, months), latest_target_years(warehouse)

    def read(one: Warehouse) -> dict[str, tuple[Difference, str]]:
        """Each month as a version tells it, up to its own day."""
        found = {}
        for before, after in pairwise(min(end, one.data_as_of) for end in ends):
            between = difference(_edition(one, before, years), _edition(one, after, years))
            if not between.is_empty:
                found[f"month:{after:%Y-%m}"] = between, markdown_of(between, names, t, has_versions=False)
        return found

    told = read(warehouse)
    changed_at = _changed_at({key: content for key, (_, content) in told.items()}, read, warehouse)
    read_on = {row["url"]: row["retrieved_on"] for row in warehouse.run("source_list").to_pylist()}
    for key, (between, content) in told.items():
        day = between.new.as_of
        title = t("Became known in {month}", month=t.partial_day(day, "month"))
        days = [day, *(read_on[url] for url in urls_of(between, names, t) if url in read_on)]
        updated = max([_midnight(max(days)), *([changed_at[key]] if key in changed_at else [])])
        yield Entry(key, title, day, between, content, updated)


def _changed_at(
    now: Mapping[str, str],
    read: Callable[[Warehouse], Mapping[str, tuple[Difference, str]]],
    published: Warehouse,
) -> dict[str, datetime]:
    """When the version was built since which an entry says what it says now, for each that a kept version told otherwise."""
    found: dict[str, datetime] = {}
    folder, newer = published.path.parent, published
    for code in kept_versions(folder)[1:]:
        try:
            older = version(code, folder)
            told = read(older)
        except WarehouseUnavailable:
            break
        for key, content in now.items():
            if key not in found and told.get(key, (None, ""))[1] != content:
                found[key] = _built_at(newer)
        newer = older
    return found


def _versions(warehouse: Warehouse, names: Names, t: Texts) -> Iterator[Entry]:
    """Each kept version against the one before it, both on their own day of the data."""
    folder = warehouse.path.parent
    # The published version is first, the others from the latest to the oldest.
    for newer, older in pairwise(kept_versions(folder)):
        try:
            new, old = (version(code, folder) for code in (newer, older))
            years = latest_target_years(new)
            between = difference(*(_edition(one, one.data_as_of, years) for one in (old, new)))
        except WarehouseUnavailable:
            continue
        if not between.is_empty:
            title = t("Data version {version}", version=newer)
            content = markdown_of(between, names, t)
            yield Entry(f"version:{newer}", title, new.data_as_of, between, content, _built_at(new))


def _built_at(warehouse: Warehouse) -> datetime:
    """When the file of a version was written, to the second."""
    return datetime.fromtimestamp(int(warehouse.path.stat().st_mtime), UTC)


@dataclass(frozen=True)
class Links:
    """Where the feed stands, where the page of changes is, and where each entry; empty for what has no address."""

    own: str
    page: str
    of: Callable[[Entry], str]


def links_of_app(address: str, lang: Language) -> Links:
    """Links into the app served at an address: an entry is the page with its two days and versions."""

    def of(one: Entry) -> str:
        old, new = one.found.old, one.found.new
        query = f"lang={lang}&earlier={old.as_of}&as_of={new.as_of}"
        if old.data_version != new.data_version:
            query += f"&before={old.data_version}&v={new.data_version}"
        return f"{address}/changes?{query}"

    own = f"{address}/feed/changes.{lang}.atom" if address else ""
    return Links(own, f"{address}/changes?lang={lang}" if address else "", of)


def feed_of(warehouse: Warehouse, lang: Language, links: Links | None = None) -> bytes:
    """The feed in one language; `links` lead to where its pages are, by default to no host."""
    t = texts_of(warehouse, lang)
    links = links or links_of_app("", lang)
    entries = entries_of(warehouse, t)
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": lang})
    _add(feed, "id", f"{_URN}:changes:{lang}")
    _add(feed, "title", t("JCM target tracker: what has changed"))
    updated = max([_midnight(warehouse.data_as_of), *(one.updated for one in entries)])
    _add(feed, "updated", updated.isoformat())
    _add(ET.SubElement(feed, f"{{{_ATOM}}}author"), "name", t("JCM target tracker"))
    for href, relation in ((links.own, "self"), (links.page, "alternate")):
        if href:
            _link(feed, href, relation)
    for one in entries:
        _entry(feed, one, t, links.of(one))
    ET.indent(feed)
    body: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _entry(feed: ET.Element, one: Entry, t: Texts, href: str) -> None:
    entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
    _add(entry, "id", f"{_URN}:{one.key}:{t.lang}")
    _add(entry, "title", one.title)
    _add(entry, "published", _midnight(one.day).isoformat())
    _add(entry, "updated", one.updated.isoformat())
    _add(entry, "summary", summary(one.found, t))
    _link(entry, href, "alternate")
    _add(entry, "content", one.content, {"type": "text"})


def _add(parent: ET.Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes or {}).text = text


def _link(parent: ET.Element, address: str, relation: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", {"rel": relation, "href": address})


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
