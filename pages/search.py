"""The page of search results; the field at the top of every page leads to it."""

from pages.frame import open_frame
from view.names import filter_options, names_of, texts_of
from view.search import page as search


def main() -> None:
    """What the address asks for."""
    frame = open_frame(has_row=False)
    controls, other = frame.controls, frame.t.other
    asked = controls.given("q") or ""
    others = frame.kept(
        lambda: names_of(filter_options(frame.warehouse, texts_of(frame.warehouse, other))), "names", other
    )
    page = frame.built(search, {"search": asked, "others": others}, key=(asked,))
    frame.begin(page)
    frame.foot()


main()
