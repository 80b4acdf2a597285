"""The course of a line tells its ends and where it turns, and nothing where nothing is known."""

from hypothesis import given
from hypothesis import strategies as st

from view.amounts import amount_short
from view.marks.course import course
from view.texts import Language, texts

AMOUNTS = st.lists(st.integers(0, 200_000_000), min_size=1, max_size=30)


@given(AMOUNTS, st.sampled_from(["en", "ja"]))
def test_ends_the_largest_and_the_least_are_told(amounts: list[int], lang: str) -> None:
    t = texts(lang)
    told = course("X", [(f"<{k}>", tco2, tco2) for k, tco2 in enumerate(amounts)], t)
    if not any(amounts):
        assert told == ""
        return
    first = next(k for k, tco2 in enumerate(amounts) if tco2)
    last = len(amounts) - 1
    for k in {first, last, amounts.index(max(amounts)), amounts.index(min(amounts[first:]), first)}:
        assert amount_short(amounts[k], t) in told
    assert f"<{first}>" in told
    assert f"<{last}>" in told


def test_a_range_is_told_with_both_ends() -> None:
    points = [("FY2020", 0.0, 0.0), ("FY2021", 550_000.0, 612_525.0)]
    assert course("Issued", points, texts("en")) == "Issued: 0.55 to 0.61 Mt in FY2021."


def test_a_line_that_turns_is_told_in_the_order_of_time() -> None:
    amounts = (4_000_000, 9_000_000, 1_000_000, 2_000_000)

    def told(name: str, lang: Language) -> str:
        t = texts(lang)
        return course(name, [(t.year(2020 + k), tco2, tco2) for k, tco2 in enumerate(amounts)], t)

    assert (
        told("Sum", "en")
        == "Sum: 4 Mt in FY2020, most in FY2021 with 9 Mt, least in FY2022 with 1 Mt, 2 Mt in FY2023."
    )
    assert (
        told("合計", "ja")
        == "合計：2020年度に400万t、最大は2021年度の900万t、最小は2022年度の100万t、2023年度に200万t。"
    )
