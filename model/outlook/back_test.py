"""The back-test: what the model would have said on past days, against what was published later.

Each later fact is foretold once, from the last past day before it was known, with the portfolio and the fits of that
day. Three kinds are held apart: tonnes verified for a monitoring period, projects registered by a later day, and what
officials then expected. Of intervals of eight in ten about 80 % should hold; with few trials the share is itself
unsure, so its binomial interval (Wilson 1927) stands beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from model.outlook.evidence import Evidence
from model.outlook.new_projects import Shared, chances_of
from model.outlook.portfolio import Floats, Portfolio, VerifiedRow, in_fiscal_years
from model.outlook.realisation import HistoryRow
from model.outlook.results import Interval, interval
from model.outlook.scenario import Scenario
from model.outlook.simulation import delivered_amount
from model.outlook.streams import generator
from model.outlook.survival import Chance, Curve

TONNES, REGISTERED, OFFICIAL = "tonnes", "registered", "official"
KINDS = (TONNES, REGISTERED, OFFICIAL)
SHOULD_HOLD = 0.8
_SURE = 1.959964
"""Standard normal quantile of a 95 % interval."""
_DAY = 1 / 365


@dataclass(frozen=True)
class Trial:
    """One later fact and what was foretold of it: tCO2, or a number of projects."""

    kind: str
    from_day: date
    known_on: date
    about: str
    foretold: Interval
    found: float

    @property
    def held(self) -> bool:
        """Whether the fact lies between P10 and P90."""
        return self.foretold.holds(self.found)


@dataclass(frozen=True)
class Coverage:
    """Intervals that held of those tried, and between which shares the true one lies (95 %)."""

    held: int
    tried: int
    low: float
    high: float

    @property
    def is_poor(self) -> bool:
        """Whether even the favourable end is below what intervals of eight in ten should hold."""
        return self.tried > 0 and self.high < SHOULD_HOLD

    @property
    def says_little(self) -> bool:
        """Whether there are so few trials that a poor model could not be told from a good one."""
        return self.high - self.low > 0.5


def coverage(trials: Sequence[Trial]) -> Coverage:
    """Wilson's interval; from 0 to 1 where nothing was tried."""
    n, held = len(trials), sum(one.held for one in trials)
    if not n:
        return Coverage(0, 0, 0.0, 1.0)
    share, square = held / n, _SURE**2
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = _SURE / (1 + square / n) * np.sqrt(share * (1 - share) / n + square / (4 * n * n))
    return Coverage(held, n, float(max(0.0, middle - half)), float(min(1.0, middle + half)))


def tonnes_trial(
    portfolio: Portfolio,
    evidence: Evidence,
    scenario: Scenario,
    event: VerifiedRow,
    *,
    known_on: date,
    draws: int,
) -> Trial | None:
    """The tonnes of a later event, foretold for its period; None where the project had no estimate on the day.

    That the project would be verified for the period is given: delivery is tested, not the time of verification.
    """
    places = {row["project_id"]: i for i, row in enumerate(portfolio.rows)}
    i = places.get(event["project_id"] or "")
    first, last = event["period_start_on"], event["period_end_on"]
    if i is None or first is None or last is None or not np.isfinite(portfolio.annual[i]):
        return None
    rng = generator(portfolio.as_of.toordinal(), i)
    spread = scenario.value("delivery_common_spread", evidence.delivery.common_spread)
    shared = Shared(np.exp(spread * rng.standard_normal(draws) - spread**2 / 2), rng.standard_normal(draws))
    years = in_fiscal_years(last) + _DAY - in_fiscal_years(first)
    amounts = delivered_amount(
        (portfolio, evidence, scenario), i, portfolio.annual[i : i + 1], shared, rng.standard_normal(draws)
    )
    return Trial(
        TONNES,
        portfolio.as_of,
        known_on,
        event["issuance_id"],
        interval(amounts * years),
        float(event["tco2_low"]),
    )


def registered_trial(
    evidence: Evidence, histories: Sequence[HistoryRow], days: tuple[date, date], found: int, *, draws: int
) -> Trial:
    """The number of projects registered by the later of two days: those of the first, and each other by its age."""
    as_of, later = days
    rng = generator(as_of.toordinal(), later.toordinal())
    curve, now, then = evidence.realisation.registration, in_fiscal_years(as_of), in_fiscal_years(later)
    shared = Shared(np.ones(draws), rng.standard_normal(draws))
    waiting = [row for row in histories if row["registered_on"] is None and row["withdrawn_on"] is None]
    known = [
        _between(curve, max(0.0, now - row["fy_selected"]), max(0.0, then - row["fy_selected"]))
        for row in waiting
        if row["fy_selected"] is not None
    ]
    number = np.full(draws, sum(row["registered_on"] is not None for row in histories), float)
    average = Chance(
        float(np.mean([one.value for one in known])) if known else 0.05,
        float(np.mean([one.error for one in known])) if known else 0.05,
        float(len(known)),
    )
    for chance in [*known, *([average] * (len(waiting) - len(known)))]:
        number += rng.random(draws) < chances_of(chance, None, shared)
    number += _of_new(evidence, (now, then), rng, draws)
    return Trial(REGISTERED, as_of, later, later.isoformat(), interval(number), float(found))


def _between(curve: Curve, age: float, later: float) -> Chance:
    """The chance of the event between two ages, of what had none by the first."""
    chance = curve.still(age)
    came = curve.finally_reached - curve.by(age)
    part = (curve.by(later) - curve.by(age)) / came if came > 0 else 1.0
    value = max(chance.value * part, 0.002)
    return Chance(value, min(chance.error * max(part, 0.1), value), chance.at_risk)


def _of_new(evidence: Evidence, days: tuple[float, float], rng: np.random.Generator, draws: int) -> Floats:
    """Registered of what is selected between both days, where years differ as observed."""
    intake, curve, (now, then) = evidence.intake, evidence.realisation.registration, days
    shape = 1 / max(intake.spread, 0.05) ** 2
    number = np.zeros(draws)
    for year in range(int(now), int(then) + 1):
        part = min(year + 1.0, then) - max(float(year), now)
        mean = (intake.government_per_year + intake.private_per_year) * part * curve.by(then - year)
        number += rng.poisson(mean * rng.gamma(shape, 1 / shape, draws))
    return number
