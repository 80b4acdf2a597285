"""Blocks of serial numbers: held, split, moved and used without a unit lost or made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.ledger.blocks import (
    Accounts,
    Block,
    NotABlock,
    block_of,
    gaps,
    joined,
    number_of,
    overlaps,
    touching,
    without,
)

blocks = st.builds(
    lambda series, first, size: Block(series, first, first + size),
    st.sampled_from("ab"),
    st.integers(0, 60),
    st.integers(0, 12),
)
several = st.lists(blocks, max_size=8)


def units(some: list[Block]) -> set[tuple[str, int]]:
    return {(b.series, number) for b in some for number in range(b.first, b.last + 1)}


@given(several, several)
def test_units_are_the_same_whatever_the_blocks(a: list[Block], b: list[Block]) -> None:
    assert units(joined(a)) == units(a)
    assert sum(block.size for block in joined(a)) == len(units(a))
    assert units(without(a, b)) == units(a) - units(b)
    assert without(a, b) == joined(without(a, b))
    for block in b:
        assert units(touching(block, joined(a))) & units([block]) == units(a) & units([block])


@given(several)
def test_what_is_given_twice_is_found(some: list[Block]) -> None:
    is_twice = sum(block.size for block in some) > len(units(some))
    found = overlaps(some)
    assert bool(found) == is_twice
    assert all(i != j and some[i].overlaps(some[j]) for i, j in found)


@given(several)
def test_gaps_are_what_lies_between_and_is_in_no_block(some: list[Block]) -> None:
    between = units(gaps(some))
    assert not between & units(some)
    for series in "ab":
        own = [number for s, number in units(some) if s == series]
        whole = set(range(min(own), max(own) + 1)) if own else set()
        assert {number for s, number in between if s == series} == whole - set(own)


@given(blocks.filter(lambda block: block.size > 1), st.data())
def test_a_split_leaves_every_unit_in_one_of_two(block: Block, data: st.DataObject) -> None:
    first, rest = block.split(data.draw(st.integers(1, block.size - 1)))
    assert first.size + rest.size == block.size
    assert joined([rest, first]) == [block]


def test_units_move_and_are_used_once() -> None:
    accounts = Accounts()
    accounts.receive("government", Block("s", 1, 100))
    accounts.move("government", "companies", Block("s", 21, 60))
    accounts.use("companies", Block("s", 21, 30))
    assert accounts.held["government"] == [Block("s", 1, 20), Block("s", 61, 100)]
    assert accounts.units() == {"government": 60, "companies": 30}
    assert accounts.used == [Block("s", 21, 30)]
    for wrong in (
        lambda: accounts.use("companies", Block("s", 25, 40)),
        lambda: accounts.move("government", "companies", Block("s", 10, 30)),
        lambda: accounts.receive("government", Block("s", 30, 30)),
        lambda: accounts.receive("government", Block("s", 100, 110)),
    ):
        with pytest.raises(NotABlock):
            wrong()
    assert accounts.units() == {"government": 60, "companies": 30}


@pytest.mark.parametrize(
    ("first", "last", "size"),
    [
        (1, 100, 100),
        (7, 7, 1),
        ("JCM-MN-0000001", "JCM-MN-0000250", 250),
        ("CA0001-MNG01-MNG-1-2024", "CA0001-MNG01-MNG-40-2024", 40),
        ("MN-12-000005", "MN-12-000005", 1),
    ],
)
def test_serials_are_read_as_they_are_given(first: object, last: object, size: int) -> None:
    assert block_of(first, last).size == size


def test_serials_of_another_series_do_not_overlap() -> None:
    a, b = block_of("MN-01-1", "MN-01-9"), block_of("TH-01-1", "TH-01-9")
    assert not a.overlaps(b)
    assert block_of("MN-01-5", "MN-01-6").overlaps(a)


@pytest.mark.parametrize(
    ("first", "last"), [(9, 1), ("MN-1", "TH-2"), ("A-1-1", "A-2-2"), ("abc", "abd"), ("MN-1", 2)]
)
def test_no_block_is_made_up(first: object, last: object) -> None:
    with pytest.raises(NotABlock) as refused:
        block_of(first, last)
    assert any(ord(c) > 0x2FFF for c in refused.value.ja)
    assert number_of("abc") is None
