"""How far each partner is with Article 6: memorandum, rules, authorisation, registry, reports, first decision and transfer."""

from pages.frame import open_frame
from view.readiness import page as readiness
from view.readiness.page import sort_names


def main() -> None:
    """The order, then the tiles."""
    frame = open_frame(filters=())
    sort = frame.controls.one("sort", frame.t("Sorted by"), sort_names(frame.t))
    page = frame.show(readiness, {"sort": sort})
    page.draw(*page.keys)
    frame.foot()


main()
