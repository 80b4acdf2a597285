"""The outlook's draws: 10,000 at once, and the same accounting written as a plain loop over draws and projects."""

import random
import resource
import time
from datetime import timedelta

from model.fiscal_year import fiscal_year_of
from model.outlook.report import CHANCES, Known, report_of
from model.outlook.required import required
from model.outlook.results import tornado
from model.outlook.simulation import simulate
from model.schedule import expected_by_piece, operation_window
from queries.outlook import known_on, shipped_scenarios
from queries.warehouse import current
from tests.bench.result import Row

DRAWS = 10_000
LOOP_DRAWS = 20
REPEATS = 5


def measure() -> list[Row]:
    """Time of a simulation, of a whole report, of the tornado, and of the loop scaled to as many draws."""
    warehouse = current()
    known = known_on(warehouse, warehouse.data_as_of)
    scenario = shipped_scenarios()["present-pace"]

    def draw() -> None:
        simulate(
            known.portfolio,
            known.evidence,
            scenario,
            target_years=[2030, 2040],
            last_year=2040,
            draws=DRAWS,
        )

    made = simulate(
        known.portfolio, known.evidence, scenario, target_years=[2030, 2040], last_year=2040, draws=DRAWS
    )

    def solve() -> None:
        for goal in known.goals:
            required((known.portfolio, known.evidence, scenario), made, goal, CHANCES)

    vectorised = _median(draw)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    _loop(known, LOOP_DRAWS)
    loop = (time.perf_counter() - began) / LOOP_DRAWS * DRAWS
    how = f"median of {REPEATS}"
    return [
        Row("Outlook, 10,000 draws to FY2040", f"{vectorised * 1000:,.0f} ms", "800 ms", how),
        Row("Outlook, memory of the process", f"{memory:,.0f} MB", "500 MB", "largest resident set"),
        Row(
            "Outlook, plain loop over draws, known projects only",
            f"{loop:,.0f} s ({loop / vectorised:,.0f} ×)",
            "",
            f"{LOOP_DRAWS} draws, scaled",
        ),
        Row(
            "Outlook, what is required, number and size of both targets",
            f"{_median(solve) * 1000:,.0f} ms",
            "500 ms",
            how,
        ),
        Row(
            "Outlook, a scenario's whole report",
            f"{_median(lambda: report_of(known, scenario)) * 1000:,.0f} ms",
            "1 s",
            how,
        ),
        Row(
            "Outlook, tornado",
            f"{_median(lambda: tornado(known.portfolio, known.evidence, scenario, known.goals, draws=600)) * 1000:,.0f} ms",
            "",
            "600 draws a run, " + how,
        ),
    ]


def _loop(known: Known, draws: int) -> list[int]:
    """Cumulative tonnes by FY2040 of each draw, the way one would write it first."""
    chance = random.Random(1)  # noqa: S311 - not a secret
    realisation = {"registered": 1.0, "validation": 0.95, "pipeline": 0.8}
    totals = []
    for _ in range(draws):
        total = 0
        for row in known.portfolio.rows:
            annual = row["annual_tco2"] or 5_000
            if (
                row["start_on"] is None
                or row["end_on"] is None
                or chance.random() > realisation[row["stage"]]
            ):
                continue
            start = row["start_on"] + timedelta(days=chance.gauss(0, 250))
            years = (row["end_on"] - row["start_on"]).days / 365.25 * chance.gauss(1, 0.1)
            window = operation_window(start, max(1, years))
            if fiscal_year_of(window.start) > 2040:
                continue
            pieces = expected_by_piece(window, round(annual * chance.lognormvariate(-0.16, 0.27)), 2040)
            total += sum(piece.tco2 for piece in pieces.values())
        totals.append(total)
    return totals


def _median(run: object) -> float:
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        run()  # type: ignore[operator]
        times.append(time.perf_counter() - began)
    return sorted(times)[REPEATS // 2]
