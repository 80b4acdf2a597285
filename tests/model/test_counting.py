"""Counting by a deadline: a project by hand, a plain loop, what nests and adds up, and what never lowers a result."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.outlook.counted import Counted, counted_of, held_by_companies
from model.outlook.counting import (
    COMPANIES,
    LEVELS,
    LOSSES,
    PLACES,
    Chances,
    Realised,
    Shares,
    Tally,
    counted,
)
from model.outlook.counting_chances import Lots
from model.outlook.counting_terms import Levers, Terms
from model.outlook.portfolio import Floats
from model.outlook.steps_to_counting import Steps, steps_of
from queries.outlook import known_on, shipped_scenarios
from queries.warehouse import Warehouse, current
from tests.model.test_steps_to_counting import AS_OF, TERMS, event

TODAY = 2026.66


def chances(length: Any, waits: Any, *, ready: Any = TODAY, monitored: Any = True) -> Chances:
    length = np.atleast_1d(np.asarray(length, float))
    draws = len(length)
    return Chances(
        length,
        np.broadcast_to(np.asarray(waits, float).reshape(4, -1), (4, draws)),
        np.broadcast_to(np.asarray(ready, float), draws),
        np.broadcast_to(np.asarray(monitored, bool), draws),
    )


def shares(japan: Any = 1.0, transferred: Any = 1.0, cancelled: Any = 1.0, companies: Any = 0.2) -> Shares:
    return Shares(*(np.asarray(one, float) for one in (japan, transferred, cancelled, companies)))


def tally(project: Realised, chance: Chances, share: Shares, terms: Terms = TERMS) -> Tally:
    return counted([(project, chance)], share, terms.edges, terms.deadline)


def test_a_project_from_its_document_to_the_counted_tonne() -> None:
    """1,200 t a year from 1 April 2024, monitored every two years, of which 80 % come to Japan and 90 % are cancelled.

    Realised to 31 December 2030: six fiscal years and 275 of 365 days of the seventh, 7,200 + 904 t.
    Periods end in April 2026, 2028 and 2030 and, by the border, with 2030. To be cancelled by 31 March 2032 a period
    must end two years before (waits of 1 + 1/4 + 1/4 + 1/2): that of April 2030 does, the rest of 2030 does not.
    The decision on that rest falls on 1 January 2032, in time; its issue after a quarter does not.
    """
    project = Realised(2020, np.array([[0.0]] * 4 + [[1_200.0]] * 7))
    found = tally(
        project,
        chances(2.0, [1.0, 0.25, 0.25, 0.5]),
        shares(japan=0.8, cancelled=0.9),
        replace(TERMS, deadline_on=date(2032, 3, 31)),
    )
    assert dict(zip(LEVELS, found.levels[:, 0].tolist(), strict=False)) == {
        "realised": 8_104,
        "monitored": 8_104,
        "decided": 8_104,
        "issued": 7_200,
        "japan": 5_760,
        "transferred": 5_760,
        "cancelled": 5_184,
    }
    assert found.levels[COMPANIES, 0] == 1_152
    # January 2024 to March lie before the start: of vintage 2024 there are 275 days.
    # Fiscal year 2027 has 366 days, so that a day of it has fewer tonnes.
    assert found.realised[:, 0].tolist() == [0, 0, 0, 904, 1_200, 1_200, 1_198, 1_202, 1_200, 1_200]


def test_an_event_on_record_goes_only_through_its_open_steps() -> None:
    """2,017 t decided and issued, 1,009 of them transferred: all that is left is half a year to their cancellation."""
    steps = steps_of(AS_OF, [], [])
    lots = Lots(steps, Levers(cancelled_share=1, transferred_share=1), TODAY, (1, 0), 400)
    parts = lots.of_event((3, 0), event(), TERMS.deadline)
    assert np.rint(parts[:6, 0] * 2_017).tolist() == [2_017] * 4 + [1_009] * 2
    assert (np.rint(parts[6] * 2_017) == 1_009).mean() > 0.95
    late = lots.of_event((3, 0), event(), TODAY + 0.001)
    assert (late[6] == 0).mean() > 0.95
    assert (late[5] == parts[5]).all()


def test_a_period_across_the_end_of_2020_is_split_by_days_and_earlier_vintages_are_nothing() -> None:
    # Fiscal year 2020 has 90 of its 365 days in 2021.
    project = Realised(2019, np.array([[365.0]] * 2 + [[0.0]] * 10))
    found = tally(project, chances(1.0, [0, 0, 0, 0]), shares())
    assert found.levels[0, 0] == 90
    assert found.realised[:, 0].tolist() == [90, *[0] * 9]
    early = replace(TERMS, begins_on=date(2013, 1, 1))
    assert tally(project, chances(1.0, [0, 0, 0, 0]), shares(), early).levels[0, 0] == 90
    assert not tally(
        Realised(2018, np.ones((2, 3)) * 500), chances([1.0] * 3, [0] * 4), shares()
    ).levels.any()


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
        monitored=draw(st.lists(st.booleans(), min_size=n, max_size=n)),
    )
    return Realised(2020, np.array(rows, float)), chance, shares(*(draw(numbers) for _ in range(4)))


@given(cases())
def test_levels_nest_and_losses_and_vintages_add_up(case: tuple[Realised, Chances, Shares]) -> None:
    found = tally(*case)
    levels = found.levels[: len(LEVELS)]
    assert (np.diff(levels, axis=0) <= 0).all()
    assert (levels >= 0).all()
    assert (levels == np.rint(levels)).all()
    assert (found.levels[COMPANIES] <= levels[4]).all()
    assert (-np.diff(levels, axis=0).sum(axis=0) + levels[-1] == levels[0]).all()
    assert (found.realised.sum(axis=0) == levels[0]).all()
    assert (found.cancelled.sum(axis=0) == levels[-1]).all()


@given(cases())
def test_without_waits_and_shares_all_that_is_realised_counts(case: tuple[Realised, Chances, Shares]) -> None:
    project, _, _ = case
    found = tally(project, chances([1.0] * 3, [0, 0, 0, 0]), shares())
    assert (found.levels[: len(LEVELS)] == found.levels[0]).all()
    assert (found.realised == found.cancelled).all()


@given(cases(), st.integers(0, 1_500), numbers, numbers)
def test_less_time_a_later_deadline_and_higher_shares_never_lower_a_level(
    case: tuple[Realised, Chances, Shares], days: int, part: float, more: float
) -> None:
    project, chance, share = case
    base = tally(project, chance, share).levels
    shorter = replace(chance, waits=chance.waits * part)
    assert (tally(project, shorter, share).levels >= base).all()
    later = replace(TERMS, deadline_on=date.fromordinal(TERMS.deadline_on.toordinal() + days))
    assert (tally(project, chance, share, later).levels >= base).all()
    higher = Shares(
        *(one + (1 - one) * more for one in (share.japan, share.transferred, share.cancelled)),
        share.companies,
    )
    assert (tally(project, chance, higher).levels >= base).all()
    assert (tally(project, replace(chance, monitored=np.ones(3, bool)), share).levels >= base).all()


@given(cases(), st.integers(2, 6))
def test_a_period_divided_into_equal_ones_lowers_nothing(
    case: tuple[Realised, Chances, Shares], parts: int
) -> None:
    """Unequal ones may: a period of two years from 2021 ends in 2023 and 2025, one of three in 2024."""
    project, chance, share = case
    base = tally(project, chance, share).levels
    # The same end may come out half a minute earlier, which rounds a tonne away.
    assert (tally(project, replace(chance, length=chance.length / parts), share).levels >= base - 1).all()


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
            if chance.monitored[draw] and ends <= deadline:
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
            monitored=rng.random(200) < 0.8,
        )
        share = shares(0.7, 0.9, 0.8, 0.3)
        np.testing.assert_allclose(
            tally(project, chance, share).levels, plain(project, chance, share, since), atol=1
        )


@pytest.fixture(scope="module")
def known(warehouse_dir: Path) -> tuple[Warehouse, Any, list[Any], Steps]:
    warehouse = current(warehouse_dir)
    found = known_on(warehouse, warehouse.data_as_of)
    events = warehouse.run("outlook_steps").to_pylist()
    return warehouse, found, events, steps_of(warehouse.data_as_of, events, found.portfolio.rows)


def of_record(known: Any, **given: Any) -> Counted:
    _, found, events, steps = known
    given = {"terms": TERMS, "draws": 300, "seed": 7} | given
    scenario = shipped_scenarios()["present-pace"]
    return counted_of(found.portfolio, found.evidence, scenario, steps=steps, events=events, **given)


def test_the_record_nests_and_adds_up_over_countries_sectors_and_vintages(known: Any) -> None:
    found = of_record(known)
    levels = found.total[: len(LEVELS)]
    assert (np.diff(levels, axis=0) <= 0).all()
    assert levels.min() > 0
    assert (sum(found.losses.values(), found.level("cancelled")) == found.level("realised")).all()
    assert list(found.losses) == list(LOSSES)
    for part in (lambda cell: cell[0], lambda cell: cell[1]):
        assert (sum(found.grouped(part).values()) == found.total).all()
    assert (found.realised.sum(axis=0) + found.without_vintage[0] == levels[0]).all()
    assert (found.cancelled.sum(axis=0) + found.without_vintage[1] == levels[6]).all()
    assert np.allclose(sum(found.means.values()), found.total.mean(axis=1), rtol=1e-3)
    assert (found.averaged == found.level("cancelled") / 10).all()


def test_seeds_repeat_and_levers_lower_nothing_on_equal_seeds(known: Any) -> None:
    base = of_record(known).total
    assert (of_record(known).total == base).all()
    assert (of_record(known, seed=8).total != base).any()
    yearly = of_record(known, levers=Levers(monitoring_years=1)).total
    assert (yearly >= of_record(known, levers=Levers(monitoring_years=3)).total - len(LEVELS)).all()
    for levers in (Levers(weeks_saved=13), Levers(monitored_share=1), Levers(cancelled_share=1)):
        assert (of_record(known, levers=levers).total >= base).all()
    later = replace(TERMS, deadline_on=date(2033, 8, 31))
    assert (of_record(known, terms=later).total >= base).all()


def test_companies_hold_more_by_each_year(known: Any) -> None:
    _, found, events, steps = known
    supply, means = held_by_companies(
        found.portfolio,
        found.evidence,
        shipped_scenarios()["present-pace"],
        steps=steps,
        events=events,
        begins_on=TERMS.begins_on,
        ends_on=TERMS.ends_on,
        deadlines={year: date(year + 1, 6, 30) for year in (2026, 2030)},
        draws=200,
    )
    assert (supply[2026] <= supply[2030]).all()
    assert sum(means.values()) == pytest.approx(supply[2030].mean(), rel=0.01)
