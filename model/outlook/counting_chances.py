"""Random waits and shares of each project and event, from the fits of `steps_to_counting` and the levers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log
from statistics import NormalDist
from typing import Final

import numpy as np

from model.fiscal_year import DAYS_A_YEAR
from model.outlook.counting import COMPANIES, PLACES, Chances, Shares, Whole
from model.outlook.portfolio import Floats
from model.outlook.scenario import Scenario
from model.outlook.steps_to_counting import StepRow, Steps

WEEKS_A_YEAR: Final = DAYS_A_YEAR / 7
_WAITS: Final = ("monitoring", "decision", "issue", "transfer", "cancellation")
_SHARES: Final = ("monitored", "japan", "government", "transferred", "cancelled")
_DENSE: Final = 4_096
_NORMAL: Final = np.array([NormalDist().inv_cdf((k + 0.5) / _DENSE) for k in range(_DENSE)])
"""The standard normal law at even probabilities."""
_PURPOSE: Final = 7
"""Keeps these random numbers apart from those of the outlook's own draws of the same seed and block."""


@dataclass
class Lots:
    """Random numbers of one block. `as_of_year` is the as-of day in fiscal years; `address` is seed and number of the block.

    Numbers are drawn whether used or not, so that levers are compared on equal chances.
    """

    steps: Steps
    scenario: Scenario
    as_of_year: float
    address: tuple[int, ...]
    draws: int
    _middles: dict[str, Floats] = field(default_factory=dict)
    _shares: dict[tuple[str, str], Floats] = field(default_factory=dict)

    def of_project(
        self,
        address: tuple[int, ...],
        iso3: str,
        columns: Whole,
        *,
        selected: float | None,
        has_asked: bool = False,
    ) -> tuple[Whole, Chances]:
        """Those of some draws in which the project asks for issuance, and its waits in them.

        `selected`: when, for a project that is not registered yet; None for one that is.
        """
        rng = self._generator(*address)
        asked, registered = rng.random((2, self.draws), np.float32)
        own = rng.standard_normal((len(_WAITS), self.draws), np.float32)
        if not has_asked:
            columns = columns[asked[columns] < self._share("monitored", iso3)[columns]]
        own = own.take(columns, axis=1)
        own *= np.array([[getattr(self.steps, name).spread] for name in _WAITS], np.float32)
        np.exp(own, out=own)
        own *= self._middles_of(iso3).take(columns, axis=1)
        length, waits = own[0], own[1:]
        saved = self.scenario.stated("weeks_saved") / WEEKS_A_YEAR
        if saved:
            waits = np.maximum(waits - np.float32(saved), np.float32(0.0))
        if (stated := self.scenario["monitoring_years"]) is not None:
            length = np.full(len(columns), stated)
        ready = np.full(len(columns), self.as_of_year)
        if selected is not None:
            np.maximum(ready, self._registered(selected, iso3, registered[columns]), out=ready)
        return columns, Chances(length, waits, ready)

    def shares_of(self, iso3: str) -> Shares:
        """Shares of a country."""
        return Shares(
            self._share("japan", iso3),
            self._share("transferred", iso3),
            self._share("cancelled", iso3),
            1.0 - self._share("government", iso3),
        )

    def of_event(
        self, address: tuple[int, ...], event: StepRow, deadline: float, held_on: Sequence[float] = ()
    ) -> Floats:
        """Part of an event on each level [PLACES + days, draws]: what is done, and what its open steps leave in time.

        A wait that runs on the as-of day starts anew: how far it has come is not known.
        """
        _, chances = self.of_project(
            address, event["iso3"], np.arange(self.draws), selected=None, has_asked=True
        )
        shares = self.shares_of(event["iso3"])
        _, to_issue, transfer, cancellation = chances.waits
        total = event["tco2_low"] or 0
        low, high = event["japan_low_tco2"], event["japan_high_tco2"]
        japan, companies = shares.japan, shares.companies
        if total and low is not None and high is not None and high - low < total:
            japan = np.full(self.draws, min(low / total, 1.0))
            if low and event["japan_government_tco2"] is not None:
                companies = np.full(self.draws, max(low - event["japan_government_tco2"], 0) / low)
        done = min((event["transferred_tco2"] or 0) / total, 1.0) if total else 0.0
        japan = np.maximum(japan, done)
        is_issued = event["issued_on"] is not None or event["first_transferred_on"] is not None
        issue = np.zeros(1) if is_issued else to_issue
        rest = (japan - done) * shares.transferred
        left = deadline - self.as_of_year
        parts = np.ones((PLACES + len(held_on), self.draws))
        parts[3] = issue <= left
        parts[4] = parts[3] * japan
        parts[5] = done + rest * (issue + transfer <= left)
        in_time = issue + transfer + cancellation <= left
        parts[6] = (done * (cancellation <= left) + rest * in_time) * shares.cancelled
        parts[COMPANIES] = parts[4] * companies
        for k, day in enumerate(held_on, PLACES):
            parts[k] = (issue <= day - self.as_of_year) * japan * companies
        return parts

    @cached_property
    def common(self) -> Mapping[str, Floats]:
        """Standard normal numbers of each step, one a draw, that all projects of the draw share."""
        names = (*_WAITS, *_SHARES)
        return dict(zip(names, self._generator(0).standard_normal((len(names), self.draws)), strict=True))

    def _middles_of(self, iso3: str) -> Floats:
        """Median of each wait of a country in each draw [waits, draws], years."""
        found = self._middles.get(iso3)
        if found is None:
            waits = [(name, getattr(self.steps, name)) for name in _WAITS]
            found = np.array(
                [wait.of(iso3) * np.exp(wait.common_spread * self.common[name]) for name, wait in waits],
                np.float32,
            )
            self._middles[iso3] = found
        return found

    def _share(self, name: str, iso3: str) -> Floats:
        """A share of the country in each draw, or the one that is set."""
        found = self._shares.get((name, iso3))
        if found is None:
            stated = self.scenario.values.get(f"{name}_share")
            share = getattr(self.steps, name)
            found = (
                np.clip(share.of(iso3) + share.spread * self.common[name], 0.0, 1.0)
                if stated is None
                else np.full(self.draws, stated)
            )
            self._shares[(name, iso3)] = found
        return found

    def _registered(self, selected: float, iso3: str, chance: Floats) -> Floats:
        """Day of registration of a project that is known not to be registered yet: its wait is longer than so far."""
        wait = self.steps.registration
        middle = log(wait.of(iso3))
        gone = self.as_of_year - selected
        before = NormalDist(middle, wait.spread).cdf(log(gone)) if gone > 0 and wait.spread else 0.0
        at = np.minimum(((before + (1 - before) * chance) * _DENSE).astype(np.intp), _DENSE - 1)
        return np.asarray(selected + np.exp(middle + wait.spread * _NORMAL[at]))

    def _generator(self, *address: int) -> np.random.Generator:
        return np.random.Generator(
            np.random.PCG64(np.random.SeedSequence([*self.address, _PURPOSE, *address]))
        )
