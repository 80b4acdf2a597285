"""One language of the site: its texts, the desk that asks the warehouse, and where each subject has its page."""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from exports.briefing.parts import Desk, desk_of
from exports.briefing.request import Request
from queries.warehouse import Warehouse
from view.names import texts_of
from view.participants.words import name_of
from view.texts import Language, Texts

COUNTRIES, SECTORS, PARTICIPANTS = "countries", "sectors", "participants"
Row = Mapping[str, object]


@dataclass(frozen=True)
class Places:
    """Where the site will stand and where the app does, without a slash at the end; empty where it was not told."""

    base: str = ""
    live: str = ""


@dataclass(frozen=True)
class Edition:
    """What every page of a language needs.

    `subjects`: names of countries, sectors and participants by their codes, of those that have a page.
    `pages_of`: the page of each of these names and, where the app is told, the address of each project there.
    """

    warehouse: Warehouse
    t: Texts
    desk: Desk
    places: Places
    subjects: Mapping[str, Mapping[str, str]]
    pages_of: Mapping[str, str]

    @property
    def lang(self) -> Language:
        """The language."""
        return self.t.lang

    def about(self, subject: str) -> Desk:
        """The desk with a request about one country, sector or participant."""
        return replace(self.desk, request=replace(self.desk.request, subject=subject))

    def live(self, page: str, **values: str) -> str:
        """Address of a page of the app; empty where none was told."""
        query = urlencode({"lang": self.lang, **values})
        return f"{self.places.live}/{page}?{query}" if self.places.live else ""


def path_of(kind: str, code: str) -> str:
    """Path of the page of a subject within its language."""
    return f"{kind}/{code.lower()}.html"


def edition_of(warehouse: Warehouse, lang: Language, places: Places) -> Edition:
    """Opens a language on the day of the data."""
    t = texts_of(warehouse, lang)
    desk = desk_of(warehouse, Request("programme", lang, warehouse.data_as_of), t)
    participants: Sequence[Row] = warehouse.run("participants").to_pylist()
    subjects = {
        COUNTRIES: dict(desk.names["country"]),
        SECTORS: {code: name for code, name in desk.names["sector"].items() if code != "0"},
        PARTICIPANTS: {str(row["participant_id"]): name_of(row, t) for row in participants},
    }
    pages = {
        name: path_of(kind, code)
        for kind, names in reversed(subjects.items())
        for code, name in names.items()
    }
    edition = Edition(warehouse, t, desk, places, subjects, pages)
    if places.live:
        keys = (row["project_id"] for row in warehouse.run("project_keys").to_pylist())
        pages |= {key: edition.live("project", project=key) for key in keys}
    return edition


def relative(to: str, page: str) -> str:
    """A path of the site as a link on a page of it; an address outside stays as it is."""
    if "://" in to:
        return to
    path, mark, anchor = to.partition("#")
    return posixpath.relpath(path or ".", posixpath.dirname(page) or ".") + mark + anchor
