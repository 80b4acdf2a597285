"""The edition of one slide: a message, three takeaways, and the squares or a chart made of parts that can be edited."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from pptx.dml.fill import FillFormat
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.util import Pt

from exports.briefing.document import Document, clean
from exports.briefing.layout import fitting, height
from exports.briefing.native_charts import POINT, plain, points, rgb
from exports.briefing.pptx import FOOT, MARGIN, TOP, WIDE, Maker
from model.squares import SIDE, SQUARES, Piece
from view.target.squares_drawing import Label, Squares
from view.texts import Texts
from view.theme import LIGHT

_BESIDE = 596.0
"""Where the takeaways begin, in points."""
_LARGE = _STEP, _CELL = 29.0, 26.5
_SMALL = _SMALL_STEP, _SMALL_CELL = 8.4, 7.2
"""Squares, from one to the next, and the side of one, in points."""
_LABELS = (MARGIN + _STEP * SIDE + 10, 214.0)
"""Left edge and width of the labels beside the squares."""
_VERIFIED = LIGHT.rungs["notified"].colour
_HATCHED: Final = {
    "pipeline": MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    "decided": MSO_PATTERN.WIDE_DOWNWARD_DIAGONAL,
}
_COLOURS = {
    **{code: style.colour for code, style in LIGHT.rungs.items()},
    "issued": _VERIFIED,
    "decided": _VERIFIED,
    "range": "#b2d5ce",
}


def slide_of(document: Document, t: Texts) -> bytes:
    """The document as one slide of 16:9."""
    maker = Maker(document, t)
    chart = document.sections[0].chart
    figure = document.squares
    subject = f"{document.title} · {document.subtitle}"
    under = document.reading
    notes = (document.answer, *document.takeaways, *document.limits, document.citation)
    slide = maker.slide(None, notes, document.message, under, subject)
    if figure is not None:
        _draw(maker, slide, figure, document.reading)
    elif chart is not None:
        maker.chart(slide, chart, (MARGIN, TOP, _BESIDE - MARGIN - 24, FOOT - TOP - 14))
    left = MARGIN if figure is None and chart is None else _BESIDE
    _takeaways(maker, slide, document.takeaways, left)
    return maker.saved()


def _takeaways(maker: Maker, slide: Slide, found: Sequence[str], left: float) -> None:
    room, wide = (FOOT - 14 - TOP) / 3, WIDE - MARGIN - left - 14
    size = min((fitting(text, 20, wide, room - 14) for text in found), default=20.0)
    for i, text in enumerate(found):
        top = TOP + i * room
        maker.bar(slide, (left, top, 3, room - 14), LIGHT.rungs["registered"].colour)
        maker.text(slide, text, (left + 14, top, wide, room - 14), size, name=f"takeaway {i + 1}")


def _draw(maker: Maker, slide: Slide, squares: Squares, reading: str) -> None:
    """The hundred squares with their labels; under them the first ones magnified."""
    at = (MARGIN, TOP)
    parts: list[Shape] = []
    cell = partial(_cell, slide, parts)
    for square in range(SQUARES):
        empty = cell(Piece("empty", square, 0.0, 1.0), at, _LARGE)
        empty.fill.background()
        empty.line.color.rgb, empty.line.width = rgb("#e0a799"), Pt(0.75)
    for span in squares.expected:
        for piece in span.pieces():
            _fill(cell(piece, at, _LARGE).fill, piece.part)
    _labels(maker, slide, squares.labels)
    if squares.magnified:
        _magnified(maker, slide, parts, squares)
    # Put together at the end: the library measures a group anew with each part that is added to it.
    group = slide.shapes.add_group_shape(parts)
    group.name = "squares"
    group._element.nvGrpSpPr.cNvPr.set("descr", clean(_alt(squares, reading)))  # noqa: SLF001 - the alternative text


def _alt(squares: Squares, reading: str) -> str:
    lines = [f"{one.heading}. {' '.join(one.lines)}" for one in squares.labels]
    return " ".join([reading, *lines, *(words for _, words in squares.inside)])


def _rectangle(slide: Slide, parts: list[Shape], box: tuple[float, float, float, float]) -> Shape:
    """One more part of the figure, without a line."""
    shape: Shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(points, box))
    plain(shape)
    shape.line.fill.background()
    parts.append(shape)
    return shape


def _cell(
    slide: Slide,
    parts: list[Shape],
    piece: Piece,
    at: tuple[float, float],
    size: tuple[float, float],
) -> Shape:
    """A square or a part of one; `size` is from one to the next, and of one."""
    step, cell = size
    x = at[0] + piece.square % SIDE * step + piece.begins * cell
    y = at[1] + (SIDE - 1 - piece.square // SIDE) * step
    return _rectangle(slide, parts, (x, y, (piece.ends - piece.begins) * cell, cell))


def _fill(fill: FillFormat, part: str) -> None:
    if part in _HATCHED:
        fill.patterned()
        fill.pattern = _HATCHED[part]
        fill.fore_color.rgb, fill.back_color.rgb = rgb("#ffffff"), rgb(_COLOURS[part])
    else:
        fill.solid()
        fill.fore_color.rgb = rgb(_COLOURS[part])


def _labels(maker: Maker, slide: Slide, labels: Sequence[Label]) -> None:
    """Beside their squares from below, moved up where they would stand on each other."""
    left, wide = _LABELS
    floor = TOP + _STEP * SIDE
    for label in labels:
        words = "\n".join(label.lines)
        head, rest = height(label.heading, 12, wide, is_bold=True), height(words, 10.5, wide)
        middle = TOP + _STEP * (SIDE - (label.begins + min(label.ends, SQUARES)) / 2 / SIDE)
        top = max(TOP, min(middle - (head + rest) / 2, floor - head - rest))
        floor = top - 5
        colour = LIGHT.target if label.part == "empty" else LIGHT.ink
        maker.text(slide, label.heading, (left, top, wide, head), 12, is_bold=True, colour=colour)
        maker.text(slide, words, (left, top + head, wide, rest), 10.5, colour=LIGHT.muted)


def _magnified(maker: Maker, slide: Slide, parts: list[Shape], squares: Squares) -> None:
    """A ring around the first squares, and what is verified in them a hundred times larger."""
    rows = -(-squares.magnified // SIDE)
    wide = (min(squares.magnified, SIDE) - 1) * _STEP + _CELL
    top = TOP + (SIDE - rows) * _STEP
    cell = partial(_cell, slide, parts)
    ring = _rectangle(slide, parts, (MARGIN - 1.5, top - 1.5, wide + 3, (rows - 1) * _STEP + _CELL + 3))
    ring.fill.background()
    ring.line.color.rgb, ring.line.width = rgb(_VERIFIED), Pt(2)
    at = (MARGIN, TOP + _STEP * SIDE + 6)
    for square in range(SQUARES):
        empty = cell(Piece("empty", square, 0.0, 1.0), at, _SMALL)
        empty.fill.solid()
        empty.fill.fore_color.rgb = rgb(LIGHT.grid)
    for span in squares.verified:
        for piece in span.pieces():
            _fill(cell(piece, at, _SMALL).fill, piece.part)
    if squares.outlined is not None:
        parts.append(_outline(slide, min(squares.outlined, float(SQUARES)), at))
    y, left = at[1], MARGIN + _SMALL_STEP * SIDE + 10
    for sign, words in squares.inside:
        room = _BESIDE - 24 - left
        if sign == "outline":
            _ink(_rectangle(slide, parts, (left, y + 3, 9, 9)))
        elif sign:
            _fill(_rectangle(slide, parts, (left, y + 3, 9, 9)).fill, sign)
        shift = 14 if sign else 0
        tall = height(words, 11, room - shift, is_bold=not sign)
        colour = LIGHT.ink if sign else _VERIFIED
        maker.text(slide, words, (left + shift, y, room - shift, tall), 11, is_bold=not sign, colour=colour)
        y += tall + 1


def _outline(slide: Slide, hundredths: float, at: tuple[float, float]) -> Shape:
    """A line around the first so many small squares."""
    gap, (full, part) = (_SMALL_STEP - _SMALL_CELL) / 2, divmod(hundredths, SIDE)
    left, bottom = at[0] - gap, at[1] + SIDE * _SMALL_STEP - gap
    right, top = left + SIDE * _SMALL_STEP, bottom - full * _SMALL_STEP
    corner = (
        [(left + part * _SMALL_STEP, top), (left + part * _SMALL_STEP, top - _SMALL_STEP)] if part else []
    )
    end = top - _SMALL_STEP if part else top
    line = slide.shapes.build_freeform(left, bottom, POINT)
    line.add_line_segments([(right, bottom), (right, top), *corner, (left, end)], close=True)
    shape: Shape = line.convert_to_shape()
    _ink(shape)
    return shape


def _ink(shape: Shape) -> None:
    """A dark line and nothing inside."""
    shape.fill.background()
    plain(shape)
    shape.line.color.rgb, shape.line.width = rgb(LIGHT.ink), Pt(1.25)
