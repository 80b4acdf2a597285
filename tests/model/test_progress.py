from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.fiscal_year import last_day
from model.progress import Pace, measure_progress, required_path

YEARS = st.dictionaries(st.integers(2013, 2040), st.integers(0, 5_000_000), max_size=28)
DAYS = st.dates(date(2014, 1, 1), date(2045, 1, 1))


def test_progress_by_hand() -> None:
    # 10 t a year from FY2020 on; 2026-06-12 is the 73rd of FY2026's 365 days: a fifth of the year is gone.
    progress = measure_progress(dict.fromkeys(range(2020, 2041), 10), 2030, 200, date(2026, 6, 12))
    assert progress.level_tco2 == 62
    assert progress.by_target_year_tco2 == 110
    assert (progress.to_go_tco2, progress.shortfall_tco2) == (138, 90)
    assert progress.share == 0.55
    assert progress.years_left == pytest.approx(1753 / 365.25)
    assert progress.required_pace_tco2 == pytest.approx(138 / (1753 / 365.25))
    assert progress.paces == (Pace(1, 10.0), Pace(3, 10.0), Pace(5, 10.0))
    assert progress.ratio[3] == pytest.approx(138 / (1753 / 365.25) / 10)
    assert required_path(progress) == [(date(2026, 6, 12), 62.0), (date(2031, 3, 31), 200.0)]


def test_the_pace_counts_only_completed_years() -> None:
    tonnes = {2023: 3, 2024: 6, 2025: 9, 2026: 1000}
    assert measure_progress(tonnes, 2030, 100, date(2027, 3, 30)).paces[:2] == (Pace(1, 9.0), Pace(3, 6.0))
    assert measure_progress(tonnes, 2030, 100, date(2027, 3, 31)).paces[0] == Pace(1, 1000.0)


def test_once_the_year_is_over_no_pace_is_required() -> None:
    progress = measure_progress({2029: 5, 2031: 7}, 2030, 100, date(2032, 1, 1))
    assert progress.level_tco2 == progress.by_target_year_tco2 == 5
    assert progress.required_pace_tco2 is None
    assert set(progress.ratio.values()) == {None}
    assert required_path(progress) == []


def test_without_a_pace_there_is_no_ratio() -> None:
    progress = measure_progress({}, 2030, 100, date(2026, 11, 23))
    assert progress.required_pace_tco2 is not None
    assert progress.ratio == {1: None, 3: None, 5: None}


def test_undated_tonnes_count_in_the_totals_and_in_no_pace() -> None:
    progress = measure_progress({2020: 5}, 2030, 100, date(2026, 11, 23), undated_tco2=7)
    assert (progress.level_tco2, progress.by_target_year_tco2) == (12, 12)
    assert progress.paces[2] == Pace(5, 0.0)


@given(YEARS, st.sampled_from([2030, 2040]), st.integers(1, 200_000_000), DAYS)
def test_progress_identities(tonnes: dict[int, int], year: int, target: int, as_of: date) -> None:
    progress = measure_progress(tonnes, year, target, as_of)
    assert 0 <= progress.level_tco2 <= progress.by_target_year_tco2
    assert progress.to_go_tco2 == max(target - progress.level_tco2, 0) >= progress.shortfall_tco2
    assert (progress.required_pace_tco2 is None) == (as_of >= last_day(year))
    if progress.required_pace_tco2 is not None:
        reached = progress.level_tco2 + progress.required_pace_tco2 * progress.years_left
        assert reached == pytest.approx(max(target, progress.level_tco2))


@given(YEARS, DAYS, DAYS)
def test_the_level_never_falls(tonnes: dict[int, int], one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    levels = [measure_progress(tonnes, 2040, 10, day).level_tco2 for day in (earlier, later)]
    assert levels[0] <= levels[1]
