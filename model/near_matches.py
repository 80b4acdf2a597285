"""What was meant by a name or a day that is not known: exact but for case, width and accents, else near."""

import difflib
import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date

from model.search_text import folded

MOST = 6
_DAY = re.compile(r"(\d{4})(?:\D(\d{1,2}))?(?:\D(\d{1,2}))?", re.ASCII)


def exact_match(asked: str, keys: Sequence[str]) -> str | None:
    """The key that is the same but for case, width, accents, spaces and hyphens."""
    wanted = _bare(asked)
    return next((key for key in keys if _bare(key) == wanted), None) if wanted else None


def near_matches(asked: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """Keys whose own text or one of whose names is near, the nearest first. `names` are names by key."""
    wanted = folded(asked)
    if not wanted:
        return []
    scores = {}
    for key, some in names.items():
        texts = [folded(text) for text in (key, *some) if text]
        best = max(difflib.SequenceMatcher(None, wanted, text).ratio() for text in texts)
        within = 0.9 if len(wanted) > 3 and any(wanted in text for text in texts) else 0.0
        scores[key] = max(best, within)
    ranked = sorted(scores, key=lambda key: (-scores[key], key))
    near = [key for key in ranked[:MOST] if scores[key] >= 0.5]
    # A number that is not there, as MN999: those that begin alike, so that the way goes on.
    return near or [key for key in ranked if folded(key)[:2] == wanted[:2]][:MOST]


def nearest_day(asked: str, earliest: date, latest: date) -> date | None:
    """The day between two limits that a text was to be: the last of a month or year alone; None where it has no year."""
    found = _DAY.fullmatch(asked.strip())
    if found is None:
        return None
    year = min(max(int(found[1]), earliest.year), latest.year)
    if year != int(found[1]):
        return latest if year == latest.year else earliest
    month = min(max(int(found[2] or 12), 1), 12)
    last = monthrange(year, month)[1]
    return min(max(date(year, month, min(max(int(found[3] or last), 1), last)), earliest), latest)


def neighbours(keys: Sequence[str], key: str) -> tuple[str | None, str | None]:
    """The key before and the key after one of them; None at the ends. Raises ValueError for a key not among them."""
    place = list(keys).index(key)
    before = keys[place - 1] if place else None
    return before, keys[place + 1] if place + 1 < len(keys) else None


def _bare(text: str) -> str:
    return folded(text).replace(" ", "").replace("-", "").replace("_", "")
