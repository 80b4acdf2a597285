"""What all importers share: a source and its addresses, a document that was fetched, and what was read from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from etl.sources.stops import BuildStopped


class SourceNotRead(BuildStopped):
    """A source that could not be fetched or understood: what, where, what was expected, in both languages."""


@dataclass(frozen=True)
class Document:
    """A page or workbook as it was fetched or saved.

    `name` is its address or the name of the file; `part` tells apart the documents of one source (letters of a country);
    `media_type` is what the server said of it, with its charset, empty for a file.
    """

    source_code: str
    part: str
    name: str
    content: bytes
    read_on: date
    media_type: str = ""


@dataclass(frozen=True)
class Observed:
    """A row that a source states: table of facts it belongs to, and its cells by heading of that table's file.

    `key` is the reference number that identifies the row, None where the source has none. `where` says where it was
    read (sheet and row) and is kept as evidence. Cells that the source leaves open are missing.
    """

    table: str
    key: str | None
    cells: Mapping[str, str]
    where: str


@dataclass(frozen=True)
class SetAside:
    """A row that was not understood: where, what it held, and what was expected, in both languages."""

    where: str
    found: str
    message_en: str
    message_ja: str


@dataclass
class Reading:
    """What a document states.

    `stated_on` is the day of the data as the document gives it, None where it gives none. `covers` names the tables of
    which the document lists every row, with the country it is limited to (None: all): what is missing there is gone.
    """

    observed: list[Observed] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    stated_on: date | None = None
    covers: Mapping[str, str | None] = field(default_factory=dict)
    unknown_headings: Sequence[str] = ()


@dataclass(frozen=True)
class Names:
    """Names that sources use for what the record keeps by code. Countries: lower-case name or letters → iso3."""

    countries: Mapping[str, str]

    def iso3(self, name: str) -> str | None:
        """Return the code of a country; None where no partner, nor Japan, has that name."""
        return self.countries.get(" ".join(name.split()).casefold())


Reader = Callable[[Document, Names], Reading]


@dataclass(frozen=True)
class Importer:
    """A source that a refresh reads: its code in `refresh_source`, and the function that reads one document of it."""

    code: str
    read: Reader
