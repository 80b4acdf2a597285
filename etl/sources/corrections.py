"""Corrections of the facts, made on the text of the cells before anything is interpreted.

A correction names the old value it expects. Once the source is repaired and the value differs, the build stops, so
that no correction outlives its reason.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from etl.contracts import table
from etl.sources.cells import LINE, CellTable, cell_names
from etl.sources.quarantine import visible
from etl.sources.stops import BuildStopped


def apply_corrections(corrections: Sequence[Mapping[str, Any]], tables: Mapping[str, CellTable]) -> None:
    """Changes the cells that the corrections name. Raises BuildStopped for one that does not fit."""
    for correction in corrections:
        cells, position, heading = _find(correction, tables)
        cell_row = cells.row(position)
        found = cell_row.cells.get(heading, "")
        expected = correction["expected_old"] or ""
        if found != expected:
            raise BuildStopped(
                f"Correction {correction['correction_id']} no longer fits: {cell_row.file}, line {cell_row.line}, column"
                f" {heading} holds “{visible(found)}”, expected “{expected}”. Look at the source again, then remove or renew the"
                " correction in data/corrections/corrections.csv.",
                f"訂正 {correction['correction_id']} の前提が変わりました。{cell_row.file} の {cell_row.line} 行目、列"
                f" {heading} は「{visible(found)}」ですが、「{expected}」が期待されています。出典を確認し、"
                "data/corrections/corrections.csv の訂正を削除又は更新してください。",
            )
        is_it = pl.int_range(pl.len()) == position
        new = pl.when(is_it).then(pl.lit(correction["new_value"], pl.String)).otherwise(pl.col(heading))
        cells.frame = cells.frame.with_columns(new.alias(heading))


def _find(correction: Mapping[str, Any], tables: Mapping[str, CellTable]) -> tuple[CellTable, int, str]:
    """The table, the position of the row in it, and the heading that a correction is for."""
    name, field = correction["table_name"], correction["field"]
    if name not in tables:
        raise _misses(correction, f"the table {name} is not read from files", f"表 {name} はありません")
    contract = table(name)
    columns = cell_names(contract)
    if field not in columns:
        raise _misses(correction, f"{name} has no column {field}", f"{name} に列 {field} はありません")
    key = [part.strip() for part in correction["row_key"].split(";")]
    frame = tables[name].frame
    is_it = [
        pl.col(columns[column]).fill_null("") == part
        for column, part in zip(contract.row_key, key, strict=False)
    ]
    fits = len(key) == len(contract.row_key)
    found = frame.select(pl.arg_where(pl.all_horizontal(is_it))).to_series().to_list() if fits else []
    if len(found) == 1:
        return tables[name], found[0], columns[field]
    if found:
        lines = ", ".join(str(line) for line in frame[LINE].gather(found))
        raise _misses(
            correction,
            f"{name} has the row {correction['row_key']} more than once, on lines {lines}",
            f"{name} の行 {correction['row_key']} が重複しています（{lines} 行目）",
        )
    raise _misses(
        correction,
        f"{name} has no row {correction['row_key']}",
        f"{name} に行 {correction['row_key']} はありません",
    )


def _misses(correction: Mapping[str, Any], en: str, ja: str) -> BuildStopped:
    return BuildStopped(
        f"Correction {correction['correction_id']} has no place: {en}. Mend data/corrections/corrections.csv.",
        f"訂正 {correction['correction_id']} の対象がありません（{ja}）。data/corrections/corrections.csv を修正してください。",
    )
