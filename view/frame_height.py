"""How high a figure is on another page, before a browser has laid it out: an estimate from its texts.

Figures and drawings state their size; lines of text and rows of tables are counted by the width of their letters. It is
for pages that do not run the script offered with the frame.
"""

from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from math import ceil

from view.picture import text_width

PHONE, COLUMN = 390, 690
"""Widths of a frame in px: on a telephone, and in a column of text."""
FRAMES: Mapping[str, tuple[int, int]] = {"world": (340, 470), "atlas": (190, 300)}
"""Heights of the frames of maps at these widths, px, as the style sheet has them."""
_EDGE, _GAP = 10, 15
HIGHEST = 1200
"""A longer list scrolls within its frame where our script does not run, px."""
_LETTER = 0.53
"""Mean width of a Latin letter over the size of its font, with what lines leave empty at their ends."""
_CELLS = 0.8
"""Part of the width of a table that its texts take: columns are as wide as their longest word."""
_STYLES: Mapping[str, tuple[float, float, float]] = {
    "h2": (16.5, 21.5, 0),
    "p": (14.1, 21.2, 2),
    "li": (14, 21, 12),
    "tr": (13.5, 18.2, 8.2),
    "dt": (14, 21, 0),
    "dd": (14, 21, 6),
    "div": (13.5, 20.5, 2),
    "small": (12, 16.5, 0),
}
"""Size of the letters, height of a line and what stands around the lines, px, by what the text is in."""
_LONG_LIST = 525.0


class _Lines(HTMLParser):
    """Adds up the heights of what stands below each other at a width."""

    def __init__(self, width: float) -> None:
        super().__init__()
        self.height = 0.0
        self._width = width
        self._open: list[str] = []
        self._kind, self._letters, self._extra = "div", 0.0, 0.0
        self._list_began: tuple[int, float] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        css = dict(attrs).get("class") or ""
        if tag == "img":
            self._image(css)
            return
        if tag in {"br", "hr", "input", "wbr"}:
            return
        self._open.append(tag)
        if "jcm-list" in css:
            self._list_began = len(self._open), self.height
        if tag == "small" and self._kind == "tr":
            self._extra = max(self._extra, _STYLES["small"][1])
        elif tag in _STYLES and not (self._kind == "tr" and self._letters):
            self._flush()
            self._kind = tag

    def handle_endtag(self, tag: str) -> None:
        if tag in _STYLES and tag == self._kind:
            self._flush()
        if self._list_began and len(self._open) == self._list_began[0]:
            self.height = min(self.height, self._list_began[1] + _LONG_LIST)
            self._list_began = None
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if "svg" not in self._open:
            self._letters += text_width(" ".join(data.split())) + ("td" in self._open or "th" in self._open)

    def _flush(self) -> None:
        if self._letters:
            size, line, around = _STYLES[self._kind]
            room = self._width * (_CELLS if self._kind == "tr" else 1.0)
            lines = ceil(self._letters * size * _LETTER / room)
            self.height += lines * line + around + self._extra
        self._kind, self._letters, self._extra = "div", 0.0, 0.0

    def _image(self, css: str) -> None:
        is_wide = self._width > 600
        if css == "jcm-squares-wide" and is_wide:
            self.height += self._width * 450 / 860 + 11
        elif css == "jcm-squares-phone" and not is_wide:
            self.height += min(self._width, 390) * 430 / 358 + 11


def frame_height(blocks: Sequence[str], figure: float, width: int) -> int:
    """Height in px of a frame of this width: HTML of the blocks below each other, and a figure of `figure` px, 0 for none.

    HIGHEST at most.
    """
    heights = [figure] if figure else []
    for block in blocks:
        lines = _Lines(width - 2 * _EDGE)
        lines.feed(f"{block}<p></p>")
        heights.append(lines.height)
    return min(ceil(sum(heights) + _GAP * (len(heights) - 1) + 2 * _EDGE), HIGHEST)
