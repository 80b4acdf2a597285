"""What stands above a figure: its message where the data support one, else what is drawn."""

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from model.changes import Timing
from model.delivery import Delivery
from model.ranking import EXPECTED, Standing
from view.changes.sentences import timing_told
from view.countries.ranking import choropleth_told, ranking_told
from view.names import plain_name
from view.sectors.delivery import delivery_message
from view.texts import Language, texts
from view.tiles import Tile, TileMaker

CODES = ("IDN", "KHM", "VNM", "THA", "PHL", "MNG", "LAO")


def countries(*tonnes: int | None, per: str = "amount", figure: str = EXPECTED) -> Any:
    """The countries page of partners with these tonnes; None is not known."""
    standings = [
        Standing(code, "ranked" if of else "not known", of, of, 1, int(of is not None), 1, of, of)  # type: ignore[arg-type]
        for code, of in zip(CODES, tonnes, strict=False)
    ]
    known = sum(of or 0 for of in tonnes)
    return SimpleNamespace(
        standings=standings, figure=figure, per=per, total_tco2=known, total_high_tco2=known, until=2030
    )


@pytest.mark.parametrize(
    ("tonnes", "en", "ja"),
    [
        ((None, None), "", ""),
        (
            (2_000_000, None),
            "Expected reductions: Indonesia accounts for all of 2 Mt",
            "削減見込量：200万tの全量をインドネシアが占める",
        ),
        (
            (3_000_000, 1_000_000),
            "Expected reductions: Indonesia accounts for 75%, 1 other country for the rest",
            "削減見込量：インドネシアが75%を占め、残りは他の1か国",
        ),
        (
            (310, 200, 150, 100, 40, 120, 80),
            "Expected reductions: Indonesia accounts for 31%, the first 5 countries for 88%",
            "削減見込量：インドネシアが31%、上位5か国で88%を占める",
        ),
    ],
)
def test_the_ranking_says_who_holds_how_much(tonnes: tuple[int | None, ...], en: str, ja: str) -> None:
    assert ranking_told(countries(*tonnes), texts("en"))[0] == en
    assert ranking_told(countries(*tonnes), texts("ja"))[0] == ja


def test_a_map_says_of_how_many_partners_an_amount_is_known() -> None:
    message, _ = choropleth_told(countries(5, None, 3), texts("en"))
    assert message == "Expected reductions: an amount is known for 2 of 3 partner countries"
    assert choropleth_told(countries(5), texts("en"))[0] == "", "of one country there is nothing to compare"


def test_no_message_rests_on_fewer_projects_than_can_be_generalised() -> None:
    t = texts("en")
    assert delivery_message(None, t) == ""
    assert delivery_message(Delivery(4, 2, 50, 50, 100.0), t) == ""
    assert "0.50 of what was expected" in delivery_message(Delivery(4, 3, 50, 50, 100.0), t)


def test_changes_are_counted_in_one_sentence() -> None:
    counts: Mapping[Timing, int] = {"happened": 1}
    assert timing_told(counts, texts("en")) == ("1 change: 1 happened in between", "")
    assert timing_told({}, texts("en")) == ("", "Nothing changed.")


def test_names_lose_their_number_and_brackets_in_sentences() -> None:
    assert plain_name("1 Energy industries (renewable / non-renewable sources)") == "Energy industries"
    assert plain_name("1 エネルギー産業（再生可能・非再生可能）") == "エネルギー産業"


def made(lang: Language, **parts: Any) -> Tile:
    t = texts(lang)
    day = t.day_short(date(2026, 11, 29))
    maker = TileMaker(t, "source", day, "v", lambda query: (f"SELECT '{query}'", {}))
    return maker(
        "ladder", "all of it", title="Expected reductions, Mt", table=lambda: None, body="x", **parts
    )


def test_a_message_is_the_heading_and_what_is_drawn_stands_beneath() -> None:
    t = texts("en")
    tile = made("en", told=("Indonesia holds most", "Sums of estimates."))
    assert tile.heading == "Indonesia holds most"
    assert tile.subject == "Expected reductions, Mt"
    assert tile.explanation == "Sums of estimates."
    assert tile.alternative(t) == "Indonesia holds most. Sums of estimates."


def test_without_a_message_the_heading_is_what_is_drawn() -> None:
    tile = made("en", told=("", "No amount is known."))
    assert (tile.heading, tile.subject, tile.explanation) == (
        "Expected reductions, Mt",
        "",
        "No amount is known.",
    )


def test_a_japanese_message_is_a_sentence_of_its_own_to_those_who_hear_it() -> None:
    tile = made("ja", told=("インドネシアが見込量の31%を占める", "公表値の合計です。"))
    assert tile.alternative(texts("ja")) == "インドネシアが見込量の31%を占める。公表値の合計です。"
