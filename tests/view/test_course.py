"""The course of a line tells its ends and its largest amount, and nothing where nothing is known."""

from hypothesis import given
from hypothesis import strategies as st

from view.amounts import amount_short
from view.marks.course import course
from view.texts import texts

AMOUNTS = st.lists(st.integers(0, 200_000_000), min_size=1, max_size=30)


@given(AMOUNTS, st.sampled_from(["en", "ja"]))
def test_ends_and_the_largest_are_told(amounts: list[int], lang: str) -> None:
    t = texts(lang)
    told = course("X", [(f"<{k}>", tco2, tco2) for k, tco2 in enumerate(amounts)], t)
    if not any(amounts):
        assert told == ""
        return
    first = next(k for k, tco2 in enumerate(amounts) if tco2)
    last = len(amounts) - 1
    for k in {first, last, amounts.index(max(amounts))}:
        assert amount_short(amounts[k], t) in told
    assert f"<{first}>" in told
    assert f"<{last}>" in told


def test_a_range_is_told_with_both_ends() -> None:
    points = [("FY2020", 0.0, 0.0), ("FY2021", 550_000.0, 612_525.0)]
    assert course("Issued", points, texts("en")) == "Issued: 0.55 to 0.61 Mt in FY2021."
