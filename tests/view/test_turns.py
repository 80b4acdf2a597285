"""Pages take turns: so many at once, in their order, and one that hangs does not keep the others."""

import threading
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from view.turns import Turns

FOREVER = 60.0


@given(at_once=st.integers(1, 4), pages=st.integers(1, 12))
def test_never_more_than_that_many_run_and_all_of_them_do(at_once: int, pages: int) -> None:
    turns, lock, running, most, ran = Turns(at_once), threading.Lock(), 0, 0, 0
    begin = threading.Barrier(pages)

    def page() -> None:
        nonlocal running, most, ran
        begin.wait()
        with turns.turn(FOREVER) as is_taken:
            assert is_taken
            with lock:
                running += 1
                most = max(most, running)
            with lock:
                running -= 1
                ran += 1

    threads = [threading.Thread(target=page) for _ in range(pages)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert ran == pages
    assert most <= at_once


def test_who_has_waited_longest_is_next() -> None:
    turns, order = Turns(1), list[int]()
    waiting: list[threading.Thread] = []

    def page(number: int) -> None:
        with turns.turn(FOREVER):
            order.append(number)

    with turns.turn(FOREVER):
        for number in range(5):
            waiting.append(threading.Thread(target=page, args=(number,)))
            waiting[-1].start()
            while len(turns) <= number:
                pass
    for one in waiting:
        one.join()
    assert order == [0, 1, 2, 3, 4]


def test_a_page_that_hangs_does_not_keep_the_others() -> None:
    turns = Turns(1)
    with turns.turn(FOREVER):
        with turns.turn(0) as is_taken:
            assert not is_taken
        assert len(turns) == 0
    with turns.turn(0) as is_taken:
        assert is_taken


def test_a_page_that_fails_gives_its_turn_back() -> None:
    turns = Turns(1)
    with suppress(RuntimeError), turns.turn(0):
        raise RuntimeError
    with turns.turn(0) as is_taken:
        assert is_taken
