"""Rows of text → typed rows of one table that keep to its contract; the others go to quarantine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from etl.contracts import Table
from etl.sources.cells import CellRow, cell_names
from etl.sources.quarantine import Quarantine
from etl.sources.rule_messages import message_of
from etl.sources.values import READERS, ValueNotUnderstood

_WITHOUT_PLACE = (
    "The coordinates are left out; the row is kept.",
    "座標は用いず、行は保持します。",
)


@dataclass(frozen=True)
class TypedRows:
    """Typed rows of one table with the text they came from; `rows` and `frame` go together by position."""

    contract: Table
    rows: Sequence[CellRow]
    frame: pl.DataFrame

    def only(self, keep: Sequence[bool]) -> "TypedRows":
        """The rows marked true."""
        rows = [row for row, is_kept in zip(self.rows, keep, strict=True) if is_kept]
        return TypedRows(self.contract, rows, self.frame.filter(pl.Series(keep, dtype=pl.Boolean)))


def typed_rows(contract: Table, rows: Sequence[CellRow], quarantine: Quarantine) -> TypedRows:
    """Parse the cells, hold the keys and the rules of the table itself."""
    parsed = [(row, values) for row in rows if (values := _parsed(contract, row, quarantine)) is not None]
    parsed = _with_own_key(contract, parsed, quarantine)
    schema = {name: column.dtype for name, column in contract.schema.columns().items()}
    frame = pl.DataFrame([values for _, values in parsed], schema=schema, orient="row")
    return _hold_rules(TypedRows(contract, [row for row, _ in parsed], frame), quarantine)


def _parsed(contract: Table, row: CellRow, quarantine: Quarantine) -> dict[str, Any] | None:
    """Values of a row by column; None, with a reason for each cell, when any is not understood.

    Coordinates are the exception: a project is not lost for a place. They are left out, told and the row is kept.
    """
    values: dict[str, Any] = {}
    refused: set[str] = set()
    has_place = True
    for (name, column), at in zip(
        contract.schema.columns().items(), cell_names(contract).values(), strict=True
    ):
        cell = row.cells.get(at, "")
        values[name] = None
        if not cell or at in refused:  # one cell may fill several columns; it is told once
            continue
        reads = (column.metadata or {})["reads"]
        try:
            values[name] = READERS[reads](cell)
        except ValueNotUnderstood as error:
            message = (f"Expected {error.expected_en}.", f"{error.expected_ja}が必要です。")
            if reads == "coordinate":
                has_place = False
                message = (f"{message[0]} {_WITHOUT_PLACE[0]}", f"{message[1]}{_WITHOUT_PLACE[1]}")
                quarantine.leave_out(row, "value not understood", message, at)
            else:
                refused.add(at)
                quarantine.reject(row, "value not understood", message, at)
    if not has_place:
        values |= {
            name: None
            for name, column in contract.schema.columns().items()
            if (column.metadata or {})["reads"] == "coordinate"
        }
    return None if refused else values


def _with_own_key(
    contract: Table, parsed: Sequence[tuple[CellRow, dict[str, Any]]], quarantine: Quarantine
) -> list[tuple[CellRow, dict[str, Any]]]:
    """Rows whose key no other row has. Of rows that are the same in every value the first stays.

    Rows with one key and different values all go: nothing tells which of them is right.
    """
    by_key: dict[tuple[Any, ...], list[tuple[CellRow, dict[str, Any]]]] = {}
    for row, values in parsed:
        by_key.setdefault(tuple(values[column] for column in contract.row_key), []).append((row, values))
    gone: set[int] = set()
    for key, same in by_key.items():
        if len(same) == 1:
            continue
        shown = ", ".join(str(part) for part in key)[:200]
        first, first_values = same[0]
        if all(values == first_values for _, values in same):
            for row, _ in same[1:]:
                message = (
                    f"The row repeats line {first.line} (key {shown}); the first one is kept.",
                    f"{first.line} 行目と同じ内容です(識別子 {shown})。最初の行を採用します。",
                )
                quarantine.reject(row, "repeated row", message)
                gone.add(id(row))
            continue
        lines = ", ".join(str(row.line) for row, _ in same)
        for row, _ in same:
            message = (
                f"The key {shown} stands on lines {lines} with different values; which is right is not known: none is kept.",
                f"識別子 {shown} が {lines} 行目に異なる内容で重複しています。正しい行を判別できないため、いずれも除外します。",
            )
            quarantine.reject(row, "duplicate key", message)
            gone.add(id(row))
    return [(row, values) for row, values in parsed if id(row) not in gone]


def _hold_rules(typed: TypedRows, quarantine: Quarantine) -> TypedRows:
    good, failures = typed.contract.schema.filter(typed.frame)
    if good.height == typed.frame.height:
        return typed
    columns = typed.frame.columns
    details = failures.details()
    failing = list(details.iter_rows(named=True))
    at_cell = cell_names(typed.contract)
    keep: list[bool] = []
    at = 0
    # Both parts keep the order of the table, and equal rows share their fate: walking along finds each row again.
    for row, values in zip(typed.rows, typed.frame.iter_rows(named=True), strict=True):
        is_bad = at < len(failing) and all(failing[at][c] == values[c] for c in columns)
        keep.append(not is_bad)
        if is_bad:
            broken = [rule for rule in details.columns[len(columns) :] if failing[at][rule] == "invalid"]
            _tell_rules(typed.contract, row, broken, at_cell, quarantine)
            at += 1
    return typed.only(keep)


def _tell_rules(
    contract: Table,
    row: CellRow,
    broken: Sequence[str],
    at_cell: Mapping[str, str],
    quarantine: Quarantine,
) -> None:
    told: set[tuple[str | None, str]] = set()
    for rule in broken:
        at = rule.partition("|")[0]
        column, message = message_of(contract, rule, row.cells.get(at_cell[at]) if at in at_cell else None)
        heading = at_cell[column] if column else None
        # Columns filled from one cell fail together; the cell is told once.
        if (heading, message[0]) not in told:
            told.add((heading, message[0]))
            quarantine.reject(row, rule, message, heading)
