"""Digests by webhook: as Slack and Teams take them, and as plain JSON."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import orjson

from exports.notify.delivering import Failed, Later
from exports.notify.digest import Digest, Entry, Told, more_words, subject_of
from view.texts import Texts

SECONDS: Final = 20
SHOWN_AT_MOST: Final = 15
"""Changes of each section in a message: rooms are for a look, the page has all."""
_LATER: Final = frozenset({408, 409, 425, 429})
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
Payload = Mapping[str, Any]


def hook_address(variable: str, environment: Mapping[str, str] = os.environ) -> str:
    """The address that a variable holds. Raises Failed, which names the variable and never the address."""
    address = environment.get(variable, "").strip()
    if not address:
        raise Failed(f"{variable} is not set; put the address of the webhook there")
    try:
        parts = urlsplit(address)
    except ValueError:
        raise Failed(f"{variable} holds no address") from None
    if not parts.hostname or not (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    ):
        raise Failed(f"{variable} holds no address that begins with https://")
    return address


def post(address: str, payload: Payload, name: str) -> None:
    """Posts a digest under its name, which stays when it is sent again. Raises Later or Failed; neither has the address."""
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": name,
        "User-Agent": "jcm-target-tracker",
    }
    try:
        with (
            httpx.Client(timeout=SECONDS, follow_redirects=False) as client,
            client.stream("POST", address, content=orjson.dumps(payload), headers=headers) as answer,
        ):
            status, retry_after = answer.status_code, answer.headers.get("Retry-After", "")
    except httpx.TransportError as error:
        raise Later(f"the webhook could not be reached or fell silent ({type(error).__name__})") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Failed(f"the webhook could not be asked ({type(error).__name__})") from None
    if status in _LATER or status >= 500:
        raise Later(f"the webhook answered HTTP {status}", retry_after)
    if not 200 <= status < 300:
        raise Failed(f"the webhook answered HTTP {status}")


def slack(digest: Digest) -> Payload:
    """`text` with Slack's marks for links and bold; what stands in the record is no mark."""
    return {"text": "\n\n".join("\n".join(_slack(one)) for one in digest.told)}


def _slack(told: Told) -> Iterator[str]:
    t = told.t
    yield from (f"*{_plain(told.title)}*", _plain(told.span), _plain(told.summary))

    def subject(entry: Entry) -> str:
        words = _plain(subject_of(entry, t))
        return f"<{_in_link(entry.address)}|{words}>" if entry.address else words

    yield from _lines(told, subject, _plain, "*{}*", "• ")
    if told.address:
        yield f"<{_in_link(told.address)}|{_plain(t('All changes on the page'))}>"


def _plain(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", " ")
    # A word joiner behind each sign that would begin bold, italics, struck or code.
    return "".join(f"{sign}\u2060" if sign in "*~`|" else sign for sign in text)


def _in_link(address: str) -> str:
    return address.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")


def _lines(
    told: Told, subject: Callable[[Entry], str], plain: Callable[[str], str], head: str, bullet: str
) -> Iterator[str]:
    for section in told.sections:
        yield head.format(plain(section.title))
        for entry in section.entries[:SHOWN_AT_MOST]:
            told_of = told.t.named(subject(entry), plain(entry.words))
            yield f"{bullet}{plain(entry.kind)} {told_of}"
        left = section.more + len(section.entries[SHOWN_AT_MOST:])
        if left:
            yield plain(more_words(left, told.t))


def teams(digest: Digest) -> Payload:
    """An adaptive card, as workflows of Teams take it."""
    body: list[dict[str, Any]] = []
    actions = []
    for told in digest.told:
        body.append(_block(told.title, weight="Bolder", size="Medium"))
        body += [_block(told.span, isSubtle=True), _block(told.summary)]

        def subject(entry: Entry, t: Texts = told.t) -> str:
            words = _marked(subject_of(entry, t))
            return f"[{words}]({entry.address})" if entry.address else words

        body += [_block(line) for line in _lines(told, subject, _marked, "**{}**", "- ")]
        if told.address:
            title = told.t("All changes on the page")
            actions.append({"type": "Action.OpenUrl", "title": title, "url": told.address})
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
        "actions": actions,
    }
    attachment = {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": None,
        "content": card,
    }
    return {"type": "message", "summary": digest.subject, "attachments": [attachment]}


def _block(text: str, **more: object) -> dict[str, Any]:
    return {"type": "TextBlock", "text": text, "wrap": True, **more}


def _marked(text: str) -> str:
    """Text without signs that a card would read as Markdown."""
    return "".join(f"\\{sign}" if sign in "\\*_[]()`" else sign for sign in text).replace("\n", " ")


def plain_json(digest: Digest) -> Payload:
    """Everything as data, in each language of the watch."""
    found = digest.found
    versions = {
        name: {"version": one.data_version, "as_of": one.as_of.isoformat()}
        for name, one in (("from", found.old), ("to", found.new))
    }
    told = [
        {
            "lang": one.t.lang,
            "title": one.title,
            "selection": one.span,
            "summary": one.summary,
            "url": one.address or None,
            "changes": [
                {"section": section.title, **asdict(entry.line), "url": entry.address or None}
                for section in one.sections
                for entry in section.entries
            ],
            "left_out": sum(section.more for section in one.sections),
        }
        for one in digest.told
    ]
    return {"id": digest.name, "watch": digest.watch, **versions, "digests": told}


PAYLOADS: Final[Mapping[str, Callable[[Digest], Payload]]] = {
    "slack": slack,
    "teams": teams,
    "json": plain_json,
}
