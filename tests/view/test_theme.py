"""Colours can be told apart and read: contrast with the background, distance between rungs, a second code beside."""

import itertools

import pytest

from view.theme import PALETTES, TEMPLATES, Palette, ThemeName, style_sheet


def channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def linear(colour: str) -> tuple[float, float, float]:
    return tuple(channel(int(colour[i : i + 2], 16)) for i in (1, 3, 5))  # type: ignore[return-value]


def luminance(colour: str) -> float:
    r, g, b = linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


# Viénot, Brettel and Mollon (1999): what a person without one kind of cone sees, in linear RGB.
DEFICIENCIES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "deutan": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
}


def seen(colour: str, deficiency: str) -> tuple[float, ...]:
    rgb = linear(colour)
    return tuple(
        max(0.0, sum(m * c for m, c in zip(row, rgb, strict=True))) ** (1 / 2.2)
        for row in DEFICIENCIES[deficiency]
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_marks_stand_out(theme: ThemeName) -> None:
    p: Palette = PALETTES[theme]
    assert contrast(p.ink, p.background) >= 7
    assert contrast(p.muted, p.background) >= 4.5
    assert contrast(p.target, p.background) >= 4.5
    assert contrast(p.notice_ink, p.notice_background) >= 4.5
    for rung in ("validation", "registered", "notified", "itmo"):
        assert contrast(p.rungs[rung].colour, p.background) >= 3, rung


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_expected_verified_and_target_stay_apart_for_every_reader(theme: ThemeName, deficiency: str) -> None:
    p = PALETTES[theme]
    shown = {
        rung: p.rungs[rung].colour for rung in ("pipeline", "validation", "registered", "notified", "itmo")
    }
    shown["target"] = p.target
    for (a, one), (b, other) in itertools.combinations(shown.items(), 2):
        distance = (
            sum((x - y) ** 2 for x, y in zip(seen(one, deficiency), seen(other, deficiency), strict=True))
            ** 0.5
        )
        assert distance > 0.12, (a, b, distance)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_rung_is_told_by_more_than_its_colour(theme: ThemeName) -> None:
    codes = [(s.pattern, s.dash, s.colour) for s in PALETTES[theme].rungs.values()]
    assert len(set(codes)) == len(codes)
    same_colour = itertools.combinations(PALETTES[theme].rungs.values(), 2)
    assert all((a.pattern, a.dash) != (b.pattern, b.dash) for a, b in same_colour if a.colour == b.colour)


OF_THE_FRAMEWORK = (
    ':root :is(summary,[data-testid="stCaptionContainer"]){opacity:.85}',
    ".stCode:is(:focus,:focus-within)>div{visibility:visible;opacity:1}",
    "!important;outline-offset:1px",
)
"""Where elements of the framework could not be read, seen or reached otherwise."""


def test_our_style_aims_at_our_own_blocks_only() -> None:
    sheet = style_sheet("light")
    for rule in OF_THE_FRAMEWORK:
        assert rule in sheet
        sheet = sheet.replace(rule, "")
    for framework in (".st", "stApp", "data-testid", "emotion", "!important"):
        assert framework not in sheet


def test_templates_differ_by_theme_only_in_colour() -> None:
    light, dark = TEMPLATES["light"].to_plotly_json(), TEMPLATES["dark"].to_plotly_json()
    assert light["layout"].keys() == dark["layout"].keys()
    assert light["layout"]["font"]["family"] == dark["layout"]["font"]["family"]
