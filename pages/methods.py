"""Data and methods: how a tonne gets to each rung, one project worked through, and the tables behind."""

from datetime import datetime
from zoneinfo import ZoneInfo

from exports.package.readme import bibtex, citation
from model.ledger.rules import FIRST_VINTAGE
from model.outlook.report import Known
from pages.frame import Frame, open_frame
from queries.outlook import NothingKnown, known_on
from queries.runner import ask
from view.data import page as methods
from view.data.worked import example_of, questions_on, title_words, worked_steps
from view.marks.markup import titled
from view.methods import summary

TOKYO = ZoneInfo("Asia/Tokyo")


def known_to(frame: Frame) -> Known | None:
    """What the outlook knows of the day; None before the first project."""
    as_of = frame.selection.as_of
    try:
        return frame.kept(lambda: known_on(frame.warehouse, as_of), "known", as_of)
    except NothingKnown:
        return None


def draw_example(frame: Frame) -> None:
    """One project worked through, where one has come far enough."""
    found = example_of(known_to(frame))
    if found is None:
        return
    answers = ask(frame.warehouse, questions_on(found, frame.selection.as_of))
    context, t = frame.context(), frame.t
    steps = worked_steps(found, answers, context.target_years[0], t)
    link = context.link("project", project=found.project["project_id"])
    methods.draw_worked(title_words(answers, t), link, steps, t)


def main() -> None:
    """Draws the page."""
    frame = open_frame(filters=(), is_public=True)
    t, warehouse = frame.t, frame.warehouse
    frame.finish(titled(t("Data and methods"), summary(frame.rows("build_info")[0], t)))
    answers = ask(warehouse, methods.questions(frame.context()))
    sections = methods.sections_of(answers, datetime.now(TOKYO).date(), t)
    methods.draw_way(sections, FIRST_VINTAGE, t)
    draw_example(frame)
    methods.draw_sections(sections, t)
    version, day = warehouse.data_version, warehouse.data_as_of
    methods.draw_citation(citation(version, day, t.lang), bibtex(version, day), t)
    frame.foot()


main()
