"""What was meant by a name that is not known: exact but for case, width and accents, else near."""

import difflib
from collections.abc import Mapping, Sequence

from model.search_text import folded

MOST = 6


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


def neighbours(keys: Sequence[str], key: str) -> tuple[str | None, str | None]:
    """The key before and the key after one of them; None at the ends. Raises ValueError for a key not among them."""
    place = list(keys).index(key)
    before = keys[place - 1] if place else None
    return before, keys[place + 1] if place + 1 < len(keys) else None


def _bare(text: str) -> str:
    return folded(text).replace(" ", "").replace("-", "").replace("_", "")
