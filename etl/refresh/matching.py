"""Whether a row that a source states is a project on record: by title, capacity and participants, in one country."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl
from rapidfuzz import fuzz

from etl.plausibility.identity import SAME_CAPACITY, normalised_title, normalised_title_ja
from etl.plausibility.record import capacity_mw

TAKEN = 0.9
"""Likeness from which a row is taken for the project, and shown as such."""
DOUBTFUL = 0.55
"""Likeness from which a person decides; below it the row is a new project."""
_WEIGHTS = {"title": 0.6, "participants": 0.25, "capacity": 0.15}
_DIFFERENT_CAPACITY = 0.5
"""Likeness that two titles with different capacities reach at most."""

_LEGAL_FORMS = re.compile(
    r"\b(?:co|ltd|inc|corp|corporation|company|limited|pt|tbk|llc|jsc|pte|plc|sa|de|cv|gmbh|joint|stock|private|pvt|k)\b\.?|株式会社|\(株\)|有限会社"
)


@lru_cache(maxsize=100_000)
def plain_name(name: str) -> str:
    """Return the name of a participant without case, width, signs and legal form."""
    text = _LEGAL_FORMS.sub(" ", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(re.findall(r"[^\W_]+", text))


def plain_names(text: str) -> frozenset[str]:
    """Return the plain names of a list separated by semicolons."""
    return frozenset(name for part in text.split(";") if (name := plain_name(part)))


@lru_cache(maxsize=100_000)
def _capacity(title: str) -> float | None:
    value: float | None = pl.select(pl.lit(title).alias("t")).select(capacity_mw("t")).item()
    return value


@dataclass(frozen=True)
class Match:
    """A project on record and how like it a row is, 0 to 1."""

    project_id: str
    score: float


class Projects:
    """Projects on record by country, to be found by what else is known of them. `rows`: those of the table project."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._by_country: dict[str, list[Mapping[str, str]]] = {}
        for row in rows:
            self._by_country.setdefault(row["iso3"], []).append(row)

    def best(self, cells: Mapping[str, str], *, only_unlisted: bool = False) -> Match | None:
        """Return the project most like a row, at least DOUBTFUL; None where there is none.

        `only_unlisted` looks among those without a reference number.
        """
        found = [
            Match(row["project_id"], round(likeness(cells, row), 4))
            for row in self._by_country.get(cells.get("iso3", ""), ())
            if not (only_unlisted and row["ref_no"])
        ]
        best = max(found, key=lambda match: (match.score, match.project_id), default=None)
        return best if best is not None and best.score >= DOUBTFUL else None


def likeness(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """Return how like two rows of project are, 0 to 1, by what both state."""
    titles = [
        fuzz.token_set_ratio(normalised_title(a), normalised_title(b)) * 0.5
        + fuzz.token_sort_ratio(normalised_title(a), normalised_title(b)) * 0.5
        for a, b in [(one.get("title_en", ""), other.get("title_en", ""))]
        if a and b
    ] + [
        fuzz.ratio(normalised_title_ja(a), normalised_title_ja(b))
        for a, b in [(one.get("title_ja", ""), other.get("title_ja", ""))]
        if a and b
    ]
    if not titles:
        return 0.0
    known = {"title": max(titles) / 100}
    ours = plain_names(other.get("jp_participants", "")) | plain_names(other.get("partner_participants", ""))
    theirs = plain_names(one.get("jp_participants", "")) | plain_names(one.get("partner_participants", ""))
    if ours and theirs:
        smaller, larger = sorted((ours, theirs), key=len)
        known["participants"] = (
            sum(max(fuzz.ratio(n, m) for m in larger) for n in smaller) / len(smaller) / 100
        )
    mine, stated = _power(other), _power(one)
    agree = True
    if mine is not None and stated is not None:
        agree = abs(mine - stated) <= SAME_CAPACITY * max(mine, stated)
        known["capacity"] = float(agree)
    weight = sum(_WEIGHTS[name] for name in known)
    score = sum(_WEIGHTS[name] * value for name, value in known.items()) / weight
    return score if agree else min(score, _DIFFERENT_CAPACITY)


def _power(row: Mapping[str, str]) -> float | None:
    return next(
        (mw for name in ("title_en", "title_ja") if (mw := _capacity(row.get(name, ""))) is not None), None
    )
