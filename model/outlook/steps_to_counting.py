"""How long each step from monitoring to cancellation takes, and which share passes it, on the day of the portfolio.

Waits are lognormal. A country with three observations or more has a middle of its own, drawn towards the whole; the
whole is drawn towards a stated prior. Every fit keeps its observations, so that a reader sees how thin they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, hypot, log, sqrt
from typing import Final, TypedDict

from model.fiscal_year import DAYS_A_YEAR
from model.ledger.rules import FIRST_VINTAGE
from model.outlook.portfolio import ProjectRow, in_fiscal_years

OF_A_COUNTRY: Final = 3
"""Observations from which a country has a middle of its own."""
PRIOR_WEIGHT: Final = 3
GROUP_WEIGHT: Final = 5
"""Observations that the whole counts as against those of a country."""
SHORTEST_YEARS: Final = 1 / DAYS_A_YEAR
"""Waits of no day count as one: a lognormal wait is never 0."""
SMALLEST_TCO2: Final = 10
"""Of an event below it the share is decided by rounding."""
YEARS_TO_ASK: Final = 5.0
"""Projects registered longer ago than this have had the time to ask for their first issuance."""


class StepRow(TypedDict):
    """One row of the query `outlook_steps`: an issuance event, as known on the day. Days and amounts may be null."""

    issuance_id: str
    project_id: str | None
    project_ids: str | None
    iso3: str
    sector_number: int
    period_start_on: date | None
    period_end_on: date | None
    decided_on: date | None
    issued_on: date | None
    first_transferred_on: date | None
    amount_basis: str
    tco2_low: int | None
    tco2_high: int | None
    japan_low_tco2: int | None
    japan_high_tco2: int | None
    japan_government_tco2: int | None
    transferred_tco2: int | None


@dataclass(frozen=True)
class Prior:
    """What is taken where nothing is observed: code of the assumption, its middle, and how much single cases differ."""

    code: str
    middle: float
    spread: float


PRIORS: Final[Mapping[str, tuple[str, float]]] = {
    "monitoring": ("STEP-MONITORING", 0.6),
    "decision": ("STEP-DECISION", 0.8),
    "issue": ("STEP-ISSUE", 1.0),
    "transfer": ("STEP-TRANSFER", 1.0),
    "cancellation": ("STEP-CANCEL-WAIT", 0.7),
    "registration": ("STEP-REGISTRATION", 0.5),
    "monitored": ("STEP-MONITORED", 0.3),
    "japan": ("STEP-JAPAN", 0.15),
    "government": ("STEP-GOVERNMENT", 0.15),
    "transferred": ("STEP-TRANSFERRED", 0.15),
    "cancelled": ("STEP-CANCEL-SHARE", 0.15),
}
"""By step: the assumption that holds its middle, and the spread between cases (of waits on the log scale)."""


def priors_of(assumptions: Mapping[str, float]) -> Mapping[str, Prior]:
    """The priors from the values of the assumptions, by code. Raises KeyError for one that is not there."""
    return {name: Prior(code, assumptions[code], spread) for name, (code, spread) in PRIORS.items()}


@dataclass(frozen=True)
class Wait:
    """A lognormal wait in years. `middle` is the median of all, `of_country` that of countries with enough cases.

    spread: log standard deviation between cases; common_spread: of the middle itself. `observed`: country and years.
    """

    middle: float
    spread: float
    common_spread: float
    of_country: Mapping[str, float]
    observed: Sequence[tuple[str, float]]
    prior: Prior

    def of(self, iso3: str) -> float:
        """The median of a country, that of all where it has too few cases."""
        return self.of_country.get(iso3, self.middle)


@dataclass(frozen=True)
class Share:
    """A share from 0 to 1; `spread` is the standard deviation of the share itself. `observed`: country and share."""

    middle: float
    spread: float
    of_country: Mapping[str, float]
    observed: Sequence[tuple[str, float]]
    prior: Prior

    def of(self, iso3: str) -> float:
        """The share of a country, that of all where it has too few cases."""
        return self.of_country.get(iso3, self.middle)


@dataclass(frozen=True)
class Steps:
    """All steps. Waits in years, in their order; then shares. `monitoring` is the length of a monitoring period.

    - decision from the end of the period, issue from the decision, transfer from the issue, cancellation from the
      first transfer, registration from 1 April of the fiscal year of selection.
    - monitored: of projects that ask for issuance at all; japan: of what is issued; government: of the Japanese side;
      transferred: of the Japanese side; cancelled: of what is transferred.
    """

    monitoring: Wait
    decision: Wait
    issue: Wait
    transfer: Wait
    cancellation: Wait
    registration: Wait
    monitored: Share
    japan: Share
    government: Share
    transferred: Share
    cancelled: Share

    @property
    def observed(self) -> Mapping[str, float]:
        """What “as observed” means at the moment, by parameter; shares and waits of all countries."""
        return {"monitoring_years": self.monitoring.middle} | {
            f"{name}_share": getattr(self, name).middle
            for name in ("monitored", "japan", "transferred", "cancelled")
        }

    @property
    def observations(self) -> Mapping[str, int]:
        """Number of observations behind each step; 0: its prior alone."""
        return {name: len(getattr(self, name).observed) for name in PRIORS}


def steps_of(
    as_of: date, rows: Iterable[StepRow], projects: Iterable[ProjectRow], priors: Mapping[str, Prior]
) -> Steps:
    """Fits all steps on the events and projects known on a day; none known leaves the priors."""
    events, known = list(rows), list(projects)
    return Steps(
        monitoring=_wait(
            priors["monitoring"], _years(events, "period_start_on", "period_end_on", add_days=1)
        ),
        decision=_wait(priors["decision"], _years(events, "period_end_on", "decided_on")),
        issue=_wait(priors["issue"], _years(events, "decided_on", "issued_on")),
        transfer=_wait(priors["transfer"], _years(events, "issued_on", "first_transferred_on")),
        cancellation=_wait(priors["cancellation"], []),
        registration=_wait(priors["registration"], _to_registration(known)),
        monitored=_share(priors["monitored"], _asked(as_of, events, known)),
        japan=_share(priors["japan"], _to_japan(events), _left_open(events)),
        government=_share(priors["government"], _to_government(events)),
        transferred=_share(priors["transferred"], _transferred(events)),
        cancelled=_share(priors["cancelled"], []),
    )


def _years(rows: Iterable[StepRow], first: str, last: str, *, add_days: int = 0) -> list[tuple[str, float]]:
    """Country and years from one day of an event to another, where both are known."""
    found = []
    for row in rows:
        begins, ends = row[first], row[last]  # type: ignore[literal-required]
        if begins is not None and ends is not None:
            found.append((row["iso3"], (ends - begins).days + add_days))
    # A day known only to the month is taken as its last, so the wait after it may seem to be below 0.
    return [(iso3, max(days, 1) / DAYS_A_YEAR) for iso3, days in found]


def _to_registration(projects: Iterable[ProjectRow]) -> list[tuple[str, float]]:
    return [
        (row["iso3"], max(in_fiscal_years(row["registered_on"]) - row["fy_selected"], SHORTEST_YEARS))
        for row in projects
        if row["registered_on"] is not None and row["fy_selected"] is not None
    ]


def _asked(as_of: date, rows: Iterable[StepRow], projects: Iterable[ProjectRow]) -> list[tuple[str, float]]:
    """1 for a project with an issuance event, 0 for none, of those registered long enough ago."""
    asked = {name for row in rows for name in (row["project_ids"] or "").split(";")}
    return [
        (row["iso3"], float(row["project_id"] in asked))
        for row in projects
        if row["registered_on"] is not None
        and (as_of - row["registered_on"]).days > YEARS_TO_ASK * DAYS_A_YEAR
    ]


def _shares_of_japan(rows: Iterable[StepRow]) -> list[tuple[str, float, float]]:
    """Country, least and most share of the Japanese side, of exact amounts.

    An amount known only by the Japanese part says nothing of the share, nor does a part from nothing to all.
    """
    found = []
    for row in rows:
        total, low, high = row["tco2_low"], row["japan_low_tco2"], row["japan_high_tco2"]
        if row["amount_basis"] != "exact" or total is None or low is None or high is None:
            continue
        if total >= SMALLEST_TCO2 and high - low < total:
            found.append((row["iso3"], low / total, high / total))
    return found


def _to_japan(rows: Iterable[StepRow]) -> list[tuple[str, float]]:
    """Middle between the least and the most: where the government's part alone is known, companies may have more."""
    return [(iso3, (low + high) / 2) for iso3, low, high in _shares_of_japan(rows)]


def _left_open(rows: Iterable[StepRow]) -> float:
    """How far the share of the Japanese side is open in the mean (standard deviation of an even law)."""
    widths = [high - low for _, low, high in _shares_of_japan(rows)]
    return sum(widths) / len(widths) / sqrt(12) if widths else 0.0


def _to_government(rows: Iterable[StepRow]) -> list[tuple[str, float]]:
    """Part of the Japanese side that is the government's, of events that state both."""
    return [
        (row["iso3"], row["japan_government_tco2"] / low)
        for row in rows
        if row["japan_government_tco2"] is not None
        and row["amount_basis"] == "exact"
        and (low := row["japan_low_tco2"]) is not None
        and low == row["japan_high_tco2"]
        and low >= SMALLEST_TCO2
    ]


def _transferred(rows: Sequence[StepRow]) -> list[tuple[str, float]]:
    """Part of the Japanese side first transferred, of events issued since first transfers take place.

    Only reductions that may be used towards the NDC are transferred, so that events of earlier ones say nothing.
    """
    begun = min((row["first_transferred_on"] for row in rows if row["first_transferred_on"]), default=None)
    return [
        (row["iso3"], min((row["transferred_tco2"] or 0) / low, 1.0))
        for row in rows
        if begun is not None
        and row["issued_on"] is not None
        and row["issued_on"] >= begun
        and (row["period_end_on"] is None or row["period_end_on"].year >= FIRST_VINTAGE)
        and (low := row["japan_low_tco2"])
    ]


def _wait(prior: Prior, observed: Sequence[tuple[str, float]]) -> Wait:
    logs = [log(years) for _, years in observed]
    n = len(logs) + PRIOR_WEIGHT
    middle = (sum(logs) + PRIOR_WEIGHT * log(prior.middle)) / n
    squares = sum((one - middle) ** 2 for one in logs) + PRIOR_WEIGHT * prior.spread**2
    spread = sqrt(squares / n)
    own = _of_countries([(iso3, log(years)) for iso3, years in observed], middle)
    return Wait(
        exp(middle),
        spread,
        spread / sqrt(n),
        {iso3: exp(one) for iso3, one in own.items()},
        tuple(observed),
        prior,
    )


def _share(prior: Prior, observed: Sequence[tuple[str, float]], left_open: float = 0.0) -> Share:
    """A share; what each observation leaves open is the same for all, so that more of them do not lessen it."""
    shares = [share for _, share in observed]
    n = len(shares) + PRIOR_WEIGHT
    middle = (sum(shares) + PRIOR_WEIGHT * prior.middle) / n
    squares = sum((one - middle) ** 2 for one in shares) + PRIOR_WEIGHT * prior.spread**2
    spread = hypot(sqrt(squares) / n, left_open)
    return Share(middle, spread, _of_countries(observed, middle), tuple(observed), prior)


def _of_countries(observed: Sequence[tuple[str, float]], middle: float) -> dict[str, float]:
    by_country: dict[str, list[float]] = {}
    for iso3, value in observed:
        by_country.setdefault(iso3, []).append(value)
    return {
        iso3: (sum(own) + GROUP_WEIGHT * middle) / (len(own) + GROUP_WEIGHT)
        for iso3, own in sorted(by_country.items())
        if len(own) >= OF_A_COUNTRY
    }
