"""What every page begins and ends with, and the one place where pages are kept.

A page opens its frame, draws its own choices, asks the frame for its subject, and draws the tiles in their order.
"""

import runpy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model.filters import FILTER
from queries.catalogue import catalogue
from queries.runner import ask
from queries.warehouse import Warehouse, WarehouseUnavailable, current, own, version
from view import address, embedding, own_record
from view.address import was_followed
from view.control_words import Options, filter_labels
from view.controls import Controls
from view.header import draw_empty, draw_foot, draw_head, draw_ignored, draw_past, draw_style, theme_of_reader
from view.language_choice import choose_language
from view.loosening import TOTALS, draw_ways_out, rows_in_words, ways_out
from view.names import Names, filter_options, former_values, names_of, texts_of
from view.own_record import draw_own_record
from view.page import Content, Page, PageContext, Subject, context_of
from view.selection import Selection
from view.tabs import draw_tabs
from view.texts import Texts
from view.theme import ThemeName
from view.unknown_address import Offered

C = TypeVar("C", bound=Content)
T = TypeVar("T")
# Choices of one page alone, by their key in the address.
Choice = Mapping[str, Any]


@dataclass(frozen=True)
class Frame:
    """The reader's texts and theme, the warehouse, the controls, and the places at the top of the page.

    `beneath` is the public warehouse, where the page shows an own record laid over it; `begun` has the page begun last.
    `lists` is the query whose rows a selection must leave; a page that `shows_nothing_too` goes on without any.
    """

    t: Texts
    theme: ThemeName
    warehouse: Warehouse
    controls: Controls
    head: DeltaGenerator
    beneath: Warehouse | None = None
    lists: str = "projects"
    shows_nothing_too: bool = False
    begun: list[PageContext] = field(default_factory=list)

    @property
    def public(self) -> Warehouse:
        """The warehouse of what is handed to others: never the one with the own record."""
        return self.beneath or self.warehouse

    @property
    def selection(self) -> Selection:
        """What is chosen so far."""
        return self.controls.selection

    @property
    def names(self) -> Names:
        """Names of the values of each filter, in the reader's language."""
        return names_of(self.controls.options)

    def context(self, choice: Choice | None = None, selection: Selection | None = None) -> PageContext:
        """The context of what is chosen, or of another selection, with choices of this page alone."""
        return context_of(
            self.warehouse, self.t, self.theme, selection or self.selection, names=self.names, choice=choice
        )

    def built(
        self,
        subject: Subject[C],
        choice: Choice | None = None,
        selection: Selection | None = None,
        key: tuple[object, ...] | None = None,
    ) -> Page[C]:
        """The page of a subject for a selection and choices, built once for all readers.

        `key` identifies choices that cannot be hashed.
        """
        chosen = selection or self.selection

        def make() -> Page[C]:
            context = self.context(choice, chosen)
            questions = subject.questions(context)
            return subject.page_of(context, ask(self.warehouse, questions, self.beneath))

        choices = tuple((choice or {}).values()) if key is None else key
        return self.kept(make, subject.__name__, chosen.key(), choices, self.t.lang, self.theme)

    def begin(self, page: Page[C]) -> Page[C]:
        """Draws the head of a page once its controls are complete."""
        self.finish(page.head())
        self.begun.append(page.content.context)
        return page

    def show(
        self, subject: Subject[C], choice: Choice | None = None, selection: Selection | None = None
    ) -> Page[C]:
        """Builds the page of a subject and draws its head; ends there where the choices leave nothing to show."""
        page = self.begin(self.built(subject, choice, selection))
        self.loosen(subject, choice)
        return page

    def loosen(
        self,
        subject: Subject[Any] | None = None,
        choice: Choice | None = None,
        selection: Selection | None = None,
    ) -> None:
        """Where the filters, the search and the day leave no row of what the page lists, offers what to take back.

        What it lists is `lists`, a question of the subject, or else a query that takes the filters alone. Ends the run
        unless the page `shows_nothing_too`.
        """
        t, now, search = self.t, selection or self.selection, str((choice or {}).get("search", ""))
        chosen = {key: words for key, words in self.controls.in_words().items() if now.of(key)}
        if search:
            chosen["q"] = t("the search “{words}”", words=search)
        latest = replace(now, as_of=self.warehouse.data_as_of)
        if now != latest:
            chosen["as_of"] = t("the day {day}", day=t.day(now.as_of))
        if not chosen or self._rows_of(subject, choice, now):
            return
        if embedding.is_on():  # a frame has nothing to take back; its figure says the rest
            draw_empty(t, now.describe(t, self.names))
            return

        def without(key: str) -> int:
            if key == "q":
                return self._rows_of(subject, {**(choice or {}), "search": ""}, now)
            return self._rows_of(subject, choice, latest if key == "as_of" else now.narrowed(**{key: ()}))

        draw_ways_out(chosen, ways_out(chosen, without), partial(rows_in_words, self.lists, t=t), t)
        if not self.shows_nothing_too:
            self.foot()
            st.stop()

    def _rows_of(self, subject: Subject[Any] | None, choice: Choice | None, selection: Selection) -> int:
        def counted() -> int:
            asked = subject.questions(self.context(choice, selection)) if subject else {}
            given = {**asked.get(self.lists, selection.filters())}
            if totals := TOTALS.get(self.lists):
                taken = [one.name for one in catalogue()[totals].parameters if one.name in given]
                return int(self.rows(totals, **{key: given[key] for key in taken})[0][self.lists])
            return len(self.rows(self.lists, **given))

        name = subject.__name__ if subject else ""
        return self.kept(counted, "rows", name, self.lists, selection.key(), str(choice))

    def finish(self, head: str) -> None:
        """Draws the head, writes the address of what is chosen, and notes what of it was ignored."""
        tabs = self.head.container()
        with self.head:
            self.top(head)
        self.controls.finish()
        # Once the address is written: the tabs lead on with what is chosen.
        draw_tabs(tabs, address.page(), self.t)
        self.notes()

    def notes(self, of_past: str = "") -> None:
        """Says that the page shows an earlier day, or what else of it, and what of the address was ignored."""
        draw_past(self.t, self.selection.as_of, self.warehouse.data_as_of, of_past)
        draw_ignored(self.t, self._offered)

    def _offered(self) -> Mapping[str, Offered]:
        """What each choice takes; values of filters with their names in both languages."""
        labels, others = filter_labels(self.t), self.other_names()
        return self.controls.offered | {
            key: Offered(
                labels[key][1], {value: (name, others[key].get(value, "")) for value, name in names.items()}
            )
            for key, names in self.names.items()
        }

    def other_names(self) -> Names:
        """Names of the values of each filter, in the other language."""
        other = self.t.other
        return self.kept(
            lambda: names_of(filter_options(self.warehouse, texts_of(self.warehouse, other))), "names", other
        )

    def top(self, head: str) -> None:
        """Draws the head, and which record the page shows."""
        draw_head(self.t, head)
        draw_own_record(self.t, is_shown=self.beneath is not None)

    def foot(self) -> None:
        """Ends the page with what holds for all its figures."""
        last = self.begun[-1] if self.begun else None
        draw_foot(self.t, last.fine_print if last else (), last.selection if last else None)

    def kept(self, make: Callable[[], T], *key: object) -> T:
        """What `make` returns, kept for all readers under the key, with the data version in it."""
        made: T = _kept((self.warehouse.data_version, *key), make)
        return made

    def rows(self, query: str, **given: object) -> list[Any]:
        """Rows of one named query, for choices that depend on the data; `rows_for_others` never has an own record."""
        return ask(self.warehouse, {query: given})[query]

    def rows_for_others(self, query: str, **given: object) -> list[Any]:
        """Rows of one named query of the public record."""
        return ask(self.public, {query: given})[query]

    def follow(self, points: Sequence[Mapping[str, Any]]) -> None:
        """Goes to the project or country whose point of a map was clicked on."""
        for point in points:
            address.follow_link(point, self.selection, self.t.lang, self.warehouse.data_as_of)


@st.cache_resource(max_entries=512, show_spinner=False)
def _kept(key: tuple[object, ...], _make: Callable[[], Any]) -> Any:  # noqa: ANN401
    return _make()


@st.cache_resource(max_entries=1, show_spinner=False)
def _forget_older_pages(data_version: str, own_version: str | None) -> None:
    """Pages hold the warehouse they were built from: those of versions that are no longer published are let go."""
    _kept.clear()


def open_frame(
    *,
    filters: Sequence[str] = tuple(FILTER),
    view: Sequence[str] = (),
    has_row: bool = True,
    is_public: bool = False,
    lists: str = "projects",
    shows_nothing_too: bool = False,
) -> Frame:
    """Opens the published warehouse, puts our style on the page and draws the row of shared controls.

    `filters` and `view` name the shared filters and the choices of the view that the page uses. Without `has_row` the
    page draws the row itself, or none. A page that `is_public` hands files to others and never has the own record. Raises
    WarehouseUnavailable.
    """
    _run_inside_the_app()
    embedding.begin()
    lang, theme = choose_language(), theme_of_reader()
    warehouse, beneath = _chosen_warehouse(is_public=is_public)
    t: Texts = _kept((warehouse.data_version, "texts", lang), lambda: texts_of(warehouse, lang))
    draw_style(theme)

    def options_on(as_of: date) -> Options:
        key = (warehouse.data_version, "options", lang, as_of)
        found: Options = _kept(key, lambda: filter_options(warehouse, t, as_of))
        return found

    address.rename(_kept((warehouse.data_version, "renamed"), lambda: former_values(warehouse)))
    controls = Controls(t, options_on, (warehouse.first_on, warehouse.data_as_of))
    pinned = address.pinned()
    controls.hold("v", pinned[0] if pinned else None)
    controls.hold("record", own_record.asked() if own_record.is_there() else None)
    head = st.container()
    if has_row:
        controls.draw_row(filters=filters, view=view)
    return Frame(t, theme, warehouse, controls, head, beneath, lists, shows_nothing_too)


def _chosen_warehouse(*, is_public: bool) -> tuple[Warehouse, Warehouse | None]:
    """The warehouse of the page, and the public one beneath it where it has the own record that the address asks for."""
    public = pinned_or_current()
    is_for_others = is_public or embedding.is_on() or address.pinned() is not None
    found = own_record.shown(is_for_others=is_for_others)
    return (public, None) if found is None else (found, public)


def pinned_or_current() -> Warehouse:
    """The version that the address names, where its file is kept; else the published one, and the page says so."""
    published, laid_over = current(), own()
    _forget_older_pages(published.data_version, laid_over.data_version if laid_over else None)
    asked = next(iter(address.chosen("v")), None)
    address.pin(None, published.data_version)
    if not asked:
        return published
    try:
        found = version(asked)
    except WarehouseUnavailable:
        address.ignore("v", asked)
        return published
    address.pin(asked, published.data_version)
    return found


def _run_inside_the_app() -> None:
    """Runs app.py around a page that runs alone.

    Because of the folder `pages`, the framework runs the page itself for a first visitor who comes by a link, until
    the navigation of this process is known.
    """
    if not was_followed():
        runpy.run_path(str(Path(__file__).parent.parent.joinpath("app.py")))
        st.stop()
