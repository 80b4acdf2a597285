"""Rows that failed, kept whole with file, line, column, value and the reason in both languages."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

import polars as pl

SHORTENED = 200


@dataclass(frozen=True)
class Rejected:
    """One reason why one row was rejected. A row may have several."""

    table_name: str
    file: str
    line: int
    column: str | None
    value: str | None
    rule: str
    message_en: str
    message_ja: str
    row_json: str


def rejected(
    place: tuple[str, str, int],
    cells: Mapping[str, str],
    rule: str,
    message: tuple[str, str],
    column: str | None = None,
) -> Rejected:
    """A reason for the row at (table, file, line); the message says what was expected, in both languages."""
    table_name, file, line = place
    value = None if column is None else cells.get(column)
    shown = _short(value) if value else None
    where_en = f"{file}, line {line}" + (f", column {column}" if column else "")
    where_ja = f"{file} の {line} 行目" + (f"、列 {column}" if column else "")
    found_en = f": found “{shown}”" if shown else ""
    found_ja = f"(「{shown}」)" if shown else ""
    return Rejected(
        table_name,
        file,
        line,
        column,
        shown,
        rule,
        f"{where_en}{found_en}. {message[0]}",
        f"{where_ja}{found_ja}:{message[1]}",
        json.dumps({k: _short(v) for k, v in cells.items()}, ensure_ascii=False),
    )


def _short(text: str) -> str:
    return text if len(text) <= SHORTENED else f"{text[:SHORTENED]}… ({len(text):,} characters)"


def quarantine_frame(rows: Iterable[Rejected]) -> pl.DataFrame:
    """The table `quarantine`, by file, line, column and rule."""
    columns = {name: pl.Int64 if name == "line" else pl.String for name in Rejected.__dataclass_fields__}
    frame = pl.DataFrame([asdict(row) for row in rows], schema=columns)
    return frame.sort("file", "line", "column", "rule", nulls_last=False)
