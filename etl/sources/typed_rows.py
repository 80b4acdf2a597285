"""Cells of text → typed rows of one table that keep to its contract.

A cell that fails is emptied and the row stays; a row that means nothing without the cell goes. Both go to quarantine.
All is done by columns; only cells that are not in plain form are looked at one by one, each text once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import dataframely as dy
import polars as pl

from etl.contracts import Table
from etl.contracts.empty_cells import COUNTS_AS, goes_with, may_be_emptied
from etl.sources.cells import FILE, LINE, CellRow, CellTable, cell_names, columns_of
from etl.sources.number_values import LARGEST_WHOLE
from etl.sources.quarantine import GOES_WITH, REPEATED, Message, Quarantine, visible
from etl.sources.reading import DAMAGED
from etl.sources.rule_messages import message_of
from etl.sources.value_text import TEXTS_THAT_STATE_NOTHING, states_no_amount
from etl.sources.values import Value, ValueNotUnderstood, is_plain, reader, shown

Instead = str | bool | None
"""What stands in a cell that failed; None for nothing."""

_POSITION = "⟨position⟩"
_TOLD_WHEN_GIVEN_UP = 1_000
"""Faulty rows of a table that are always told one by one."""
_GROUPED = r"^-?[0-9]{1,3}(?:,[0-9]{3})+$"

READING_SCHEMA = {
    "file": pl.String,
    "line": pl.Int64,
    "column": pl.String,
    "text": pl.String,
    "read": pl.String,
}
"""Cells read otherwise than they stand; `read` is null where the text was taken to state nothing."""


@dataclass(frozen=True)
class TypedRows:
    """Typed rows of one table with the text they came from; `cells` and `frame` go together by position."""

    contract: Table
    cells: CellTable
    frame: pl.DataFrame

    def only(self, keep: pl.Series) -> "TypedRows":
        """The rows marked true."""
        return TypedRows(self.contract, self.cells.only(keep), self.frame.filter(keep))


@dataclass(frozen=True)
class Finding:
    """What is wrong with a cell, or with a whole row (no column). `instead` stands in the cell afterwards, if anything."""

    position: int
    column: str | None
    rule: str
    message: Message
    instead: Instead = None


@dataclass
class _ReadColumn:
    """Values of a column, the texts that were refused, and what was read from those not in plain form."""

    values: pl.Series
    refused: dict[str, ValueNotUnderstood] = field(default_factory=dict)
    told: dict[str, str | None] = field(default_factory=dict)


def typed_rows(
    contract: Table, cells: CellTable, max_cell: int, quarantine: Quarantine, readings: list[pl.DataFrame]
) -> TypedRows:
    """Read the cells, hold the keys and the rules of the table itself. `readings` gains a frame of READING_SCHEMA."""
    typed, findings = _parsed(contract, cells, max_cell, readings)
    return hold_rules(_with_own_key(settle(typed, findings, quarantine), quarantine), quarantine)


def _parsed(
    contract: Table, cells: CellTable, max_cell: int, readings: list[pl.DataFrame]
) -> tuple[TypedRows, list[Finding]]:
    values: list[pl.Series] = []
    findings: list[Finding] = []
    seen: set[str] = set()
    for (name, column), at in zip(
        contract.schema.columns().items(), cell_names(contract).values(), strict=True
    ):
        text = cells.frame[at]
        unsound = _unsound(text, name, column, max_cell, may_be_damaged=cells.may_be_damaged)
        if unsound:
            text = text.scatter([finding.position for finding in unsound], None)
        read = _read(name, column, text)
        values.append(read.values.alias(name))
        if at in seen:  # one cell may fill several columns; it is told once
            continue
        seen.add(at)
        findings += unsound
        if read.refused:
            for position in text.is_in(list(read.refused)).fill_null(value=False).arg_true():
                error = read.refused[text[position]]
                message = (f"Expected {error.expected_en}.", f"{error.expected_ja}が必要です。")
                findings.append(Finding(position, name, "value not understood", message))
        if read.told:
            is_told = text.is_in(list(read.told)).fill_null(value=False)
            some = cells.frame.filter(is_told).select(
                pl.col(FILE).cast(pl.String).alias("file"),
                pl.col(LINE).alias("line"),
                pl.lit(at).alias("column"),
                pl.col(at).alias("text"),
                pl.col(at)
                .replace_strict(list(read.told), list(read.told.values()), return_dtype=pl.String)
                .alias("read"),
            )
            readings.append(some)
    return TypedRows(contract, cells, pl.DataFrame(values)), findings


def _unsound(
    text: pl.Series, name: str, column: dy.Column, max_cell: int, *, may_be_damaged: bool
) -> list[Finding]:
    """Cells whose text is too long or damaged, whatever their column."""
    longest = max(max_cell, (column.metadata or {}).get("longest") or 0)
    findings: list[Finding] = []
    if int(text.str.len_bytes().max() or 0) > longest:  # type: ignore[arg-type]  # of numbers, the maximum is one
        message = (
            f"A cell holds at most {longest:,} characters (JCM_MAX_CELL).",
            f"セルの文字数の上限は {longest:,} です（JCM_MAX_CELL）。",
        )
        findings += [
            Finding(position, name, "length of a cell", message)
            for position in (text.str.len_chars() > longest).fill_null(value=False).arg_true()
        ]
    if may_be_damaged:
        too_long = {finding.position for finding in findings}
        for position in text.str.contains(DAMAGED.pattern).fill_null(value=False).arg_true():
            found = DAMAGED.search(text[position])
            if found and position not in too_long:
                sign = f"U+{ord(found[0]):04X}"
                message = (
                    f"The text holds {sign}, which is no letter. Take the text from its source again.",
                    f"文字化けした文字（{sign}）が含まれています。出典から入力し直してください。",
                )
                findings.append(Finding(position, name, "damaged text", message))
    return findings


def _read(name: str, column: dy.Column, text: pl.Series) -> _ReadColumn:
    reads = (column.metadata or {})["reads"]
    if reads == "text":
        found = _ReadColumn(text)
        if column.nullable:
            states_nothing = text.is_in(TEXTS_THAT_STATE_NOTHING).fill_null(value=False)
            if states_nothing.any():
                found.told = dict.fromkeys(text.filter(states_nothing).unique())
                found.values = text.zip_with(~states_nothing, pl.Series([None], dtype=pl.String))
        return found
    found = _ReadColumn(_plain_values(text, reads, column.dtype))
    rest = text.filter(found.values.is_null() & text.is_not_null()).unique(maintain_order=True)
    read, new = reader(name, reads), dict[str, Value]()
    for cell in rest:
        if column.nullable and states_no_amount(cell):
            found.told[cell] = None
            continue
        try:
            new[cell] = read(cell)
        except ValueNotUnderstood as error:
            found.refused[cell] = error
            continue
        if not is_plain(cell, reads):
            found.told[cell] = shown(cell, reads, new[cell])
    if new:
        values = pl.Series(list(new.values()), dtype=column.dtype)
        found.values = text.replace_strict(
            pl.Series(list(new)), values, default=found.values, return_dtype=column.dtype
        )
    return found


def _plain_values(text: pl.Series, reads: str, dtype: pl.DataType) -> pl.Series:
    """Numbers that stand as digits, with or without commas between thousands; null for every other text."""
    if reads in {"integer", "tonnes"}:
        if text.str.contains(",", literal=True).any():
            digits = text.str.replace_all(",", "", literal=True)
            text = digits.zip_with(text.str.contains(_GROUPED), text)
        values = text.cast(pl.Int64, strict=False)
        return values.set(values.abs() > LARGEST_WHOLE, None)
    if reads == "decimal":
        is_plain = text.str.contains(r"^-?[0-9]{1,15}(?:\.[0-9]+)?$")
        return text.cast(pl.Float64, strict=False).zip_with(is_plain, pl.Series([None], dtype=pl.Float64))
    return pl.Series([None], dtype=dtype).new_from_index(0, text.len())


def settle(typed: TypedRows, findings: Sequence[Finding], quarantine: Quarantine) -> TypedRows:
    """Empties the cells found and those that go with them; rows that mean nothing without them are rejected."""
    if not findings:
        return typed
    names = cell_names(typed.contract)
    by_row: dict[int, list[Finding]] = {}
    for finding in findings:
        by_row.setdefault(finding.position, []).append(finding)
    if len(by_row) > _TOLD_WHEN_GIVEN_UP and (given_up := _given_up(typed, by_row, quarantine)):
        return given_up
    gone: list[int] = []
    changes: dict[tuple[str, Instead], list[int]] = {}
    for position, some in sorted(by_row.items()):
        row = typed.cells.row(position)
        if not all(_can_stay_without(typed.contract, finding) for finding in some):
            for finding in some:
                column = names[finding.column] if finding.column else None
                quarantine.reject(row, finding.rule, finding.message, column)
            gone.append(position)
            continue
        for column, value in _emptied(typed, row, some, quarantine).items():
            changes.setdefault((column, value), []).append(position)
    frame = typed.frame
    for (column, value), positions in changes.items():
        is_it = pl.int_range(pl.len()).is_in(positions)
        new = pl.when(is_it).then(pl.lit(value, frame.schema[column])).otherwise(pl.col(column))
        frame = frame.with_columns(new.alias(column))
    typed = TypedRows(typed.contract, typed.cells, frame)
    return typed.only(~pl.int_range(frame.height, eager=True).is_in(gone)) if gone else typed


def _given_up(
    typed: TypedRows, by_row: Mapping[int, Sequence[Finding]], quarantine: Quarantine
) -> TypedRows | None:
    """The rows without fault, where the others are so many that the build will stop; the first few are told."""
    places = typed.cells.frame.select(pl.col(FILE).cast(pl.String), LINE)[list(by_row)]
    if len(by_row) <= quarantine.bearable(places[FILE][0]):
        return None
    for file in places[FILE].unique():
        quarantine.give_up(file, places.filter(pl.col(FILE) == file)[LINE])
    names = cell_names(typed.contract)
    for position in sorted(by_row)[:_TOLD_WHEN_GIVEN_UP]:
        for finding in by_row[position]:
            column = names[finding.column] if finding.column else None
            quarantine.reject(typed.cells.row(position), finding.rule, finding.message, column)
    return typed.only(~pl.int_range(typed.frame.height, eager=True).is_in(list(by_row)))


def _can_stay_without(contract: Table, finding: Finding) -> bool:
    if finding.column is None:
        return False
    columns = columns_of(contract, cell_names(contract)[finding.column])
    return finding.instead is not None or all(may_be_emptied(contract, column) for column in columns)


def _emptied(
    typed: TypedRows, row: CellRow, findings: Iterable[Finding], quarantine: Quarantine
) -> dict[str, Instead]:
    """What stands in the columns of a row after its cells were emptied; each change is told."""
    names = cell_names(typed.contract)
    changed: dict[str, Instead] = {}
    at = next(iter(findings)).position
    for finding in findings:
        heading = names[str(finding.column)]
        instead = finding.instead
        if instead is None and not finding.rule.startswith(GOES_WITH):
            instead = COUNTS_AS.get(typed.contract.name, {}).get(str(finding.column))
        quarantine.leave_out(row, finding.rule, finding.message, heading, then=_then(instead))
        changed |= dict.fromkeys(columns_of(typed.contract, heading), instead)
    for column in [name for name, value in changed.items() if value is None]:
        for other, value in goes_with(typed.contract, column).items():
            if changed.get(other, typed.frame[other][at]) in {None, value}:
                continue
            message = _means_nothing_without(names[column])
            quarantine.leave_out(row, f"{GOES_WITH}{column}", message, names[other], then=_then(value))
            changed |= dict.fromkeys(columns_of(typed.contract, names[other]), value)
    return changed


def _then(instead: Instead) -> Message:
    """What becomes of a cell that failed."""
    if instead is None:
        return "The cell is left empty; the row is kept.", "当該セルは空欄として扱い、行は保持します。"
    value = visible(str(instead).lower() if isinstance(instead, bool) else instead[:200])
    return (
        f"The cell counts as “{value}”; the row is kept.",
        f"当該セルは「{value}」として扱い、行は保持します。",
    )


def _with_own_key(typed: TypedRows, quarantine: Quarantine) -> TypedRows:
    """Rows whose key no other row has. Of rows that are the same in every value the first stays.

    Rows with one key and different values all go: nothing tells which of them is right.
    """
    key = list(typed.contract.row_key)
    keys = typed.frame.select(key)
    if keys.n_unique() == keys.height:
        return typed
    gone: list[int] = []
    by_key: dict[tuple[Any, ...], list[int]] = {}
    for position in keys.is_duplicated().arg_true():
        by_key.setdefault(keys.row(position), []).append(position)
    for values, positions in by_key.items():
        name = ", ".join(str(part) for part in values)[:200]
        rows = [typed.cells.row(position) for position in positions]
        if typed.frame[positions].n_unique() == 1:
            first = rows[0]
            for row in rows[1:]:
                message = (
                    f"The row repeats line {first.line} (key {name}); the first one is kept.",
                    f"{first.line} 行目と同じ内容です（識別子 {name}）。最初の行を採用します。",
                )
                quarantine.reject(row, REPEATED, message)
            gone += positions[1:]
            continue
        lines = ", ".join(str(row.line) for row in rows)
        for row in rows:
            message = (
                f"The key {name} stands on lines {lines} with different values; which is right is not known: none is kept.",
                f"識別子 {name} が {lines} 行目に異なる内容で重複しています。正しい行を判別できないため、いずれも除外します。",
            )
            quarantine.reject(row, "duplicate key", message)
        gone += positions
    return typed.only(~pl.int_range(typed.frame.height, eager=True).is_in(gone))


def hold_rules(typed: TypedRows, quarantine: Quarantine) -> TypedRows:
    """Holds the rules of the contract until all rows keep to them. A rule on one column costs its cell where it can."""
    while not typed.contract.schema.is_valid(typed.frame):
        typed = settle(typed, _broken(typed), quarantine)
    return typed


def _broken(typed: TypedRows) -> list[Finding]:
    contract, key = typed.contract, list(typed.contract.row_key)
    _, failures = contract.schema.filter(typed.frame)
    details = failures.details()
    rules = [name for name in details.columns if name not in typed.frame.columns]
    positions = typed.frame.select(key).with_row_index(_POSITION)
    placed = details.join(positions, on=key, how="left", nulls_equal=True, maintain_order="left")
    findings: list[Finding] = []
    for values in placed.select(_POSITION, *rules).iter_rows(named=True):
        position = int(values[_POSITION])
        row = typed.cells.row(position)
        broken = [_told(contract, rule, row, position) for rule in rules if values[rule] == "invalid"]
        of_cells = [finding for finding in broken if finding.column]
        # What is wrong with cells comes first: without them the row may be right.
        if of_cells and all(_can_stay_without(contract, finding) for finding in of_cells):
            broken = of_cells
        elif not of_cells:
            broken = _left_alone(typed, position) or broken
        # Columns filled from one cell fail together; the cell is told once.
        findings += {(f.column and cell_names(contract)[f.column], f.message): f for f in broken}.values()
    return findings


def _left_alone(typed: TypedRows, position: int) -> list[Finding]:
    """Cells of a row that mean nothing because the one they go with states nothing."""
    names = cell_names(typed.contract)
    values = typed.frame.row(position, named=True)
    return [
        Finding(position, other, f"{GOES_WITH}{column}", _means_nothing_without(names[column]), instead)
        for column in values
        if values[column] is None
        for other, instead in goes_with(typed.contract, column).items()
        if values[other] not in {None, instead}
    ]


def _means_nothing_without(heading: str) -> Message:
    return (
        f"It means nothing without {heading}, which is empty.",
        f"{heading} が空欄のため、意味をなしません。",
    )


def _told(contract: Table, rule: str, row: CellRow, position: int) -> Finding:
    names: Mapping[str, str] = cell_names(contract)
    at = rule.partition("|")[0]
    column, message = message_of(contract, rule, row.cells.get(names[at]) if at in names else None)
    return Finding(position, column, rule, message)
