"""The style sheet of the site: the colours of the app, for light and dark, and the patterns of its areas."""

from pathlib import Path

from view.theme import DARK, FONT_FAMILY, LIGHT, Palette, Style, faded, hatch

_SHEET = Path(__file__).parent / "assets" / "site.css"
_HIGH_ENDS = {"middle": "registered", "range": "validation"}
"""Lines of the outlook, by the rung whose colour they have."""


def style_sheet() -> str:
    """The whole sheet; paper is light in any theme."""
    dark = f":root{{{_variables(DARK)}}}"
    signs = "".join(
        f".area-{code}{{background-color:var(--{code});{hatch(style.pattern, 'var(--ground)')}}}"
        f".line-{code}{{border-color:var(--{code});border-top-style:{_border(style)}}}"
        for code, style in LIGHT.rungs.items()
    )
    signs += "".join(f".line-{name}{{border-color:var(--{name})}}" for name in (*_HIGH_ENDS, "target"))
    signs += ".line-range{border-top-style:dashed}"
    signs += ".area-target,.mark-target{background:var(--target)}.area-gap{border:1px dashed var(--target)}"
    return (
        f":root{{--fonts:{FONT_FAMILY};{_variables(LIGHT)}}}"
        f"@media screen and (prefers-color-scheme:dark){{{dark}}}\n"
        f"{_SHEET.read_text(encoding='utf-8')}{signs}\n"
    )


def _variables(palette: Palette) -> str:
    rungs = {code: style.colour for code, style in palette.rungs.items()}
    colours = {
        "ground": palette.background,
        "ink": palette.ink,
        "muted": palette.muted,
        "line": palette.grid,
        "panel": palette.panel,
        "target": palette.target,
        "link": palette.rungs["registered"].colour,
        "faded": faded(palette.rungs["notified"].colour),
        **rungs,
        **{name: rungs[code] for name, code in _HIGH_ENDS.items()},
    }
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())


def _border(style: Style) -> str:
    return {"solid": "solid", "dot": "dotted"}.get(style.dash, "dashed")
