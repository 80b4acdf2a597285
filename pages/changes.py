"""What has changed between two days or two data versions."""

from exports.changes.feed import feed_of
from exports.changes.markdown import markdown_of
from pages.frame import open_frame
from pages.panels.editions import choose_earlier_edition
from queries.editions import difference_between
from queries.warehouse import WarehouseUnavailable
from view.changes import choosing
from view.changes import page as changes
from view.changes.files import offer_files
from view.marks.markup import draw
from view.selection import Selection


def main() -> None:
    """The two editions, then what differs."""
    frame = open_frame(filters=(), is_public=True)
    t, newer, day = frame.t, frame.warehouse, frame.selection.as_of
    older = newer
    try:
        older, earlier = choose_earlier_edition(frame)
        # Two days of one version in the wrong order are swapped, and the page says so.
        is_swapped = older is newer and earlier > day
        first, last = (day, earlier) if is_swapped else (earlier, day)
        key = (older.data_version, first, last)
        found = frame.kept(lambda: difference_between(older, first, newer, last), "difference", *key)
    except WarehouseUnavailable as unavailable:
        frame.finish(choosing.not_comparable_html(unavailable.path.stem.removeprefix("jcm-"), t))
        frame.foot()
        return
    # Links lead to the later day, whichever of the two the reader chose first.
    later = Selection(as_of=last, pinned=frame.selection.pinned)
    page = frame.begin(frame.built(changes, {"found": found}, later, key))
    if is_swapped:
        draw(t, choosing.swapped_html(t))
    page.draw(*page.keys)
    offer_files(
        found,
        lambda: markdown_of(found, frame.names, t).encode(),
        lambda: frame.kept(lambda: feed_of(newer, t.of_files), "feed", t.of_files),
        t,
    )
    frame.foot()


main()
