"""What a field and a table of the format are; their catalogue is in `tables`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, TypeAlias

Value: TypeAlias = str | int | None
Row: TypeAlias = dict[str, Value]
Kind = Literal[
    "text", "term", "terms", "day", "moment", "year", "vintage", "whole", "tonnes", "number", "party", "parties",
    "version", "approach", "authorization", "itmo_registry", "serial", "timeframe", "entities",
]  # fmt: skip
Need = Literal["required", "conditional", "optional", "platform"]
"""`conditional`: required where it applies. `platform`: the platform fills it in; the cell stays empty."""

NOT_APPLICABLE: Final = "NA"


@dataclass(frozen=True)
class When:
    """The values of another field of the row for which a field applies; `need` has those for which it must be filled."""

    field: str
    need: tuple[str, ...]
    may: tuple[str, ...] = ()

    def is_met(self, row: Row) -> bool | None:
        """Whether the field applies; None where the other field is empty."""
        value = row[self.field]
        return None if value is None else value in (*self.need, *self.may)


@dataclass(frozen=True)
class Field:
    """One field: `code` is its name in code and in earlier exports, `heading` what stands above it."""

    code: str
    heading: str
    ja: str
    kind: Kind = "text"
    need: Need = "optional"
    terms: tuple[str, ...] = ()
    when: When | None = None
    ask_en: str = ""
    ask_ja: str = ""
    """What to find out where a field that must be filled is not known."""
    gap_before: bool = False
    """Whether a column without a heading stands before it in the workbook."""

    def applies(self, row: Row) -> bool | None:
        """Whether the field applies to a row; None where that cannot be told."""
        return True if self.when is None else self.when.is_met(row)

    def must(self, row: Row) -> bool:
        """Whether the field has to be filled in this row before the report is filed."""
        if self.need == "conditional" and self.when is not None:
            return row[self.when.field] in self.when.need
        return self.need == "required"


@dataclass(frozen=True)
class Table:
    """One table: its sheet, its title, and the row of the sheet that has its headings (of the first, the first label)."""

    key: str
    sheet: str
    title: str
    title_ja: str
    heading_row: int
    fields: tuple[Field, ...]
    is_vertical: bool = False

    @cached_property
    def by_code(self) -> Mapping[str, Field]:
        """Fields by their code."""
        return {field.code: field for field in self.fields}

    @cached_property
    def conditional(self) -> tuple[Field, ...]:
        """Fields that do not apply to every row."""
        return tuple(field for field in self.fields if field.when is not None)

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """Column of each field in our workbook, from 0; the first column stays empty."""
        places, column = {}, 0
        for field in self.fields:
            column += 2 if field.gap_before else 1
            places[field.code] = column
        return places


def row_of(table: Table, **values: Value) -> Row:
    """A row with every field of its table: NA where a field does not apply, empty where no value is given.

    Raises KeyError for a field that the table does not have.
    """
    row: Row = dict.fromkeys(table.by_code)
    for code, value in values.items():
        if code not in row:
            raise KeyError(f"{table.key} has no field {code}")
        row[code] = value
    for field in table.conditional:
        if row[field.code] is None and field.applies(row) is False:
            row[field.code] = NOT_APPLICABLE
    return row
