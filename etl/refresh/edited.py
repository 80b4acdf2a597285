"""Files of proposals as a person hands them back: from a spreadsheet, in its encoding and with its forms of dates."""

import contextlib
import csv
import io
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from etl.contracts import table
from etl.contracts.columns import SAME
from etl.sources.date_values import partial_date
from etl.sources.number_values import decimal
from etl.sources.reading import as_utf8
from etl.sources.value_text import ValueNotUnderstood

Row = dict[str, str]
_MONTH = re.compile(r"[A-Z][a-z]{2}-[0-9]{2}")


def read_edited(path: Path) -> list[Row]:
    """Return the rows of a CSV file, UTF-8 or Shift_JIS, cells trimmed. Raises OSError, and BuildStopped for what is no text."""
    rows = csv.DictReader(io.StringIO(_text(path), newline=""))
    return [
        {name: (text or "").strip() for name, text in row.items() if isinstance(name, str)} for row in rows
    ]


def _text(path: Path) -> str:
    """The text of a file of ours; what is not UTF-8 any more was saved by a Japanese spreadsheet."""
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "cp932"):
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return as_utf8(content, f"{path.parent.name}/{path.name}")[0].decode()


def says_the_same(edited: str, written: str) -> bool:
    """Tell whether a cell holds what was written into it, but for what a spreadsheet makes of dates and numbers."""
    return edited == written or _plain(edited) == _plain(written)


def _plain(text: str) -> str | float:
    words = " ".join(text.split())
    if words.casefold() in {"true", "false"}:
        return words.casefold()
    try:
        return decimal(words)
    except ValueNotUnderstood:
        return _day(words)


def _day(text: str) -> str:
    """A day or month as the record has it; any other text as it is. A spreadsheet makes Nov-26 of 2026-11."""
    if _MONTH.fullmatch(text):
        try:
            return datetime.strptime(text, "%b-%y").strftime("%Y-%m")  # noqa: DTZ007 - a month has no zone
        except ValueError:
            return text
    try:
        return str(partial_date(text))
    except ValueNotUnderstood:
        return text


def completed_row(table_name: str, edited: Mapping[str, str], written: Mapping[str, str]) -> Row:
    """Return a new row with what a person changed in it, in the forms of the record."""
    reads = _reads(table_name)
    return {
        name: text
        if name not in edited or says_the_same(edited[name], text)
        else _in_form(edited[name], reads.get(name, "text"))
        for name, text in written.items()
    }


def _in_form(text: str, reads: str) -> str:
    """A cell as the record writes it; what is not understood stays, and is told when it is read."""
    if reads == "boolean":
        return text.lower()
    if reads in {"date", "partial_date"} or reads.startswith("interval"):
        return _day(text)
    if reads in {"integer", "tonnes", "year"} and re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+", text):
        return text.replace(",", "")
    return text


def _reads(table_name: str) -> dict[str, str]:
    """How a column is read, by its heading."""
    found: dict[str, str] = {}
    for name, column in table(table_name).schema.columns().items():
        meaning = column.metadata or {}
        heading = name if meaning["header"] == SAME else meaning["header"]
        if heading is not None:
            found.setdefault(heading, meaning["reads"])
    return found
