"""Placeholder of the project page, replaced by its builder."""

from pages.frame import open_frame
from view.header import draw_foot, draw_head, draw_ignored


def main() -> None:
    """Draws the page."""
    frame = open_frame()
    draw_head(frame.t, "<h1 class='jcm-answer'>project</h1>")
    frame.controls.draw_row()
    frame.controls.finish()
    draw_ignored(frame.t)
    draw_foot(frame.t)


main()
