"""The outlook's draws and the way to counting: 10,000 at once, and the same written as a plain loop over draws and projects."""

import random
import resource
import time
from datetime import timedelta

from model.fiscal_year import DAYS_A_YEAR, fiscal_year_of
from model.outlook.counted_report import counted_report_of, supply_of
from model.outlook.counting_terms import CountingRules, Terms
from model.outlook.report import CHANCES, Known, report_of
from model.outlook.required import required
from model.outlook.results import tornado
from model.outlook.simulation import simulate
from model.schedule import OperationWindow, expected_by_piece, operation_window
from queries.outlook import known_on, shipped_scenarios
from queries.warehouse import current
from tests.bench.result import Row

DRAWS = 10_000
LOOP_DRAWS = 20
REPEATS = 5


def measure() -> list[Row]:
    """Time of a simulation, of the counting, of a whole report, of the tornado, and of the loops scaled to as many draws."""
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

    terms = CountingRules.of(known.assumptions).terms

    def draw_and_count() -> None:
        draw()
        counted_report_of(known, scenario, terms, draws=DRAWS)

    def solve() -> None:
        for goal in known.goals:
            required((known.portfolio, known.evidence, scenario), made, goal, CHANCES)

    vectorised = _median(draw)
    counting = _median(lambda: counted_report_of(known, scenario, terms, draws=DRAWS))
    both = _median(draw_and_count)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    _loop(known, LOOP_DRAWS)
    loop = (time.perf_counter() - began) / LOOP_DRAWS * DRAWS
    began = time.perf_counter()
    _loop(known, LOOP_DRAWS, terms)
    counting_loop = (time.perf_counter() - began) / LOOP_DRAWS * DRAWS
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
        Row("Outlook, counted by the deadline, a moved lever", f"{counting * 1000:,.0f} ms", "1 s", how),
        Row("Outlook, draws to FY2040 and counted", f"{both * 1000:,.0f} ms", "800 ms", how),
        Row(
            "Outlook, plain loop with the way to counting, known projects only",
            f"{counting_loop:,.0f} s ({counting_loop / both:,.0f} ×)",
            "",
            f"{LOOP_DRAWS} draws, scaled",
        ),
        Row(
            "Outlook, illustration of GX-ETS",
            f"{_median(lambda: supply_of(known, scenario)) * 1000:,.0f} ms",
            "1 s",
            how,
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


def _loop(known: Known, draws: int, terms: Terms | None = None) -> list[float]:
    """Cumulative tonnes by FY2040 of each draw, and what of them counts, the way one would write it first."""
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
            if terms is not None:
                total += _counted(known, window, annual, terms, chance)
        totals.append(total)
    return totals


def _counted(
    known: Known, window: OperationWindow, annual: int, terms: Terms, chance: random.Random
) -> float:
    """Tonnes of a project that are through all steps by the deadline, monitoring period by monitoring period."""
    steps = known.steps
    names = ("monitoring", "decision", "issue", "transfer", "cancellation")
    waits = [getattr(steps, name) for name in names]
    length, *rest = (wait.middle * chance.lognormvariate(0, wait.spread) for wait in waits)
    counted, begins = 0.0, max(window.start, terms.first_on)
    border = min(window.end, terms.ends_on)
    while begins < border:
        ends = min(begins + timedelta(days=max(1, round(length * DAYS_A_YEAR))), border)
        day = ends
        for wait in rest:
            day += timedelta(days=round(wait * DAYS_A_YEAR))
        if day <= terms.deadline_on:
            counted += (
                annual * (ends - begins).days / DAYS_A_YEAR * steps.japan.middle * steps.cancelled.middle
            )
        begins = ends
    return counted


def _median(run: object) -> float:
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        run()  # type: ignore[operator]
        times.append(time.perf_counter() - began)
    return sorted(times)[REPEATS // 2]
