"""How many of the projects selected were listed and registered, by when, and what that says of those still waiting.

Age is counted in years from 1 April of the fiscal year of selection. A project under validation is known to have come
onto the list by the first copy of it that names it, so its listing lies between selection and that day. Many listed
projects are known without their fiscal year of selection; those with one therefore stand for all of their stage
(weights), since otherwise the listed would be too few among those that can be aged. Withdrawals compete; of most no
year of selection is known, and they are counted apart. Whoever is not listed or registered is followed until the last
day of which the record has news of the list, not until the day of the portfolio.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

import numpy as np

from model.outlook.portfolio import ProjectRow, in_fiscal_years
from model.outlook.survival import CENSORED, COMPETING, EVENT, Chance, Curve, incidence_between

GROUP_AT_LEAST, EVENTS_AT_LEAST = 15, 5
"""Observations and events from which a group has a curve of its own, and the whole is taken as measured."""

JUDGED: Mapping[str, float] = {"pipeline": 0.8, "validation": 0.95, "new": 0.8}
"""Chances where too little was observed, a judgement: code REALISATION-JUDGED."""
JUDGED_ERROR = 0.1
OBSERVED_CODE, JUDGED_CODE = "REALISATION-OBSERVED", "REALISATION-JUDGED"


class HistoryRow(TypedDict):
    """One row of the query `outlook_histories`: what became of a project, as known on the day."""

    project_id: str
    stage: str
    programme: str
    funding: str
    fy_selected: int | None
    listed_on: date | None
    registered_on: date | None
    first_decided_on: date | None
    withdrawn_on: date | None


@dataclass(frozen=True)
class Cohort:
    """The projects selected in a fiscal year, and how many of them had reached each step by the day."""

    fiscal_year: int | None
    selected: int
    listed: int
    registered: int
    issued: int
    withdrawn: int
    dormant: int


@dataclass(frozen=True)
class Realisation:
    """What is learnt from all projects known on a day.

    - day: until which projects were followed, in fiscal years.
    - listing: from selection to the list of the JCM; by_programme: of groups that are large enough.
    - registration: from selection to registration, of all; of_listed: of those that were listed.
    - pipeline, validation, new: the chance that a project of the stage is registered in the end, on average; each with
      the code of how it was found. dormant: the same for what has lapsed, which is in no sum.
    """

    day: float
    listing: Curve
    registration: Curve
    of_listed: Curve
    by_programme: Mapping[str, Curve]
    cohorts: Sequence[Cohort]
    code: str
    validation_code: str
    pipeline: Chance
    validation: Chance
    new: Chance
    dormant: Chance | None

    def of_project(self, row: ProjectRow) -> Chance:
        """The chance of a project not yet registered, by its own age and programme.

        Where its fiscal year of selection is not known, the average of its stage.
        """
        stage, year = row["stage"], row["fy_selected"]
        average = self.validation if stage == "validation" else self.pipeline
        is_measured = (self.validation_code if stage == "validation" else self.code) == OBSERVED_CODE
        if year is None or not is_measured:
            return average
        age = max(0.0, self.day - year)
        if stage == "validation":
            return self.of_listed.still(age)
        return self._waiting(row["programme"], age)

    def _waiting(self, programme: str, age: float) -> Chance:
        curve = self.by_programme.get(programme, self.listing)
        return curve.still(age).times(_after_listing(self.of_listed))


def realisation_of(as_of: date, histories: Sequence[HistoryRow]) -> Realisation:
    """The curves of a day, and the chances that they give."""
    day = in_fiscal_years(_last_news(as_of, histories))
    weights = _weights(histories)
    known = [row for row in histories if row["fy_selected"] is not None]
    listing = _curve(known, weights, day, _listed)
    of_listed = _curve([r for r in known if r["listed_on"] is not None], weights, day, _registered)
    by_programme = {}
    for programme in sorted({row["programme"] for row in known}):
        curve = _curve([r for r in known if r["programme"] == programme], weights, day, _listed)
        if _is_enough(curve):
            by_programme[programme] = curve
    code = OBSERVED_CODE if _is_enough(listing) else JUDGED_CODE
    validation_code = OBSERVED_CODE if _tells_of_listed(of_listed) else JUDGED_CODE

    def waiting(stage: str) -> Chance | None:
        return _mean(
            by_programme.get(row["programme"], listing)
            .still(max(0.0, day - (row["fy_selected"] or 0)))
            .times(_after_listing(of_listed))
            for row in known
            if row["stage"] == stage
        )

    under_validation = [row for row in known if row["stage"] == "validation"]
    validation = _mean(of_listed.still(max(0.0, day - (row["fy_selected"] or 0))) for row in under_validation)
    is_measured = code == OBSERVED_CODE
    return Realisation(
        day,
        listing,
        _curve(known, weights, day, _registered),
        of_listed,
        by_programme,
        _cohorts(histories),
        code,
        validation_code,
        (waiting("pipeline") if is_measured else None) or _judged("pipeline"),
        (validation if validation_code == OBSERVED_CODE else None) or _judged("validation"),
        listing.still(0.0).times(_after_listing(of_listed)) if is_measured else _judged("new"),
        waiting("dormant") if is_measured else None,
    )


def _last_news(as_of: date, histories: Sequence[HistoryRow]) -> date:
    """The last day on which the list is known to have been seen: nothing is known of what it left out later."""
    news = [
        on
        for row in histories
        for on in (row["listed_on"], row["registered_on"], row["withdrawn_on"])
        if on is not None
    ]
    return min(as_of, max(news, default=as_of))


def _is_enough(curve: Curve) -> bool:
    return curve.observations >= GROUP_AT_LEAST and curve.events >= EVENTS_AT_LEAST


def _judged(stage: str) -> Chance:
    return Chance(JUDGED[stage], JUDGED_ERROR * JUDGED[stage], 0.0)


def _after_listing(of_listed: Curve) -> Chance:
    """The chance that a project that comes onto the list is registered in the end."""
    return of_listed.still(0.0) if _tells_of_listed(of_listed) else _judged("validation")


def _tells_of_listed(curve: Curve) -> bool:
    """Whether lists were kept at all: before that only what was registered is known to have been listed."""
    return _is_enough(curve) and curve.events < curve.observations


def _mean(chances: Iterable[Chance]) -> Chance | None:
    found = list(chances)
    if not found:
        return None
    return Chance(
        float(np.mean([one.value for one in found])),
        float(np.mean([one.error for one in found])),
        float(len(found)),
    )


def _class_of(row: HistoryRow) -> str:
    return "waiting" if row["stage"] in {"pipeline", "dormant"} else row["stage"]


def _weights(histories: Sequence[HistoryRow]) -> Mapping[str, float]:
    """How many projects of its stage each project with a fiscal year of selection stands for."""
    of_all: dict[str, int] = {}
    with_year: dict[str, int] = {}
    for row in histories:
        of_all[_class_of(row)] = of_all.get(_class_of(row), 0) + 1
        if row["fy_selected"] is not None:
            with_year[_class_of(row)] = with_year.get(_class_of(row), 0) + 1
    return {name: of_all[name] / number for name, number in with_year.items()}


Between = tuple[float, float, int]
"""Ages between which an observation ended, and how."""


def _curve(
    rows: Sequence[HistoryRow],
    weights: Mapping[str, float],
    day: float,
    ended: Callable[[HistoryRow, float], Between],
) -> Curve:
    found = [ended(row, day) for row in rows]
    return incidence_between(
        np.array([first for first, _, _ in found], float),
        np.array([last for _, last, _ in found], float),
        np.array([outcome for _, _, outcome in found], np.int64),
        np.array([weights[_class_of(row)] for row in rows], float),
    )


def _age(row: HistoryRow, on: date) -> float:
    """Years from 1 April of the fiscal year of selection to a day, 0 for a day before."""
    return max(0.0, in_fiscal_years(on) - (row["fy_selected"] or 0))


def _still_open(row: HistoryRow, day: float) -> Between:
    if row["withdrawn_on"] is not None:
        age = _age(row, row["withdrawn_on"])
        return age, age, COMPETING
    age = max(0.0, day - (row["fy_selected"] or 0))
    return age, age, CENSORED


def _listed(row: HistoryRow, day: float) -> Between:
    if row["registered_on"] is not None:
        age = _age(row, row["registered_on"])
        return age, age, EVENT
    if row["listed_on"] is not None:
        return 0.0, _age(row, row["listed_on"]), EVENT
    return _still_open(row, day)


def _registered(row: HistoryRow, day: float) -> Between:
    if row["registered_on"] is not None:
        age = _age(row, row["registered_on"])
        return age, age, EVENT
    return _still_open(row, day)


def _cohorts(histories: Sequence[HistoryRow]) -> list[Cohort]:
    years = sorted({row["fy_selected"] for row in histories if row["fy_selected"] is not None})
    return [
        _cohort(year, [row for row in histories if row["fy_selected"] == year]) for year in (*years, None)
    ]


def _cohort(year: int | None, rows: Sequence[HistoryRow]) -> Cohort:
    return Cohort(
        year,
        len(rows),
        sum(row["listed_on"] is not None for row in rows),
        sum(row["registered_on"] is not None for row in rows),
        sum(row["first_decided_on"] is not None for row in rows),
        sum(row["withdrawn_on"] is not None for row in rows),
        sum(row["stage"] == "dormant" for row in rows),
    )
