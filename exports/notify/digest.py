"""A digest: what changed between two data versions in the part that a recipient watches, in words."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from exports.changes.feed import changes_address, part_of
from exports.notify.watch_list import Recipient
from model.editions import Difference
from queries.editions import difference_between
from queries.warehouse import Warehouse
from view.changes.page import kind_names, with_sign
from view.changes.sentences import edition_words, summary
from view.changes.wording import Line, issuance_lines, other_lines, project_lines
from view.names import filter_options, names_of, texts_of
from view.texts import Language, Texts

LINES_AT_MOST: Final = 40
"""Of each section; the page has all."""


@dataclass(frozen=True)
class Entry:
    """A change: its line, what was done to the row, the words told of it, and the address of its project's page, if any."""

    line: Line
    kind: str
    words: str
    address: str


@dataclass(frozen=True)
class Section:
    """Changes of one kind of row, with the number of those left out."""

    title: str
    entries: Sequence[Entry]
    more: int


@dataclass(frozen=True)
class Told:
    """A digest in one language. `address` is that of the page with all changes, empty where it is not known."""

    t: Texts
    title: str
    span: str
    summary: str
    sections: Sequence[Section]
    address: str


@dataclass(frozen=True)
class Digest:
    """What a recipient is sent. `name` is the same whenever the same is sent again."""

    name: str
    watch: str
    found: Difference
    told: Sequence[Told]

    @property
    def subject(self) -> str:
        """The titles in each language."""
        return " / ".join(one.title for one in self.told)


class Comparison:
    """Two data versions, each on the day of its data, compared as the page compares them."""

    def __init__(self, older: Warehouse, newer: Warehouse) -> None:
        self.older = older
        self.newer = newer

    @cached_property
    def found(self) -> Difference:
        """What differs between the two."""
        older, newer = self.older, self.newer
        return difference_between(older, older.data_as_of, newer, newer.data_as_of)

    def digest(self, recipient: Recipient, address: str) -> Digest | None:
        """The digest for a recipient; None where nothing that he watches has changed, unless he wants that told too."""
        found = part_of(self.older, self.newer, self.found, recipient.part)
        if found.is_empty and not recipient.even_if_empty:
            return None
        told = [self._told(found, recipient, lang, address) for lang in recipient.languages]
        name = digest_name(recipient.key, self.older.data_version, self.newer.data_version)
        return Digest(name, recipient.watch, found, told)

    def _told(self, found: Difference, recipient: Recipient, lang: Language, address: str) -> Told:
        t = texts_of(self.newer, lang)
        names = names_of(filter_options(self.newer, t))
        title = t.noted(t("JCM target tracker: what has changed"), recipient.watch)
        of = recipient.part.describe(t, names, most=None) or t("the whole record")
        span = t(
            "{selection}, from {old} to {new}",
            selection=of,
            old=edition_words(found.old.data_version, found.old.as_of, t),
            new=edition_words(found.new.data_version, found.new.as_of, t),
        )
        parts = {
            t("Projects: new, changed and gone"): project_lines,
            t("Decisions on issuance: new, changed and gone"): issuance_lines,
            t("Partner countries, Article 6, targets, statements and milestones"): other_lines,
        }
        sections = [
            _section(name, lines, lang if lines_of is project_lines else None, address, t)
            for name, lines_of in parts.items()
            if (lines := lines_of(found, names, t))
        ]
        page = f"{address}/{changes_address(found, lang)}" if address else ""
        return Told(t, title, span, summary(found, t), sections, page)


def digest_name(key: str, older: str, newer: str) -> str:
    """The name of a digest: the same for the same recipient and versions, and for no other."""
    return hashlib.sha256("\n".join((key, older, newer)).encode()).hexdigest()[:32]


def _section(title: str, lines: Sequence[Line], lang: Language | None, address: str, t: Texts) -> Section:
    shown = [_entry(line, lang, address, t) for line in lines[:LINES_AT_MOST]]
    return Section(title, shown, max(0, len(lines) - LINES_AT_MOST))


def _entry(line: Line, lang: Language | None, address: str, t: Texts) -> Entry:
    has_page = lang is not None and bool(address) and line.kind != "removed"
    moved = "" if line.moved_tco2 is None else f" [{with_sign(line.moved_tco2, t)}]"
    kind = f"[{kind_names(t)[line.kind]}]"
    return Entry(
        line,
        f"{kind} {line.own}".rstrip(),
        line.what + moved,
        f"{address}/project?lang={lang}&project={line.key}" if has_page else "",
    )


def subject_of(entry: Entry, t: Texts) -> str:
    """What a change is about, with its key and country."""
    line = entry.line
    where = ("、" if t.lang == "ja" else ", ").join(
        one for one in (line.key if entry.address else "", line.country) if one
    )
    return t.noted(line.subject, where) if where else line.subject


def text_of(digest: Digest, unsubscribe: str = "") -> str:
    """The digest as plain text, one language after the other."""
    return "\n\n\n".join("\n".join(_text(one, unsubscribe)) for one in digest.told) + "\n"


def _text(told: Told, unsubscribe: str) -> Iterator[str]:
    t = told.t
    yield from (told.title, told.span, "", told.summary)
    for section in told.sections:
        yield from ("", section.title)
        for entry in section.entries:
            yield f"- {entry.kind} {t.named(subject_of(entry, t), entry.words)}".replace("\n", " ")
            yield from (f"  {one}" for one in (entry.address, entry.line.source) if one.startswith("http"))
        if section.more:
            yield more_words(section.more, t)
    if told.address:
        yield from ("", t.named(t("All changes on the page"), told.address))
    if unsubscribe:
        yield from ("", t.named(t("To receive no more of these"), unsubscribe))


def more_words(n: int, t: Texts) -> str:
    """How many changes of a section are not listed."""
    return t("{n} more are on the page of changes.", n=t.number(n))
