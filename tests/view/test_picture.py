"""The hundred squares as a file: what they are of and where they come from stands in it, without a browser."""

import re
from html import unescape
from pathlib import Path

import pytest

from queries.runner import ask
from queries.warehouse import current
from view.names import filter_options, names_of, texts_of
from view.page import context_of
from view.selection import Selection
from view.target import page as target
from view.texts import LANGUAGES, Language
from view.tile_drawing import picture_of


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_squares_name_their_selection_source_day_and_coverage(
    lang: Language, warehouse_dir: Path
) -> None:
    warehouse = current(warehouse_dir)
    t = texts_of(warehouse, lang)
    selection = Selection(as_of=warehouse.data_as_of).narrowed(country=["VNM"])
    context = context_of(
        warehouse, t, "dark", selection, names=names_of(filter_options(warehouse, t)), choice={}
    )
    tile = target.page_of(context, ask(warehouse, target.questions(context))).tile("hero")
    svg = picture_of(tile, "svg", t).decode()
    told = "".join(unescape(svg).split())
    for words in (tile.title, t.country("VNM"), tile.source, tile.coverage, tile.as_of, tile.data_version):
        assert any("".join(part.split())[:12] in told for part in words.split(" · ")), words
    assert f">{t.country('VNM')}</text>" in svg
    assert svg.count("h37v37h-37z") > 100


def test_a_picture_names_every_country_that_was_chosen(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    t = texts_of(warehouse, "ja")
    chosen = [
        "IDN",
        "THA",
        "VNM",
        "PHL",
        "CHL",
        "KHM",
        "MNG",
        "LAO",
        "KEN",
        "MMR",
        "MEX",
        "SAU",
        "BGD",
        "PLW",
    ]
    selection = Selection(as_of=warehouse.data_as_of).narrowed(country=chosen)
    names = names_of(filter_options(warehouse, t))
    context = context_of(warehouse, t, "light", selection, names=names, choice={})
    tile = target.page_of(context, ask(warehouse, target.questions(context))).tile("hero")
    told = "".join(re.findall(r"<text[^>]*>([^<]*)</text>", picture_of(tile, "svg", t).decode()))
    assert [code for code in chosen if t.country(code) not in told] == []
