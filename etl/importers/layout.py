"""Finding a table by its headings, whatever stands above it, between its rows and below it.

Title rows, units and notes above the heading, two-row headings, merged cells, unit rows, repeated headings, totals and
notes below are understood; a table whose needed headings are not all there is not read.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.importers.sheets import Row, Sheet
from etl.importers.source import Document, SetAside, SourceNotRead
from etl.sources.value_text import TEXTS_THAT_STATE_NOTHING, in_half_width, without_note

SEARCHED_ROWS = 40
"""Rows of a sheet in which its heading is looked for."""

_UNIT = re.compile(r"[(\[（［][^()\[\]（）［］]*[)\]）］]\s*$")
_TONNES = r"(?:[kMG]|[千万億百]*)(?:t(?:onnes?)?|トン)(?:[- ]?CO[2₂](?:-?eq?)?)?"
_UNIT_ROW = re.compile(
    rf"[(\[]?\s*(?:{_TONNES}(?:\s*/\s*(?:y|yr|year|年))?|%|円|百万円|件|k?W|MWp?|年度|年月日|単位|unit)\s*[)\]]?",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"[(（]?(?:(?:grand|sub-?)? ?totals?|sum|総?合計|小?計|総計)[)）]?(?: ?[(（:：].*| ?[0-9,]+ ?(?:件|projects?))?",
    re.IGNORECASE,
)
_NOTE = re.compile(r"[(（]?(?:注|※|備考|出典|notes?\b|sources?\b|\*)", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """A column to find: the field it fills and the headings it goes by, the usual one first."""

    field: str
    names: tuple[str, ...]
    is_needed: bool = True


@dataclass(frozen=True)
class Line:
    """A row below the heading: its number, its place in words, and its cells by field. Open cells are empty."""

    number: int
    where: str
    cells: Mapping[str, str]

    def __getitem__(self, field: str) -> str:
        """Return the text of a field; empty where the document lacks the column or leaves it open."""
        return self.cells.get(field, "")


@dataclass(frozen=True)
class Found:
    """A table: its sheet, lines, the rows above its heading, and headings that are not known, with their columns.

    `columns` has the place of each field, counted from 0; `rows` all rows below the heading, merged cells filled;
    `texts` the headings by column, `merged` the merged areas of the sheet.
    """

    sheet: str
    lines: Sequence[Line]
    above: Sequence[Row]
    unknown: Mapping[str, int]
    rows: Sequence[Row]
    columns: Mapping[str, int]
    texts: Sequence[str]
    merged: Sequence[tuple[int, int, int, int]]

    def unit_of(self, field: str) -> str:
        """Return what the heading of a field and a row of units below it say, the unit among it; empty without a column."""
        column = self.columns.get(field)
        if column is None:
            return ""
        units = [row.cells[column] for row in self.rows[:2] if _is_unit_row(row) and column < len(row.cells)]
        return " ".join([self.texts[column], *units])

    def span_of(self, line: Line, field: str) -> tuple[int, int]:
        """Return the first and last row that share the cell of a field with a line: its own, unless cells are merged."""
        column = self.columns.get(field)
        for top, left, bottom, right in self.merged:
            if column is not None and top <= line.number <= bottom and left <= column <= right:
                return top, bottom
        return line.number, line.number


_Nearest = tuple[tuple[int, int], str, Row | None, list[Heading]]
"""Of the row that comes nearest to a heading: columns and cells found, its sheet, itself, and what it lacks."""


@lru_cache(maxsize=4096)
def plain_heading(text: str) -> str:
    """Return a heading without case, width, spaces, notes and signs."""
    text = without_note(in_half_width(unicodedata.normalize("NFKC", text)))
    return re.sub(r"[\W_]+", "", text.casefold())


def stated(text: str) -> str:
    """Return the text of a cell, empty where it says that there is nothing (`-`, `N/A`, `nan`, 未定)."""
    text = text.strip()
    return "" if text in TEXTS_THAT_STATE_NOTHING or text.casefold() in {"nan", "n/a", "na", "none"} else text


def find_table(
    document: Document, sheets: Iterable[Sheet], headings: Sequence[Heading], *, named: str | None = None
) -> Found:
    """Find the table with all needed headings. `named` is the sheet it must be on, where the source fixes it.

    Raises SourceNotRead with the headings found and expected.
    """
    best: _Nearest = ((-len(headings) - 1, 0), "", None, [h for h in headings if h.is_needed])
    seen = []
    for sheet in sheets:
        seen.append(sheet.name)
        if named is not None and plain_heading(sheet.name) != plain_heading(named):
            continue
        filled = sheet.filled()
        rows = filled.rows
        for at, row in enumerate(rows[:SEARCHED_ROWS]):
            readings = [(at, below, texts) for below, texts in _headings_at(rows, at)]
            missing = [_missing(texts, headings) for _, _, texts in readings]
            if all(missing):
                fewest = min(missing, key=len)
                known = len(_columns(readings[missing.index(fewest)][2], headings))
                rank = (known, len({cell for cell in row.cells if cell}))
                if rank > best[0]:
                    best = (rank, sheet.name, row, fewest)
                continue
            # A row of titles or units above the heading, or the lower row of one of two, may be taken for a part of it.
            if at + 1 < len(rows):
                readings += [(at + 1, below, texts) for below, texts in _headings_at(rows, at + 1)]
            whole = [one for one in readings if not _missing(one[2], headings)]
            first, below, texts = max(
                whole, key=lambda one: (len(_columns(one[2], headings)), one[0] - one[1])
            )
            return _found(
                document, filled, (first, below), _columns(texts, headings), texts, merged=sheet.merged
            )
    raise _unknown_layout(document, named, seen, best, headings)


def _headings_at(rows: Sequence[Row], at: int) -> Iterator[tuple[int, list[str]]]:
    """The row as a heading, then with the row below it as one heading of two rows; each with where data begin."""
    single = list(rows[at].cells)
    yield at + 1, single
    if at + 1 < len(rows):
        under = list(rows[at + 1].cells)
        width = max(len(single), len(under))
        single += [""] * (width - len(single))
        under += [""] * (width - len(under))
        yield at + 2, [t if t == u else f"{t} {u}".strip() for t, u in zip(single, under, strict=True)]


def _columns(texts: Sequence[str], headings: Sequence[Heading]) -> dict[str, int]:
    """Column by field; the first column that goes by a name of the heading, without or with its unit."""
    by_name: dict[str, int] = {}
    for column, text in enumerate(texts):
        plain = without_note(in_half_width(text))
        for form in (text, _UNIT.sub("", plain)):
            by_name.setdefault(plain_heading(form), column)
    found: dict[str, int] = {}
    for heading in headings:
        for name in heading.names:
            column_of = by_name.get(plain_heading(name))
            if column_of is not None and column_of not in found.values():
                found[heading.field] = column_of
                break
    return found


def _missing(texts: Sequence[str], headings: Sequence[Heading]) -> list[Heading]:
    columns = _columns(texts, headings)
    return [heading for heading in headings if heading.is_needed and heading.field not in columns]


def _found(
    document: Document,
    sheet: Sheet,
    span: tuple[int, int],
    columns: Mapping[str, int],
    texts: Sequence[str],
    *,
    merged: Sequence[tuple[int, int, int, int]],
) -> Found:
    """The table whose heading and first row below it stand at `span` of the rows of the sheet."""
    at, below = span
    head = [plain_heading(text) for text in texts]
    lines = []
    for row in sheet.rows[below:]:
        if _is_furniture(row, head):
            continue
        cells = {f: stated(row.cells[c]) for f, c in columns.items() if c < len(row.cells)}
        if any(cells.values()):
            lines.append(Line(row.number, _where(document, sheet, row), cells))
    taken = set(columns.values())
    unknown = {text: n for n, text in enumerate(texts) if text and n not in taken}
    above, rows = sheet.rows[:at], sheet.rows[below:]
    return Found(sheet.name, lines, above, unknown, rows, columns, texts, merged)


def _where(document: Document, sheet: Sheet, row: Row) -> str:
    place = f"{sheet.name}, row {row.number}" if sheet.name else f"line {row.number}"
    return f"{document.name}: {place}"


def _is_furniture(row: Row, head: Sequence[str]) -> bool:
    """Whether a row is no data: blank, of units, of totals, a note, or the heading again."""
    said = [cell for cell in row.cells if cell]
    if not said or _is_unit_row(row) or is_total(said[0]):
        return True
    first = unicodedata.normalize("NFKC", said[0]).strip()
    if len(set(said)) == 1 and _NOTE.match(first):
        return True
    plain = [plain_heading(cell) for cell in row.cells]
    return sum(p == h and p != "" for p, h in zip(plain, head, strict=False)) >= max(2, len(said) // 2)


def _is_unit_row(row: Row) -> bool:
    return all(_UNIT_ROW.fullmatch(in_half_width(cell)) for cell in row.cells if cell)


def is_total(text: str) -> bool:
    """Whether a cell is the label of a row of totals: 合計, 計, 小　計, Total (12 projects)."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return bool(_TOTAL.fullmatch(plain if plain.isascii() else re.sub(r"\s+", "", plain)))


def not_understood(
    line: Line, found: str, expected_en: str, expected_ja: str, *, column: str = ""
) -> SetAside:
    """Return a row, or a cell of it, that was not understood, with what it held and what was expected there."""
    where = f"{line.where}, {column}" if column else line.where
    return SetAside(
        where,
        found[:200],
        f"{where}: “{found[:80]}” is not {expected_en}.",
        f"{where}：「{found[:80]}」は{expected_ja}ではありません。",
    )


def _unknown_layout(
    document: Document, named: str | None, seen: Sequence[str], best: _Nearest, headings: Sequence[Heading]
) -> SourceNotRead:
    _, sheet, row, missing = best
    wanted = ", ".join(h.names[0] for h in headings if h.is_needed)
    if named is not None and row is None:
        sheets = ", ".join(name for name in seen if name) or "none"
        return SourceNotRead(
            f"{document.name}: there is no sheet “{named}”; found: {sheets}. The layout of the source may have changed.",
            f"{document.name}：シート「{named}」がありません（あるもの：{sheets}）。出典の様式が変わった可能性があります。",
        )
    place = f", {sheet}, row {row.number}" if row and sheet else f", line {row.number}" if row else ""
    cells = (
        " | ".join(dict.fromkeys(" ".join(cell.split()) for cell in row.cells if cell))[:300] if row else "-"
    )
    lacking = ", ".join(h.names[0] for h in missing)
    return SourceNotRead(
        f"{document.name}{place}: the table is not as expected. Missing: {lacking}. Found: {cells}. Expected headings:"
        f" {wanted}. The layout of the source may have changed; nothing of it was taken.",
        f"{document.name}{place}：表の様式が想定と異なります。ない見出し：{lacking}。あるもの：{cells}。必要な見出し：{wanted}。"
        "出典の様式が変わった可能性があるため、取り込んでいません。",
    )
