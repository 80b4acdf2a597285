"""A briefing before it has a format. Every writer reads the same document, so every format has the same numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from exports.briefing.request import Request
from view.target.squares_drawing import Squares

_UNPRINTABLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
_BETWEEN_SENTENCES = re.compile(r"(?<=。)(?=.)|(?<=[.!?])\s+(?=[A-Z0-9“])")
ChartKind = Literal["columns", "bars", "lines"]


def sentences_of(text: str) -> list[str]:
    """The sentences of a text in either language; at least one, which may be empty."""
    return _BETWEEN_SENTENCES.split(text.strip())


def clean(text: str) -> str:
    """Text without characters that files do not allow; each becomes a replacement character."""
    return _UNPRINTABLE.sub("\ufffd", text)


@dataclass(frozen=True)
class Series:
    """Values of one series, tCO2, one for each category; None is not known or not there.

    `style` is the code of a rung, or one of: target, gap, pace, path, middle, range. `is_marks` draws points only.
    `is_high` are the high ends of the series that follows, where they differ from it: drawn lighter, behind it.
    """

    name: str
    values: tuple[float | None, ...]
    style: str
    is_marks: bool = False
    is_high: bool = False


@dataclass(frozen=True)
class Chart:
    """A figure as data: stacked columns over time, stacked bars of groups (largest first), or lines over time.

    Values are tCO2; they are shown divided by `divisor` in `unit`.
    """

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    divisor: int
    alt: str

    def shown(self, series: Series) -> list[float | None]:
        """The values in the unit of the axis."""
        return [None if v is None else v / self.divisor for v in series.values]


@dataclass(frozen=True)
class Grid:
    """A table to be read: texts as they are shown, the columns of numbers, and rows in bold."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        uneven = [row for row in self.rows if len(row) != len(self.heads)]
        if uneven:
            raise ValueError(f"rows of {len(self.heads)} cells expected, found {uneven[0]!r}")


@dataclass(frozen=True)
class Section:
    """One subject of the briefing: what it says, its figure or table, and where it comes from.

    `finding` is what it says in short, where that is not the first sentence. `data` are the exact rows behind it.
    """

    key: str
    title: str
    sentence: str
    coverage: str
    query: str
    data: pa.Table
    chart: Chart | None = None
    grid: Grid | None = None
    notes: tuple[str, ...] = ()
    finding: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is anything to show beyond its sentence."""
        return self.chart is not None or bool(self.grid and self.grid.rows)

    @property
    def message(self) -> str:
        """What it says in short: the title of its slide."""
        return self.finding or sentences_of(self.sentence)[0]

    @property
    def explanation(self) -> str:
        """What its sentence says beyond the message."""
        return self.sentence.removeprefix(self.message).lstrip(".。 ").rstrip()


@dataclass(frozen=True)
class Figure:
    """A number to be seen first: its label, the figure, and what is said beneath."""

    label: str
    value: str
    below: str


@dataclass(frozen=True)
class Document:
    """A whole briefing in one language.

    `message` and three `takeaways` are what the edition of one slide says; `squares` is its figure, where it has one,
    with `reading`, how it is read.
    """

    request: Request
    title: str
    subtitle: str
    answer: str
    message: str
    takeaways: tuple[str, ...]
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    terms: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]
    source_names: Sequence[tuple[str, str]]
    source: str
    coverage: str
    as_of: str
    data_version: str
    citation: str
    squares: Squares | None = None
    reading: str = ""

    def foot(self, section: Section | None = None) -> tuple[str, ...]:
        """What every page carries: source, coverage, as-of date, data version."""
        return (self.source, section.coverage if section else self.coverage, self.as_of, self.data_version)
