"""Sums over the ladder as the target page shows them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from model.overview import (
    Target,
    YearRow,
    pace_of,
    pace_points,
    path_points,
    progress_of,
    rungs_of,
    tonnes_by_year,
    undated_tonnes,
)

AS_OF = date(2026, 11, 23)
TARGETS = (Target(2030, 100, 100, is_decided=True), Target(2040, 200, 200, is_decided=True))


def row(year: int | None, rung: str, tco2: int, high: int | None = None) -> YearRow:
    return {
        "year": year,
        "rung": rung,
        "tco2_low": tco2,
        "tco2_high": tco2 if high is None else high,
        "cumulative_low_tco2": None,
        "cumulative_high_tco2": None,
        "unknown_share_tco2": 0,
    }


ROWS = [
    row(2024, "registered", 10),
    row(2025, "registered", 5),
    row(2025, "pipeline", 3),
    row(None, "notified", 7),
]


def test_a_measure_adds_up_its_rungs_and_no_other() -> None:
    assert rungs_of("expected") == ("registered", "validation", "pipeline")
    assert rungs_of("combined") == ("notified", "registered", "validation", "pipeline")
    assert tonnes_by_year(ROWS, rungs_of("expected")) == {2024: 10, 2025: 8}
    assert undated_tonnes(ROWS, ("notified",)) == 7
    assert undated_tonnes(ROWS, rungs_of("expected")) == 0


def test_undated_tonnes_count_in_the_level_and_in_no_pace() -> None:
    with_undated = progress_of(ROWS, rungs_of("combined"), TARGETS, AS_OF)[0]
    without = progress_of(ROWS, rungs_of("expected"), TARGETS, AS_OF)[0]
    assert with_undated.level_tco2 - without.level_tco2 == 7
    assert pace_of(with_undated, 3) == pace_of(without, 3) == 18 / 3


def test_a_range_is_summed_at_the_end_asked_for_and_dormant_tonnes_are_in_neither() -> None:
    rows = [*ROWS, row(2023, "notified", 6, 9), row(2024, "dormant", 50)]
    rungs = rungs_of("combined")
    low, high = (progress_of(rows, rungs, TARGETS, AS_OF, end)[0] for end in ("low", "high"))
    assert (low.level_tco2, high.level_tco2) == (31, 34)
    assert (low.to_go_tco2, high.to_go_tco2) == (69, 66)
    assert tonnes_by_year(rows, rungs, "high")[2023] == 9
    expected = rungs_of("expected")
    assert progress_of(rows, expected, TARGETS, AS_OF, "high") == progress_of(ROWS, expected, TARGETS, AS_OF)


def test_the_path_starts_at_the_level_and_goes_through_each_target_ahead() -> None:
    progress = progress_of(ROWS, rungs_of("expected"), TARGETS, AS_OF)
    assert path_points(progress, AS_OF) == [
        (AS_OF, 18.0),
        (date(2031, 3, 31), 100.0),
        (date(2041, 3, 31), 200.0),
    ]
    assert path_points((), AS_OF) == []
    later = date(2035, 1, 1)
    assert path_points(progress_of(ROWS, rungs_of("expected"), TARGETS, later), later)[1:] == [
        (date(2041, 3, 31), 200.0)
    ]


def test_without_a_pace_no_line_is_carried_on() -> None:
    nothing = progress_of([row(2010, "registered", 5)], rungs_of("expected"), TARGETS, AS_OF)[0]
    assert pace_points(nothing, 3, AS_OF, date(2041, 3, 31)) == []


@given(st.lists(st.tuples(st.integers(2013, 2040), st.integers(0, 10**7)), max_size=30))
def test_the_pace_line_ends_where_the_level_grown_by_the_pace_would(pairs: list[tuple[int, int]]) -> None:
    rows = [row(year, "registered", tco2) for year, tco2 in pairs]
    progress = progress_of(rows, rungs_of("expected"), TARGETS, AS_OF)[0]
    points = pace_points(progress, 3, AS_OF, date(2031, 3, 31))
    if points:
        grown = points[1][1] - points[0][1]
        assert abs(grown - pace_of(progress, 3) * progress.years_left) < 1e-6 * max(grown, 1)
