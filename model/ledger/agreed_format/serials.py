"""Blocks of a report: ITMO numbers and underlying units, where a registry gives them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from model.ledger.agreed_format import nomenclature as terms
from model.ledger.agreed_format.balance import LEAVES, comes_in, is_for_use
from model.ledger.agreed_format.fields import NOT_APPLICABLE, Row, Table, Value
from model.ledger.agreed_format.report import Finding, Report, Words
from model.ledger.agreed_format.tables import ACTIONS, HOLDINGS
from model.ledger.blocks import Block, NotABlock, block_of, joined, overlaps, touching, without

_PAIRS = (
    ("ItmoFirstId", "ItmoLastId", ("CooperativeApproachId", "PartyItmoRegistryId", "FirstTransferringPartyId", "VintageYear")),
    ("UnitFirstId", "UnitLastId", ("UnitRegistryId",)),
)  # fmt: skip
"""First and last number, and what the numbers are counted within."""


@dataclass
class _Rows:
    """Blocks and the rows that they stand in."""

    table: Table
    blocks: list[Block] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def add(self, block: Block, number: int) -> None:
        self.blocks.append(block)
        self.numbers.append(number)


@dataclass
class _Sorted:
    """The blocks of a report: what came at all and to the reporting Party, what left, what is held."""

    came: _Rows = field(default_factory=lambda: _Rows(ACTIONS))
    own: _Rows = field(default_factory=lambda: _Rows(ACTIONS))
    gone: _Rows = field(default_factory=lambda: _Rows(ACTIONS))
    cancelled_for_use: _Rows = field(default_factory=lambda: _Rows(ACTIONS))
    held: _Rows = field(default_factory=lambda: _Rows(HOLDINGS))

    def of(self, table: Table, row: Row, party: Value) -> list[_Rows]:
        """Where the block of a row belongs."""
        if table is HOLDINGS:
            return [self.held]
        if row["Type"] in (terms.FIRST_TRANSFER, terms.ACQUISITION):
            return [self.came, self.own] if comes_in(row, party) else [self.came]
        if row["Type"] in LEAVES:
            return [self.cancelled_for_use if is_for_use(row) else self.gone]
        return []


def wrong_blocks(report: Report, before: Report | None) -> Iterator[Finding]:
    """Blocks that are none, that do not fit their quantity, that stand twice, or that are used and still held."""
    party = report.stated("Party")
    for first, last, within in _PAIRS:
        found = _Sorted()
        for table, number, row in _rows(report):
            block = _block(row, first, last, within)
            if isinstance(block, Block):
                yield from _wrong_size(report, table, number, last, block)
                for rows in found.of(table, row, party):
                    rows.add(block, number)
            elif block is not None:
                yield report.finding(table, number, last, block, _RIGHT_BLOCK)
        for rows in (found.came, found.gone, found.cancelled_for_use, found.held):
            yield from _twice(report, rows, first)
        yield from _still_held(report, found.gone, found.held, first)
        yield from _nowhere(report, found, first)
        if before is not None:
            opening = (_block(row, first, last, within) for row in before.rows(HOLDINGS))
            there = [*(block for block in opening if isinstance(block, Block)), *found.own.blocks]
            yield from _never_came(report, there, found.gone, first)


def _rows(report: Report) -> Iterator[tuple[Table, int, Row]]:
    for table in (ACTIONS, HOLDINGS):
        for number, row in enumerate(report.rows(table)):
            yield table, number, row


_RIGHT_BLOCK: Words = (
    "Give the first and the last number of one block as the registry states them.",
    "登録簿の記載どおり、1つのブロックの先頭及び末尾の番号を記載してください。",
)


def _block(row: Row, first: str, last: str, within: Sequence[str]) -> Block | Words | None:
    """The block of a row, or what is wrong with it; None where none is given."""
    ends = [None if row[code] == NOT_APPLICABLE else row[code] for code in (first, last)]
    if ends == [None, None]:
        return None
    if None in ends:
        return "One end of the block is missing.", "ブロックの先頭又は末尾の番号がありません。"
    series = "/".join(str(row[code] or "") for code in within)
    try:
        return block_of(ends[0], ends[1], f"{series}/" if isinstance(ends[0], int) else "")
    except NotABlock as error:
        return error.en, error.ja


def _wrong_size(report: Report, table: Table, number: int, code: str, block: Block) -> Iterator[Finding]:
    quantity = report.rows(table)[number]["QuantityTCo2"]
    if not isinstance(quantity, int) or quantity == block.size:
        return
    if report.rows(table)[number]["Metric"] == terms.NON_GHG:
        return
    wrong = (
        f"Block {block} has {block.size:,} units, the quantity is {quantity:,} t.",
        f"ブロック{block}は{block.size:,}単位ですが、量は{quantity:,} tです。",
    )
    end = block.first + quantity - 1
    right = (f"Last number {end:,}, or {block.size:,} t.", f"末尾の番号{end:,}、又は{block.size:,} t。")
    yield report.finding(table, number, code, wrong, right)


def _twice(report: Report, rows: _Rows, code: str) -> Iterator[Finding]:
    for a, b in overlaps(rows.blocks):
        earlier, later = sorted((a, b), key=lambda place: rows.numbers[place])
        line = report.line(rows.table, rows.numbers[earlier], code)
        wrong = (
            f"Block {rows.blocks[later]} shares units with {rows.blocks[earlier]} in row {line}.",
            f"ブロック{rows.blocks[later]}は、{line}行目の{rows.blocks[earlier]}と番号が重複しています。",
        )
        right = ("Give each unit once.", "各番号の記載は1回としてください。")
        yield report.finding(rows.table, rows.numbers[later], code, wrong, right)


def _still_held(report: Report, gone: _Rows, held: _Rows, code: str) -> Iterator[Finding]:
    left = joined(gone.blocks)
    for block, number in zip(held.blocks, held.numbers, strict=True):
        if both := touching(block, left):
            wrong = (
                f"Block {block} is held at the end of the year, but {both[0]} was used, cancelled or transferred.",
                f"ブロック{block}は年末保有とされていますが、{both[0]}は使用・取消し・移転済みです。",
            )
            right = (
                "Take units that left out of the holdings.",
                "使用・取消し・移転された番号を保有から除いてください。",
            )
            yield report.finding(HOLDINGS, number, code, wrong, right)


def _nowhere(report: Report, found: _Sorted, code: str) -> Iterator[Finding]:
    """Units that came, did not leave, and are not held, where the report states held blocks of their series at all."""
    series = {block.series for block in found.held.blocks}
    stated = [block for block in found.own.blocks if block.series in series]
    for block in without(stated, [*found.gone.blocks, *found.held.blocks]):
        wrong = (
            f"Units {block} came in, did not leave, and are not held.",
            f"番号{block}は移転入後、移転出も保有もされていません。",
        )
        right = ("Add them to the holdings, or the action.", "保有又は処理に追加してください。")
        own = zip(found.own.blocks, found.own.numbers, strict=True)
        number = next(number for other, number in own if other.overlaps(block))
        yield report.finding(ACTIONS, number, code, wrong, right)


def _never_came(report: Report, there: Sequence[Block], gone: _Rows, code: str) -> Iterator[Finding]:
    known = joined(there)
    for block, number in zip(gone.blocks, gone.numbers, strict=True):
        if lacking := without([block], touching(block, known)):
            wrong = (f"Units {lacking[0]} were not there.", f"番号{lacking[0]}は保有されていません。")
            right = (
                "Give units that came in or were held before.",
                "取得済み又は期首に保有する番号を記載してください。",
            )
            yield report.finding(ACTIONS, number, code, wrong, right)
