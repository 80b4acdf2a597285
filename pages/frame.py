"""What every page begins with: the reader's texts and theme, the warehouse, and the values of the shared filters."""

import runpy
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from loading.names import Names, names_of
from loading.names import filter_options as options_of
from loading.record import build_of
from queries.runner import Answers
from queries.warehouse import Warehouse, WarehouseUnavailable, current, version
from view import address, embedding
from view.address import was_followed
from view.controls import Controls, Options, choose_language
from view.header import draw_style, theme_of_reader
from view.selection import Selection
from view.texts import Language, Texts, texts
from view.theme import ThemeName
from view.tiles import TileMaker, our_calculation


@dataclass(frozen=True)
class Frame:
    """What a page needs before it draws its first control."""

    t: Texts
    theme: ThemeName
    warehouse: Warehouse
    controls: Controls

    @property
    def options(self) -> Options:
        """The values of each filter, with the projects known on the day looked at."""
        return self.controls.options

    @property
    def names(self) -> Names:
        """Names of the values of each filter, in the reader's language."""
        return names_of(self.options)

    def tile_maker(self, answers: Answers, as_of: date) -> TileMaker:
        """Makes tiles of answers, as known on a day; each remembers how its question was asked."""
        return TileMaker(
            our_calculation(self.t, build_of(self.warehouse)),
            self.t.day_short(as_of),
            answers.warehouse.data_version,
            answers.asked,
        )

    def filters_text(self, selection: Selection) -> str:
        """The chosen filters in words; empty without filters."""
        return selection.describe(self.t, self.names)


def open_frame() -> Frame:
    """Opens the published warehouse and puts our style on the page. Raises WarehouseUnavailable."""
    _hold_to_the_app()
    embedding.begin()
    t, theme = texts(choose_language()), theme_of_reader()
    warehouse = pinned_or_current()
    draw_style(theme)
    options_on = partial(filter_options, warehouse.data_version, t.lang, warehouse)
    controls = Controls(t, options_on, (warehouse.first_on, warehouse.data_as_of))
    controls.hold("v", address.pinned()[0] if address.pinned() else None)  # type: ignore[index]
    return Frame(t, theme, warehouse, controls)


def pinned_or_current() -> Warehouse:
    """The version that the address names, where its file is kept; else the published one, and the reader is told."""
    published = current()
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


def _hold_to_the_app() -> None:
    """Runs app.py around a page that runs alone.

    Because of the folder `pages`, the framework runs the page itself for a first visitor who comes by a link, until
    the navigation of this process is known.
    """
    if not was_followed():
        runpy.run_path(str(Path(__file__).parent.parent.joinpath("app.py")))
        st.stop()


@st.cache_resource(max_entries=64, show_spinner=False)
def filter_options(data_version: str, lang: Language, _warehouse: Warehouse, as_of: date) -> Options:
    """The values of each filter, named in the reader's language, with the projects known on a day."""
    return options_of(_warehouse, texts(lang), as_of)
