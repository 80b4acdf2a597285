"""A search finds what is meant, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.search_text import folded, search_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Solar PV", "ＳＯＬＡＲ　ｐｖ"),
        ("ボイラー", "ぼいら"),
        ("ヴェトナム", "べとなむ"),
        ("モルディブ", "もるじぶ"),
        ("コージェネレーション", "こじぇねれしょん"),
        ("ﾎﾞｲﾗｰ", "ボイラー"),
        ("Béja", "beja"),
        ("Đông Hà", "dong ha"),
        ("Töv", "TOV"),
        ("CO₂", "co2"),
        ("１０MW", "10mw"),
        ("パラオ", "ぱらお"),
    ],
)
def test_spellings_of_one_thing_fold_to_one_text(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_voiced_kana_stay_apart_from_plain_ones() -> None:
    assert folded("ガス") != folded("カス")


def test_words_are_split_and_held_once() -> None:
    assert search_words("  Solar　モンゴル solar ") == ["solar", "もんごる"]
    assert search_words("   ") == []


@given(st.text(max_size=200))
def test_folding_again_changes_nothing_and_any_text_is_taken(text: str) -> None:
    assert folded(folded(text)) == folded(text)
