"""Whether a row that a source states is a project on record: by title, capacity and participants, in one country."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from rapidfuzz import fuzz

from etl.plausibility.identity import SAME_CAPACITY, normalised_title, normalised_title_ja
from etl.plausibility.record import capacity_mw
from model.participant_names import plain_names

TAKEN = 0.9
"""Likeness from which a row is taken for the project, and shown as such."""
DOUBTFUL = 0.55
"""Likeness from which a person decides; below it the row is a new project."""
_WEIGHTS = {"title": 0.6, "participants": 0.25, "capacity": 0.15}
_TITLES = ("title_en", "title_ja")
_DIFFERENT_CAPACITY = 0.5
"""Likeness that two titles with different capacities reach at most."""

_capacities: dict[str, float | None] = {}
"""Capacities by title: read for many titles at once, since each reading by itself is slow."""


def _note_capacities(titles: Iterable[str]) -> None:
    wanted = {title for title in titles if title not in _capacities}
    if not wanted:
        return
    new = pl.DataFrame({"title": list(wanted)}, {"title": pl.String})
    found = new.select("title", capacity_mw("title").alias("mw"))
    _capacities.update(found.iter_rows())


@dataclass(frozen=True)
class Match:
    """A project on record and how like it a row is, 0 to 1."""

    project_id: str
    score: float


@dataclass(frozen=True)
class _Traits:
    """What tells a project apart, in the form in which it is compared."""

    project_id: str
    is_listed: bool
    title: str
    title_ja: str
    participants: frozenset[str]
    capacity_mw: float | None


class Projects:
    """Projects on record by country, to be found by what else is known of them. `rows`: those of the table project."""

    def __init__(self, rows: Sequence[Mapping[str, str]]) -> None:
        self._rows: dict[str, list[Mapping[str, str]]] = {}
        for row in rows:
            self._rows.setdefault(row["iso3"], []).append(row)
        self._by_country: dict[str, list[_Traits]] = {}

    def note(self, rows: Iterable[Mapping[str, str]]) -> None:
        """Take note of rows that will be looked for: many at once are quick, one by one is slow."""
        _note_capacities(row.get(name, "") for row in rows for name in _TITLES)

    def best(self, cells: Mapping[str, str], *, only_unlisted: bool = False) -> Match | None:
        """Return the project most like a row, at least DOUBTFUL; None where there is none.

        `only_unlisted` looks among those without a reference number.
        """
        stated = _traits(cells)
        found = [
            Match(ours.project_id, round(_likeness(stated, ours), 4))
            for ours in self._of_country(cells.get("iso3", ""))
            if not (only_unlisted and ours.is_listed)
        ]
        best = max(found, key=lambda match: (match.score, match.project_id), default=None)
        return best if best is not None and best.score >= DOUBTFUL else None

    def _of_country(self, iso3: str) -> Sequence[_Traits]:
        if iso3 not in self._by_country:
            rows = self._rows.get(iso3, [])
            self.note(rows)
            self._by_country[iso3] = [_traits(row) for row in rows]
        return self._by_country[iso3]


def _traits(row: Mapping[str, str]) -> _Traits:
    title, title_ja = (row.get(name, "") for name in _TITLES)
    _note_capacities((title, title_ja))
    names = plain_names(row.get("jp_participants", "")) | plain_names(row.get("partner_participants", ""))
    return _Traits(
        row.get("project_id", ""),
        bool(row.get("ref_no")),
        normalised_title(title),
        normalised_title_ja(title_ja),
        names,
        _capacities[title] if _capacities[title] is not None else _capacities[title_ja],
    )


def _likeness(stated: _Traits, ours: _Traits) -> float:
    """How like a row is to a project, 0 to 1, by what both state."""
    alike = []
    if stated.title and ours.title:
        words = (
            fuzz.token_set_ratio(stated.title, ours.title),
            fuzz.token_sort_ratio(stated.title, ours.title),
        )
        alike.append(sum(words) / 2)
    if stated.title_ja and ours.title_ja:
        alike.append(fuzz.ratio(stated.title_ja, ours.title_ja))
    if not alike:
        return 0.0
    known = {"title": max(alike) / 100}
    if stated.participants and ours.participants:
        smaller, larger = sorted((ours.participants, stated.participants), key=len)
        known["participants"] = (
            sum(max(fuzz.ratio(n, m) for m in larger) for n in smaller) / len(smaller) / 100
        )
    agree = True
    if ours.capacity_mw is not None and stated.capacity_mw is not None:
        larger_mw = max(ours.capacity_mw, stated.capacity_mw)
        agree = abs(ours.capacity_mw - stated.capacity_mw) <= SAME_CAPACITY * larger_mw
        known["capacity"] = float(agree)
    weight = sum(_WEIGHTS[name] for name in known)
    score = sum(_WEIGHTS[name] * value for name, value in known.items()) / weight
    return score if agree else min(score, _DIFFERENT_CAPACITY)
