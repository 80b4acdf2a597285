"""A page of the site before it is HTML: its words, and its parts with figure, table and files."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
from markupsafe import Markup

from exports.briefing.document import Figure, Grid, Section
from exports.site.charts import drawn
from view.marks.markup import NOTHING
from view.marks.table import DASH, Column, Table, by_kind
from view.texts import Texts

_SECOND_LINE = re.compile("(?=<small|<br)")


@dataclass(frozen=True)
class Part:
    """A part of a page. `data` are the exact rows behind it, offered as a file; `first` and `of` number a part cut up."""

    key: str
    title: str
    sentence: str = ""
    drawing: Markup = NOTHING
    grid: Grid | None = None
    notes: Sequence[str] = ()
    coverage: str = ""
    query: str = ""
    data: pa.Table | None = None
    later: Sequence[str] = ()
    """Paths of the pages on which its table goes on."""


@dataclass(frozen=True)
class SitePage:
    """A page by its path within its language, equal in both.

    `answer` is what it says in a sentence; `room` the entry of the menu that it belongs to; `live` the same page of the app,
    empty for none; `picture` the drawing for previews of links.
    """

    path: str
    room: str
    title: str
    answer: str
    under: str = ""
    figures: Sequence[Figure] = ()
    intro: Markup = NOTHING
    parts: Sequence[Part] = ()
    limits: Sequence[str] = ()
    live: str = ""
    picture: str = ""
    crumbs: Sequence[tuple[str, str]] = ()
    whole: str = ""
    """Path of the page that this one is the continuation of; the languages need not be cut at the same rows."""

    @property
    def stem(self) -> str:
        """Its path without the ending."""
        return self.path.removesuffix(".html")


def part_of(section: Section, t: Texts, *, key: str = "") -> Part:
    """A section of a briefing as a part of a page. A part without rows says so in its sentence alone."""
    return Part(
        key=key or section.key,
        title=section.title,
        sentence=section.sentence,
        drawing=drawn(section.chart, t) if section.chart else NOTHING,
        grid=section.grid,
        notes=section.notes,
        coverage=section.coverage,
        query=section.query,
        data=section.data if section.data.num_rows else None,
    )


def shown(table: Table[Any]) -> Grid | None:
    """A table as the page of the app writes it, as plain text; a source keeps its address. None without rows."""
    if not table.rows:
        return None
    filed = [column for column in table.columns if column.value]
    # The page of the app may draw the table in another form, which has no columns of its own.
    columns = [column for column in filed if column.cell] or [replace(c, cell=by_kind) for c in filed]

    def written(column: Column[Any], row: object) -> str:
        if column.kind == "source":
            return str(column.filed(row) or DASH)
        apart = _SECOND_LINE.split(str(column.drawn(row, table.t)), 1)
        first, *note = [Markup(part).striptags() for part in apart]  # noqa: S704 - becomes plain text here
        if first and note and _is_figure(column):
            return table.t.noted(first, note[0])
        return " ".join(filter(None, (first, *note)))

    return Grid(
        tuple(c.page_label or c.label for c in columns),
        tuple(tuple(written(c, row) for c in columns) for row in table.rows),
        frozenset(i for i, c in enumerate(columns) if _is_figure(c)),
    )


def _is_figure(column: Column[Any]) -> bool:
    return column.is_figure or column.kind in {"number", "tonnes", "share"}


def with_rows(part: Part, rows: Sequence[tuple[str, ...]]) -> Part:
    """The part with some rows of its table."""
    if part.grid is None:
        return part
    return replace(part, grid=Grid(part.grid.heads, tuple(rows), part.grid.numeric))
