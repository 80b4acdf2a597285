"""What becomes of cells and rows that break their contract.

A cell that fails is emptied and the row stays; a row that means nothing without the cell goes. Both go to quarantine.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from etl.contracts import Table, table
from etl.contracts.empty_cells import COUNTS_AS, goes_with, may_be_emptied
from etl.sources.cells import FILE, LINE, CellRow, TypedRows, cell_names, columns_of
from etl.sources.quarantine import GOES_WITH, REPEATED, Message, Quarantine, visible
from etl.sources.rule_messages import message_of

Instead = str | bool | None
"""What stands in a cell that failed; None for nothing."""

_POSITION = "⟨position⟩"
_REPORTED_WHEN_GIVEN_UP = 1_000
"""Faulty rows of a table that are always reported one by one."""


@dataclass(frozen=True)
class CellFault:
    """What is wrong with a cell, or with a whole row (no column). `instead` stands in the cell afterwards, if anything."""

    position: int
    column: str | None
    rule: str
    message: Message
    instead: Instead = None


def settle(typed: TypedRows, faults: Sequence[CellFault], quarantine: Quarantine) -> TypedRows:
    """Empties the cells found and those that go with them; rows that mean nothing without them are rejected."""
    if not faults:
        return typed
    by_row: dict[int, list[CellFault]] = {}
    for fault in faults:
        by_row.setdefault(fault.position, []).append(fault)
    if len(by_row) > _REPORTED_WHEN_GIVEN_UP and (given_up := _given_up(typed, by_row, quarantine)):
        return given_up
    gone: list[int] = []
    changes: dict[tuple[str, Instead], list[int]] = {}
    for position, some in sorted(by_row.items()):
        row = typed.cells.row(position)
        if not all(_can_stay_without(typed.contract, fault) for fault in some):
            _reject(row, some, quarantine)
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


def _reject(row: CellRow, faults: Iterable[CellFault], quarantine: Quarantine) -> None:
    names = cell_names(table(row.table_name))
    for fault in faults:
        quarantine.reject(row, fault.rule, fault.message, names[fault.column] if fault.column else None)


def _given_up(
    typed: TypedRows, by_row: Mapping[int, Sequence[CellFault]], quarantine: Quarantine
) -> TypedRows | None:
    """The rows without fault, where the others are so many that the build will stop; the first few are reported."""
    places = typed.cells.frame.select(pl.col(FILE).cast(pl.String), LINE)[list(by_row)]
    if len(by_row) <= quarantine.bearable(places[FILE][0]):
        return None
    for file in places[FILE].unique():
        quarantine.give_up(file, places.filter(pl.col(FILE) == file)[LINE])
    for position in sorted(by_row)[:_REPORTED_WHEN_GIVEN_UP]:
        _reject(typed.cells.row(position), by_row[position], quarantine)
    return typed.only(~pl.int_range(typed.frame.height, eager=True).is_in(list(by_row)))


def _can_stay_without(contract: Table, fault: CellFault) -> bool:
    if fault.column is None:
        return False
    columns = columns_of(contract, cell_names(contract)[fault.column])
    return fault.instead is not None or all(may_be_emptied(contract, column) for column in columns)


def _emptied(
    typed: TypedRows, row: CellRow, faults: Iterable[CellFault], quarantine: Quarantine
) -> dict[str, Instead]:
    """What stands in the columns of a row after its cells were emptied; each change is reported."""
    names = cell_names(typed.contract)
    changed: dict[str, Instead] = {}
    at = next(iter(faults)).position
    for fault in faults:
        heading = names[str(fault.column)]
        instead = fault.instead
        if instead is None and not fault.rule.startswith(GOES_WITH):
            instead = COUNTS_AS.get(typed.contract.name, {}).get(str(fault.column))
        quarantine.leave_out(row, fault.rule, fault.message, heading, then=_then(instead))
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


def with_unique_keys(typed: TypedRows, quarantine: Quarantine) -> TypedRows:
    """Rows whose key no other row has. Of rows that are the same in every value the first stays.

    Rows with one key and different values all go: which of them is right is not known.
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


def enforce_rules(typed: TypedRows, quarantine: Quarantine) -> TypedRows:
    """Applies the rules of the contract until all rows keep to them; a broken rule on one column empties its cell if it may."""
    while not typed.contract.schema.is_valid(typed.frame):
        typed = settle(typed, _broken(typed), quarantine)
    return typed


def _broken(typed: TypedRows) -> list[CellFault]:
    contract, key = typed.contract, list(typed.contract.row_key)
    _, failures = contract.schema.filter(typed.frame)
    details = failures.details()
    rules = [name for name in details.columns if name not in typed.frame.columns]
    positions = typed.frame.select(key).with_row_index(_POSITION)
    placed = details.join(positions, on=key, how="left", nulls_equal=True, maintain_order="left")
    faults: list[CellFault] = []
    for values in placed.select(_POSITION, *rules).iter_rows(named=True):
        position = int(values[_POSITION])
        row = typed.cells.row(position)
        broken = [_fault_of(contract, rule, row, position) for rule in rules if values[rule] == "invalid"]
        of_cells = [fault for fault in broken if fault.column]
        # What is wrong with cells comes first: without them the row may be right.
        if of_cells and all(_can_stay_without(contract, fault) for fault in of_cells):
            broken = of_cells
        elif not of_cells:
            broken = _left_alone(typed, position) or broken
        # Columns filled from one cell fail together; the cell is reported once.
        faults += {(f.column and cell_names(contract)[f.column], f.message): f for f in broken}.values()
    return faults


def _left_alone(typed: TypedRows, position: int) -> list[CellFault]:
    """Cells of a row that mean nothing because the one they go with states nothing."""
    names = cell_names(typed.contract)
    values = typed.frame.row(position, named=True)
    return [
        CellFault(position, other, f"{GOES_WITH}{column}", _means_nothing_without(names[column]), instead)
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


def _fault_of(contract: Table, rule: str, row: CellRow, position: int) -> CellFault:
    names: Mapping[str, str] = cell_names(contract)
    at = rule.partition("|")[0]
    column, message = message_of(contract, rule, row.cells.get(names[at]) if at in names else None)
    return CellFault(position, column, rule, message)
