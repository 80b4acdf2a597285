"""A report of one Party and year, the places of its cells, and what is found in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from model.ledger.agreed_format.fields import Row, Table, Value
from model.ledger.agreed_format.tables import SUBMISSION, TABLES

Words = tuple[str, str]
"""The same in English and in Japanese."""


@dataclass(frozen=True)
class Place:
    """Where a table stands in a file: the line of each row, and the letters of each column that it has.

    Lines count from 1. In a vertical table a row is a column, and each field has its own line.
    """

    lines: Sequence[int] = ()
    letters: Mapping[str, str] = field(default_factory=dict)
    lines_of_fields: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """What is wrong in one place of a report, and what would be right. `line` and `letters` are None for a whole table."""

    sheet: str
    line: int | None
    letters: str | None
    heading: str
    wrong: Words
    right: Words


@dataclass(frozen=True)
class Unknown:
    """A field that must be filled before the report is filed and is not, in some rows, and what to find out."""

    sheet: str
    lines: tuple[int, ...]
    letters: str
    heading: str
    ask: Words


@dataclass(frozen=True)
class Report:
    """Rows by table, each with every field of its table. Reports are equal where their rows are, wherever they stand."""

    tables: Mapping[str, Sequence[Row]]
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Where the tables stand in the file that the report was read from; empty for one that we write."""
    unread: Sequence[Finding] = field(default=(), compare=False)
    """What a file lacks: sheets, headings."""

    def rows(self, table: Table) -> Sequence[Row]:
        """Rows of a table."""
        return self.tables.get(table.key, ())

    def stated(self, code: str) -> Value:
        """A field of the submission; None where there is no submission."""
        rows = self.rows(SUBMISSION)
        return rows[0][code] if rows else None

    def line(self, table: Table, number: int, code: str) -> int:
        """Line of a cell in the file, from 1; `number` counts rows from 0."""
        place = self.places.get(table.key)
        if place is None:
            if table.is_vertical:
                return table.heading_row + list(table.by_code).index(code)
            return table.heading_row + 1 + number
        return place.lines_of_fields.get(code) or place.lines[number]

    def letters(self, table: Table, number: int, code: str) -> str | None:
        """Letters of the column of a cell; None where the file has no such column."""
        place = self.places.get(table.key)
        if place is None:
            return letters_of(
                table.columns["Party"] + 1 + number if table.is_vertical else table.columns[code]
            )
        return place.letters.get(code)

    def finding(self, table: Table, number: int, code: str, wrong: Words, right: Words) -> Finding:
        """What is wrong with one cell."""
        heading = table.by_code[code].heading
        return Finding(
            table.sheet,
            self.line(table, number, code),
            self.letters(table, number, code),
            heading,
            wrong,
            right,
        )


def letters_of(column: int) -> str:
    """Letters of a column of a spreadsheet, from 0: A to Z, AA and so on."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def empty() -> Report:
    """A report without any row."""
    return Report({key: [] for key in TABLES})
