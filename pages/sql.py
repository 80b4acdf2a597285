"""The SQL page: questions with their parameters, an editor, results, and what the tables hold."""

import streamlit as st

from pages.frame import open_frame
from pages.panels.sql_answer import draw_answer
from pages.panels.sql_editor import browse, choose_question, work
from pages.panels.sql_running import desk_of_session, in_address, read_address, settle
from pages.panels.sql_taking import draw_panels
from view.marks.markup import draw
from view.sql.result import head_html, other_version_html
from workbench import door


def main() -> None:
    """Reads the address, lets the reader work, shows the answer."""
    frame = open_frame(has_row=False, is_public=True)
    t, controls, desk = frame.t, frame.controls, desk_of_session()
    door.warm()
    read_address(desk, frame)
    settle(desk)
    asked_version, version = controls.given("version"), frame.warehouse.data_version
    frame.top(head_html(version, frame.warehouse.data_as_of, t))
    day = t.day(frame.selection.as_of)
    frame.notes(
        t("The day {day} of the other pages does not count here: a statement names its own.", day=day)
    )
    if asked_version and asked_version != version:
        draw(t, other_version_html(asked_version, t))
    left, right = st.columns([2.35, 1], gap="medium")
    with left:
        choose_question(desk, frame)
        work(desk, frame)
        draw_answer(desk, frame)
    with right:
        browse(frame)
    draw_panels(frame)
    frame.foot()
    # The reader may have changed the statement on the way: the address is written last.
    for key, value in in_address(desk, frame).items():
        controls.hold(key, value)
    controls.finish()


main()
