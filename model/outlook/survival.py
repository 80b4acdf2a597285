"""Curves of what happens by which age, with what has not happened yet censored (Aalen and Johansen 1978).

An observation ends with the event, with a competing event, or censored: nothing had happened by its last day. Without
competing events the curve is one minus that of Kaplan and Meier (1958). Where the event is known only to lie between
two ages, its weight is spread over the ages at which it may lie, as the curve itself has it (Turnbull 1976).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

CENSORED, EVENT, COMPETING = 0, 1, 2
ROUNDS_AT_MOST = 200
SETTLED = 1e-9
PRIOR_HALVES = 0.5
"""Observations with and without the event that each chance is drawn towards (Jeffreys), so that few never mean none."""


@dataclass(frozen=True)
class Chance:
    """A probability and its standard error; `at_risk` observations stand behind it."""

    value: float
    error: float
    at_risk: float

    def times(self, other: "Chance") -> "Chance":
        """The chance that both happen, the second after the first."""
        value = self.value * other.value
        relative = np.hypot(self.error / self.value, other.error / other.value)
        return Chance(value, float(value * relative), min(self.at_risk, other.at_risk))


@dataclass(frozen=True)
class Curve:
    """Cumulative incidence by age, in steps.

    - ages: years, ascending, at which something happened; the arrays have one entry for each.
    - at_risk: weight of what was still open just before the age; effective: as so many equal observations.
    - reached, left: part with the event, and with a competing event, up to and with the age.
    - observations, events: numbers behind the curve, unweighted.
    - ends, weights, units: age, weight and number of each observation, or of each part of one that is spread.
    """

    ages: Floats
    at_risk: Floats
    effective: Floats
    reached: Floats
    left: Floats
    observations: int
    events: int
    ends: Floats
    weights: Floats
    units: Floats

    @property
    def free(self) -> Floats:
        """Part to which nothing happened up to and with each age."""
        return np.asarray(1 - self.reached - self.left)

    @property
    def finally_reached(self) -> float:
        """Part with the event by the largest age observed."""
        return float(self.reached[-1]) if len(self.ages) else 0.0

    def by(self, age: float) -> float:
        """Part with the event up to and with an age."""
        place = int(np.searchsorted(self.ages, age, side="right"))
        return float(self.reached[place - 1]) if place else 0.0

    def open_at(self, age: float) -> int:
        """Observations, unweighted, that were still open after an age."""
        return round(float(self.units[self.ends > age].sum()))

    def age_of(self, part: float) -> float | None:
        """The age by which a part has the event; None where the curve does not rise so far."""
        place = int(np.searchsorted(self.reached, part))
        return float(self.ages[place]) if place < len(self.ages) else None

    def still(self, age: float) -> Chance:
        """The chance that the event comes after an age to which nothing had happened, as far as ages are observed.

        The error is Greenwood's, and never below that of as many observations at risk. Past the last event the chance is
        small, not none.
        """
        place = int(np.searchsorted(self.ages, age, side="right"))
        free = float(self.free[place - 1]) if place else 1.0
        came = self.finally_reached - self.by(age)
        plain = came / free if free > SETTLED else 0.0
        # Past the last event the chance is judged by all that outlived it, so that it does not rise as they grow few.
        since = age if place < len(self.ages) else float(self.ages[-1]) if place else 0.0
        later = self.ends > since
        number = _effective(self.weights[later], self.units[later])
        value = (number * plain + PRIOR_HALVES) / (number + 2 * PRIOR_HALVES)
        least = value * (1 - value) / (number + 2)
        before = np.concatenate([[1.0], self.free[:-1]])[place:]
        hazards = np.clip(1 - self.free[place:] / np.maximum(before, SETTLED), 0.0, 1 - SETTLED)
        greenwood = float((hazards / (np.maximum(self.effective[place:], 1.0) * (1 - hazards))).sum())
        error = np.sqrt(max(least, (1 - value) ** 2 * min(greenwood, 1.0)))
        return Chance(float(value), float(error), number)


def incidence(ages: Floats, outcomes: Whole, weights: Floats | None = None) -> Curve:
    """The curve of observations that ended at `ages` with the outcomes CENSORED, EVENT or COMPETING.

    At equal ages events come before what is censored. Raises ValueError for ages below 0 or arrays of unequal length.
    """
    given = np.ones(len(ages)) if weights is None else weights
    if not len(ages) == len(outcomes) == len(given) or (ages < 0).any():
        message = f"{len(ages)} ages, {len(outcomes)} outcomes and {len(given)} weights, none below 0"
        raise ValueError(message)
    return _curve(ages, outcomes, given, np.ones(len(ages)))


def incidence_between(firsts: Floats, lasts: Floats, outcomes: Whole, weights: Floats | None = None) -> Curve:
    """The same where an event lies after `firsts` and not after `lasts`; equal ends are an age known exactly.

    Other outcomes end at `lasts`. Raises ValueError as `incidence` does, and for firsts after lasts.
    """
    given = np.ones(len(lasts)) if weights is None else weights
    if (firsts > lasts).any():
        message = "an interval ends before it begins"
        raise ValueError(message)
    unsure = np.flatnonzero((outcomes == EVENT) & (firsts < lasts))
    exact = np.setdiff1d(np.arange(len(lasts)), unsure)
    known = np.unique(lasts[exact][outcomes[exact] == EVENT])
    # Where no exact age lies inside an interval, the latest it may be stands for it.
    places = [known[(known > firsts[i]) & (known <= lasts[i])] for i in unsure]
    places = [some if len(some) else lasts[i : i + 1] for some, i in zip(places, unsure, strict=True)]
    parts = [np.full(len(some), 1 / len(some)) for some in places]

    def made() -> Curve:
        return _curve(
            np.concatenate([lasts[exact], *places]),
            np.concatenate([outcomes[exact], *(np.full(len(some), EVENT) for some in places)]),
            np.concatenate([given[exact], *(given[i] * part for i, part in zip(unsure, parts, strict=True))]),
            np.concatenate([np.ones(len(exact)), *parts]),
        )

    curve = made()
    for _ in range(ROUNDS_AT_MOST if len(unsure) else 0):
        before = curve.reached
        steps = np.diff(curve.reached, prepend=0.0)
        for one, some in enumerate(places):
            density = np.maximum(steps[np.searchsorted(curve.ages, some)], SETTLED)
            parts[one] = density / density.sum()
        curve = made()
        if np.abs(curve.reached - before).max() < SETTLED:
            break
    return curve


def _curve(ages: Floats, outcomes: Whole, weights: Floats, units: Floats) -> Curve:
    times = np.unique(ages[outcomes != CENSORED])
    at_risk, effective, came, lost = (np.zeros(len(times)) for _ in range(4))
    for place, time in enumerate(times):
        is_open = ages >= time
        at_risk[place] = weights[is_open].sum()
        effective[place] = _effective(weights[is_open], units[is_open])
        here = ages == time
        came[place] = weights[here & (outcomes == EVENT)].sum()
        lost[place] = weights[here & (outcomes == COMPETING)].sum()
    weighty = np.maximum(at_risk, SETTLED)
    free = np.cumprod(np.clip(1 - (came + lost) / weighty, 0.0, 1.0))
    before = np.concatenate([[1.0], free[:-1]])
    return Curve(
        times,
        at_risk,
        effective,
        np.cumsum(before * came / weighty),
        np.cumsum(before * lost / weighty),
        round(float(units.sum())),
        round(float(units[outcomes == EVENT].sum())),
        ages,
        weights,
        units,
    )


def _effective(weights: Floats, units: Floats) -> float:
    """As many equal observations as weigh as much (Kish 1965); parts of one observation count as one."""
    squares = float((weights**2 / np.maximum(units, SETTLED)).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0
