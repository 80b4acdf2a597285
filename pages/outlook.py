"""The outlook: where the portfolio and new projects lead by the target years, and what it would take."""

from model.outlook.report import SEED, Known, report_of
from model.outlook.results import tornado
from model.outlook.scenario import Scenario
from pages.frame import Frame, open_frame
from queries.outlook import NothingKnown, known_on, look_back, shipped_scenarios
from view.marks.markup import draw, titled
from view.outlook import page as outlook
from view.outlook.page import Outlook
from view.outlook.scenario_controls import scenario_beside_chart
from view.outlook.statements import no_outlook_html
from view.page import Page

TORNADO_DRAWS = 400


def page_of_scenario(frame: Frame, known: Known, scenario: Scenario) -> Page[Outlook]:
    """The page of a scenario beside the shipped ones; draws are kept for all readers."""
    as_of, shipped = frame.selection.as_of, shipped_scenarios()
    scenarios = (scenario, *(one for one in shipped.values() if one.key() != scenario.key()))
    reports = [
        frame.kept(lambda one=one: report_of(known, one), "report", as_of, one.key(), one.name_en)  # type: ignore[misc]
        for one in scenarios
    ]
    levers = (known.portfolio, known.evidence, scenario, known.goals)
    choice = {
        "scenario": scenario.key(),
        "reports": reports,
        "evidence": known.evidence,
        "levers": lambda: tornado(*levers, draws=TORNADO_DRAWS, seed=SEED),
        "past": lambda: frame.kept(lambda: look_back(frame.warehouse), "past"),
    }
    return frame.built(outlook, choice, key=(scenario.key(), scenario.name_en))


def main() -> None:
    """Controls, the answer, then the tiles."""
    frame = open_frame(filters=())
    t, as_of = frame.t, frame.selection.as_of
    try:
        known = frame.kept(lambda: known_on(frame.warehouse, as_of), "known", as_of)
    except NothingKnown as nothing:
        frame.finish(titled(t("No project was known on this day")))
        draw(t, no_outlook_html(nothing.as_of, nothing.first, t))
        frame.foot()
        return
    scenario, chart = scenario_beside_chart(frame.controls, shipped_scenarios(), known.evidence.observed, t)
    page = frame.begin(page_of_scenario(frame, known, scenario))
    with chart:
        page.draw("fan")
    page.draw("bridge", "goals", "realisation", "waterfall", "tornado")
    page.columns((1, 1), ("countries",), ("sectors",))
    page.draw("look_back", "evidence", "parameters")
    frame.foot()


main()
