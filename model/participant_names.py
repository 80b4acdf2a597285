"""Names of participants: the one rule by which two spellings are the same name, and whose name a recorded one is.

What the rule cannot know, such as a former name or an abbreviation, is an alias in the record.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

_LEGAL_FORMS = re.compile(
    r"\b(?:co|ltd|inc|corp|corporation|company|limited|ltda|limitada|pt|tbk|persero|llc|jsc|pte|pvt|plc|pcl|sa|spa|de|cv|gmbh"
    r"|joint|stock|private|public|k|kk|the)\b\.?|株式会社|\(株\)|有限会社|合同会社"
)
_INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")
"""The letters of "P.T." and "S.A." belong together."""
UNRESOLVED = "as-recorded-"
"""How the key of a participant begins whose recorded name is none that is known."""


@lru_cache(maxsize=100_000)
def plain_name(name: str) -> str:
    """The name of a participant without case, width, accents, signs and legal form; empty where nothing else is left."""
    wide = unicodedata.normalize("NFKC", name).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFD", wide) if not "\u0300" <= c <= "\u036f")
    text = _LEGAL_FORMS.sub(" ", _INITIALS.sub(r"\1", unicodedata.normalize("NFC", bare)))
    return " ".join(re.findall(r"[^\W_]+", text))


def plain_names(text: str) -> frozenset[str]:
    """The plain names of a list separated by semicolons."""
    return frozenset(name for part in text.split(";") if (name := plain_name(part)))


def unresolved_key(name: str) -> str:
    """The key of a participant of whom nothing but the recorded name is known: the same for spellings of one name."""
    return UNRESOLVED + "-".join((plain_name(name) or "-".join(re.findall(r"\w+", name.casefold()))).split())


@dataclass
class KnownNames:
    """Whose names are known: those of participants in either language, and aliases, some of one country only.

    A name that two participants have resolves to neither.
    """

    _of: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def add(self, name: str | None, participant_id: str, iso3: str | None = None) -> None:
        """Takes a name of a participant; with `iso3` it is so named in projects of that country alone."""
        if name and (plain := plain_name(name)):
            self._of.setdefault((plain, iso3 or ""), set()).add(participant_id)

    def find(self, name: str, iso3: str | None = None) -> str | None:
        """The participant of a recorded name in a project of a country; None where it is not known or not certain."""
        plain = plain_name(name)
        for place in (iso3 or "", ""):
            found = self._of.get((plain, place), set())
            if len(found) == 1:
                return next(iter(found))
        return None

    def contested(self) -> set[str]:
        """Plain names that more than one participant has in the same projects."""
        return {plain for (plain, _), some in self._of.items() if len(some) > 1}


def known_names(
    participants: Iterable[Mapping[str, str | None]], aliases: Iterable[Mapping[str, str | None]]
) -> KnownNames:
    """The names that rows of `participant` and `participant_alias` state."""
    known = KnownNames()
    for row in participants:
        for column in ("name_en", "name_ja"):
            known.add(row[column], str(row["participant_id"]))
    for row in aliases:
        known.add(row["alias"], str(row["participant_id"]), row["iso3"])
    return known
