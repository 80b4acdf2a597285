"""Sources that the rows of a document name themselves: a template holds projects of many press releases."""

import hashlib
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from etl.importers.source import Observed
from etl.refresh.proposal import Row
from etl.refresh.record_files import RecordFiles

STATED = ("source_url", "publisher", "announced_on")
_GOVERNMENT = (".go.jp", ".lg.jp")


class StatedSources:
    """Sources of rows; `used` has those that differ from the document itself, by key.

    `document` is the row of the table source for the document.
    """

    def __init__(self, source_code: str, document: Row, record: RecordFiles) -> None:
        self._code, self._document = source_code, document
        self._known: dict[str, Row] = {}
        self._kinds: dict[str, str] = {}
        for row in record.rows("source"):
            self._known.setdefault(row["url"], row)
            self._kinds.setdefault(row["publisher"], row["kind"])
        self.used: dict[str, Row] = {}

    def of(self, one: Observed) -> str:
        """Return the key of the source of a row: one on record with that address, a new one, else the document."""
        stated = {name: one.cells.get(name, "") for name in STATED}
        if not any(stated.values()):
            return self._document["source_id"]
        if known := self._known.get(stated["source_url"]):
            return known["source_id"]
        row = self._row(stated)
        return self.used.setdefault(row["source_id"], row)["source_id"]

    def _row(self, stated: Mapping[str, str]) -> Row:
        url = stated["source_url"] or self._document["url"]
        publisher = stated["publisher"] or self._document["publisher"]
        day = stated["announced_on"]
        # Two days of one address, or two addresses of one day, are two sources.
        mark = hashlib.sha256("\n".join((url, publisher, day)).encode()).hexdigest()[:8]
        return {
            "source_id": "-".join(filter(None, (self._code, day, mark))),
            "url": url,
            "publisher": publisher,
            "kind": self._kind(url, publisher),
            "as_of": day,
            "retrieved_on": max(self._document["retrieved_on"], day or date.min.isoformat()),
        }

    def _kind(self, url: str, publisher: str) -> str:
        """That of other pages of the publisher; else official for a government's page, and press for any other."""
        host = urlsplit(url).hostname or ""
        if publisher in self._kinds:
            return self._kinds[publisher]
        is_own = host == urlsplit(self._document["url"]).hostname
        return self._document["kind"] if is_own or host.endswith(_GOVERNMENT) else "press"
