"""A feed (Atom, RFC 4287) of what became known, month by month, and of the data versions that are kept."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final

from exports.changes.markdown import markdown_of
from model.editions import Difference, Edition, difference
from queries.editions import difference_between, edition_of
from queries.record import latest_target_years
from queries.warehouse import Warehouse, WarehouseUnavailable, kept_versions, version
from view.changes.wording import answer
from view.names import Names, filter_options, names_of, texts_of
from view.texts import Language, Texts

MONTHS: Final = 24
_ATOM: Final = "http://www.w3.org/2005/Atom"
_URN: Final = "urn:jcm-target-tracker"


@dataclass(frozen=True)
class Entry:
    """An entry: a name that stays the same, the day it ends with, and what differs."""

    key: str
    title: str
    day: date
    found: Difference


def month_ends(last: date, months: int) -> list[date]:
    """The ends of so many months up to a day, earliest first; the day itself closes the running month."""
    ends = [last]
    while len(ends) <= months:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return sorted(ends)


@lru_cache(maxsize=64)
def _edition(warehouse: Warehouse, day: date, years: tuple[int, int]) -> Edition:
    return edition_of(warehouse, day, years)


def entries_of(warehouse: Warehouse, t: Texts, months: int = MONTHS) -> list[Entry]:
    """Months in which something became known, and versions that differ from the one before; the latest first."""
    found: list[Entry] = []
    ends, years = month_ends(warehouse.data_as_of, months), latest_target_years(warehouse)
    for before, after in pairwise(ends):
        found_between = difference(_edition(warehouse, before, years), _edition(warehouse, after, years))
        if not found_between.is_empty:
            title = t("Became known in {month}", month=t.partial_day(after, "month"))
            found.append(Entry(f"month:{after:%Y-%m}", title, after, found_between))
    found += _versions(warehouse, t)
    return sorted(found, key=lambda e: (e.day, e.key), reverse=True)


def _versions(warehouse: Warehouse, t: Texts) -> list[Entry]:
    """Each kept version against the one before it, both on their own day of the data."""
    kept = kept_versions(warehouse.path.parent)
    # The published version is first, the others from the latest to the oldest.
    found = []
    for newer, older in pairwise(kept):
        try:
            new, old = (version(code, warehouse.path.parent) for code in (newer, older))
            between = difference_between(old, old.data_as_of, new, new.data_as_of)
        except WarehouseUnavailable:
            continue
        if not between.is_empty:
            found.append(
                Entry(f"version:{newer}", t("Data version {version}", version=newer), new.data_as_of, between)
            )
    return found


def feed_of(warehouse: Warehouse, lang: Language, address: str = "") -> bytes:
    """The feed in one language; `address` is where the app is served, for links that lead there."""
    t = texts_of(warehouse, lang)
    names = names_of(filter_options(warehouse, t))
    entries = entries_of(warehouse, t)
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": lang})
    _add(feed, "id", f"{_URN}:changes:{lang}")
    _add(feed, "title", t("JCM target tracker: what has changed"))
    _add(feed, "updated", _moment(warehouse.data_as_of))
    _add(ET.SubElement(feed, f"{{{_ATOM}}}author"), "name", t("JCM target tracker"))
    if address:
        _link(feed, f"{address}/feed/changes.{lang}.atom", "self")
        _link(feed, f"{address}/changes?lang={lang}", "alternate")
    for one in entries:
        _entry(feed, one, names, t, address)
    ET.indent(feed)
    body: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _entry(feed: ET.Element, one: Entry, names: Names, t: Texts, address: str) -> None:
    entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
    _add(entry, "id", f"{_URN}:{one.key}:{t.lang}")
    _add(entry, "title", one.title)
    _add(entry, "updated", _moment(one.day))
    _add(entry, "summary", answer(one.found, t))
    old, new = one.found.old, one.found.new
    query = f"lang={t.lang}&earlier={old.as_of}&as_of={new.as_of}"
    if old.data_version != new.data_version:
        query += f"&before={old.data_version}&v={new.data_version}"
    _link(entry, f"{address}/changes?{query}", "alternate")
    _add(entry, "content", markdown_of(one.found, names, t), {"type": "text"})


def _add(parent: ET.Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes or {}).text = text


def _link(parent: ET.Element, address: str, relation: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", {"rel": relation, "href": address})


def _moment(day: date) -> str:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).isoformat()
