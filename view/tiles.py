"""One function makes a tile, and refuses to make one that lacks a part a reader needs to trust it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from typing import Any

import plotly.graph_objects as go
import pyarrow as pa

from view.marks.figure import Figure
from view.marks.markup import Markup, code, escape, failure, heading
from view.marks.table import Table
from view.texts import Texts, Told


@dataclass(frozen=True)
class Tile:
    """A figure with all that it must carry.

    `message` is what the figure shows of the reader's selection, in one sentence without its full stop, computed from the
    data: the heading, with `title`, what is drawn, beneath it. Where the data support none, the heading is `title`.
    `sentence` is all that is said in words, the message first; `explanation` what comes after it.
    `key` names the tile on its page and in its files; `selection` is the filters in words, empty without. `picture` makes
    an SVG of a `body` that is drawn. `body` is our own markup (plain text is escaped), for tiles whose figure is more than
    its table; a typed table draws itself. `course` says how the lines of a figure
    run, to those who hear it: every figure but a map has one, empty where nothing is known. `keys` is HTML
    above a figure that explains its colours. `height` of the figure in px, `height_alone` where it is
    another on other people's pages; a `frame` of the style sheet (`world`, `atlas`) sets the height instead, less where the
    window is narrow. A click on a point of a figure that `is_clickable` runs the page again. `has_own_record`: it is drawn
    from the warehouse with an own record, which has neither pinned links nor frames on other pages; `is_not_public`: that record moves it.
    """

    title: str
    sentence: str
    table: Table[Any] | pa.Table | Callable[[], pa.Table]
    source: str
    as_of: str
    data_version: str
    coverage: str
    query: str
    sql: str
    parameters: Mapping[str, object]
    message: str = ""
    explanation: str = ""
    key: str = "tile"
    figure: go.Figure | Callable[[], go.Figure] | None = None
    picture: Callable[[], str] | None = None
    selection: str = ""
    course: str | None = None
    body: str = Markup("")
    keys: str = Markup("")
    notes: tuple[str, ...] = ()
    height: int = 420
    height_alone: int = 0
    frame: str = ""
    is_clickable: bool = False
    is_map: bool = False
    has_own_record: bool = False
    is_not_public: bool = False

    def __post_init__(self) -> None:
        missing = [
            f.name
            for f in fields(self)
            if f.default is MISSING and f.name not in {"parameters", "table"} and not getattr(self, f.name)
        ]
        if not self.message:
            object.__setattr__(self, "explanation", self.sentence)
        for name in ("body", "keys"):
            object.__setattr__(self, name, escape(getattr(self, name)))
        if self.figure is None and not self.body and not isinstance(self.table, Table):
            missing.append("figure or body")
        if self.figure is not None and not self.is_map and self.course is None:
            missing.append("course")
        if isinstance(self.table, pa.Table) and self.table.num_columns == 0:
            missing.append("table")
        if missing:
            raise ValueError(f"tile {self.key!r} lacks {', '.join(missing)}")

    def telling(self, told: Told, t: Texts) -> "Tile":
        """The same figure with other words."""
        return replace(self, message=told[0], explanation=told[1], sentence=t.prose(told))

    def keyed(self, key: str) -> "Tile":
        """The same under the key that it has on its page."""
        return replace(self, key=key)

    @property
    def heading(self) -> str:
        """What stands above the figure in large letters."""
        return self.message or self.title

    @property
    def subject(self) -> str:
        """What stands beneath a message: what is drawn; empty where the heading is that."""
        return self.title if self.message else ""

    @property
    def plot(self) -> go.Figure:
        """The figure, made where it is to be seen: files draw their own. Raises TypeError where there is none."""
        if self.figure is None:
            raise TypeError(f"tile {self.key!r} has no figure")
        return self.figure if isinstance(self.figure, go.Figure) else self.figure()

    def drawn(self) -> "Tile":
        """The same with its figure made, or its table as HTML where that is the figure. Files need neither."""
        if self.figure is not None:
            figure = self.plot
            return replace(self, figure=figure.finish() if isinstance(figure, Figure) else figure)
        if not self.body and isinstance(self.table, Table):
            return replace(self, body=self.table.html())
        return self

    def alternative(self, t: Texts) -> str:
        """What stands for the figure where it is not seen."""
        return t.gap.join(filter(None, (self.sentence, self.course)))

    def rows(self) -> pa.Table:
        """The figure as a table; a large one is made only when it is asked for."""
        if isinstance(self.table, Table):
            return self.table.arrow()
        return self.table if isinstance(self.table, pa.Table) else self.table()


@dataclass(frozen=True)
class FailedTile:
    """A tile whose query the warehouse could not answer, and what DuckDB said."""

    key: str
    query: str
    detail: str


QueryText = Callable[[str], tuple[str, Mapping[str, object]]]
"""Returns the SQL of a named query and the parameters it was run with."""


@dataclass(frozen=True)
class TileMaker:
    """Makes the tiles of one page: they share their sources, the day, the data version and the query texts.

    Where `is_own` says that an own record moves the answer of a query, the source line says so in `own_words`.
    """

    t: Texts
    source: str
    as_of: str
    data_version: str
    query_text: QueryText
    is_own: Callable[[str], bool] = lambda _: False
    own_words: str = ""
    has_own_record: bool = False
    selection: str = ""

    def __call__(
        self, query: str, coverage: str, *, told: Told = ("", ""), sentence: str = "", **parts: object
    ) -> Tile:
        """A tile of a named query: what it tells, or a `sentence` beneath its title. Raises ValueError where a part is missing."""
        message, more = told
        sql, parameters = self.query_text(query)
        is_not_public = self.has_own_record and self.is_own(query)
        return Tile(
            message=message,
            sentence=sentence or self.t.prose(told),
            explanation=sentence or more,
            query=query,
            sql=sql,
            parameters=parameters,
            coverage=coverage,
            source=f"{self.source}; {self.own_words}" if is_not_public else self.source,
            as_of=self.as_of,
            data_version=self.data_version,
            has_own_record=self.has_own_record,
            is_not_public=is_not_public,
            **{"selection": self.selection, **parts},  # type: ignore[arg-type]
        )


def our_calculation(t: Texts, build: Mapping[str, Any]) -> str:
    """The source line of figures computed from the whole record: the day of the list, the number of pages."""
    return t(
        "JCM project list (copy of {day}), ministry selections and public pages ({n} sources); our calculation",
        day=t.day(build["list_of_on"]),
        n=t.number(build["sources"]),
    )


def failed_html(failed: FailedTile, t: Texts) -> Markup:
    """What is missing here and why, HTML; the rest of the page is whole."""
    title = t("This part cannot be shown.")
    text = t(
        "The query {query} failed; the rest of the page is not affected. Reload the page, or build the data again.",
        query=failed.query,
    )
    return failure(heading(title, text, code(failed.detail)))


def common_lines(source: str, as_of: str, data_version: str, t: Texts) -> Sequence[str]:
    """Source, day and data version, as every figure has them and the foot of a page says them once."""
    return (
        t("Source: {source}", source=source),
        t("As of {day}", day=as_of),
        t("Data version {version}", version=data_version),
    )
