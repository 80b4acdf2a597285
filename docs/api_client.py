"""A small client of the interface for programs, with the standard library alone.

`python docs/api_client.py http://127.0.0.1:8501 query/ladder countries=MNG` writes an answer as JSON.
"""

import json
import re
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import Request, urlopen

_NEXT = re.compile(r'<([^>]*)>; rel="next"')


class NoAnswer(Exception):
    """The tracker has no answer; `problem` says why, where, and what to do next."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(f"{problem['title']} {problem['detail']}")
        self.problem = problem


class Tracker:
    """A tracker at an address such as http://127.0.0.1:8501 or https://example.org/jcm."""

    def __init__(self, address: str, lang: str = "en") -> None:
        self.address = f"{address.rstrip('/')}/api/v1/"
        self.lang = lang
        self._held: dict[str, tuple[str, bytes, str]] = {}

    def get(self, path: str, **parameters: object) -> dict[str, Any]:
        """An answer: `meta` with data version, days, coverage, sources and terms, and `data`. Raises NoAnswer."""
        answer: dict[str, Any] = json.loads(self._fetch(self._at(path, parameters))[0])
        return answer

    def rows(self, query: str, **parameters: object) -> Iterator[dict[str, Any]]:
        """All rows of a named query, page by page."""
        address = self._at(f"query/{query}", parameters)
        while address:
            body, links = self._fetch(address)
            yield from json.loads(body)["data"]
            following = _NEXT.search(links)
            address = urljoin(address, following[1]) if following else ""

    def file(self, query: str, kind: str = "parquet", **parameters: object) -> bytes:
        """All rows of a named query as a file: csv, parquet or arrow."""
        return self._fetch(self._at(f"query/{query}", {**parameters, "format": kind}))[0]

    def _at(self, path: str, parameters: dict[str, object]) -> str:
        given = urlencode(parameters, doseq=True)
        return urljoin(self.address, path) + (f"?{given}" if given else "")

    def _fetch(self, address: str) -> tuple[bytes, str]:
        """Body and header Link. What was fetched before is asked for by its tag, and sent again only if it changed."""
        tag, body, links = self._held.get(address, ("", b"", ""))
        headers = {"Accept-Language": self.lang, **({"If-None-Match": tag} if tag else {})}
        for attempt in range(3):
            try:
                with urlopen(Request(address, headers=headers), timeout=60) as answer:  # noqa: S310 - the caller's own
                    body, links = answer.read(), answer.headers.get("Link", "")
                    self._held[address] = (answer.headers["ETag"], body, links)
                    break
            except HTTPError as error:
                if error.code == 304:
                    break
                problem = json.loads(error.read())
                if error.code not in {429, 503} or attempt == 2:
                    raise NoAnswer(problem) from None
                time.sleep(float(error.headers.get("Retry-After", "1")))
        return body, links


if __name__ == "__main__":
    _, where, what, *named = sys.argv
    given: dict[str, list[str]] = {}
    for part in named:
        name, _, value = part.partition("=")
        given.setdefault(name, []).append(value)
    sys.stdout.write(json.dumps(Tracker(where).get(what, **given), ensure_ascii=False, indent=1) + "\n")
