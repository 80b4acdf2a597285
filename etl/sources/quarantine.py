"""What failed, row or cell, with file, line, column, value, tonnes lost and the reason in both languages."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Literal

import polars as pl

from etl.contracts import table
from etl.sources.cells import CellRow, cell_names
from etl.sources.limits import Limits
from etl.sources.value_text import states_no_amount
from etl.sources.values import ValueNotUnderstood, reader

REPEATED, NUMBER_OF_CELLS = "repeated row", "number of cells"
"""Rules whose rows lose no tonnes that could be named."""
FOLLOWS = "reference to a rejected row"
"""The rule of what only follows from a row rejected elsewhere."""
GOES_WITH = "goes with "
"""How the rule of a cell begins that was emptied with another; the column follows."""

SHORTENED = 200
"""Characters of a cell that are kept in quarantine; the rest is counted."""

Message = tuple[str, str]
"""A sentence in English and in Japanese."""


@dataclass(frozen=True)
class Rejected:
    """One reason why one row was rejected (`level` row), or a cell of it emptied (cell). A row may have several.

    `subject` is the key of the row. `tco2` is the amount lost, where the row or cell holds one that can be read, and
    `tco2_column` its column; that column without an amount means that tonnes were there and could not be read.
    """

    table_name: str
    file: str
    line: int
    level: Literal["row", "cell"]
    subject: str | None
    column: str | None
    value: str | None
    rule: str
    tco2: int | None
    tco2_column: str | None
    message_en: str
    message_ja: str
    row_json: str


class Quarantine:
    """The rows rejected and the cells emptied so far, with their reasons.

    `rows_read` is filled by file; from it follows how many faulty rows of a file are bearable.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.rows_read: dict[str, int] = {}
        self._limits = limits or Limits()
        self._found: list[tuple[Rejected, Message]] = []
        self._rows: dict[str, list[CellRow]] = {}
        self._lines: dict[str, set[int]] = {}
        self._lines_with_cells: dict[str, set[int]] = {}

    @property
    def reasons(self) -> list[Rejected]:
        """What was found, in order. A cell whose row was rejected after all is reported as a reason for that."""
        return [
            replace(found, level="row", tco2=None, tco2_column=None)  # the reason of the row has them
            if found.level == "cell" and found.line in self._lines.get(found.file, ())
            else replace(
                found,
                message_en=" ".join(filter(None, (found.message_en, then[0]))),
                message_ja=found.message_ja + then[1],
            )
            for found, then in self._found
        ]

    def reject(self, row: CellRow, rule: str, message: Message, column: str | None = None) -> None:
        """Keeps a row with a reason. `column` is a heading; None when the whole row is meant."""
        loses_nothing = rule in {
            REPEATED,
            NUMBER_OF_CELLS,
        }  # it is kept elsewhere; no cell is known to be in its place
        amount = (None, None) if loses_nothing else _amount(row, _tonnes_headings(row.table_name))
        self._keep(row, "row", rule, message, column, amount=amount)
        self._rows.setdefault(row.table_name, []).append(row)
        self._lines.setdefault(row.file, set()).add(row.line)

    def leave_out(self, row: CellRow, rule: str, message: Message, column: str, *, then: Message) -> None:
        """Keeps the reason why a cell is emptied, or a part of it dropped; `then` says so, and that the row stays."""
        amount = _amount(row, [h for h in _tonnes_headings(row.table_name) if h == column])
        self._keep(row, "cell", rule, message, column, amount=amount, then=then)
        self._lines_with_cells.setdefault(row.file, set()).add(row.line)

    def own_faults(self, file: str) -> set[int]:
        """Faulty lines of a file but those that only point at rows rejected elsewhere."""
        rules = [(found.line, found.rule) for found, _ in self._found if found.file == file]
        following = {line for line, rule in rules if rule == FOLLOWS} - {
            line for line, rule in rules if rule != FOLLOWS and not rule.startswith(GOES_WITH)
        }
        return self.faulty_lines(file) - following

    def bearable(self, file: str) -> float:
        """Faulty rows of a file that do not stop the build."""
        return max(self._limits.spared_rows, self._limits.max_reject_share * self.rows_read.get(file, 0))

    def give_up(self, file: str, lines: Iterable[int]) -> None:
        """Counts the lines of rows that are more than bearable, without a reason for each."""
        self._lines.setdefault(file, set()).update(lines)

    def _keep(
        self,
        row: CellRow,
        level: Literal["row", "cell"],
        rule: str,
        message: Message,
        column: str | None,
        *,
        amount: tuple[int | None, str | None],
        then: Message = ("", ""),
    ) -> None:
        value = None if column is None else row.cells.get(column)
        shown = shortened(value) if value else None
        where_en = f"{row.file}, line {row.line}" + (f", column {column}" if column else "")
        where_ja = f"{row.file} の {row.line} 行目" + (f"、列 {column}" if column else "")
        found_en = f": found “{shown}”" if shown else ""
        found_ja = f"（「{shown}」）" if shown else ""
        subject = _subject(row)
        tco2, of = amount
        named_en, named_ja = (f"{of} of {subject}", f"{subject} の {of}") if subject else (of, of)
        lost_en = "" if tco2 is None else f" Left out: {tco2:,} tCO2 ({named_en})."
        lost_ja = "" if tco2 is None else f"算入されない量は {tco2:,} tCO2（{named_ja}）です。"
        self._found.append(
            (
                Rejected(
                    row.table_name,
                    row.file,
                    row.line,
                    level,
                    subject,
                    column,
                    shown,
                    rule,
                    tco2,
                    of,
                    visible(f"{where_en}{found_en}. {message[0]}{lost_en}"),
                    visible(f"{where_ja}{found_ja}：{message[1]}{lost_ja}"),
                    json.dumps({k: shortened(v) for k, v in row.cells.items()}, ensure_ascii=False),
                ),
                then,
            )
        )

    def rejected_rows(self, table_name: str, heading: str) -> Mapping[str, CellRow]:
        """The rejected rows of a table by the text of one of their cells."""
        return {row.cells.get(heading, ""): row for row in reversed(self._rows.get(table_name, []))}

    def lines_by_file(self) -> Mapping[str, set[int]]:
        """Lines of the rejected rows of each file."""
        return self._lines

    def faulty_lines(self, file: str) -> set[int]:
        """Lines of a file whose rows were rejected or lost a cell."""
        return self._lines.get(file, set()) | self._lines_with_cells.get(file, set())


def tonnes_at_stake(rejected: Iterable[Rejected]) -> list[Rejected]:
    """Reasons for rejected rows and emptied cells that held tonnes, one each; a rejected row stands for its cells."""
    reasons = [reason for reason in rejected if reason.tco2_column is not None]
    whole = {(reason.file, reason.line) for reason in reasons if reason.level == "row"}
    found: dict[tuple[str, int, str | None], Rejected] = {}
    for reason in reasons:
        is_cell = reason.level == "cell"
        if not is_cell or (reason.file, reason.line) not in whole:
            found.setdefault((reason.file, reason.line, reason.tco2_column if is_cell else None), reason)
    return list(found.values())


def _subject(row: CellRow) -> str | None:
    contract = table(row.table_name)
    names = cell_names(contract)
    parts = [row.cells.get(names[column], "") for column in contract.row_key]
    return shortened(";".join(parts)) if any(parts) else None


@cache
def _tonnes_headings(table_name: str) -> list[str]:
    contract = table(table_name)
    names = cell_names(contract)
    return [
        names[name]
        for name, column in contract.schema.columns().items()
        if (column.metadata or {})["reads"] == "tonnes"
    ]


def _amount(row: CellRow, columns: Iterable[str]) -> tuple[int | None, str | None]:
    """The first amount of a row that can be read, with its column; else the first column that holds some text."""
    with_text = [
        column for column in columns if (cell := row.cells.get(column)) and not states_no_amount(cell)
    ]
    for column in with_text:
        try:
            amount = reader(column, "tonnes")(row.cells[column])
        except ValueNotUnderstood:
            continue
        if isinstance(amount, int) and amount > 0:
            return amount, column
    return None, with_text[0] if with_text else None


def shortened(text: str) -> str:
    """The text, or its beginning and its length when it is long."""
    return text if len(text) <= SHORTENED else f"{text[:SHORTENED]}… ({len(text):,} characters)"


def visible(text: str) -> str:
    """The text with line breaks and signs that steer a terminal written out, fit to be put into a message."""
    return "".join(
        c if c.isprintable() or c == "\u3000" else c.encode("unicode_escape").decode() for c in text
    )


def quarantine_frame(rows: Iterable[Rejected]) -> pl.DataFrame:
    """The table `quarantine`, by file, line, column and rule."""
    frame = table("quarantine").frame([asdict(row) for row in rows])
    return frame.sort("file", "line", "column", "rule", nulls_last=False)
