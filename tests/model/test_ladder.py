from model.ladder import ACTUAL_RUNGS, DORMANT, EXPECTED_RUNGS, PROJECT_RUNGS, RUNG_BY_CODE, RUNGS


def test_the_ladder_is_in_order_and_named_in_both_languages() -> None:
    assert [rung.order for rung in RUNGS] == list(range(len(RUNGS)))
    assert [rung.code for rung in RUNGS] == [DORMANT, *EXPECTED_RUNGS, *ACTUAL_RUNGS]
    assert all(rung.name_en and rung.name_ja and rung.meaning_en and rung.meaning_ja for rung in RUNGS)
    assert EXPECTED_RUNGS == ("pipeline", "validation", "registered")


def test_a_dormant_project_stands_on_a_rung_that_is_in_no_sum() -> None:
    assert RUNG_BY_CODE[DORMANT].kind == "aside"
    assert DORMANT in PROJECT_RUNGS
    assert DORMANT not in EXPECTED_RUNGS


def test_every_actual_rung_is_a_part_of_the_one_before() -> None:
    wholes = [RUNG_BY_CODE[code].part_of for code in ACTUAL_RUNGS]
    assert wholes == [None, *ACTUAL_RUNGS[:-1]]
