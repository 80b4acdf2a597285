"""Data quality: how old the sources are, what waits for a decision, what is doubtful or missing, how to bring it up to date."""

from datetime import datetime
from zoneinfo import ZoneInfo

from pages.frame import open_frame
from view.quality import page as quality
from view.target import page as target

TOKYO = ZoneInfo("Asia/Tokyo")


def main() -> None:
    """Draws the page, which is built once a day: ages count to the reader's day."""
    frame = open_frame(has_row=False)
    page = frame.show(quality, {"today": datetime.now(TOKYO).date()})
    page.draw(*page.keys)
    # What the charts of the whole programme leave open belongs to the doubts, beside what was stated officially.
    frame.built(target).draw("statements", "events", "milestones")
    frame.foot()


main()
