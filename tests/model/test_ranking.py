"""Ranking: three kinds of nothing stay apart, equal values share a rank, sums are kept."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.ranking import ranked, shares_known


def partner(code: str, sequence: int, *, is_partner: bool = True) -> dict[str, Any]:
    return {"iso3": code, "sequence": sequence, "is_partner": is_partner}


def row(code: str, rung: str, **values: Any) -> dict[str, Any]:
    usual = {
        "projects": None,
        "projects_with_estimate": None,
        "events": None,
        "tco2_low": None,
        "reported_tco2": 0,
        "unknown_share_tco2": 0,
    }
    found = {"value": code, "rung": rung, **usual, **values}
    return {
        "tco2_high": found["tco2_low"],
        "projects_with_schedule": found["projects_with_estimate"],
        **found,
    }


PARTNERS = [partner("AAA", 1), partner("BBB", 2), partner("CCC", 3), partner("DDD", 4, is_partner=False)]
LADDER = [
    row("AAA", "registered", projects=2, projects_with_estimate=1, tco2_low=100),
    row("AAA", "pipeline", projects=1, projects_with_estimate=1, tco2_low=300),
    row("BBB", "registered", projects=3, projects_with_estimate=0, tco2_low=0),
]


def test_nothing_has_three_kinds_and_none_is_zero() -> None:
    found = {s.iso3: s for s in ranked(LADDER, PARTNERS, "expected", "amount", None)}
    assert (found["AAA"].value, found["AAA"].state) == (400, "known")
    assert (found["BBB"].value, found["BBB"].state) == (None, "not known")
    assert (found["CCC"].value, found["CCC"].state) == (None, "no project")
    assert (found["DDD"].value, found["DDD"].state) == (None, "not yet a partner")
    assert found["BBB"].rank is None


@pytest.mark.parametrize(("per", "value"), [("amount", 400), ("target", 0.4), ("project", 200)])
def test_a_measure_is_set_against_what_it_says(per: Any, value: float) -> None:
    first = ranked(LADDER, PARTNERS, "expected", per, 1000)[0]
    assert (first.iso3, first.value, first.rank) == ("AAA", value, 1)


def test_without_a_target_there_is_no_share_of_it() -> None:
    assert all(s.value is None for s in ranked(LADDER, PARTNERS, "expected", "target", None))


def test_a_japanese_side_that_is_not_known_is_not_nought() -> None:
    rows = [row("AAA", "registered", projects=1, projects_with_estimate=1, tco2_low=0, unknown_share_tco2=50)]
    (first, *_) = ranked(shares_known(rows, "japan"), PARTNERS, "registered", "amount", None)
    assert (first.iso3, first.state) == ("AAA", "not known")
    (first, *_) = ranked(shares_known(rows, "total"), PARTNERS, "registered", "amount", None)
    assert first.state == "known"


def test_a_range_keeps_both_its_ends_and_is_ranked_by_the_low_one() -> None:
    rows = [
        row("AAA", "notified", events=2, tco2_low=550, tco2_high=612, reported_tco2=50),
        row("BBB", "notified", events=1, tco2_low=600),
    ]
    first, second, *_ = ranked(rows, PARTNERS, "notified", "project", None)
    assert (first.iso3, first.value, first.value_high) == ("BBB", 600, 600)
    assert (second.iso3, second.value, second.value_high) == ("AAA", 275, 306)
    assert (second.tco2, second.tco2_high, second.reported_tco2) == (550, 612, 50)


def test_estimates_without_a_schedule_are_not_known_to_be_nought() -> None:
    rows = [
        row("AAA", "pipeline", projects=1, projects_with_estimate=1, projects_with_schedule=0, tco2_low=0)
    ]
    (first, *_) = ranked(rows, PARTNERS, "expected", "amount", None)
    assert (first.iso3, first.state, first.with_estimate) == ("AAA", "not known", 1)


def test_dormant_projects_are_no_part_of_what_is_expected() -> None:
    rows = [row("AAA", "dormant", projects=1, projects_with_estimate=1, tco2_low=70), *LADDER[1:]]
    found = {s.iso3: s for s in ranked(rows, PARTNERS, "expected", "amount", None)}
    assert found["AAA"].value == 300


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20))
def test_ranks_follow_the_values_and_every_country_stays(amounts: list[int]) -> None:
    partners = [partner(f"C{n:02}", n) for n in range(len(amounts))]
    rows = [
        row(f"C{n:02}", "registered", projects=1, projects_with_estimate=1, tco2_low=amount)
        for n, amount in enumerate(amounts)
    ]
    found = ranked(rows, partners, "registered", "amount", None)
    assert sum(s.tco2 or 0 for s in found) == sum(amounts)
    values = [s.value for s in found]
    assert values == sorted(values, key=lambda v: -(v or 0))
    for one in found:
        assert one.rank == 1 + sum(1 for amount in amounts if amount > (one.tco2 or 0))
