"""How texts and tables are set on a slide: sizes, widths and heights in points, measured with a real font."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from exports.briefing import fonts
from exports.briefing.document import Grid

LARGEST_TABLE, SMALLEST_TABLE, CUT_TABLE = 14.0, 9.0, 10.5
"""Sizes of a table: as large as fits one slide, and the size of one that takes several."""
ROW_PADDING = 7.0
SMALLEST_POINTS = 8.0
_LINE = 1.28
"""Height of a line over the size of its letters; office fonts for Japanese are tall."""
_SAFETY = 1.06
"""Office fonts run a little wider than the font that texts are measured with."""


_SEAM = re.compile(r"(?<=[\u3040-\u9fff])(?=[0-9A-Za-z(])|(?<=[0-9A-Za-z)%])(?=[\u3040-\u9fff])")
"""Where office programs put a little space between Japanese and Latin letters."""


_JAPANESE = re.compile("[\u3040-\u9fff]")


@lru_cache(maxsize=20_000)
def spaced(text: str) -> str:
    """A text as wide as an office program sets it."""
    return _SEAM.sub(" ", text)


def width(text: str, points: float, *, is_bold: bool = False) -> float:
    """Width of a text on a slide, in points."""
    return fonts.width(spaced(text), points, is_bold=is_bold)


@lru_cache(maxsize=20_000)
def lines(text: str, points: float, room: float, *, is_bold: bool = False) -> int:
    """Lines that a text takes on a slide in a column of `room` points."""
    return fonts.lines(spaced(text), points, room, is_bold=is_bold)


@dataclass(frozen=True)
class Layout:
    """How a table is set: size of its letters and widths of its columns, in points."""

    points: float
    columns: tuple[float, ...]


def fitting(text: str, points: float, wide: float, high: float, *, is_bold: bool = False) -> float:
    """The size, at most `points`, in which a text fits a box; never below SMALLEST_POINTS."""
    size = points
    while size > SMALLEST_POINTS and height(text, size, wide, is_bold=is_bold) > high:
        size -= 0.5
    return size


def height(text: str, points: float, wide: float, *, is_bold: bool = False) -> float:
    """Height of a text set in a column, in points."""
    return lines(text, points * _SAFETY, wide, is_bold=is_bold) * points * _LINE


def column_widths(grid: Grid, wide: float, points: float) -> list[float]:
    """Widths that share the room: columns of numbers as they need, texts by their length."""
    padding = 13.0
    longest = []
    for i, head in enumerate(grid.heads):
        cells = max(
            (width(row[i], points * _SAFETY, is_bold=n in grid.strong) for n, row in enumerate(grid.rows)),
            default=0.0,
        )
        longest.append(max(cells, _head_width(head, points * _SAFETY)) + padding)
    if sum(longest) <= wide:
        spare = wide - sum(longest)
        if len(longest) - 1 in grid.numeric:
            return [w + spare / len(longest) for w in longest]
        return [*longest[:-1], longest[-1] + spare]
    fixed = {i: w for i, w in enumerate(longest) if i in grid.numeric and w < wide / 3}
    texts = {i: min(w, wide * 0.6) for i, w in enumerate(longest) if i not in fixed}
    room = wide - sum(fixed.values())
    # Short texts keep their width; the long ones share the rest by their length.
    short = {i: w for i, w in texts.items() if w <= room / len(texts)}
    total = sum(w for i, w in texts.items() if i not in short)
    rest = room - sum(short.values())
    kept = fixed | short
    return [kept[i] if i in kept else rest * texts[i] / total for i in range(len(longest))]


def _head_width(head: str, points: float) -> float:
    """What a heading needs: its longest word, or of a Japanese one, which breaks anywhere, two lines."""
    if _JAPANESE.search(head):
        whole = width(head, points, is_bold=True)
        return whole if whole <= 6 * points else max(6 * points, whole / 2 + points)
    return min(130.0, max((width(w, points, is_bold=True) for w in head.split()), default=0.0))


def row_heights(grid: Grid, layout: Layout) -> list[float]:
    """Height of the heading and of each row."""
    points = layout.points

    def high(row: Sequence[str], *, is_bold: bool) -> float:
        tallest = max(
            lines(text, points * _SAFETY, room - 8.5, is_bold=is_bold)
            for text, room in zip(row, layout.columns, strict=True)
        )
        return tallest * points * _LINE + ROW_PADDING

    rows = (high(row, is_bold=i in grid.strong) for i, row in enumerate(grid.rows))
    return [high(grid.heads, is_bold=True), *rows]


def laid_out(grid: Grid, room: tuple[float, float]) -> Layout:
    """The largest size in which the whole table fits, else the size of one that is cut over slides."""
    points = LARGEST_TABLE
    while points >= SMALLEST_TABLE:
        layout = Layout(points, tuple(column_widths(grid, room[0], points)))
        if sum(row_heights(grid, layout)) <= room[1]:
            return layout
        points -= 0.5
    return Layout(CUT_TABLE, tuple(column_widths(grid, room[0], CUT_TABLE)))


def pages_of(grid: Grid, high: float, layout: Layout) -> Iterator[Grid]:
    """The table cut into parts that fit a slide; a row is never cut, one taller than a slide is shortened."""
    if not grid.rows:
        return
    grid = _shortened(grid, high, layout)
    heights = row_heights(grid, layout)
    head, begins, used = heights[0], 0, heights[0]
    for i, tall in enumerate(heights[1:]):
        if used + tall > high and i > begins:
            yield _part(grid, begins, i)
            begins, used = i, head
        used += tall
    yield _part(grid, begins, len(grid.rows))


def _shortened(grid: Grid, high: float, layout: Layout) -> Grid:
    """Cells so long that their row would leave the slide are cut, with a sign that there is more; the workbook has all."""
    heights = row_heights(grid, layout)
    rows = list(grid.rows)
    for i, tall in enumerate(heights[1:]):
        part = 1.0
        while heights[0] + tall > high and part > 0.05:
            part -= 0.05
            rows[i] = tuple(x if len(x) < 60 else x[: int(len(x) * part)] + " […]" for x in grid.rows[i])
            tall = row_heights(replace(grid, rows=(rows[i],), strong=frozenset()), layout)[1]  # noqa: PLW2901
    return replace(grid, rows=tuple(rows))


def _part(grid: Grid, first: int, last: int) -> Grid:
    strong = frozenset(i - first for i in grid.strong if first <= i < last)
    return replace(grid, rows=grid.rows[first:last], strong=strong)


def fits(grid: Grid, room: tuple[float, float]) -> bool:
    """Whether a whole table fits a narrow room."""
    if len(grid.heads) > 4:
        return False
    layout = laid_out(grid, room)
    return sum(row_heights(grid, layout)) <= room[1] and min(layout.columns) > 40
