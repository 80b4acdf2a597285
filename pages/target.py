"""The target page: how far the JCM is from its targets."""

from datetime import datetime
from zoneinfo import ZoneInfo

from pages.frame import open_frame
from view import embedding
from view.marks.markup import draw, note
from view.target import page as target
from view.target.coverage import coverage_note

TOKYO = ZoneInfo("Asia/Tokyo")


def main() -> None:
    """Controls, then the tiles of the selection."""
    frame = open_frame(view=("measure", "share", "form", "year", "axis", "dating"))
    t = frame.t
    page = frame.show(target)
    if not embedding.is_on():
        today = datetime.now(TOKYO).date()
        draw(t, note(coverage_note(page.content, t, today)))
    page.columns((2.35, 1), ("cumulative", "milestones"), ("gap", "verified"))
    page.draw("ladder")
    page.columns((1, 1), ("expectations",), ("statements",))
    page.draw("events")
    frame.foot()


main()
