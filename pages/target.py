"""The target page: how far the JCM is from its targets."""

from datetime import datetime
from zoneinfo import ZoneInfo

from pages.frame import open_frame
from view.target import page as target

TOKYO = ZoneInfo("Asia/Tokyo")


def main() -> None:
    """Controls, the state in one picture and how far it can be trusted, then the tiles of the selection."""
    frame = open_frame(view=("measure", "share", "form", "year", "axis", "dating"))
    page = frame.show(target, {"today": datetime.now(TOKYO).date()})
    page.columns((2.35, 1), ("hero",), ("trust",))
    page.columns((2.35, 1), ("cumulative", "verified"), ("gap",))
    page.draw("ladder", "countries", "expectations")
    frame.foot()


main()
