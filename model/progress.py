"""Progress towards a cumulative target: level, gap, years left, required pace and the pace so far.

Only the target named counts, cumulative from the beginning. The present day is an argument; nothing here
reads a clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from model.apportion import round_half_up
from model.fiscal_year import DAYS_A_YEAR, days_in, first_day, fiscal_year_of, last_day

PACE_YEARS = (1, 3, 5)


@dataclass(frozen=True)
class Pace:
    """Mean tonnes a year over the last `years` completed fiscal years; a year without a row counts as 0 t."""

    years: int
    tco2_per_year: float


@dataclass(frozen=True)
class Progress:
    """One measure compared with one target.

    - level_tco2: cumulative to `as_of` with that day: whole past fiscal years, and of the present one the
      share of its days gone by (a half rounded up); nothing after the target's fiscal year.
    - by_target_year_tco2: cumulative at the end of the target's fiscal year, expected years included.
    - to_go_tco2, shortfall_tco2: target less level, target less by_target_year; never below 0.
    - share: by_target_year as a share of the target.
    - years_left: days after `as_of` up to and with 31 March of the target's fiscal year ÷ 365.25; 0 once it is
      over.
    - required_pace_tco2: to_go ÷ years_left, tonnes a year; None once the target's fiscal year is over.
    - paces: the last 1, 3 and 5 fiscal years completed by `as_of`.
    - ratio: required pace ÷ pace, by the pace's years; None when either is unknown or the pace is 0.
    """

    target_fiscal_year: int
    target_tco2: int
    as_of: date
    level_tco2: int
    by_target_year_tco2: int
    to_go_tco2: int
    shortfall_tco2: int
    share: float
    years_left: float
    required_pace_tco2: float | None
    paces: tuple[Pace, ...]
    ratio: Mapping[int, float | None]


def measure_progress(
    tonnes_by_fiscal_year: Mapping[int, int],
    target_fiscal_year: int,
    target_tco2: int,
    as_of: date,
    *,
    undated_tco2: int = 0,
) -> Progress:
    """Compare tonnes by fiscal year, as known on `as_of`, with a cumulative target.

    `undated_tco2` are verified tonnes that no year is known for: they count in both cumulative figures and
    in no pace. Raises ValueError when the target is not above 0.
    """
    if target_tco2 <= 0:
        message = f"a target must be above 0 t, not {target_tco2}"
        raise ValueError(message)
    end = last_day(target_fiscal_year)
    by_target_year = undated_tco2 + sum(
        tco2 for year, tco2 in tonnes_by_fiscal_year.items() if year <= target_fiscal_year
    )
    level = undated_tco2 + _cumulative(tonnes_by_fiscal_year, min(as_of, end))
    years_left = max((end - as_of).days, 0) / DAYS_A_YEAR
    to_go = max(target_tco2 - level, 0)
    required = to_go / years_left if years_left > 0 else None
    paces = _paces(tonnes_by_fiscal_year, as_of)
    return Progress(
        target_fiscal_year=target_fiscal_year,
        target_tco2=target_tco2,
        as_of=as_of,
        level_tco2=level,
        by_target_year_tco2=by_target_year,
        to_go_tco2=to_go,
        shortfall_tco2=max(target_tco2 - by_target_year, 0),
        share=by_target_year / target_tco2,
        years_left=years_left,
        required_pace_tco2=required,
        paces=paces,
        ratio={
            pace.years: required / pace.tco2_per_year
            if required is not None and pace.tco2_per_year > 0
            else None
            for pace in paces
        },
    )


def required_path(progress: Progress) -> list[tuple[date, float]]:
    """Return the straight path from today's level to the target: (as_of, level), (its last day, target).

    Empty once the target's fiscal year is over, and when the level has reached the target: nothing is
    required.
    """
    if progress.required_pace_tco2 is None or progress.to_go_tco2 == 0:
        return []
    end = last_day(progress.target_fiscal_year)
    return [(progress.as_of, float(progress.level_tco2)), (end, float(progress.target_tco2))]


def _cumulative(tonnes_by_fiscal_year: Mapping[int, int], as_of: date) -> int:
    present = fiscal_year_of(as_of)
    gone = (as_of - first_day(present)).days + 1
    past = sum(tco2 for year, tco2 in tonnes_by_fiscal_year.items() if year < present)
    return past + round_half_up(tonnes_by_fiscal_year.get(present, 0) * gone, days_in(present))


def _paces(tonnes_by_fiscal_year: Mapping[int, int], as_of: date) -> tuple[Pace, ...]:
    present = fiscal_year_of(as_of)
    # 31 March completes its own year.
    last_completed = present if as_of == last_day(present) else present - 1
    return tuple(
        Pace(
            years,
            sum(
                tonnes_by_fiscal_year.get(year, 0)
                for year in range(last_completed - years + 1, last_completed + 1)
            )
            / years,
        )
        for years in PACE_YEARS
    )
