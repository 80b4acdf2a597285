"""Blocks of serial numbers as a registry gives them: held, split, moved, used; overlaps and gaps.

No serial is ever made up: a block exists only where its first and its last number are given.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise, takewhile

_DIGITS = re.compile(r"\d+")


class NotABlock(ValueError):
    """First and last number that are no block, with the reason in both languages."""

    def __init__(self, en: str, ja: str) -> None:
        self.en, self.ja = en, ja
        super().__init__(en)


@dataclass(frozen=True, order=True)
class Block:
    """Numbers `first` to `last` of one series, both included."""

    series: str
    first: int
    last: int

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise NotABlock(
                f"The last number {self.last} lies before the first, {self.first}.",
                f"末尾の番号{self.last}が先頭の番号{self.first}より前です。",
            )

    @property
    def size(self) -> int:
        """Units in the block."""
        return self.last - self.first + 1

    def overlaps(self, other: "Block") -> bool:
        """Whether any unit is in both."""
        return self.series == other.series and self.first <= other.last and other.first <= self.last

    def split(self, units: int) -> tuple["Block", "Block"]:
        """The first `units` of the block, and the rest. Raises NotABlock where either would be empty."""
        if not 0 < units < self.size:
            raise NotABlock(
                f"{units} units cannot be split from a block of {self.size}.",
                f"{self.size}単位のブロックから{units}単位を分割することはできません。",
            )
        return (
            Block(self.series, self.first, self.first + units - 1),
            Block(self.series, self.first + units, self.last),
        )

    def __str__(self) -> str:
        return f"{self.first:,}–{self.last:,}"


def number_of(serial: object) -> int | None:
    """The number of a serial that is a number alone, or the last part of digits of an identifier; None where it has none."""
    if isinstance(serial, int):
        return serial if serial >= 0 else None
    parts = _DIGITS.findall(str(serial))
    return int(parts[-1]) if parts else None


def block_of(first: object, last: object, series: str = "") -> Block:
    """The block between two serials: numbers, or identifiers that agree in all but one part of digits.

    What is the same in both becomes part of the series; no meaning is read into it. Raises NotABlock.
    """
    if isinstance(first, int) and isinstance(last, int):
        return Block(series, first, last)
    texts = str(first).strip(), str(last).strip()
    before, after = (_DIGITS.split(text) for text in texts)
    numbers = [[int(part) for part in _DIGITS.findall(text)] for text in texts]
    differing = [i for i, (a, b) in enumerate(zip(*numbers, strict=False)) if a != b]
    if before != after or not numbers[0] or len(differing) > 1:
        raise NotABlock(
            f"“{texts[0]}” and “{texts[1]}” are not of one series.",
            f"「{texts[0]}」と「{texts[1]}」は同じ系列の番号ではありません。",
        )
    place = differing[0] if differing else _longest(texts[0])
    parts = _DIGITS.findall(texts[0])
    fixed = "".join(
        text + ("#" if i == place else parts[i] if i < len(parts) else "") for i, text in enumerate(before)
    )
    return Block(f"{series}{fixed}", numbers[0][place], numbers[1][place])


def _longest(serial: str) -> int:
    """The part of digits that counts where first and last are the same: the longest, of several the last."""
    parts = _DIGITS.findall(serial)
    return max(range(len(parts)), key=lambda i: (len(parts[i]), i))


def overlaps(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Positions of blocks that share units: each with the one before it, in order of numbers, that reaches furthest."""
    found: list[tuple[int, int]] = []
    furthest: int | None = None
    for place in sorted(range(len(blocks)), key=lambda i: blocks[i]):
        block = blocks[place]
        if furthest is not None and blocks[furthest].overlaps(block):
            found.append((furthest, place))
        if furthest is None or blocks[furthest].series != block.series or block.last > blocks[furthest].last:
            furthest = place
    return found


def joined(blocks: Iterable[Block]) -> list[Block]:
    """The same units in as few blocks as possible, in order."""
    found: list[Block] = []
    for block in sorted(blocks):
        last = found[-1] if found else None
        if last is not None and last.series == block.series and block.first <= last.last + 1:
            found[-1] = Block(last.series, last.first, max(last.last, block.last))
        else:
            found.append(block)
    return found


def gaps(blocks: Iterable[Block]) -> list[Block]:
    """Units of a series between its first and its last block that no block has."""
    return [
        Block(a.series, a.last + 1, b.first - 1) for a, b in pairwise(joined(blocks)) if a.series == b.series
    ]


def without(blocks: Iterable[Block], taken: Iterable[Block]) -> list[Block]:
    """The units of some blocks that are not in others, in as few blocks as possible."""
    holes = joined(taken)
    left: list[Block] = []
    place = 0
    for block in joined(blocks):
        while place < len(holes) and (holes[place].series, holes[place].last) < (block.series, block.first):
            place += 1
        start, at = block.first, place
        while at < len(holes) and holes[at].overlaps(block):
            if start < holes[at].first:
                left.append(Block(block.series, start, holes[at].first - 1))
            start = holes[at].last + 1
            at += 1
        if start <= block.last:
            left.append(Block(block.series, start, block.last))
    return left


def touching(block: Block, others: Sequence[Block]) -> list[Block]:
    """Those of some blocks, as `joined` gives them, that share units with a block."""
    start = bisect_left(others, (block.series, block.first), key=lambda other: (other.series, other.last))
    return list(takewhile(block.overlaps, islice(others, start, None)))


@dataclass
class Accounts:
    """Who holds which blocks. A unit is held once: what an account gains another loses, but for what comes in or is used."""

    held: dict[str, list[Block]] = field(default_factory=dict)
    used: list[Block] = field(default_factory=list)

    def receive(self, holder: str, block: Block) -> None:
        """Units that come in. Raises NotABlock where some were there before."""
        there = [*self.used, *(known for own in self.held.values() for known in own)]
        if other := next((known for known in there if known.overlaps(block)), None):
            raise NotABlock(
                f"Block {block} shares units with {other}, which was there before.",
                f"ブロック{block}は、既にある{other}と番号が重複しています。",
            )
        self._put(holder, block)

    def move(self, holder: str, to: str, block: Block) -> None:
        """Units from one account to another; blocks are split as needed. Raises NotABlock where the first lacks some."""
        self._take(holder, block)
        self._put(to, block)

    def use(self, holder: str, block: Block) -> None:
        """Units that are used or cancelled and leave for good. Raises NotABlock where the account lacks some."""
        self._take(holder, block)
        self.used = joined([*self.used, block])

    def units(self) -> Mapping[str, int]:
        """Units by holder."""
        return {holder: sum(block.size for block in blocks) for holder, blocks in self.held.items()}

    def _put(self, holder: str, block: Block) -> None:
        self.held[holder] = joined([*self.held.get(holder, ()), block])

    def _take(self, holder: str, block: Block) -> None:
        own = self.held.get(holder, [])
        if lacking := without([block], own):
            raise NotABlock(
                f"Units {', '.join(map(str, lacking))} are not held by {holder}.",
                f"番号{'、'.join(map(str, lacking))}は{holder}が保有していません。",
            )
        self.held[holder] = without(own, [block])
