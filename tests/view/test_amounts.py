"""Tonnes as people read them, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from view.amounts import (
    amount,
    amount_short,
    between,
    megatonnes,
    per_year,
    reported,
    ten_thousands,
    tonnes_between,
)
from view.texts import texts

EN, JA = texts("en"), texts("ja")


@pytest.mark.parametrize(
    ("tco2", "english", "japanese"),
    [
        (0, "0 Mt-CO₂", "0t-CO₂"),
        (300, "300 t-CO₂", "300t-CO₂"),
        (7_087, "7,087 t-CO₂", "7,087t-CO₂"),
        (700_000, "0.7 Mt-CO₂", "70万t-CO₂"),
        (163_654, "0.16 Mt-CO₂", "16.4万t-CO₂"),
        (3_100_000, "3.1 Mt-CO₂", "310万t-CO₂"),
        (23_200_000, "23.2 Mt-CO₂", "2,320万t-CO₂"),
        (100_000_000, "100 Mt-CO₂", "1億t-CO₂"),
        (160_400_000, "160.4 Mt-CO₂", "1億6,040万t-CO₂"),
        (200_000_000, "200 Mt-CO₂", "2億t-CO₂"),
    ],
)
def test_an_amount_is_written_as_its_readers_write_it(tco2: int, english: str, japanese: str) -> None:
    assert amount(tco2, EN) == english
    assert amount(tco2, JA) == japanese


def test_a_short_amount_and_a_pace_have_their_units() -> None:
    assert amount_short(23_200_000, EN) == "23.2 Mt"
    assert amount_short(76_800_000, JA) == "7,680万t"
    assert per_year(19_900_000, JA) == "1,990万t/年"
    assert per_year(19_900_000, EN) == "19.9 Mt a year"


@given(st.integers(min_value=1, max_value=400_000_000))
def test_what_is_more_than_nothing_never_reads_as_zero(tco2: int) -> None:
    for text in (megatonnes(tco2, EN), ten_thousands(tco2, JA)):
        assert any(c in "123456789" for c in text), (tco2, text)


@given(st.integers(min_value=0, max_value=20_000))
def test_ten_thousands_read_back(ten_thousand: int) -> None:
    """1億6,040万t means what it says."""
    tco2 = ten_thousand * 1_000_000
    text = ten_thousands(tco2, JA).replace(",", "").removesuffix("t")
    hundred_millions, _, rest = text.partition("億") if "億" in text else ("0", "", text)
    ten = float(rest.removesuffix("万") or 0) if "万" in rest else float(rest or 0) / 10_000
    assert int(hundred_millions) * 100_000_000 + ten * 10_000 == tco2


@pytest.mark.parametrize(
    ("low", "high", "english", "japanese"),
    [
        (803_158, 865_683, "0.80 to 0.87 Mt", "80.3万～86.6万t"),
        (550_000, 612_525, "0.55 to 0.61 Mt", "55万～61.3万t"),
        (400, 9_000, "400 to 9,000 t", "400～9,000t"),
        (700_000, 700_000, "0.7 Mt", "70万t"),
        (22_669_000, 22_670_000, "22.7 Mt", "2,267万t"),
    ],
)
def test_a_range_has_both_its_ends_and_its_unit_once(
    low: int, high: int, english: str, japanese: str
) -> None:
    assert between(low, high, EN, amount_short) == english
    assert between(low, high, JA, amount_short) == japanese


def test_the_ends_of_a_range_share_their_unit() -> None:
    assert between(20_100_000, 20_300_000, EN, per_year) == "20.1 to 20.3 Mt a year"
    assert between(20_100_000, 20_300_000, JA, per_year) == "2,010万～2,030万t/年"
    assert tonnes_between(550_000, 612_525, EN) == "550,000 to 612,525 t"


def test_what_weak_sources_alone_tell_is_said_and_nothing_where_there_is_none() -> None:
    assert reported(86_564, EN) == "of which 86,564 t reported, not confirmed"
    assert "報道等" in reported(86_564, JA)
    assert reported(0, EN) == ""
