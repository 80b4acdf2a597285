"""A picture to take away: a drawing with its title, selection, keys and sources, each in a margin of its own.

The margins are set around the drawing, so that nothing stands on anything, whatever the drawing holds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape

from view.texts import Language
from view.theme import FONT_FAMILY, Palette

_LATIN = 0x2E7F
_EDGE = 28.0
_LINE = 1.4
_KEYS = 12.5
_EM = 0.53
"""Mean width of a Latin letter over the size of its font; a Japanese one is twice as wide."""
_HATCHES = {
    "dots": "M3 3h.01M9 3h.01M6 6h.01M3 9h.01M9 9h.01",
    "cross": "M0 0L12 12M12 0L0 12",
    "lines": "M0 6L6 0M0 12L12 0M6 12L12 6",
}
"""Hatches of the maps, by the names that the style sheet has for them."""
_SIZE = re.compile(r'<svg\b[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"')


@dataclass(frozen=True)
class Caption:
    """What stands in the margins: what it is, of what, how it is read, what its signs mean, and where it comes from.

    A key is a colour or the name of a hatch, empty for none, and its words.
    """

    title: str
    selection: str
    sentence: str
    keys: Sequence[tuple[str, str]]
    sources: Sequence[str]


def framed(drawing: str, caption: Caption, lang: Language, palette: Palette) -> tuple[str, float, float]:
    """The drawing, an SVG that states its size, in its margins: SVG text, width and height in px.

    Raises ValueError for a drawing that does not state its size.
    """
    root = drawing[drawing.index("<svg") :] if "<svg" in drawing else ""
    stated = _SIZE.match(root)
    if stated is None:
        raise ValueError("a drawing without a size")
    inner_width, inner_height = float(stated[1]), float(stated[2])
    width, y = inner_width + 2 * _EDGE, _EDGE
    found = []

    def write(text: str, size: float, colour: str, *, is_bold: bool = False) -> None:
        nonlocal y
        if not text.strip():
            return
        weight = ' font-weight="650"' if is_bold else ""
        for line in wrapped(text, inner_width / (size * _EM * (1.06 if is_bold else 1.0))):
            found.append(
                f'<text x="{_EDGE:g}" y="{y + size:.1f}" font-size="{size:g}" fill="{colour}"{weight}>{escape(line)}</text>'
            )
            y += size * _LINE

    write(caption.title, 20, palette.ink, is_bold=True)
    write(caption.selection, 14, palette.ink, is_bold=True)
    y += 2
    write(caption.sentence, 14, palette.muted)
    x = _EDGE
    for sign, words in caption.keys:
        wide = text_width(words) * _KEYS * _EM + (18 if sign else 0)
        if x > _EDGE and x + wide > width - _EDGE:
            x, y = _EDGE, y + _KEYS * _LINE
        if sign:
            found.append(_sign(sign, x, y + 2, palette))
        left = x + (18 if sign else 0)
        if x == _EDGE and wide > inner_width:  # longer than a line
            write(words, _KEYS, palette.ink)
            continue
        found.append(
            f'<text x="{left:.1f}" y="{y + _KEYS:.1f}" font-size="{_KEYS:g}" fill="{palette.ink}">{escape(words)}</text>'
        )
        x += wide + 20
    y += _KEYS * _LINE * (x > _EDGE) + 10
    placed = root.replace("<svg", f'<svg x="{_EDGE:g}" y="{y:.1f}"', 1)
    y += inner_height + 10
    rule = f'<path d="M{_EDGE:g} {y:.1f}h{inner_width:g}" stroke="{palette.grid}"/>'
    y += 6
    write(" · ".join(caption.sources), 12, palette.muted)
    height = y + _EDGE * 0.6
    framed_text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:.0f}" width="{width:g}" height="{height:.0f}"'
        f' xml:lang="{lang}" font-family="{FONT_FAMILY}"><title>{escape(caption.title)}</title>'
        f'<rect width="100%" height="100%" fill="{palette.background}"/>{"".join(found)}{rule}{placed}</svg>'
    )
    return framed_text, width, round(height)


def _sign(sign: str, x: float, y: float, palette: Palette) -> str:
    """A small square in a colour, or with a hatch by its name."""
    line = f'fill="none" stroke="{palette.muted}"'
    if sign not in _HATCHES:
        return f'<rect x="{x:.1f}" y="{y:.1f}" width="12" height="12" fill="{escape(sign)}"/>'
    return (
        f'<g transform="translate({x:.1f} {y:.1f})"><rect width="12" height="12" {line} stroke-opacity=".4"/>'
        f'<path d="{_HATCHES[sign]}" {line} stroke-width="1.4" stroke-linecap="round"/></g>'
    )


def wrapped(text: str, room: float) -> list[str]:
    """Lines of a text, none wider than `room` Latin letters where it can be broken: at spaces, or anywhere in Japanese."""
    lines, line = [], ""
    for word in _PIECES.findall(text):
        longer = f"{line}{word}"
        if line and text_width(longer.rstrip()) > room:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line = longer
    return [*lines, line.rstrip()]


_PIECES = re.compile(
    r"[（「“(]*(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef（「(]+)[、。，．・：；）」”)]*\s*|[（「(]+|\s+"
)
"""What stays on one line: a word, or a Japanese letter with the marks that may not begin or end a line."""


def text_width(text: str) -> float:
    """Width of a text in letters of a Latin script; those of Japanese are twice as wide."""
    return sum(2.0 if ord(sign) > _LATIN else 1.0 for sign in text)
