"""A feed (Atom, RFC 4287) of what became known, month by month, and of the data versions that are kept."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from exports.changes.markdown import markdown_of, urls_of
from exports.changes.signatures import Signatures
from model.editions import Difference, Edition, difference
from queries.editions import difference_within, edition_of
from queries.record import latest_target_years
from queries.warehouse import Warehouse, WarehouseUnavailable, kept_versions, version
from view.changes.files import feed_address
from view.changes.sentences import summary
from view.names import Names, filter_options, names_of, texts_of
from view.selection import Selection
from view.texts import Language, Texts

MONTHS: Final = 24
_ATOM: Final = "http://www.w3.org/2005/Atom"
_URN: Final = "urn:jcm-target-tracker"
Span = tuple[date, date]
"""The day before the first, and the last."""


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


def _difference(warehouse: Warehouse, span: Span, years: tuple[int, int]) -> Difference:
    before, after = span
    return difference(_edition(warehouse, before, years), _edition(warehouse, after, years))


def part_of(older: Warehouse, newer: Warehouse, found: Difference, part: Selection | None) -> Difference:
    """The part of a difference that a selection takes; all of it without one."""
    if part is None or not part.is_filtered or found.is_empty:
        return found
    filters = {name: value for name, value in part.filters().items() if name != "as_of"}
    return difference_within(older, newer, found, filters)


def entries_of(
    warehouse: Warehouse, t: Texts, months: int = MONTHS, part: Selection | None = None
) -> list[Entry]:
    """Months in which something became known, and versions that differ from the one before; the latest change first.

    `part` narrows both to what a selection takes.
    """
    names = names_of(filter_options(warehouse, t))
    entries = [*_Months(warehouse, names, t, months, part).entries(), *_versions(warehouse, names, t, part)]
    return sorted(entries, key=lambda e: (e.updated, e.day, e.key), reverse=True)


@dataclass(frozen=True)
class _Months:
    """Months of the published version, each since the build, or the reading of a source, that last changed its words."""

    published: Warehouse
    names: Names
    t: Texts
    months: int
    part: Selection | None

    @cached_property
    def years(self) -> tuple[int, int]:
        """Fiscal years up to which all is counted."""
        return latest_target_years(self.published)

    def spans(self, one: Warehouse) -> dict[str, Span]:
        """The months as a version knows them, up to its own day."""
        ends = [min(end, one.data_as_of) for end in month_ends(self.published.data_as_of, self.months)]
        return {f"month:{after:%Y-%m}": (before, after) for before, after in pairwise(ends) if before < after}

    def told(self, one: Warehouse, span: Span) -> tuple[Difference, str] | None:
        """A month as a version tells it; None where nothing became known."""
        found = part_of(one, one, _difference(one, span, self.years), self.part)
        return None if found.is_empty else (found, markdown_of(found, self.names, self.t, has_versions=False))

    def entries(self) -> Iterator[Entry]:
        """Months in which something became known."""
        t, published = self.t, self.published
        told = {
            key: month for key, span in self.spans(published).items() if (month := self.told(published, span))
        }
        changed_at = self._changed_at({key: content for key, (_, content) in told.items()})
        read_on = {row["url"]: row["retrieved_on"] for row in published.run("source_list").to_pylist()}
        for key, (between, content) in told.items():
            day = between.new.as_of
            title = t("Became known in {month}", month=t.partial_day(day, "month"))
            days = [day, *(read_on[url] for url in urls_of(between, self.names, t) if url in read_on)]
            updated = max([_midnight(max(days)), *([changed_at[key]] if key in changed_at else [])])
            yield Entry(key, title, day, between, content, updated)

    def _changed_at(self, now: Mapping[str, str]) -> dict[str, datetime]:
        """When the version was built since which an entry says what it says now, for each that a kept version told otherwise.

        A month whose signature is the same in both versions is not read again.
        """
        found: dict[str, datetime] = {}
        published, folder = self.published, self.published.path.parent
        own, ours, newer = Signatures(published), self.spans(published), published
        for code in kept_versions(folder)[1:]:
            try:
                older = version(code, folder)
                spans, theirs = self.spans(older), Signatures(older)
                for key in now.keys() - found.keys():
                    span = spans.get(key)
                    if span == ours[key] and self._signed(own, published, span) == self._signed(
                        theirs, older, span
                    ):
                        continue
                    told = self.told(older, span) if span else None
                    if told is None or told[1] != now[key]:
                        found[key] = _built_at(newer)
                theirs.keep()
            except WarehouseUnavailable:
                break
            newer = older
        own.keep()
        return found

    def _signed(self, signatures: Signatures, one: Warehouse, span: Span) -> str:
        return signatures.of(span, self.years, lambda: _difference(one, span, self.years))


def _versions(warehouse: Warehouse, names: Names, t: Texts, part: Selection | None) -> Iterator[Entry]:
    """Each kept version against the one before it, both on their own day of the data."""
    folder = warehouse.path.parent
    # The published version is first, the others from the latest to the oldest.
    for newer, older in pairwise(kept_versions(folder)):
        try:
            new, old = (version(code, folder) for code in (newer, older))
            years = latest_target_years(new)
            whole = difference(*(_edition(one, one.data_as_of, years) for one in (old, new)))
            between = part_of(old, new, whole, part)
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


def links_of_app(address: str, lang: Language, part: Selection | None = None) -> Links:
    """Links into the app served at an address: an entry is the page with its two days and versions."""
    return Links(
        f"{address}/{feed_address(lang, part)}" if address else "",
        f"{address}/changes?lang={lang}" if address else "",
        lambda one: f"{address}/{changes_address(one.found, lang)}",
    )


def feed_of(
    warehouse: Warehouse, lang: Language, links: Links | None = None, part: Selection | None = None
) -> bytes:
    """The feed in one language, of what a selection takes; `links` lead to where its pages are, by default to no host."""
    t = texts_of(warehouse, lang)
    links = links or links_of_app("", lang, part)
    entries, own = entries_of(warehouse, t, part=part), feed_address(lang, part)
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": lang})
    # `?=` begins the part of a URN that holds a query (RFC 8141).
    query = own.partition("?")[2]
    of_part = f"?={query}" if query else ""
    _add(feed, "id", f"{_URN}:changes:{lang}{of_part}")
    title = t("JCM target tracker: what has changed")
    if part is not None and part.is_filtered:
        title = t.noted(title, part.describe(t, names_of(filter_options(warehouse, t)), most=None))
    _add(feed, "title", title)
    updated = max([_midnight(warehouse.data_as_of), *(one.updated for one in entries)])
    _add(feed, "updated", updated.isoformat())
    _add(ET.SubElement(feed, f"{{{_ATOM}}}author"), "name", t("JCM target tracker"))
    for href, relation in ((links.own, "self"), (links.page, "alternate")):
        if href:
            _link(feed, href, relation)
    for one in entries:
        _entry(feed, one, t, links.of(one), of_part)
    ET.indent(feed)
    body: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def changes_address(found: Difference, lang: Language) -> str:
    """Address of the page that shows a difference, from where the app is served."""
    old, new = found.old, found.new
    query = f"lang={lang}&earlier={old.as_of}&as_of={new.as_of}"
    if old.data_version != new.data_version:
        query += f"&before={old.data_version}&v={new.data_version}"
    return f"changes?{query}"


def _entry(feed: ET.Element, one: Entry, t: Texts, href: str, of_part: str) -> None:
    entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
    _add(entry, "id", f"{_URN}:{one.key}:{t.lang}{of_part}")
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
