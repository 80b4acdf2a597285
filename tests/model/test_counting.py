"""Counting by a deadline: a project by hand, a plain loop, what nests and adds up, and what never lowers a result."""

import pathlib
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.ladder import EXPECTED_RUNGS
from model.outlook.counted import Counted, counted_of
from model.outlook.counted_report import ALL, counted_report_of, supply_of
from model.outlook.counting import (
    COMPANIES,
    LEVELS,
    LOSSES,
    PLACES,
    Chances,
    Path,
    Realised,
    Shares,
    Sums,
    through_steps,
)
from model.outlook.counting_chances import Lots
from model.outlook.counting_terms import Terms
from model.outlook.portfolio import Floats
from model.outlook.report import Known
from model.outlook.scenario import Scenario
from queries.outlook import known_on, shipped_scenarios
from queries.warehouse import current
from tests.model.certain import certain_scenario, default_scenario
from tests.model.test_steps_to_counting import TERMS, event
from tests.model.test_steps_to_counting import steps as steps_of_events

TODAY = 2026.66


def chances(length: Any, waits: Any, *, ready: Any = TODAY) -> Chances:
    length = np.atleast_1d(np.asarray(length, float))
    draws = len(length)
    return Chances(
        length,
        np.broadcast_to(np.asarray(waits, float).reshape(4, -1), (4, draws)),
        np.broadcast_to(np.asarray(ready, float), draws),
    )


def shares(japan: Any = 1.0, transferred: Any = 1.0, cancelled: Any = 1.0, companies: Any = 0.2) -> Shares:
    return Shares(*(np.asarray(one, float) for one in (japan, transferred, cancelled, companies)))


def sums_of(project: Realised, chance: Chances, share: Shares, terms: Terms = TERMS) -> Sums:
    path, edges, columns = Path(project), terms.edges, np.arange(project.tonnes.shape[1])
    sums, curve = Sums(share, len(edges), len(columns)), path.at_edges(edges)
    steps = through_steps(path, columns, chance, curve=curve, edges=edges, deadline=terms.deadline)
    sums.add(curve - curve[0], columns, steps)
    return sums


def tally(project: Realised, chance: Chances, share: Shares, terms: Terms = TERMS) -> Floats:
    return sums_of(project, chance, share, terms).levels()


def test_a_project_from_its_document_to_the_counted_tonne() -> None:
    """1,200 t a year from 1 April 2024, monitored every two years, of which 80 % come to Japan and 90 % are cancelled.

    Realised to 31 December 2030: six fiscal years and 275 of 365 days of the seventh, 7,200 + 904 t.
    Periods end in April 2026, 2028 and 2030 and, by the border, with 2030. To be cancelled by 31 March 2032 a period
    must end two years before (waits of 1 + 1/4 + 1/4 + 1/2): that of April 2030 does, the rest of 2030 does not.
    The decision on that rest falls on 1 January 2032, in time; its issue after a quarter does not.
    """
    project = Realised(2024, np.array([[1_200.0]] * 7))
    found = sums_of(
        project,
        chances(2.0, [1.0, 0.25, 0.25, 0.5]),
        shares(japan=0.8, cancelled=0.9),
        replace(TERMS, deadline_on=date(2032, 3, 31)),
    )
    levels = found.levels()[:, 0].tolist()
    assert dict(zip(LEVELS, levels, strict=False)) == {
        "realised": 8_104,
        "monitored": 8_104,
        "decided": 8_104,
        "issued": 7_200,
        "japan": 5_760,
        "transferred": 5_760,
        "cancelled": 5_184,
    }
    assert levels[COMPANIES] == 1_152
    # January 2024 to March lie before the start: of vintage 2024 there are 275 days.
    # Fiscal year 2027 has 366 days, so that a day of it has fewer tonnes.
    vintages = np.rint(np.diff(found.vintages[0])).tolist()
    assert vintages == [0, 0, 0, 904, 1_200, 1_200, 1_198, 1_202, 1_200, 1_200]


def test_an_event_on_record_goes_only_through_its_open_steps() -> None:
    """2,017 t decided and issued, 1,009 of them transferred: all that is left is half a year to their cancellation."""
    scenario = default_scenario().changed(cancelled_share=1, transferred_share=1)
    lots = Lots(steps_of_events(), scenario, TODAY, (1, 0), 400)
    parts = lots.of_event((3, 0), event(), TERMS.deadline)
    assert np.rint(parts[:6, 0] * 2_017).tolist() == [2_017] * 4 + [1_009] * 2
    assert (np.rint(parts[6] * 2_017) == 1_009).mean() > 0.95
    late = lots.of_event((3, 0), event(), TODAY + 0.001)
    assert (late[6] == 0).mean() > 0.95
    assert (late[5] == parts[5]).all()


def test_a_period_across_the_end_of_2020_is_split_by_days_and_earlier_vintages_are_nothing() -> None:
    # Fiscal year 2020 has 90 of its 365 days in 2021.
    project = Realised(2019, np.array([[365.0]] * 2))
    found = sums_of(project, chances(1.0, [0, 0, 0, 0]), shares())
    assert found.levels()[0, 0] == 90
    assert np.rint(np.diff(found.vintages[0])).tolist() == [90, *[0] * 9]
    early = replace(TERMS, begins_on=date(2013, 1, 1))
    assert tally(project, chances(1.0, [0, 0, 0, 0]), shares(), early)[0, 0] == 90
    assert not tally(Realised(2018, np.ones((2, 3)) * 500), chances([1.0] * 3, [0] * 4), shares()).any()


numbers = st.floats(0, 1, width=32)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Realised, Chances, Shares]:
    n = 3
    rows = draw(
        st.lists(
            st.lists(st.one_of(st.just(0), st.integers(0, 200_000)), min_size=n, max_size=n),
            min_size=11,
            max_size=11,
        )
    )
    length = draw(st.lists(st.floats(0.25, 6), min_size=n, max_size=n))
    waits = np.array(
        draw(st.lists(st.lists(st.floats(0, 5), min_size=n, max_size=n), min_size=4, max_size=4))
    )
    chance = chances(
        length,
        waits,
        ready=draw(st.lists(st.floats(TODAY, 2033), min_size=n, max_size=n)),
    )
    return Realised(2020, np.array(rows, float)), chance, shares(*(draw(numbers) for _ in range(4)))


@given(cases())
def test_levels_nest_and_losses_and_vintages_add_up(case: tuple[Realised, Chances, Shares]) -> None:
    sums = sums_of(*case)
    levels = sums.levels()[: len(LEVELS)]
    assert (np.diff(levels, axis=0) <= 0).all()
    assert (levels >= 0).all()
    assert (levels == np.rint(levels)).all()
    assert (sums.levels()[COMPANIES] <= levels[4]).all()
    assert (-np.diff(levels, axis=0).sum(axis=0) + levels[-1] == levels[0]).all()
    assert (np.diff(sums.vintages) >= 0).all()
    assert sums.vintages[:, -1] == pytest.approx(levels[[0, -1]].sum(axis=1), abs=len(levels[0]), rel=1e-5)


@given(cases())
def test_without_waits_and_shares_all_that_is_realised_counts(case: tuple[Realised, Chances, Shares]) -> None:
    project, _, _ = case
    sums = sums_of(project, chances([1.0] * 3, [0, 0, 0, 0]), shares())
    assert (sums.levels()[: len(LEVELS)] == sums.levels()[0]).all()
    assert sums.vintages[0] == pytest.approx(sums.vintages[1], rel=1e-5)


@given(cases(), st.integers(0, 1_500), numbers, numbers)
def test_less_time_a_later_deadline_and_higher_shares_never_lower_a_level(
    case: tuple[Realised, Chances, Shares], days: int, part: float, more: float
) -> None:
    project, chance, share = case
    base = tally(project, chance, share)
    shorter = replace(chance, waits=chance.waits * part)
    assert (tally(project, shorter, share) >= base).all()
    later = replace(TERMS, deadline_on=date.fromordinal(TERMS.deadline_on.toordinal() + days))
    assert (tally(project, chance, share, later) >= base).all()
    higher = Shares(
        *(one + (1 - one) * more for one in (share.japan, share.transferred, share.cancelled)),
        share.companies,
    )
    assert (tally(project, chance, higher) >= base).all()


@given(cases(), st.integers(2, 6))
def test_a_period_divided_into_equal_ones_lowers_nothing(
    case: tuple[Realised, Chances, Shares], parts: int
) -> None:
    """Unequal ones may: a period of two years from 2021 ends in 2023 and 2025, one of three in 2024."""
    project, chance, share = case
    base = tally(project, chance, share)
    # The same end may come out half a minute earlier, which rounds a tonne away.
    assert (tally(project, replace(chance, length=chance.length / parts), share) >= base - 1).all()


def plain(project: Realised, chance: Chances, share: Shares, since: float, terms: Terms = TERMS) -> Floats:
    """The same as a loop over draws and monitoring periods, the way one would write it first [PLACES, draws]."""
    edges, deadline = terms.edges, terms.deadline
    found = np.zeros((PLACES, project.tonnes.shape[1]))

    def between(draw: int, first: float, last: float) -> float:
        total = 0.0
        for row, tonnes in enumerate(project.tonnes[:, draw]):
            begins, ends = max(project.first_year + row, since), project.first_year + row + 1.0
            if ends > begins:
                total += tonnes * max(0.0, min(last, ends) - max(first, begins)) / (ends - begins)
        return total

    for draw in range(found.shape[1]):
        realised = between(draw, edges[0], edges[-1])
        through = [0.0] * 5
        begins, k = max(since, edges[0]), 0
        anchor = begins
        while begins < edges[-1]:
            k += 1
            ends = min(anchor + k * float(chance.length[draw]), edges[-1])
            tonnes = between(draw, begins, ends)
            day = ends
            if ends <= deadline:
                through[0] += tonnes
                day = max(ends, float(chance.ready[draw]))
                for step, wait in enumerate(chance.waits[:, draw], 1):
                    day += float(wait)
                    if day <= deadline:
                        through[step] += tonnes
            begins = ends
        found[0, draw], found[1:4, draw] = realised, through[:3]
        found[4, draw] = through[2] * share.japan
        found[5, draw] = through[3] * share.japan * share.transferred
        found[6, draw] = through[4] * share.japan * share.transferred * share.cancelled
        found[COMPANIES, draw] = found[4, draw] * share.companies
    return np.rint(found)


def test_counts_as_a_plain_loop_over_periods_does() -> None:
    rng = np.random.default_rng(1)
    for since in (2018.0, 2021.4, 2024.9, 2029.2):
        tonnes = rng.integers(0, 50_000, (11, 200)) * (np.arange(2021, 2032)[:, None] > since)
        project = Realised(2020, tonnes.astype(float), np.array([since]))
        chance = chances(
            rng.uniform(0.3, 4, 200),
            rng.lognormal(-1, 1, (4, 200)),
            ready=rng.uniform(TODAY, 2031, 200),
        )
        share = shares(0.7, 0.9, 0.8, 0.3)
        np.testing.assert_allclose(
            tally(project, chance, share), plain(project, chance, share, since), atol=1
        )


@pytest.fixture(scope="module")
def known(warehouse_dir: pathlib.Path) -> Known:
    warehouse = current(warehouse_dir)
    return known_on(warehouse, warehouse.data_as_of)


def of_record(known: Known, scenario: Scenario | None = None, **given: Any) -> Counted:
    given = {"terms": TERMS, "draws": 300, "seed": 7} | given
    return counted_of(
        known.portfolio,
        known.evidence,
        scenario or shipped_scenarios()["present-pace"],
        steps=known.steps,
        events=known.events,
        **given,
    )


def test_the_record_nests_and_adds_up_over_countries_sectors_and_vintages(known: Known) -> None:
    found = of_record(known)
    levels = found.total[: len(LEVELS)]
    assert (np.diff(levels, axis=0) <= 0).all()
    assert levels.min() > 0
    assert (found.companies <= found.level("japan")).all()
    assert (sum(found.losses.values(), found.level("cancelled")) == found.level("realised")).all()
    assert list(found.losses) == list(LOSSES)
    for cell, tonnes in found.cells.items():
        assert found.vintages[cell].sum(axis=1) == pytest.approx(tonnes[[0, 6]].mean(axis=1), abs=1), cell
    assert (sum(found.cells.values()) == found.total).all()


def test_groups_of_the_report_add_up_and_the_single_year_is_a_tenth(known: Known) -> None:
    report = counted_report_of(known, shipped_scenarios()["present-pace"], TERMS, draws=300)
    whole = report.groups[ALL]
    placed = [one for group, one in report.groups.items() if isinstance(group, str) and group != ALL]
    by_sector = [one for group, one in report.groups.items() if isinstance(group, int)]
    for level in LEVELS:
        assert sum(one.means[level] for one in placed) == pytest.approx(
            sum(one.means[level] for one in by_sector)
        )
        assert sum(one.means[level] for one in placed) <= whole.means[level]
    assert whole.single_year.p50 == whole.levels["cancelled"].p50 / 10
    assert sum(whole.losses.values()) == pytest.approx(whole.means["realised"] - whole.means["cancelled"])
    assert sum(year[1] for year in whole.vintages) == pytest.approx(whole.means["realised"], rel=1e-5)
    assert whole.events == len(known.events)


def test_without_uncertainty_what_is_realised_is_the_accounting_by_calendar_year(
    known: Known, warehouse_dir: pathlib.Path
) -> None:
    found = of_record(known, certain_scenario(), draws=2)
    rows = current(warehouse_dir).run("reductions_by_year", measure="combined", year_basis="calendar")
    by_year = dict.fromkeys(TERMS.vintages, 0)
    for row in rows.to_pylist():
        if row["year"] in by_year and row["rung"] in {*EXPECTED_RUNGS, "notified"}:
            by_year[row["year"]] += row["tco2_low"]
    # Verified tonnes without a period are dated by their decision in the accounting; here their vintage is not known.
    assert found.level("realised") == pytest.approx(sum(by_year.values()), rel=1e-4)
    # They take the place of expectation by fiscal year; of what lies ahead they take none.
    vintages = dict(zip(TERMS.vintages, sum(found.vintages.values())[0].tolist(), strict=False))
    for year in range(known.portfolio.as_of.year + 2, TERMS.ends_on.year + 1):
        assert vintages[year] == pytest.approx(by_year[year], abs=10)


def test_seeds_repeat_and_levers_lower_nothing_on_equal_seeds(known: Known) -> None:
    base = of_record(known).total
    scenario = shipped_scenarios()["present-pace"]

    def with_lever(**values: float) -> Floats:
        return of_record(known, scenario.changed(**values)).total

    assert (of_record(known).total == base).all()
    assert (of_record(known, seed=8).total != base).any()
    assert (with_lever(monitoring_years=1) >= with_lever(monitoring_years=3) - len(LEVELS)).all()
    for name, value in (
        ("weeks_saved", 13),
        ("monitored_share", 1),
        ("japan_share", 1),
        ("transferred_share", 1),
        ("cancelled_share", 1),
        ("realisation_validation", 1),
        ("realisation_pipeline", 1),
        ("new_per_year", 60),
        ("private_per_year", 20),
    ):
        assert (with_lever(**{name: value}) >= base).all(), name
    later = replace(TERMS, deadline_on=date(2033, 8, 31))
    assert (of_record(known, terms=later).total >= base).all()


def test_companies_hold_more_by_each_year(known: Known) -> None:
    found = supply_of(known, shipped_scenarios()["present-pace"], draws=200)
    assert [year.fiscal_year for year in found.years] == [2026, 2027, 2028, 2029, 2030]
    assert all(year.added.p10 >= 0 for year in found.years)
    assert all(year.demand is None for year in found.years)
    held = of_record(known, held_on=[date(2030, 6, 30), date(2031, 6, 30)])
    assert (np.diff(held.total[PLACES:], axis=0) >= 0).all()
    assert sum(held.held.values()) == pytest.approx(held.total[-1].mean(), rel=0.01)
