"""The hundred squares inside a page: the drawing of the app, its colours those of the style sheet."""

import re

from markupsafe import Markup

from view.target.squares_drawing import Squares, forms
from view.texts import Language
from view.theme import LIGHT, faded

VARIABLES = {
    LIGHT.background: "ground",
    LIGHT.ink: "ink",
    LIGHT.muted: "muted",
    LIGHT.grid: "line",
    LIGHT.panel: "panel",
    LIGHT.target: "target",
    **{LIGHT.rungs[code].colour: code for code in ("pipeline", "validation", "registered", "notified")},
    faded(LIGHT.rungs["notified"].colour): "faded",
}
"""Variables of the style sheet by the colour that they have in light."""
_COLOUR = re.compile("|".join(map(re.escape, VARIABLES)))
_SIZE = re.compile(r' xml:lang="\w+" font-family="[^"]*"')


def inline(squares: Squares, lang: Language) -> Markup:
    """Both forms; the style sheet shows the one that the window has room for. Their words stand in an element around."""
    svgs = (_inline(svg, name) for name, svg in forms(squares, lang, LIGHT).items())
    return Markup("").join(map(Markup, svgs))


def _inline(svg: str, name: str) -> str:
    """The drawing with variables for colours, and names of patterns that are its own."""
    svg = _COLOUR.sub(lambda found: f"var(--{VARIABLES[found[0]]})", _SIZE.sub("", svg, count=1))
    svg = re.sub(r'(id="|url\(#)', rf"\g<1>{name}-", svg)
    svg = svg.replace(' paint-order="stroke"', "").replace(' font-weight="650"', ' class="bold"')
    return svg.replace("<svg ", f'<svg class="{name}" aria-hidden="true" ', 1)
