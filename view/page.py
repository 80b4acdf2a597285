"""What every page is made of: its context, the content that answers give, and the page itself.

A subject is a module with two functions: `questions` states what it asks of the warehouse, `page_of` turns the answers
into a head and tiles. Pages and briefings use the same subjects.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import RLock
from typing import Any, Generic, Protocol, TypeVar

import streamlit as st

from model.overview import Target
from queries.record import build_of, decided_targets, latest_target_years, targets_of
from queries.runner import Answers, Questions, Row
from queries.warehouse import OlderFile, QueryFailed, Warehouse
from view import embedding
from view.address import link
from view.names import Names
from view.selection import Selection
from view.texts import Texts
from view.theme import ThemeName
from view.tile_drawing import draw_tile
from view.tiles import FailedTile, Tile, TileMaker, common_lines, failed_html, our_calculation

Rows = list[Row]


@dataclass(frozen=True)
class PageContext:
    """What a page knows before it asks: the reader, what is chosen, and the data behind it.

    - choice: choices of this page alone, by their key in the address.
    - filters_text: the filters in words; empty without filters.
    - targets: those in force on the day; target_years: fiscal years of the nearest and the farthest, of the data's day
      where none is in force.
    - decided_targets: tonnes of each decided target by year, tCO2; of the data's day where none is in force.
    - build: the row of `build_info`, with `list_of_on` and `list_cadence_days` of the list of projects.
    """

    t: Texts
    theme: ThemeName
    selection: Selection
    filters_text: str
    names: Names
    targets: tuple[Target, ...]
    target_years: tuple[int, int]
    decided_targets: Mapping[int, int]
    build: Mapping[str, Any]
    data_version: str
    data_as_of: date
    choice: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def fine_print(self) -> Sequence[str]:
        """What holds for every figure of the page that does not say otherwise: source, day and data version."""
        source = our_calculation(self.t, self.build)
        return common_lines(source, self.t.day_short(self.selection.as_of), self.data_version, self.t)

    def link(self, to: str, **values: str) -> str:
        """Address of another page with the same filters, and values in place of some."""
        return link(to, self.selection, self.t.lang, self.data_as_of, **values)

    def tile_maker(self, answers: Answers) -> TileMaker:
        """Makes tiles of answers; each remembers how its question was asked."""
        return TileMaker(
            self.t,
            our_calculation(self.t, self.build),
            self.t.day_short(self.selection.as_of),
            self.data_version,
            answers.asked,
            answers.differs_from_public,
            self.t("with the own record of the organisation, not public"),
            has_own_record=answers.beneath is not None,
            # A picture is looked at without its page: it names all that was chosen.
            selection=self.selection.describe(self.t, self.names, most=None),
        )


def context_of(
    warehouse: Warehouse,
    t: Texts,
    theme: ThemeName,
    selection: Selection,
    *,
    names: Names,
    choice: Mapping[str, Any] | None = None,
) -> PageContext:
    """The context of one selection, with the targets in force on its day."""
    return PageContext(
        t=t,
        theme=theme,
        selection=selection,
        filters_text=selection.describe(t, names),
        names=names,
        targets=targets_of(warehouse.run("targets", as_of=selection.as_of).to_pylist()),
        target_years=latest_target_years(warehouse, selection.as_of),
        decided_targets=decided_targets(warehouse, selection.as_of),
        build=build_of(warehouse),
        data_version=warehouse.data_version,
        data_as_of=warehouse.data_as_of,
        choice=choice or {},
    )


class Asked:
    """Rows of one question of a content, fetched when they are first read."""

    def __init__(self, question: str) -> None:
        self._question = question

    def __get__(self, content: "Content", owner: object = None) -> Rows:
        """The rows; treat them as read-only."""
        return content.answers[self._question]


@dataclass(frozen=True)
class Content:
    """What one page knows: its context and its answers. Subjects name their rows with `Asked`."""

    context: PageContext
    answers: Answers

    @property
    def selection(self) -> Selection:
        """What the reader has chosen."""
        return self.context.selection

    @property
    def filters_text(self) -> str:
        """The filters in words; empty without filters."""
        return self.context.filters_text

    @property
    def names(self) -> Names:
        """Names of the values of each filter."""
        return self.context.names

    @property
    def build(self) -> Mapping[str, Any]:
        """The row of `build_info`."""
        return self.context.build

    @property
    def targets(self) -> tuple[Target, ...]:
        """Targets in force on the day, by year."""
        return self.context.targets

    @property
    def data_as_of(self) -> date:
        """The day of the data."""
        return self.context.data_as_of

    @property
    def target_years(self) -> tuple[int, int]:
        """Fiscal years of the nearest and the farthest target."""
        return self.context.target_years

    @property
    def first_year(self) -> int:
        """Fiscal year of the nearest target."""
        return self.context.target_years[0]

    @property
    def last_year(self) -> int:
        """Fiscal year of the farthest target."""
        return self.context.target_years[1]


C = TypeVar("C", bound=Content)


class Page(Generic[C]):
    """The head of a page and its tiles, each made when it is first drawn: one that fails leaves the others whole."""

    def __init__(self, content: C, head: Callable[[], str], tiles: Mapping[str, Callable[[], Tile]]) -> None:
        self.content = content
        self._t = content.context.t
        self._head = head
        self._makers = tiles
        self._made: dict[str, Tile] = {}
        self._title: str | None = None
        # Readers who ask for the same page at once wait for one of them to make it.
        self._making = RLock()
        self.keys = tuple(tiles)

    def head(self) -> str:
        """HTML of the title block. Says so where a query behind it fails."""
        try:
            with self._making:
                if self._title is None:
                    self._title = self._head()
                return self._title
        except (QueryFailed, OlderFile) as failed:
            return failed_html(FailedTile("head", failed.query, str(failed)), self._t)

    def tile(self, key: str) -> Tile:
        """A tile by its key. Raises KeyError for one that the page does not have, QueryFailed where its query fails."""
        with self._making:
            if key not in self._made:
                self._made[key] = self._makers[key]().keyed(key)
            return self._made[key]

    def draw(self, *keys: str) -> list[Mapping[str, Any]]:
        """Draws tiles below each other. Returns the points of their figures that were clicked on."""
        common = self.content.context.fine_print
        shown = [key for key in keys if embedding.is_wanted(key)] if embedding.is_on() else keys
        drawn = (draw_tile(self._tile_or_failure(key), self._t, common) for key in shown)
        return [point for points in drawn for point in points]

    def columns(self, widths: Sequence[float], *columns: Sequence[str]) -> list[Mapping[str, Any]]:
        """Draws columns of tiles beside each other, the same way."""
        clicked: list[Mapping[str, Any]] = []
        for place, keys in zip(st.columns(widths, gap="small"), columns, strict=True):
            with place:
                clicked += self.draw(*keys)
        return clicked

    def _tile_or_failure(self, key: str) -> Tile | FailedTile:
        try:
            with self._making:
                self._made[key] = self.tile(key).drawn()
                return self._made[key]
        except (QueryFailed, OlderFile) as failed:
            return FailedTile(key, failed.query, str(failed))


class Subject(Protocol[C]):
    """A module of `view` that makes one page."""

    @property
    def __name__(self) -> str:
        """Name of the module."""

    def questions(self, context: PageContext, /) -> Questions:
        """What the page asks, by question."""

    def page_of(self, context: PageContext, answers: Answers, /) -> Page[C]:
        """The page of the answers."""
