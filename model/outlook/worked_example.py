"""One project of the record, from its document to the counted tonne."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from model.fiscal_year import DAYS_A_YEAR
from model.ledger.rules import FIRST_VINTAGE
from model.outlook.portfolio import ProjectRow, in_fiscal_years
from model.outlook.steps_to_counting import StepRow, Steps


@dataclass(frozen=True)
class Example:
    """An issuance with a vintage that counts, its project, and where its open steps would lead in the middle.

    - expected_tco2: by the annual estimate for the same days.
    - counted_tco2, counted_on: what its holders would cancel, and when; for one not first transferred yet, None.
    """

    project: ProjectRow
    event: StepRow
    expected_tco2: float
    counted_tco2: float | None
    counted_on: date | None


def worked_example(
    as_of: date, rows: Sequence[ProjectRow], events: Sequence[StepRow], steps: Steps
) -> Example | None:
    """That of the project with an estimate whose record goes farthest; None where none has a vintage that counts.

    Of several the one with the most periods on record, then the most tonnes.
    """
    estimated = {row["project_id"]: row for row in rows if row["annual_tco2"]}
    periods = [event["project_id"] for event in events if event["period_end_on"]]

    def reached(event: StepRow) -> tuple[int, int, int]:
        days = (event["decided_on"], event["issued_on"], event["first_transferred_on"])
        return (
            sum(day is not None for day in days),
            periods.count(event["project_id"]),
            event["tco2_low"] or 0,
        )

    usable = [
        event
        for event in events
        if event["project_id"] in estimated
        and event["amount_basis"] == "exact"
        and event["tco2_low"]
        and event["period_start_on"] is not None
        and event["period_end_on"] is not None
        and event["period_start_on"].year >= FIRST_VINTAGE
    ]
    if not usable:
        return None
    event = max(usable, key=reached)
    begins, ends, transferred = event["period_start_on"], event["period_end_on"], event["transferred_tco2"]
    project = estimated[str(event["project_id"])]
    years = in_fiscal_years(ends + timedelta(days=1)) - in_fiscal_years(begins) if begins and ends else 0.0
    expected = (project["annual_tco2"] or 0) * years
    if transferred is None or event["first_transferred_on"] is None:
        return Example(project, event, expected, None, None)
    wait = timedelta(days=round(steps.cancellation.of(event["iso3"]) * DAYS_A_YEAR))
    share = steps.cancelled.of(event["iso3"])
    # The wait runs since the first transfer, and is drawn anew from the as-of day.
    return Example(
        project, event, expected, transferred * share, max(event["first_transferred_on"], as_of) + wait
    )
