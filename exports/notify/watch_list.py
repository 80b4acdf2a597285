"""Watch lists: who is told about which part of the record, read from a TOML file and checked against the data."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from exports.changes.selecting import SYNONYMS, NotThere, selection_of
from model.filters import FILTER
from model.near_matches import near_matches
from queries.warehouse import Warehouse
from view.names import texts_of
from view.selection import Selection
from view.texts import LANGUAGES, Language

KINDS: Final = ("slack", "teams", "json")
LARGEST: Final = 1_000_000
"""Bytes of a watch list."""
_LIST_KEYS: Final = ("address", "sender", "unsubscribe", "watch")
_WATCH_KEYS: Final = ("name", "lang", "mail", "webhook", "even_if_empty", *FILTER, *SYNONYMS)
_HOOK_KEYS: Final = ("kind", "url_from")
_VARIABLE: Final = re.compile(r"[A-Z][A-Z0-9_]*")
_PART: Final = r"[^\s@<>,;:\"()\[\]\\]+"
_MAIL: Final = re.compile(
    rf"(?:(?P<name>[^<>\x00-\x1f\x7f]*)<)?(?P<local>{_PART})@(?P<host>{_PART})(?(name)>)"
)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


class WatchListError(ValueError):
    """What is wrong in a watch list, one line for each fault: where, what, and what to write instead."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))


@dataclass(frozen=True)
class Recipient:
    """One who gets digests. `key` names it in the state file; either `mail` or `variable`, which holds a webhook, is set."""

    key: str
    watch: str
    languages: tuple[Language, ...]
    part: Selection
    even_if_empty: bool
    mail: Address | None = None
    variable: str = ""
    kind: str = ""


@dataclass(frozen=True)
class WatchList:
    """A list: where readers open the tracker (without a stroke at the end, or empty), the sender, and its recipients."""

    address: str
    sender: Address | None
    unsubscribe: str
    recipients: tuple[Recipient, ...]


def read_watch_list(path: Path, warehouse: Warehouse) -> WatchList:
    """The watch list of a file. Raises WatchListError with every fault found."""
    try:
        if path.stat().st_size > LARGEST:
            raise WatchListError(
                [f"{path}: larger than {LARGEST:,} bytes; a watch list is a short TOML file."]
            )
        text = path.read_bytes().decode("utf-8-sig")
        found = tomllib.loads(text)
    except OSError as error:
        raise WatchListError([f"{path}: cannot be read ({error.strerror or error})."]) from error
    except UnicodeDecodeError as error:
        raise WatchListError([f"{path}: is not in UTF-8 (byte {error.start}); save it as UTF-8."]) from error
    except tomllib.TOMLDecodeError as error:
        raise WatchListError([f"{path}: is not TOML: {error}. docs/alerts.md has an example."]) from error
    return _Reading(path, text, warehouse).whole(found)


class _Reading:
    """Reads a list and notes what is wrong with the place."""

    def __init__(self, path: Path, text: str, warehouse: Warehouse) -> None:
        self._path = path
        self._lines = text.splitlines()
        self._warehouse = warehouse
        self._faults: list[str] = []

    def whole(self, found: Mapping[str, Any]) -> WatchList:
        self._keys(found, _LIST_KEYS, None)
        address = self._text(found, "address", None).rstrip("/")
        if address and (urlsplit(address).scheme not in {"http", "https"} or not urlsplit(address).netloc):
            self._fault("address", None, f"{address!r} is no address; write it as https://host/path.")
        sender = self._mail(found["sender"], "sender", None) if "sender" in found else None
        unsubscribe = self._text(found, "unsubscribe", None)
        if unsubscribe and urlsplit(unsubscribe).scheme not in {"mailto", "https"}:
            self._fault("unsubscribe", None, "write it as mailto:name@host or https://host/path.")
        watches = found.get("watch", [])
        if not isinstance(watches, list) or not watches or not all(isinstance(w, dict) for w in watches):
            self._fault("watch", None, "there is nothing to watch; begin each with a line [[watch]].")
            watches = []
        recipients = [one for place, watch in enumerate(watches) for one in self._watch(watch, place)]
        if any(one.mail for one in recipients) and "sender" not in found:
            self._fault("sender", None, 'mail needs a sender; write sender = "Name <name@host>".')
        for key in sorted({one.key for one in recipients if sum(o.key == one.key for o in recipients) > 1}):
            self._fault("watch", None, f"{key} stands twice; give each watch a name of its own.")
        if self._faults:
            raise WatchListError(self._faults)
        return WatchList(address, sender, unsubscribe, tuple(recipients))

    def _watch(self, watch: Mapping[str, Any], place: int) -> Iterator[Recipient]:
        self._keys(watch, _WATCH_KEYS, place)
        name = self._text(watch, "name", place)
        if not name:
            self._fault("name", place, "a watch needs a name that stays; it stands in every digest.")
        langs = self._listed(watch, "lang", place) or ["ja"]
        for lang in langs:
            if lang not in LANGUAGES:
                self._fault("lang", place, f"{lang!r} is no language here; there are {', '.join(LANGUAGES)}.")
        languages = tuple(one for one in dict.fromkeys(langs) if one in LANGUAGES)
        even_if_empty = watch.get("even_if_empty", False)
        if not isinstance(even_if_empty, bool):
            self._fault("even_if_empty", place, "write true or false.")
        part = self._part(watch, place)
        mails = [self._mail(one, "mail", place) for one in self._listed(watch, "mail", place)]
        hooks = self._hooks(watch.get("webhook", []), place)
        if "mail" not in watch and "webhook" not in watch:
            self._fault("mail", place, "nobody is told; write mail = [...] or webhook = [...].")
        base = (name, languages, part, even_if_empty is True)
        for mail in mails:
            if mail is not None:
                yield Recipient(f"{name}/mail/{mail.addr_spec.casefold()}", *base, mail=mail)
        for kind, variable in hooks:
            yield Recipient(f"{name}/{kind}/{variable}", *base, variable=variable, kind=kind)

    def _part(self, watch: Mapping[str, Any], place: int) -> Selection:
        t = texts_of(self._warehouse, "en")
        part = Selection(self._warehouse.data_as_of)
        given = {key: self._listed(watch, key, place) for key in (*FILTER, *SYNONYMS) if key in watch}
        for key, values in given.items():
            if not values:
                self._fault(key, place, "is empty; leave it out to watch all.")
            for value in values:
                try:
                    selection_of({key: [value]}, self._warehouse, t)
                except NotThere as error:
                    self._fault(key, place, str(error))
        return part if self._faults else selection_of(given, self._warehouse, t)

    def _hooks(self, hooks: Any, place: int) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - as the file has it
        if not isinstance(hooks, list) or not all(isinstance(one, dict) for one in hooks):
            self._fault(
                "webhook", place, 'write webhook = [{ kind = "slack", url_from = "NAME_OF_A_VARIABLE" }].'
            )
            return
        for hook in hooks:
            self._keys(hook, _HOOK_KEYS, place, "webhook")
            kind, variable = hook.get("kind"), hook.get("url_from")
            if kind not in KINDS:
                self._fault("webhook", place, f"kind is one of {', '.join(KINDS)}, not {kind!r}.")
            elif not isinstance(variable, str) or not _VARIABLE.fullmatch(variable):
                # What stands here may be the address itself, which is a secret: it is not repeated.
                said = "url_from is the name of an environment variable that holds the address, such as JCM_WEBHOOK_TEAM."
                self._fault("webhook", place, said)
            else:
                yield kind, variable

    def _mail(self, text: Any, key: str, place: int | None) -> Address | None:  # noqa: ANN401 - as the file has it
        found = _MAIL.fullmatch(text.strip()) if isinstance(text, str) else None
        try:
            if found is None:
                raise ValueError
            name, local, host = (found["name"] or "").strip().strip('"'), found["local"], found["host"]
            return Address(name, username=local, domain=host.encode("idna").decode("ascii"))
        except (ValueError, IndexError):
            self._fault(
                key, place, f"{str(text)[:80]!r} is no mail address; write name@host or Name <name@host>."
            )
            return None

    def _text(self, found: Mapping[str, Any], key: str, place: int | None) -> str:
        text = found.get(key, "")
        if not isinstance(text, str) or _CONTROL.search(text) or len(text) > 200:
            self._fault(key, place, "write a text of one line, at most 200 letters, in quotes.")
            return ""
        return text.strip()

    def _listed(self, watch: Mapping[str, Any], key: str, place: int) -> list[str]:
        value = watch.get(key, [])
        values = value if isinstance(value, list) else [value]
        if any(isinstance(one, bool) or not isinstance(one, str | int) for one in values):
            self._fault(key, place, 'write a list of values: ["one", "another"].')
            return []
        return [str(one) for one in values]

    def _keys(
        self, found: Mapping[str, Any], known: Sequence[str], place: int | None, within: str = ""
    ) -> None:
        for key in found:
            if key in known:
                continue
            near = near_matches(key, dict.fromkeys(known, ())) or known
            said = f"there is no key {key[:60]!r} here; near: {', '.join(near)}."
            if re.search("url|pass|secret|token|user|host", key, re.IGNORECASE):
                said += " Addresses of webhooks and passwords come from environment variables; docs/alerts.md names them."
            self._fault(within or key, place, said)

    def _fault(self, key: str, place: int | None, said: str) -> None:
        where = key if place is None else f"watch {place + 1}, {key}"
        line = self._line_of(key, place)
        self._faults.append(f"{self._path}, {f'line {line}, ' if line else ''}{where}: {said}")

    def _line_of(self, key: str, place: int | None) -> int | None:
        """The line of a key, that of its [[watch]] where it is missing; None where neither is found."""
        starts = [n for n, line in enumerate(self._lines) if re.match(r"\s*\[\[\s*watch\s*\]\]", line)]
        if place is not None and place >= len(starts):
            return None
        first = 0 if place is None else starts[place]
        last = next((n for n in starts if n > first), len(self._lines))
        own = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        found = next((n for n in range(first, last) if own.match(self._lines[n])), None)
        if found is not None:
            return found + 1
        return None if place is None else first + 1
