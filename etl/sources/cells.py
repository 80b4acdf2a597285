"""Cells of text on their way to typed rows: one column a heading, and where each row stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import dataframely as dy
import polars as pl

from etl.contracts.columns import SAME
from etl.contracts.table import Table

FILE, LINE = "⟨file⟩", "⟨line⟩"
"""Columns beside the headings: the file below data/, and the line on which the row begins."""


@dataclass(frozen=True)
class CellRow:
    """A record below its heading: trimmed text by heading, empty cells as empty text."""

    table_name: str
    file: str
    line: int
    cells: dict[str, str]


@dataclass
class CellTable:
    """All rows of a table as text: FILE, LINE and a column for each heading, null where a cell is empty.

    `may_be_damaged`: some cell may contain a character that is not a letter. Corrections change the frame in place.
    """

    table_name: str
    frame: pl.DataFrame
    may_be_damaged: bool = False

    def row(self, position: int) -> CellRow:
        """One row, for a report."""
        values = self.frame.row(position, named=True)
        cells = {name: text or "" for name, text in values.items() if name not in {FILE, LINE}}
        return CellRow(self.table_name, values[FILE], values[LINE], cells)

    def holds_the_same(self, other: "CellTable") -> bool:
        """Whether another table has the same text on the same lines."""
        return self.may_be_damaged == other.may_be_damaged and self.frame.equals(other.frame)

    def only(self, keep: pl.Series) -> "CellTable":
        """The rows marked true."""
        return CellTable(self.table_name, self.frame.filter(keep), self.may_be_damaged)


@dataclass(frozen=True)
class TypedRows:
    """Typed rows of one table with the text they came from; `cells` and `frame` go together by position."""

    contract: Table
    cells: CellTable
    frame: pl.DataFrame

    def only(self, keep: pl.Series) -> "TypedRows":
        """The rows marked true."""
        return TypedRows(self.contract, self.cells.only(keep), self.frame.filter(keep))


def headings(table: Table) -> Mapping[str, str | None]:
    """The heading each column is read from; None for columns that no file has."""
    return _headings(table.schema)


@cache
def _headings(schema: type[dy.Schema]) -> Mapping[str, str | None]:
    return {
        name: name if (header := (column.metadata or {})["header"]) == SAME else header
        for name, column in schema.columns().items()
    }


def cell_names(table: Table) -> dict[str, str]:
    """Where each column is found in the cells of a row: its heading, or its own name when no file has it."""
    return {name: heading or name for name, heading in headings(table).items()}


def columns_of(table: Table, heading: str) -> Sequence[str]:
    """The columns that one cell fills."""
    return [name for name, at in cell_names(table).items() if at == heading]


def expected_header(table: Table) -> list[str]:
    """Headings that the files of a table must have, each once, in the order of the columns."""
    return list(dict.fromkeys(h for h in headings(table).values() if h is not None))
