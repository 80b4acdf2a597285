"""The outlook: where the portfolio and new projects lead by the target years, and what it would take."""

from model.outlook.report import Known
from model.outlook.scenario import Scenario
from pages.frame import Frame, open_frame
from pages.panels.outlook_draws import drawn
from queries.outlook import NothingKnown, known_on, shipped_scenarios
from view.marks.markup import draw, titled
from view.outlook import page as outlook
from view.outlook.counting_controls import Asked, counting_settings
from view.outlook.layout import before_settings
from view.outlook.page import Outlook
from view.outlook.scenario_controls import scenario_beside_chart
from view.outlook.statements import group_names, no_outlook_html
from view.page import Page


def page_of_scenario(frame: Frame, known: Known, scenario: Scenario, asked: Asked) -> Page[Outlook]:
    """The page of a scenario beside the shipped ones, counted as asked."""
    choice = drawn(frame, known, scenario, asked)
    return frame.built(outlook, choice, key=(scenario.key(), scenario.name_en, asked))


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
    scenario, chart = scenario_beside_chart(frame.controls, shipped_scenarios(), known.observed, t)
    above, settings = before_settings()
    with settings:
        names = group_names(frame.names["country"], frame.names["sector"], t)
        asked = counting_settings(frame.controls, known, names, t)
    with above:
        page = frame.begin(page_of_scenario(frame, known, scenario, asked))
    with chart:
        page.draw("fan")
    with above:
        page.draw("bridge", "goals", "realisation", "waterfall", "tornado")
        page.columns((1, 1), ("countries",), ("sectors",))
    page.draw("counted", "count_vintages", "count_steps", "supply", "count_levers")
    page.draw("look_back", "evidence", "parameters")
    frame.foot()


main()
