"""Colours with a fixed meaning, Plotly templates and the style sheet of our own blocks, for light and dark.

Blues are expected reductions (lighter is less certain), green is verified, vermilion is a target or a gap, warm grey is
kept and in no sum. The colours were chosen from sets that stay apart under the common colour-vision deficiencies; a
rung also has a pattern or dash.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import plotly.graph_objects as go

ThemeName = Literal["light", "dark"]

_BLOCKS = (Path(__file__).parent / "blocks.css").read_text(encoding="utf-8")

FONT_FAMILY = (
    "'Source Sans', 'Source Sans Pro', 'Hiragino Sans', 'Yu Gothic UI', 'Noto Sans CJK JP', "
    "'Noto Sans JP', Meiryo, sans-serif"
)


@dataclass(frozen=True)
class Style:
    """How a rung or a group is drawn: fill, pattern of an area or bar, dash of a line."""

    colour: str
    pattern: str
    dash: str


@dataclass(frozen=True)
class Palette:
    """The colours of one theme."""

    background: str
    ink: str
    muted: str
    grid: str
    panel: str
    target: str
    notice_background: str
    notice_border: str
    notice_ink: str
    rungs: Mapping[str, Style]


LIGHT = Palette(
    background="#ffffff",
    ink="#16212e",
    muted="#566473",
    grid="#e1e7ed",
    panel="#f3f6f9",
    target="#bf3b1b",
    notice_background="#fdf5e6",
    notice_border="#ecd9b0",
    notice_ink="#5f4708",
    rungs={
        "pipeline": Style("#9cc8e3", "/", "dot"),
        "validation": Style("#3f8fc8", "", "dash"),
        "registered": Style("#0b4f8a", "", "solid"),
        "notified": Style("#00735c", "", "solid"),
        "issued": Style("#00735c", "\\", "dash"),
        "japan": Style("#00735c", "x", "dot"),
        "itmo": Style("#2d194c", ".", "dashdot"),
        "ndc": Style("#2d194c", "", "solid"),
        "dormant": Style("#8f8678", "-", "longdash"),
    },
)

DARK = Palette(
    background="#10161d",
    ink="#e6ebf0",
    muted="#a3b0bd",
    grid="#2a3541",
    panel="#1a222c",
    target="#ff8a66",
    notice_background="#2a2415",
    notice_border="#57491f",
    notice_ink="#f0dfae",
    rungs={
        "pipeline": Style("#40698a", "/", "dot"),
        "validation": Style("#5aa5dc", "", "dash"),
        "registered": Style("#b5dcf7", "", "solid"),
        "notified": Style("#4fc7a9", "", "solid"),
        "issued": Style("#4fc7a9", "\\", "dash"),
        "japan": Style("#4fc7a9", "x", "dot"),
        "itmo": Style("#d9b23c", ".", "dashdot"),
        "ndc": Style("#d9b23c", "", "solid"),
        "dormant": Style("#948a7b", "-", "longdash"),
    },
)


_MAIN_BUTTONS = ",".join(f'[class*="st-key-{key}"] button' for key in ("main-", "briefing-make", "sql-stop"))
"""Buttons in the primary colour. Their words take the colour of the ground: white on the light blue of the dark theme
would not be read."""

_FOCUS = ":focus-visible:not(input,textarea,[contenteditable],main)"
"""What keys have come to; a field has the frame of the framework in the primary colour."""


def faded(colour: str) -> str:
    """A colour as it fills what lies between the low and the high end of a range."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.3)"


PALETTES: Mapping[ThemeName, Palette] = {"light": LIGHT, "dark": DARK}


def template(theme: ThemeName) -> go.layout.Template:
    """The Plotly template shared by every figure of the theme."""
    p = PALETTES[theme]
    axis = {
        "gridcolor": p.grid,
        "linecolor": p.muted,
        "tickcolor": p.muted,
        "zeroline": False,
        "tickfont": {"color": p.ink, "size": 13},
        "title": {"font": {"color": p.muted, "size": 13}, "standoff": 8},
        "automargin": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT_FAMILY, "size": 13, "color": p.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": [style.colour for style in p.rungs.values()],
            "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
            "xaxis": {**axis, "showgrid": False, "showline": True, "ticks": "outside", "ticklen": 4},
            "yaxis": {**axis, "showline": False, "rangemode": "tozero"},
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"size": 13}},
            "hoverlabel": {
                "bgcolor": p.background,
                "bordercolor": p.muted,
                "font": {"family": FONT_FAMILY, "size": 13, "color": p.ink},
            },
            "hovermode": "x unified",
            "dragmode": False,
        }
    )


TEMPLATES: Mapping[ThemeName, go.layout.Template] = {"light": template("light"), "dark": template("dark")}


@cache
def style_sheet(theme: ThemeName, *, is_alone: bool = False) -> str:
    """Style of our own blocks. Every class begins with `jcm-`; the framework's elements are touched where they
    could not be read, seen or reached otherwise. A figure that is alone in a frame has no wide edges.

    On one line: the framework looks at each line of what it sends.
    """
    p = PALETTES[theme]
    sheet = (
        f"<style>.jcm{{font-family:{FONT_FAMILY}}}{_colours_of(p)}{_BLOCKS}"
        f"{_FOCUS}{{outline:2px solid {p.ink}!important;outline-offset:1px}}"
        f"{_MAIN_BUTTONS}{{color:{p.background}}}{_ON_PAPER if theme == 'dark' else ''}{_ALONE if is_alone else ''}</style>"
    )
    return " ".join(sheet.split())


def _colours_of(p: Palette) -> str:
    rungs = "".join(
        f".jcm-fill-{rung}{{background-color:{style.colour};{hatch(style.pattern, p.background)}}}"
        for rung, style in p.rungs.items()
    )
    return (
        f".jcm{{color:{p.ink};--muted:{p.muted};--line:{p.grid};"
        f"--ground:{p.background};--panel:{p.panel};--target:{p.target};--note-bg:{p.notice_background};--note-line:{p.notice_border};"
        f"--note-ink:{p.notice_ink};--ink:{p.ink};--verified:{p.rungs['notified'].colour}}}{rungs}"
    )


def hatch(pattern: str, line: str) -> str:
    """A pattern of the charts in CSS, its lines in a colour, so that a swatch looks like its area."""
    if pattern == "/":
        return f"background-image:repeating-linear-gradient(135deg,{line} 0 1.5px,transparent 1.5px 6px);"
    if pattern == "\\":
        return f"background-image:repeating-linear-gradient(45deg,{line} 0 1.5px,transparent 1.5px 6px);"
    if pattern == "-":
        return f"background-image:repeating-linear-gradient(0deg,{line} 0 1.5px,transparent 1.5px 5px);"
    if pattern == "x":
        return (
            f"background-image:repeating-linear-gradient(135deg,{line} 0 1.5px,transparent 1.5px 5px),"
            f"repeating-linear-gradient(45deg,{line} 0 1.5px,transparent 1.5px 5px);"
        )
    if pattern == ".":
        return f"background-image:radial-gradient({line} 1.2px,transparent 1.3px);background-size:5px 5px;"
    return ""


_ALONE = (
    ".stMainBlockContainer.block-container{padding:10px}"
    ".stMainBlockContainer:has(.st-key-alone .jcm)>*>:not(.st-key-alone,:has(.st-key-alone)){display:none}"
)
_ON_PAPER = (
    f"@media print{{{_colours_of(LIGHT)}:has(.jcm){{background:{LIGHT.background}}}"
    "[class*='st-key-chart_'],.jcm-squares img,header img{filter:invert(1) hue-rotate(180deg) brightness(1.12)}}"
)
"""Paper is light whatever the theme: our blocks take the light colours; what is drawn in dark ones is turned, and keeps
its hues; the dark ground, which is not quite black, becomes white."""
