"""The one typed table: each column defines, under one key, what the page shows and what files hold."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

import polars as pl
import pyarrow as pa
from markupsafe import Markup, escape

from view.amounts import tonnes
from view.texts import Texts

R = TypeVar("R")
Kind = Literal["text", "number", "tonnes", "share", "day", "country", "source"]
"""What a value is: it decides how the page writes it. A `source` is the address of a page outside."""

WIDE = "jcm-hide-narrow"
"""Columns that give way on a narrow screen."""
ONE_LINE = "jcm-nowrap"
DASH = "–"
_TYPES: Mapping[str, type[pl.DataType]] = {
    "number": pl.Int64,
    "tonnes": pl.Int64,
    "share": pl.Float64,
    "day": pl.Date,
}
_LONG = re.compile(r"([!-~\u00a1-\u0dff\u1e00-\u1fff]{28,})")
"""A word longer than a column, in a script that breaks between words alone."""
_PIECE = re.compile(r".{1,14}")
_FIGURES = frozenset({"number", "tonnes", "share"})


def from_row(_: object) -> object:
    """Stands for the value that the row holds under the key of the column."""
    raise NotImplementedError


def by_kind(_: object) -> str:
    """Stands for the value as its kind is written."""
    raise NotImplementedError


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column. `value` is what files hold, `cell` what the page shows; None where the column is left out.

    `key` is its name in code, that of the query's column where there is one. A `cell` of plain text is escaped; markup
    is `Markup`. `page_label` is a shorter heading for the page.
    """

    key: str
    label: str
    kind: Kind = "text"
    value: Callable[[R], object] | None = from_row
    cell: Callable[[R], str] | None = by_kind
    page_label: str | None = None
    css: str = ""
    unit: str = ""
    """Unit of the value in files; tonnes are tCO2 without saying so."""
    is_figure: bool = False
    """Whether its cells are aligned right though their kind is text, such as an amount with two ends."""
    is_head: bool = False
    """Whether its cell names the row."""

    def filed(self, row: R) -> object:
        """The value in files. Raises KeyError where files do not hold the column."""
        if self.value is None:
            raise KeyError(self.key)
        return row[self.key] if self.value is from_row else self.value(row)  # type: ignore[index]

    @property
    def unit_of_files(self) -> str:
        """The unit of the value in files; empty for what has none."""
        return self.unit or ("tCO2" if self.kind == "tonnes" else "")

    def array(self, rows: Sequence[R]) -> pa.Array:
        """The values in files; a column without any has the type of its kind."""
        # By way of Polars: PyArrow would load pandas to see whether the list is one of its own.
        values = pl.Series([self.filed(row) for row in rows], strict=False)
        return (
            values.cast(_TYPES.get(self.kind, pl.String)) if values.dtype == pl.Null else values
        ).to_arrow()

    def heading(self) -> Markup:
        """The heading on the page."""
        label = self.label if self.page_label is None else self.page_label
        return Markup('<th scope="col"{}>{}</th>').format(_class(*self._css()), label)

    def drawn(self, row: R, t: Texts) -> Markup:
        """The cell on the page."""
        content = _written(self.filed(row), self.kind, t) if self.cell is by_kind else self.cell(row)  # type: ignore[misc]
        content = breakable(content)
        template = Markup('<th scope="row"{}>{}</th>') if self.is_head else Markup("<td{}>{}</td>")
        return template.format(_class(*self._css()), content)

    def _css(self) -> Iterable[str]:
        return ("jcm-n" if self.is_figure or self.kind in _FIGURES else "", self.css)


@dataclass(frozen=True)
class Table(Generic[R]):
    """Columns and rows in one language. `is_long` gives it a frame of its own to scroll in; `row_css` marks rows."""

    columns: Sequence[Column[R]]
    rows: Sequence[R]
    t: Texts
    css: str = "jcm-tight"
    is_long: bool = False
    has_headings: bool = True
    row_css: Callable[[R], str] | None = None

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"two columns of one table have the key {', '.join(twice)}")

    def html(self) -> Markup:
        """The table on the page."""
        shown = [column for column in self.columns if column.cell]
        nothing = Markup("")
        head = nothing.join(column.heading() for column in shown)
        body = nothing.join(
            Markup("<tr{}>{}</tr>").format(
                _class(self.row_css(row) if self.row_css else ""),
                nothing.join(column.drawn(row, self.t) for column in shown),
            )
            for row in self.rows
        )
        top = Markup("<thead><tr>{}</tr></thead>").format(head) if self.has_headings else nothing
        table = Markup('<table class="{}">{}<tbody>{}</tbody></table>').format(self.css, top, body)
        if self.is_long:
            return Markup('<div class="jcm-list">{}</div>').format(table)
        return Markup('<div class="jcm-scroll">{}</div>').format(table)

    def arrow(self) -> pa.Table:
        """What files hold, under the headings of the reader's language; a field's metadata has its key, kind and unit."""
        filed = [column for column in self.columns if column.value]
        arrays = [column.array(self.rows) for column in filed]
        fields = [
            pa.field(c.label, array.type, metadata={"key": c.key, "kind": c.kind, "unit": c.unit_of_files})
            for c, array in zip(filed, arrays, strict=True)
        ]
        return pa.Table.from_arrays(arrays, schema=pa.schema(fields))

    def values(self, key: str) -> list[Any]:
        """What files hold in one column. Raises KeyError where there is none."""
        column = {column.key: column for column in self.columns}[key]
        return [column.filed(row) for row in self.rows]


def _written(value: Any, kind: Kind, t: Texts) -> str:  # noqa: ANN401 - a value of any column
    if value is None:
        return t("not known") if kind == "tonnes" else DASH
    write: Mapping[str, Callable[[Any], str]] = {
        "number": t.number,
        "tonnes": lambda tco2: tonnes(tco2, t),
        "share": t.percent,
        "day": t.day_short,
        "source": lambda url: source_link(url, t("page")),
    }
    return write.get(kind, str)(value)


def breakable(text: str) -> Markup:
    """The text with places at which a word breaks that is longer than a column; markup stays as it is."""
    if isinstance(text, Markup) or not _LONG.search(text):
        return escape(text)
    parts = (_PIECE.findall(part) if _LONG.fullmatch(part) else [part] for part in _LONG.split(text))
    return Markup("").join(Markup("<wbr>").join(part) for part in parts)


def linked(href: str, text: str) -> Markup:
    """A link inside the tracker."""
    return Markup('<a class="jcm-link" href="{}">{}</a>').format(href, breakable(text))


def source_link(url: str, text: str) -> Markup:
    """A link to a source outside; the text alone for a record that has no address there."""
    if not url.startswith(("https://", "http://")):
        return escape(text)
    return Markup('<a class="jcm-link" href="{}" rel="noreferrer">{}</a>').format(url, text)


def small(text: str, css: str = "") -> Markup:
    """A second line in a cell; nothing for an empty text."""
    return Markup("<small{}>{}</small>").format(_class(css), breakable(text)) if text else Markup("")


def _class(*names: str) -> Markup:
    css = " ".join(name for name in names if name)
    return Markup(' class="{}"').format(css) if css else Markup("")


__all__ = [
    "DASH",
    "ONE_LINE",
    "WIDE",
    "Column",
    "Markup",
    "Table",
    "escape",
    "from_row",
    "linked",
    "small",
    "source_link",
]
