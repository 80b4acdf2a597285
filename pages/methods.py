"""Data and methods: how fresh the sources are, what each rung means, what is assumed, corrected, checked and rejected."""

from datetime import datetime
from zoneinfo import ZoneInfo

from exports.package.readme import bibtex, citation
from pages.frame import open_frame
from queries.runner import ask
from view.data import page as methods
from view.marks.markup import titled
from view.methods import summary

TOKYO = ZoneInfo("Asia/Tokyo")


def main() -> None:
    """Draws the page."""
    frame = open_frame(filters=(), is_public=True)
    t, warehouse = frame.t, frame.warehouse
    frame.finish(titled(t("Data and methods"), summary(frame.rows("build_info")[0], t)))
    answers = ask(warehouse, methods.questions(frame.context()))
    methods.draw_sections(methods.sections_of(answers, datetime.now(TOKYO).date(), t), t)
    version, day = warehouse.data_version, warehouse.data_as_of
    methods.draw_citation(citation(version, day, t.lang), bibtex(version, day), t)
    frame.foot()


main()
