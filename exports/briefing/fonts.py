"""Fonts with Japanese: those of the machine where it has them, else the one that comes with a package.

Slides name fonts of office machines and carry none; the paper embeds what is found here, and texts are measured with it.
"""

import importlib.util
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

SLIDES_EN = "Segoe UI"
SLIDES_JA = "Yu Gothic"
FALLBACKS = ("Meiryo", "MS PGothic", "Noto Sans CJK JP", "IPAexGothic")
"""Named in the web edition after the first; an office program chooses its own where the named one is missing."""

_ON_THE_MACHINE = (
    ("Noto Sans CJK JP", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    ("IPAexGothic", "ipaexg.ttf", "ipaexg.ttf"),
)
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/Library/Fonts",
)
_PACKAGED = ("matplotlib_fontja", "fonts/ipaexg.ttf", "IPAexGothic")
_WORD = re.compile(r"[　-鿿＀-￯]|[^\s　-鿿＀-￯]+\s*|\s+")
_ALWAYS = frozenset(map(ord, "\n\t ₀₁₂₃₄₅₆₇₈₉\u200b"))
_POINTS = 100
"""Size at which a font is measured; widths grow with the size."""


class FontMissing(Exception):
    """No font with Japanese was found; the message says what to install."""


@dataclass(frozen=True)
class Family:
    """A font family with Japanese and where its files are."""

    name: str
    regular: Path
    bold: Path


@cache
def family() -> Family:
    """The font that papers are set in. Raises FontMissing where there is none."""
    found = _of_the_machine() or _of_the_package()
    if found is None:
        raise FontMissing(
            "No font with Japanese was found. Install fonts-noto-cjk, or the package matplotlib-fontja with pip."
            " | 日本語フォントが見つかりません。fonts-noto-cjk 又は pip の matplotlib-fontja を導入してください。"
        )
    return found


def _of_the_machine() -> Family | None:
    for name, *files in _ON_THE_MACHINE:
        for folder in (Path(folder).expanduser() for folder in _FOLDERS):
            regular, bold = (next(iter(sorted(folder.rglob(file))), None) for file in files)
            if regular is not None:
                return Family(name, regular, bold or regular)
    return None


def _of_the_package() -> Family | None:
    package, file, name = _PACKAGED
    found = importlib.util.find_spec(package)
    for folder in (found and found.submodule_search_locations) or ():
        if (path := Path(folder) / file).is_file():
            return Family(name, path, path)
    return None


@cache
def _signs() -> frozenset[int]:
    """Code points that the paper can show: those of the font, and a few that every typesetting brings along."""
    with TTFont(str(family().regular), fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap()) | _ALWAYS


def displayable(text: str) -> str:
    """The text with every sign that the font lacks shown as 〓, the mark of Japanese printers for it."""
    known = _signs()
    if all(ord(sign) in known for sign in text):
        return text
    return "".join(sign if ord(sign) in known else "〓" for sign in text)


@cache
def _face(*, is_bold: bool) -> ImageFont.FreeTypeFont:
    chosen = family()
    return ImageFont.truetype(str(chosen.bold if is_bold else chosen.regular), _POINTS)


@cache
def _width_of(text: str, *, is_bold: bool) -> float:
    return _face(is_bold=is_bold).getlength(text) / _POINTS


def width(text: str, points: float, *, is_bold: bool = False) -> float:
    """Width of a text on one line, in points."""
    return _width_of(text, is_bold=is_bold) * points


def lines(text: str, points: float, room: float, *, is_bold: bool = False) -> int:
    """Lines that a text takes in a column of `room` points, broken as office programs break it."""
    count = 0
    for paragraph in text.split("\n"):
        used, count = 0.0, count + 1
        for piece in _WORD.findall(paragraph):
            wide = width(piece, points, is_bold=is_bold)
            if used + width(piece.rstrip(), points, is_bold=is_bold) <= room:
                used += wide
            elif wide <= room:
                used, count = wide, count + 1
            else:  # a word longer than the column is broken anywhere
                more = used + wide
                count += int(more // room)
                used = more % room
    return count
