from model.ladder import ACTUAL_RUNGS, EXPECTED_RUNGS, RUNGS


def test_the_ladder_is_in_order_and_named_in_both_languages() -> None:
    assert [rung.order for rung in RUNGS] == list(range(1, 9))
    assert [rung.code for rung in RUNGS] == [*EXPECTED_RUNGS, *ACTUAL_RUNGS]
    assert all(rung.name_en and rung.name_ja and rung.meaning_en and rung.meaning_ja for rung in RUNGS)
    assert EXPECTED_RUNGS == ("pipeline", "validation", "registered")
