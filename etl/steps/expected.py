"""Expected tonnes of a project: its estimate in force over the operation that was known or assumed at the time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from etl.steps.assumptions import MEASURED_SHARE, AssumptionBook
from etl.steps.stages import ProjectHistory
from etl.steps.tonnes import Cell, Codes, State, Tonnes
from model.allocation import apply_share, measured_share
from model.schedule import Period, expected_by_piece, operation_window


@dataclass(frozen=True)
class Verification:
    """An issuance event of exactly one project with an amount, from the day it was known."""

    known_on: date
    period: Period | None
    total_tco2: int
    japan_tco2: int | None


def expected_changes(
    history: ProjectHistory,
    verifications: Sequence[Verification],
    book: AssumptionBook,
    last_fiscal_year: int,
) -> list[tuple[date, State]]:
    """Return the expected tonnes of a project from each day on which something of it became known.

    The project stands on the rung of its stage; outside the target scope, withdrawn, a study or without an
    estimate it expects nothing. Raises MissingAssumption where its technology has no lifetime.
    """
    days = {*history.change_days(), *(max(known.known_on, history.known_on) for known in verifications)}
    return [
        (
            day,
            _state(
                history,
                [known for known in verifications if known.known_on <= day],
                book,
                last_fiscal_year,
                day,
            ),
        )
        for day in sorted(days)
    ]


def _state(
    history: ProjectHistory,
    verified: Sequence[Verification],
    book: AssumptionBook,
    last_fiscal_year: int,
    as_of: date,
) -> State:
    stage, estimate = history.stage(as_of), history.estimate(as_of)
    if stage is None or estimate is None or not history.expects(as_of):
        return {}
    start = history.start(as_of, book)
    lifetime_years, lifetime_code = book.lifetime_years(history.project.technology)
    share, share_codes = _japan_share(history.project.iso3, verified, book)
    codes = (
        *(("STAGE-LIST",) if stage == "validation" else ()),
        *estimate.codes,
        *(history.known_codes if "START-KNOWN" in start.codes else ()),
        *start.codes,
        lifetime_code,
        *share_codes,
    )
    pieces = expected_by_piece(
        operation_window(start.on, lifetime_years),
        estimate.annual_tco2,
        last_fiscal_year,
        [known.period for known in verified if known.period is not None],
    )
    return {
        Cell(stage, "operation", *piece): Tonnes(
            tonnes.tco2,
            tonnes.uncovered_tco2,
            apply_share(tonnes.tco2, share),
            apply_share(tonnes.uncovered_tco2, share),
            codes,
        )
        for piece, tonnes in pieces.items()
    }


def _japan_share(
    iso3: str, verified: Sequence[Verification], book: AssumptionBook
) -> tuple[Fraction | None, Codes]:
    measured = measured_share((known.total_tco2, known.japan_tco2) for known in verified)
    if measured is not None:
        return measured, (MEASURED_SHARE,)
    stated = book.country_share(iso3)
    return (stated[0], (stated[1],)) if stated else (None, ())
