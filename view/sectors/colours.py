"""Colours that distinguish sectors or technologies.

Blue, green and vermilion have a meaning on the ladder, so none of them is here. The hues are those of Tol's
"muted" set without them, ordered so that neighbours in a stack differ in lightness; each also has a pattern
or dash of its own, and every figure names its areas, so that none depends on colour alone.
"""

from collections.abc import Mapping, Sequence

from view.theme import Style, ThemeName

OTHERS = "others"
"""Code of the group that holds what is too small for a colour of its own."""

NAMED_AT_MOST = 7


_PATTERNS = (
    ("", "solid"),
    ("/", "dash"),
    ("", "dot"),
    ("\\", "dashdot"),
    ("", "longdash"),
    ("x", "longdashdot"),
    (".", "5px,2px"),
    ("-", "2px,2px"),
)

_HUES: Mapping[ThemeName, tuple[str, ...]] = {
    "light": ("#4a3f8f", "#c9b458", "#882255", "#8a8a2b", "#cc6677", "#aa4499", "#7a5a3a", "#9aa3ad"),
    "dark": ("#9d92e0", "#e0cf85", "#c2588a", "#b9b95c", "#e59aa6", "#cf86c4", "#b8926a", "#76828f"),
}

_PREFERRED: Mapping[str, int] = {
    "1": 0,
    "14": 1,
    "3": 2,
    "13": 3,
    "2": 4,
    "4": 5,
    "7": 6,
    "solar PV": 0,
    "REDD+/forestry": 1,
    "waste heat recovery": 2,
    "geothermal": 3,
    "cogeneration": 4,
    "hydro": 5,
    "wind": 6,
}
"""Colours kept whatever else is chosen; a group without one, or whose colour is taken, has the first free one."""


def styles_of(groups: Sequence[str], theme: ThemeName) -> dict[str, Style]:
    """A style for each of at most NAMED_AT_MOST groups and for the others. Raises ValueError for more."""
    if len(groups) > NAMED_AT_MOST:
        raise ValueError(f"{len(groups)} groups for {NAMED_AT_MOST} colours")
    slots: dict[str, int] = {}
    for group in groups:
        if group in _PREFERRED and _PREFERRED[group] not in slots.values():
            slots[group] = _PREFERRED[group]
    free = (n for n in range(NAMED_AT_MOST) if n not in slots.values())
    for group in groups:
        if group not in slots:
            slots[group] = next(free)
    slots[OTHERS] = NAMED_AT_MOST
    return {g: Style(_HUES[theme][n], *_PATTERNS[n]) for g, n in slots.items()}
