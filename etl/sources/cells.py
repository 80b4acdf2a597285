"""A row of text on its way to a typed row: where it stands, and its cells by heading."""

from dataclasses import dataclass

from etl.contracts.columns import SAME
from etl.contracts.table import Table


@dataclass
class CellRow:
    """A record below its heading. `cells` holds trimmed text by heading; corrections change it in place."""

    table_name: str
    file: str
    line: int
    cells: dict[str, str]


def headings(table: Table) -> dict[str, str | None]:
    """The heading each column is read from; None for columns that no file has."""
    return {
        name: name if (header := (column.metadata or {})["header"]) == SAME else header
        for name, column in table.schema.columns().items()
    }


def cell_names(table: Table) -> dict[str, str]:
    """Where each column is found in the cells of a row: its heading, or its own name when no file has it."""
    return {name: heading or name for name, heading in headings(table).items()}


def expected_header(table: Table) -> list[str]:
    """Headings that the files of a table must have, each once, in the order of the columns."""
    return list(dict.fromkeys(h for h in headings(table).values() if h is not None))
