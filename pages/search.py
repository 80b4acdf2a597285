"""The page of search results; the field at the top of every page leads to it."""

from pages.frame import open_frame
from view.search import page as search


def main() -> None:
    """What the address asks for."""
    frame = open_frame(has_row=False)
    asked = frame.controls.given("q") or ""
    choice = {"search": asked, "others": frame.other_names()}
    frame.begin(frame.built(search, choice, key=(asked,)))
    frame.foot()


main()
