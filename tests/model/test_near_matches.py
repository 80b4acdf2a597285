"""A link that is nearly right is understood, or answered with what is near."""

from datetime import date

import pytest

from model.near_matches import exact_match, near_matches, nearest_day, neighbours

NAMES = {
    "MN001": ("Boilers in Ulaanbaatar", "ボイラ"),
    "MN002": ("Boilers in Bornuur", ""),
    "TH001": ("Solar", ""),
}


@pytest.mark.parametrize("asked", ["MN001", "mn001", "ＭＮ００１", "mn-001", " MN001 "])
def test_case_width_and_hyphens_do_not_matter(asked: str) -> None:
    assert exact_match(asked, list(NAMES)) == "MN001"


def test_what_is_not_there_has_near_matches_the_nearest_first() -> None:
    assert exact_match("MN003", list(NAMES)) is None
    assert near_matches("MN003", NAMES)[:2] == ["MN001", "MN002"]
    assert near_matches("ulaanbaatar", NAMES)[0] == "MN001"
    assert near_matches("", NAMES) == []
    assert near_matches("zzzzzzzzzzzz", NAMES) == []


def test_neighbours_end_at_the_ends() -> None:
    assert neighbours(["a", "b", "c"], "a") == (None, "b")
    assert neighbours(["a", "b", "c"], "b") == ("a", "c")
    assert neighbours(["a"], "a") == (None, None)


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("2021-02-30", date(2021, 2, 28)),
        ("2021-13-05", date(2021, 12, 5)),
        ("2021-3", date(2021, 3, 31)),
        ("2021", date(2021, 12, 31)),
        ("2013-01-01", date(2013, 1, 8)),
        ("1999-05-05", date(2013, 1, 8)),
        ("2031-05-05", date(2026, 11, 29)),
        ("2026-12-31", date(2026, 11, 29)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_day_that_was_meant_lies_between_the_limits(asked: str, near: date | None) -> None:
    assert nearest_day(asked, date(2013, 1, 8), date(2026, 11, 29)) == near
