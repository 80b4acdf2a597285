"""Rows that failed, kept whole with file, line, column, value and the reason in both languages."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

import polars as pl

from etl.sources.cells import CellRow

SHORTENED = 200
"""Characters of a cell that are kept in quarantine; the rest is counted."""

Message = tuple[str, str]
"""A sentence in English and in Japanese."""


@dataclass(frozen=True)
class Rejected:
    """One reason why one row was rejected, or a cell of it left out. A row may have several."""

    table_name: str
    file: str
    line: int
    column: str | None
    value: str | None
    rule: str
    message_en: str
    message_ja: str
    row_json: str


class Quarantine:
    """The rows rejected so far, with their reasons."""

    def __init__(self) -> None:
        self.reasons: list[Rejected] = []
        self._rows: dict[str, list[CellRow]] = {}
        self._lines: dict[str, set[int]] = {}

    def reject(self, row: CellRow, rule: str, message: Message, column: str | None = None) -> None:
        """Keeps a row with a reason. `column` is a heading; None when the whole row is meant."""
        self.leave_out(row, rule, message, column)
        self._rows.setdefault(row.table_name, []).append(row)
        self._lines.setdefault(row.file, set()).add(row.line)

    def leave_out(self, row: CellRow, rule: str, message: Message, column: str | None) -> None:
        """Keeps the reason why a cell is left out of a row that stays in its table."""
        value = None if column is None else row.cells.get(column)
        shown = shortened(value) if value else None
        where_en = f"{row.file}, line {row.line}" + (f", column {column}" if column else "")
        where_ja = f"{row.file} の {row.line} 行目" + (f"、列 {column}" if column else "")
        found_en = f": found “{shown}”" if shown else ""
        found_ja = f"(「{shown}」)" if shown else ""
        self.reasons.append(
            Rejected(
                row.table_name,
                row.file,
                row.line,
                column,
                shown,
                rule,
                visible(f"{where_en}{found_en}. {message[0]}"),
                visible(f"{where_ja}{found_ja}:{message[1]}"),
                json.dumps({k: shortened(v) for k, v in row.cells.items()}, ensure_ascii=False),
            )
        )

    def rejected_row(self, table_name: str, heading: str, text: str) -> CellRow | None:
        """A rejected row of a table whose cell holds the text; None when there is none."""
        return next((r for r in self._rows.get(table_name, ()) if r.cells.get(heading) == text), None)

    def lines_by_file(self) -> Mapping[str, set[int]]:
        """Lines of the rejected rows of each file."""
        return self._lines


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
    columns = {name: pl.Int64 if name == "line" else pl.String for name in Rejected.__dataclass_fields__}
    frame = pl.DataFrame([asdict(row) for row in rows], schema=columns)
    return frame.sort("file", "line", "column", "rule", nulls_last=False)
