"""Cells of text → typed rows of one table that keep to its contract.

A cell that fails is emptied and the row stays; a row that means nothing without the cell goes. Both go to quarantine.
All is done by columns; only cells that are not in plain form are looked at one by one, each text once.
"""

from dataclasses import dataclass, field

import dataframely as dy
import polars as pl

from etl.contracts import Table
from etl.sources.cells import FILE, LINE, CellTable, TypedRows, cell_names
from etl.sources.number_values import LARGEST_WHOLE
from etl.sources.quarantine import Quarantine
from etl.sources.reading import DAMAGED
from etl.sources.settling import CellFault, enforce_rules, settle, with_unique_keys
from etl.sources.value_text import TEXTS_THAT_STATE_NOTHING, states_no_amount
from etl.sources.values import Value, ValueNotUnderstood, is_plain, reader, shown

_GROUPED = r"^-?[0-9]{1,3}(?:,[0-9]{3})+$"

READING_SCHEMA = {
    "file": pl.String,
    "line": pl.Int64,
    "column": pl.String,
    "text": pl.String,
    "read": pl.String,
}
"""Cells read otherwise than they are written; `read` is null where the text was taken to state nothing."""


@dataclass
class _ReadColumn:
    """Values of a column, the texts that were refused, and what was read from those not in plain form."""

    values: pl.Series
    refused: dict[str, ValueNotUnderstood] = field(default_factory=dict)
    reinterpreted: dict[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class _Faultless:
    """Rows of a table of whose cells there was nothing to say, and how long a cell was allowed to be."""

    max_cell: int
    typed: TypedRows


_faultless: dict[str, _Faultless] = {}
"""What was last read of each table: a refresh reads the record again after it changed a few cells."""
_KEPT_ROWS = 10_000


def typed_rows(
    contract: Table, cells: CellTable, max_cell: int, quarantine: Quarantine, readings: list[pl.DataFrame]
) -> TypedRows:
    """Read the cells, check the keys and the rules of the table itself. `readings` gains a frame of READING_SCHEMA."""
    kept = _faultless.get(contract.name)
    if kept and kept.max_cell == max_cell and kept.typed.cells.holds_the_same(cells):
        return TypedRows(contract, cells, kept.typed.frame)
    said = len(quarantine.reasons), len(readings)
    typed, faults = _parsed(contract, cells, max_cell, readings)
    typed = enforce_rules(with_unique_keys(settle(typed, faults, quarantine), quarantine), quarantine)
    if said == (len(quarantine.reasons), len(readings)) and typed.frame.height <= _KEPT_ROWS:
        _faultless[contract.name] = _Faultless(max_cell, typed)
    return typed


def _parsed(
    contract: Table, cells: CellTable, max_cell: int, readings: list[pl.DataFrame]
) -> tuple[TypedRows, list[CellFault]]:
    values: list[pl.Series] = []
    faults: list[CellFault] = []
    seen: set[str] = set()
    for (name, column), at in zip(
        contract.schema.columns().items(), cell_names(contract).values(), strict=True
    ):
        text = cells.frame[at]
        unsound = _unsound(text, name, column, max_cell, may_be_damaged=cells.may_be_damaged)
        if unsound:
            text = text.scatter([fault.position for fault in unsound], None)
        read = _read(name, column, text)
        values.append(read.values.alias(name))
        if at in seen:  # one cell may fill several columns; it is reported once
            continue
        seen.add(at)
        faults += unsound
        if read.refused:
            for position in text.is_in(list(read.refused)).fill_null(value=False).arg_true():
                error = read.refused[text[position]]
                message = (f"Expected {error.expected_en}.", f"{error.expected_ja}が必要です。")
                faults.append(CellFault(position, name, "value not understood", message))
        if read.reinterpreted:
            is_reinterpreted = text.is_in(list(read.reinterpreted)).fill_null(value=False)
            some = cells.frame.filter(is_reinterpreted).select(
                pl.col(FILE).cast(pl.String).alias("file"),
                pl.col(LINE).alias("line"),
                pl.lit(at).alias("column"),
                pl.col(at).alias("text"),
                pl.col(at)
                .replace_strict(
                    list(read.reinterpreted), list(read.reinterpreted.values()), return_dtype=pl.String
                )
                .alias("read"),
            )
            readings.append(some)
    return TypedRows(contract, cells, pl.DataFrame(values)), faults


def _unsound(
    text: pl.Series, name: str, column: dy.Column, max_cell: int, *, may_be_damaged: bool
) -> list[CellFault]:
    """Cells whose text is too long or damaged, whatever their column."""
    longest = max(max_cell, (column.metadata or {}).get("longest") or 0)
    faults: list[CellFault] = []
    if int(text.str.len_bytes().max() or 0) > longest:  # type: ignore[arg-type]  # of numbers, the maximum is one
        message = (
            f"A cell holds at most {longest:,} characters (JCM_MAX_CELL).",
            f"セルの文字数の上限は {longest:,} です（JCM_MAX_CELL）。",
        )
        faults += [
            CellFault(position, name, "length of a cell", message)
            for position in (text.str.len_chars() > longest).fill_null(value=False).arg_true()
        ]
    if may_be_damaged:
        too_long = {fault.position for fault in faults}
        for position in text.str.contains(DAMAGED.pattern).fill_null(value=False).arg_true():
            found = DAMAGED.search(text[position])
            if found and position not in too_long:
                sign = f"U+{ord(found[0]):04X}"
                message = (
                    f"The text holds {sign}, which is no letter. Take the text from its source again.",
                    f"文字化けした文字（{sign}）が含まれています。出典から入力し直してください。",
                )
                faults.append(CellFault(position, name, "damaged text", message))
    return faults


def _read(name: str, column: dy.Column, text: pl.Series) -> _ReadColumn:
    reads = (column.metadata or {})["reads"]
    if reads == "text":
        found = _ReadColumn(text)
        if column.nullable:
            states_nothing = text.is_in(TEXTS_THAT_STATE_NOTHING).fill_null(value=False)
            if states_nothing.any():
                found.reinterpreted = dict.fromkeys(text.filter(states_nothing).unique())
                found.values = text.zip_with(~states_nothing, pl.Series([None], dtype=pl.String))
        return found
    found = _ReadColumn(_plain_values(text, reads, column.dtype))
    rest = text.filter(found.values.is_null() & text.is_not_null()).unique(maintain_order=True)
    read, new = reader(name, reads), dict[str, Value]()
    for cell in rest:
        if column.nullable and states_no_amount(cell):
            found.reinterpreted[cell] = None
            continue
        try:
            new[cell] = read(cell)
        except ValueNotUnderstood as error:
            found.refused[cell] = error
            continue
        if not is_plain(cell, reads):
            found.reinterpreted[cell] = shown(cell, reads, new[cell])
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
