"""Colours and links of the sectors page."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from view.address import link
from view.sectors.colours import NAMED_AT_MOST, OTHERS, styles_of
from view.sectors.strip import Axis, strip
from view.selection import Selection
from view.theme import PALETTES, ThemeName

DAY = date(2026, 11, 23)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_sector_wears_the_colour_of_a_rung_or_a_target(theme: ThemeName) -> None:
    palette = PALETTES[theme]
    taken = {palette.target, *(style.colour for style in palette.rungs.values())}
    groups = [str(n) for n in range(1, NAMED_AT_MOST + 1)]
    assert not taken & {style.colour for style in styles_of(groups, theme).values()}


def test_a_sector_keeps_its_colour_whatever_else_is_drawn() -> None:
    alone, with_others = styles_of(["14"], "light"), styles_of(["3", "1", "14", "5"], "light")
    assert alone["14"] == with_others["14"]


def test_groups_differ_in_more_than_colour() -> None:
    styles = styles_of(["5", "6", "8", "9", "10", "11", "12"], "light")
    assert len({style.colour for style in styles.values()}) == NAMED_AT_MOST + 1
    assert len({style.dash for style in styles.values()}) == NAMED_AT_MOST + 1
    assert OTHERS in styles


def test_a_link_carries_the_selection_and_puts_its_own_values_in_place() -> None:
    selection = Selection(as_of=date(2024, 3, 31), share="japan", form="yearly").narrowed(
        country=["MNG", "THA"], sector=["1", "3"]
    )
    parts = urlsplit(link("projects", selection, "ja", DAY, country="THA", sector="14"))
    assert parts.path == "projects"
    assert parse_qs(parts.query) == {
        "lang": ["ja"],
        "country": ["THA"],
        "sector": ["14"],
        "share": ["japan"],
        "as_of": ["2024-03-31"],
    }


def test_a_link_from_the_plain_page_says_the_language_only() -> None:
    assert link("projects", Selection(as_of=DAY), "en", DAY) == "projects?lang=en"


def test_a_dot_beyond_the_axis_stands_at_its_end() -> None:
    html = strip(Axis(2.0, [(0.0, "0"), (1.0, "1")], reference=1.0), [(5.0, "<b>")], mark=None)
    assert "left:100.00%" in html
    assert "<b>" not in html
    assert "jcm-reference" in html
