"""Pictures for previews of links: what a page says in large letters, beside the hundred squares."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageColor, ImageDraw, ImageFont

from exports.briefing.fonts import displayable, family, width
from exports.site.metadata import shortened
from exports.site.page import SitePage
from model.squares import SIDE, SQUARES, Span
from view.picture import wrapped
from view.texts import Texts
from view.theme import LIGHT

SIZE: Final = (1200, 630)
_EDGE, _SQUARE, _STEP = 64, 28, 33
_ROOM = SIZE[0] - 2 * _EDGE
_BESIDE = _ROOM - _STEP * SIDE - 48
"""Room for words beside the squares, px."""
_LEADING = 1.4


@dataclass(frozen=True)
class _Look:
    """Size in px and colour of letters, and how many lines there may be."""

    size: int
    colour: str
    lines: int = 1
    is_bold: bool = False


def picture_of(page: SitePage, squares: Sequence[Span], below: str, t: Texts) -> bytes:
    """A PNG with the title and the answer of a page, `below` in small letters. Equal pages make equal bytes.

    `squares` are the spans of the hundred squares; empty for none.
    """
    image = Image.new("RGB", SIZE, LIGHT.background)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, SIZE[0], 14), fill=LIGHT.rungs["registered"].colour)
    room = _BESIDE if squares else _ROOM
    y = _write(pen, t("JCM target tracker"), 40, _Look(26, LIGHT.muted), room)
    y = _write(pen, page.title, y + 8, _Look(48, LIGHT.ink, 3, is_bold=True), room)
    size = 28 if squares else 36
    lines = max(1, int((SIZE[1] - 100 - y - 16) // (size * _LEADING)))
    _write(pen, shortened(page.answer), y + 16, _Look(size, LIGHT.ink, lines), room)
    _write(pen, below, SIZE[1] - 74, _Look(22, LIGHT.muted), _ROOM)
    if squares:
        _draw_squares(pen, squares)
    out = BytesIO()
    _reduced(image).save(out, "PNG", compress_level=6)
    return out.getvalue()


def _reduced(image: Image.Image) -> Image.Image:
    """The picture in few colours, its ground exact: a fast method mixes it with the edges of the letters."""
    few = image.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    ground = few.tobytes()[-1]
    palette = bytearray(few.palette.getdata()[1] if few.palette else b"")
    palette[3 * ground : 3 * ground + 3] = bytes(ImageColor.getrgb(LIGHT.background))
    few.putpalette(palette)
    return few


def _write(pen: ImageDraw.ImageDraw, text: str, top: float, look: _Look, room: float) -> float:
    """Writes a text in lines, the last one ending in dots where it is too long; gives where the next one may begin."""
    lines = _lines(displayable(text), look, room)
    if len(lines) > look.lines:
        lines = [*lines[: look.lines - 1], lines[look.lines - 1].rstrip("、。., ")[:-1] + "…"]
    for line in lines:
        pen.text((_EDGE, top), line, fill=look.colour, font=_font(look.size, is_bold=look.is_bold))
        top += look.size * _LEADING
    return top


def _lines(text: str, look: _Look, room: float) -> list[str]:
    """Lines that fit into the room as measured: the estimate of letters is taken tighter until they do."""
    letters = room / (look.size * 0.5)
    while True:
        lines = wrapped(text, letters)
        if letters < 8 or all(width(line, look.size, is_bold=look.is_bold) <= room for line in lines):
            return lines
        letters *= 0.95


@cache
def _font(size: int, *, is_bold: bool) -> ImageFont.FreeTypeFont:
    chosen = family()
    return ImageFont.truetype(str(chosen.bold if is_bold else chosen.regular), size)


def _draw_squares(pen: ImageDraw.ImageDraw, spans: Sequence[Span]) -> None:
    left, top = SIZE[0] - _EDGE - _STEP * SIDE, 120
    for k in range(SQUARES):
        x, y = left + k % SIDE * _STEP, top + (SIDE - 1 - k // SIDE) * _STEP
        pen.rectangle((x, y, x + _SQUARE, y + _SQUARE), outline=LIGHT.target)
    for span in spans:
        for piece in span.pieces():
            begins = left + piece.square % SIDE * _STEP + piece.begins * _SQUARE
            y = top + (SIDE - 1 - piece.square // SIDE) * _STEP
            wide = (piece.ends - piece.begins) * _SQUARE
            if wide >= 0.5:
                pen.rectangle((begins, y, begins + wide, y + _SQUARE), fill=LIGHT.rungs[piece.part].colour)
