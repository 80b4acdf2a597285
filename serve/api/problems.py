"""What a request can come to grief on, in both languages, as RFC 9457 has it (`application/problem+json`).

Each says what is wrong, where, and what to do next; names that are not known come with those that are near.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from model.near_matches import near_matches
from view.texts import LANGUAGES, Language, Texts, texts

MEDIA_TYPE = "application/problem+json"
_TAKEN = re.compile(
    r"\s*([a-z]{1,8}|\*)(?:-[a-z0-9-]+)?\s*(?:;\s*q\s*=\s*([01](?:\.\d*)?)\s*)?", re.IGNORECASE
)
_LANG = re.compile(rb"(?:^|&)lang=([a-z]+)(?:&|$)")


class Problem(Exception):
    """Why there is no answer. `title` says what, `next` what to do; `where` holds places such as `parameter`."""

    def __init__(
        self,
        status: int,
        kind: str,
        title: str,
        what_next: str,
        *,
        detail: str = "",
        near: Sequence[str] = (),
        headers: Mapping[str, str] | None = None,
        **where: object,
    ) -> None:
        super().__init__(title)
        self.status = status
        self.kind = kind
        self.title = title
        self.next = what_next
        self.detail = detail
        self.near = list(near)
        self.headers = dict(headers or {})
        self.where = where

    def response(self, scope: Scope) -> Response:
        """The answer to the request that came to grief."""
        t = texts_of(scope)
        said = self.detail
        if self.near:
            said = t.gap.join(filter(None, (said, t("Near: {names}.", names=t.listing(self.near)))))
        body: dict[str, Any] = {
            "type": f"{up(scope)}#{self.kind}",
            "title": self.title,
            "status": self.status,
            "detail": t.gap.join(filter(None, (said, self.next))),
            "instance": tail(scope),
            **self.where,
            "near": self.near,
            "next": self.next,
        }
        headers = {
            "Cache-Control": "no-store",
            "Content-Language": t.lang,
            "Vary": "Accept, Accept-Encoding, Accept-Language",
            **self.headers,
        }
        return Response(orjson.dumps(body, default=str), self.status, headers, MEDIA_TYPE)


def near(asked: str, known: Mapping[str, Sequence[str]] | Sequence[str]) -> list[str]:
    """Names that may have been meant, nearest first; only the beginning of a long one is looked at."""
    names = known if isinstance(known, Mapping) else dict.fromkeys(known, ())
    return near_matches(asked[:60], names)


def language_of(scope: Scope) -> Language:
    """The language of what is said: that of `lang=`, else the one the client likes best, else English."""
    given = _LANG.search(scope.get("query_string", b""))
    asked = given[1].decode() if given else ""
    if asked in LANGUAGES:
        return next(one for one in LANGUAGES if one == asked)
    liked: list[tuple[float, Language]] = []
    for part in Headers(scope=scope).get("accept-language", "")[:400].split(","):
        if match := _TAKEN.fullmatch(part):
            weight = float(match[2] or 1)
            liked += [(weight, one) for one in LANGUAGES if one == match[1].lower() and weight]
    return max(liked, key=lambda one: one[0])[1] if liked else "en"


def texts_of(scope: Scope) -> Texts:
    """Texts in the language of `language_of`."""
    return texts(language_of(scope))


def tail(scope: Scope) -> str:
    """The path of a request within the API: `query/ladder`."""
    return str(scope["path"]).removeprefix(scope.get("root_path", "")).lstrip("/")


def up(scope: Scope) -> str:
    """The way from the address of a request to the first page of the API: `../`, or `./` from there.

    Addresses in answers are relative: they hold behind any proxy and below any path, and one answer is right for all.
    """
    return "../" * tail(scope).count("/") or "./"
