"""Cells of published tables: the rows of a saved page, and days and amounts as they are written there."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from html.parser import HTMLParser

from exports.article6.faults import fault_of

MOST_CELLS = 200_000
LARGEST_TCO2 = 50_000_000
_NONE = frozenset({"", "-", "–", "n/a", "na"})


class Tables(HTMLParser):
    """Cells of all tables of a page, row by row."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._row: list[str] | None = None
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begins a row or a cell; a cell that was left open ends."""
        if tag == "tr":
            self._end_row()
            self._row = []
        elif tag in {"td", "th"} and self._row is not None:
            self._end_cell()
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Ends a cell or a row."""
        if tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self._row is not None:
            self._cells += 1
            if self._cells <= MOST_CELLS:
                self._row.append(" ".join("".join(self._cell).split()))
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row:
            self._rows.append(self._row)
        self._row = None

    def rows(self) -> Iterator[list[str]]:
        """Every row with at least one cell."""
        self._end_row()
        yield from self._rows


def day_of(column: str, text: str) -> date | None:
    """A day such as 24 Jan 26 or 2026-01-24; None where there is none."""
    text = text.strip()
    if text.lower() in _NONE:
        return None
    for pattern in ("%d %b %y", "%d %b %Y", "%d %B %Y", "%d %B %y", "%Y-%m-%d"):
        try:
            day = datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day without a time
        except ValueError:
            continue
        if 2013 <= day.year <= 2060:
            return day
    raise fault_of("day", text, column=column)


def tonnes_of(column: str, text: str) -> int | None:
    """A whole number of tonnes; None where there is none. Raises CellFault."""
    text = text.strip()
    if text.lower() in _NONE:
        return None
    digits = re.sub(r"\s*(tCO2(e|eq)?|t)$", "", text, flags=re.IGNORECASE)
    if not re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})*|[0-9]+", digits):
        raise fault_of("tonnes", text, column=column)
    value = int(digits.replace(",", ""))
    if value > LARGEST_TCO2:
        raise fault_of("too large", text, column=column, n=LARGEST_TCO2)
    return value
