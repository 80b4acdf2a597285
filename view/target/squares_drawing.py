"""A target as a hundred squares, with a square magnified and the far target as a bar: an SVG, wide or for a phone.

Pages have it as an image, since the framework takes SVG out of HTML; files and slides have the wide form.
"""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup, escape

from model.squares import SIDE, SQUARES, Span
from view.picture import text_width, wrapped
from view.texts import Language
from view.theme import FONT_FAMILY, LIGHT, Palette, faded


@dataclass(frozen=True)
class Label:
    """Words beside the squares of a part (a rung, or `empty`), and where the squares are.

    A heading with lines under it; `short`, a number and a name, where there is little room.
    """

    part: str
    heading: str
    lines: Sequence[str]
    short: tuple[str, str]
    begins: float
    ends: float


@dataclass(frozen=True)
class Squares:
    """What is drawn.

    - expected: spans of the hundred squares, the surest first; labels beside them, from the lowest up.
    - magnified: how many of the first squares are magnified; the spans inside are counted in hundredths of them.
    - outlined: hundredths of them that are stated officially; None for no statement.
    - inside: title and lines beside the magnified squares.
    - later: spans in parts of the far target, with its name and its words; empty for none.
    """

    expected: Sequence[Span]
    labels: Sequence[Label]
    magnified: int
    verified: Sequence[Span]
    outlined: float | None
    inside: Sequence[tuple[str, str]]
    later: Sequence[Span]
    later_words: tuple[str, str]


@dataclass(frozen=True)
class _Form:
    """Measures of a form of the drawing, in its own units; `chars` are Japanese letters on a line.

    `bar`: left and right end, upper edge and height.
    """

    name: str
    width: float
    height: float
    font: float
    cell: float
    step: float
    labels_at: float
    chars: float
    small_cell: float
    small_step: float
    inside_at: tuple[float, float]
    inside_words_at: tuple[float, float]
    inside_chars: float
    bar: tuple[float, float, float, float]
    has_rays: bool


_EDGE = (2.0, 2.0)
_NARROW = 1.84
"""Latin letters in the width of a Japanese one."""
_WIDE = _Form(
    "wide",
    860,
    450,
    14,
    37,
    40.5,
    422,
    17.5,
    14.5,
    17,
    (668, 64),
    (668, 258),
    13,
    (136, 640, 422, 16),
    has_rays=True,
)
_PHONE = _Form(
    "phone",
    358,
    392,
    12.5,
    21.2,
    23.6,
    246,
    8,
    9,
    10.2,
    (2, 250),
    (118, 260),
    17.5,
    (0, 358, 378, 11),
    has_rays=False,
)


def forms(squares: Squares, lang: Language, palette: Palette) -> Mapping[str, str]:
    """Each form as an SVG, by its name: `wide` and `phone`."""
    return {form.name: _Pen(form, palette).svg(squares, lang) for form in (_WIDE, _PHONE)}


def drawing(squares: Squares, lang: Language, palette: Palette) -> Markup:
    """Both forms as images; the style sheet shows the one that the place has room for."""
    return Markup('<div class="jcm-squares">{}</div>').format(
        Markup("").join(
            Markup('<img class="jcm-squares-{}" alt="" src="data:image/svg+xml;base64,{}">').format(
                name, base64.b64encode(svg.encode()).decode()
            )
            for name, svg in forms(squares, lang, palette).items()
        )
    )


def picture(squares: Squares, lang: Language, palette: Palette = LIGHT) -> str:
    """The wide form as an SVG file."""
    return _Pen(_WIDE, palette).svg(squares, lang)


class _Pen:
    """Draws one form in the colours of a palette."""

    def __init__(self, form: _Form, palette: Palette) -> None:
        self.form, self.palette = form, palette
        self.verified = palette.rungs["notified"].colour
        self.fills = {
            **{code: style.colour for code, style in palette.rungs.items()},
            "pipeline": "url(#pipeline)",
            "issued": self.verified,
            "decided": "url(#decided)",
            "range": faded(self.verified),
        }

    def svg(self, squares: Squares, lang: Language) -> str:
        """The whole drawing."""
        form = self.form
        parts = [
            self._patterns(),
            *self._grid(squares.expected),
            *self._magnified(squares),
            *self._labels(squares.labels),
            *self._bar(squares),
        ]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {form.width:g} {form.height:g}" width="{form.width:g}"'
            f' height="{form.height:g}" xml:lang="{lang}" font-family="{FONT_FAMILY}">{"".join(parts)}</svg>'
        )

    def _patterns(self) -> str:
        """Hatches as the charts have them: what is not listed yet, and what is decided and not issued."""
        return "".join(
            f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate({turn})">'
            f'<rect width="6" height="6" fill="{fill}"/><rect width="1.7" height="6" fill="{self.palette.background}"/></pattern>'
            for name, fill, turn in (
                ("pipeline", self.palette.rungs["pipeline"].colour, 45),
                ("decided", self.verified, -45),
            )
        )

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        colour: str,
        *,
        less: float = 0.0,
        is_bold: bool = False,
        end: bool = False,
    ) -> str:
        weight = ' font-weight="650"' if is_bold else ""
        anchor = ' text-anchor="end"' if end else ""
        return (
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{self.form.font - less:g}" fill="{colour}" stroke="{self.palette.background}"'
            f' stroke-width="4" stroke-linejoin="round" paint-order="stroke"{weight}{anchor}>'
            f"{escape(text)}</text>"
        )

    def _pieces(self, spans: Sequence[Span], step: float, cell: float, at: tuple[float, float]) -> list[str]:
        found: dict[str, list[str]] = {}
        for piece in (piece for span in spans for piece in span.pieces()):
            x, y = _place(piece.square, step, at)
            box = _box(x + piece.begins * cell, y, (piece.ends - piece.begins) * cell, cell)
            found.setdefault(piece.part, []).append(box)
        return [_boxes(boxes, f'fill="{self.fills[part]}"') for part, boxes in found.items()]

    def _all(self, step: float, cell: float, at: tuple[float, float], look: str) -> str:
        """The hundred squares, empty."""
        return _boxes((_box(*_place(k, step, at), cell, cell) for k in range(SQUARES)), look)

    def _grid(self, expected: Sequence[Span]) -> list[str]:
        form, line = self.form, f'fill="none" stroke="{self.palette.target}" stroke-opacity=".45"'
        empty = self._all(form.step, form.cell, _EDGE, line)
        return [empty, *self._pieces(expected, form.step, form.cell, _EDGE)]

    def _labels(self, labels: Sequence[Label]) -> list[str]:
        """Labels at the middle of their squares from below, moved up where they would stand on each other."""
        form, found = self.form, []
        line, floor = form.font * 1.32, form.step * SIDE + 4
        for label in labels:
            heads, texts = (
                ([label.heading], label.lines) if form.has_rays else (label.short[:1], label.short[1:])
            )
            lines = [(part, True) for text in heads for part in wrapped(text, form.chars * _NARROW)]
            lines += [(part, False) for text in texts for part in wrapped(text, form.chars * _NARROW)]
            middle = form.step * (SIDE - (label.begins + min(label.ends, SQUARES)) / 2 / SIDE)
            top = min(middle - line * len(lines) / 2, floor - line * len(lines))
            # Rays end at the words and go on behind them.
            room = (form.inside_at[0] if form.has_rays else form.width) - form.labels_at - 8
            widest = min(max(text_width(text) for text, _ in lines) * form.font * 0.54, room)
            ground = f'fill="{self.palette.background}"'
            found.append(_rect(form.labels_at - 3, top, widest + 6, line * len(lines), ground))
            floor = top - line * 0.45
            colour = {"empty": self.palette.target, "registered": self.fills["registered"]}.get(
                label.part, self.palette.ink
            )
            for n, (text, is_head) in enumerate(lines):
                y = top + line * (n + 0.8)
                shade = colour if is_head else self.palette.muted
                if form.has_rays:  # which pass behind the words and leave nothing between the letters
                    wide, ground = text_width(text) / _NARROW * form.font, f'fill="{self.palette.background}"'
                    found.append(_rect(form.labels_at - 4, y - line * 0.75, wide + 8, line, ground))
                found.append(
                    self._text(form.labels_at, y, text, shade, less=0 if is_head else 1, is_bold=is_head)
                )
        return found

    def _magnified(self, squares: Squares) -> list[str]:
        """The first squares a hundred times larger: what became credits."""
        if not squares.magnified:
            return []
        form, (left, top) = self.form, self.form.inside_at
        found, size = [], form.small_step * SIDE
        rows = ceil(squares.magnified / SIDE)
        x, y = _place((rows - 1) * SIDE, form.step, _EDGE)
        wide = (min(squares.magnified, SIDE) - 1) * form.step + form.cell
        tall = form.step * (rows - 1) + form.cell
        ring = f'rx="3" fill="none" stroke="{self.verified}" stroke-width="2.6"'
        found.append(_rect(x - 1, y - 1, wide + 2, tall + 2, ring))
        if form.has_rays:
            right, path = x + wide + 2, f'fill="none" stroke="{self.verified}" stroke-dasharray="3 3"'
            found.append(
                f'<path d="M{right:.1f} {y - 1:.1f}L{left - 6:g} {top:g}M{right:.1f} {y + tall:.1f}'
                f'L{left - 6:g} {top + size - 3:g}" {path}/>'
            )
        empty = f'fill="{self.palette.panel}"'
        found.append(self._all(form.small_step, form.small_cell, (left, top), empty))
        found += self._pieces(squares.verified, form.small_step, form.small_cell, (left, top))
        if squares.outlined is not None:
            found.append(self._outline(min(squares.outlined, float(SQUARES))))
        return found + self._inside_words(squares.inside)

    def _outline(self, hundredths: float) -> str:
        """A line around the first so many small squares."""
        form, (left, top) = self.form, self.form.inside_at
        step = form.small_step
        full, part = divmod(hundredths, SIDE)
        gap = (step - form.small_cell) / 2
        bottom, start = top + SIDE * step - gap, left - gap
        corner = f"H{start + part * step:.1f}v-{step:.1f}" if part else ""
        path = f"M{start:.1f} {bottom:.1f}h{SIDE * step:.1f}V{bottom - full * step:.1f}{corner}H{start:.1f}Z"
        return f'<path d="{path}" fill="none" stroke="{self.palette.ink}" stroke-width="1.4"/>'

    def _inside_words(self, words: Sequence[tuple[str, str]]) -> list[str]:
        form, found = self.form, []
        x, y = form.inside_words_at
        size = form.font - 1
        for sign, text in words:
            shift = 0.0
            if sign:
                shift = size * 1.3
                line = f'fill="none" stroke="{self.palette.ink}" stroke-width="1.4"'
                look = line if sign == "outline" else f'fill="{self.fills[sign]}"'
                found.append(_rect(x, y - size * 0.82, size * 0.85, size * 0.85, look))
            colour = self.palette.ink if sign else self.verified
            for part in wrapped(text, form.inside_chars * _NARROW):
                found.append(self._text(x + shift, y, part, colour, less=1, is_bold=not sign))
                y += size * 1.35
            y += size * 0.2
        return found

    def _bar(self, squares: Squares) -> list[str]:
        """The far target as one bar."""
        if not squares.later:
            return []
        form = self.form
        name, words = squares.later_words
        left, right, y, tall = form.bar
        line = f'fill="none" stroke="{self.palette.target}" stroke-opacity=".6"'
        place = (right + 12, y + tall - 4) if form.has_rays else (form.width, y - 5)
        found = [
            self._text(0, place[1], name, self.palette.ink, less=0.5, is_bold=True),
            self._text(*place, words, self.palette.muted, less=1, end=not form.has_rays),
            _rect(left, y, right - left, tall, line),
        ]
        for span in squares.later:
            begins, ends = (
                left + min(part, SQUARES) / SQUARES * (right - left) for part in (span.begins, span.ends)
            )
            found.append(_rect(begins, y, ends - begins, tall, f'fill="{self.fills[span.part]}"'))
        return found


def _place(square: int, step: float, at: tuple[float, float]) -> tuple[float, float]:
    """Left and upper edge of a square; the first is the lowest on the left."""
    return at[0] + square % SIDE * step, at[1] + (SIDE - 1 - square // SIDE) * step


def _box(x: float, y: float, width: float, height: float) -> str:
    """A rectangle as a part of a path: hundreds of elements of their own would be most of the page."""
    wide = f"{width:.2f}"
    return f"M{x:.2f} {y:.2f}h{wide}v{height:.2f}h-{wide}z".replace(".00", "")


def _boxes(boxes: Iterable[str], more: str) -> str:
    return f'<path d="{"".join(boxes)}" {more}/>'


def _rect(x: float, y: float, width: float, height: float, more: str) -> str:
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" {more}/>'
