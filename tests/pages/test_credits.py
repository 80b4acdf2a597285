"""The credits page: amounts, shares and vintages agree with the ladder and with each other."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from queries.warehouse import current
from tests.pages.reading import address_of, answer_of, figures_of, html_of, opened

PAGE = "pages/credits.py"
PARTS = ("government_tco2", "company_tco2", "unsplit_tco2", "partner_tco2", "unknown_tco2")


ENDS = ("tco2_low", "tco2_high")


def ladder(warehouse_dir: Path, **given: Any) -> dict[str, dict[str, Any]]:
    """The rungs by code, with the tonnes of every year."""
    rows = current(warehouse_dir).run("ladder", until_fiscal_year=2100, **given).to_pylist()
    return {row["rung"]: row for row in rows}


def tile_of(words: str, start: str, end: str) -> str:
    """The words from one heading to the next."""
    return words.partition(start)[2].partition(end)[0]


def words_of(html: str) -> str:
    return re.sub("<.*?>", " ", re.sub("<style>.*?</style>", "", html, flags=re.DOTALL))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_speaks_its_language(lang: str) -> None:
    words = words_of(html_of(opened(PAGE, lang=lang)))
    japanese = re.findall("[ぁ-んァ-ヶ一-龠]", words)
    assert (len(japanese) > 600) == (lang == "ja")
    assert lang == "ja" or set(japanese) <= set("万億")


def test_the_answer_names_what_is_known_of_how_many_with_both_ends() -> None:
    answer = answer_of(opened(PAGE, lang="en"))
    assert "0.80 to 0.87 Mt-CO₂ decided for issuance in 40 of 48 known decisions" in answer
    assert "0.80% to 0.87% of the 100 Mt target" in answer
    assert "0.76 to 0.83 Mt issued, of which 0.19 to 0.81 Mt to the Japanese side." in answer
    japanese = answer_of(opened(PAGE, lang="ja"))
    assert "80.3万～86.6万t-CO₂" in japanese
    assert "日本側への発行は19.3万～80.8万tです" in japanese


@pytest.mark.parametrize("counted", ["decision", "issuance", "period"])
@pytest.mark.parametrize("by", ["country", "sector", "technology", "programme", "funding"])
@pytest.mark.parametrize("as_of", [date(2019, 3, 31), date(2026, 11, 29)])
def test_every_view_sums_to_the_rung_of_the_ladder(
    counted: str, by: str, as_of: date, warehouse_dir: Path
) -> None:
    warehouse = current(warehouse_dir)
    rows = warehouse.run("issuance_by_year", counted=counted, by=by, as_of=as_of).to_pylist()
    rung = ladder(warehouse_dir, as_of=as_of)["issued" if counted == "issuance" else "notified"]
    for end in ENDS:
        assert sum(r[end] or 0 for r in rows) == rung[end]
    assert sum(r["events"] for r in rows) == rung["events"]
    assert sum(r["events_without_amount"] for r in rows) == rung["events_without_amount"]


@pytest.mark.parametrize("by", ["country", "year", "event"])
def test_the_parts_of_every_allocation_make_up_its_whole(by: str, warehouse_dir: Path) -> None:
    rows = current(warehouse_dir).run("allocation", by=by).to_pylist()
    for row in rows:
        assert sum(row[part] for part in PARTS) == (row["tco2_high"] or 0)
        assert all(row[part] >= 0 for part in PARTS)
        japan = row["government_tco2"] + row["company_tco2"] + row["unsplit_tco2"]
        assert row["japan_least_tco2"] == japan <= row["japan_most_tco2"]
        assert row["unknown_tco2"] >= (row["tco2_high"] or 0) - (row["tco2_low"] or 0)
    decided = ladder(warehouse_dir)["notified"]
    for end in (*ENDS, "reported_tco2"):
        assert sum(r[end] or 0 for r in rows) == decided[end]


def test_a_range_shows_both_ends_wherever_the_event_stands(warehouse_dir: Path) -> None:
    (event,) = (
        r for r in current(warehouse_dir).run("issuances").to_pylist() if r["issuance_id"] == "KH005-1"
    )
    assert (event["tco2_low"], event["tco2_high"]) == (550_000, 612_525)
    app = opened(PAGE, lang="en", country="KHM")
    words = words_of(html_of(app))
    assert "0.55 to 0.61 Mt-CO₂ decided for issuance in 2 of 3 known decisions" in answer_of(app)
    listed = tile_of(words, "Every issuance event", "Credits issued: what was stated")
    assert "550,000 to 612,525 t" in listed
    assert "up to 612,525 t" in listed, "the Japanese side is not known, and not 0"
    assert "550,181 to 612,706 t" in tile_of(words, "by partner country", "by year of the decision")
    assert "to 612,525 t" in tile_of(words, "From decision to NDC", "how it is shared")
    assert "550,000～612,525t" in words_of(html_of(opened(PAGE, lang="ja", country="KHM")))
    bars = [t for t in figures_of(app)["chart_credits_by_year"]["data"] if t["type"] == "bar"]
    low, spread = bars[0]["y"], bars[-1]["y"]
    assert bars[-1]["name"] == "From the low to the high end of ranges"
    assert (max(low), max(spread)) == (550_181, 62_525)


def test_a_part_alone_is_at_least_and_what_is_reported_is_marked() -> None:
    words = words_of(html_of(opened(PAGE, lang="en", country="MNG")))
    assert "at least 86,564 t (reported)" in words
    assert "Reported, not confirmed: 86,564 t of it." in words
    assert re.search(r"Mongolia\s+13\s+at least 215,884 t\s+of which 86,564 t reported", words)
    assert "少なくとも86,564t（報道等）" in words_of(html_of(opened(PAGE, lang="ja", country="MNG")))


def test_the_governments_part_alone_is_not_the_japanese_side(warehouse_dir: Path) -> None:
    rows = {r["value"]: r for r in current(warehouse_dir).run("allocation", by="event").to_pylist()}
    row = rows["TH001-1"]
    assert (row["government_tco2"], row["unknown_tco2"]) == (151, 149)
    assert (row["japan_least_tco2"], row["japan_most_tco2"]) == (151, 300)


@pytest.mark.parametrize("as_of", [date(2021, 6, 30), date(2026, 11, 29)])
def test_vintages_hold_every_event_and_tonne_of_the_ladder(as_of: date, warehouse_dir: Path) -> None:
    rows = current(warehouse_dir).run("vintages", as_of=as_of).to_pylist()
    for code, rung in ladder(warehouse_dir, as_of=as_of).items():
        own = [r for r in rows if r["rung"] == code]
        if rung["events"] is None:
            assert not own
            continue
        assert sum(r["events"] for r in own) == rung["events"]
        for end in ENDS:
            assert sum(r[end] or 0 for r in own) == (rung[end] or 0)


def test_the_japanese_side_is_one_figure_on_ladder_and_ledger(warehouse_dir: Path) -> None:
    states = current(warehouse_dir).run("ledger_states").to_pylist()
    japan = ladder(warehouse_dir)["japan"]
    held = [r for r in states if r["state"] != "decided"]
    low = sum(r["tco2_low"] for r in held if r["holder"].startswith("JPN"))
    open_high = sum(r["tco2_high"] for r in held if r["holder"] == "not known")
    assert (japan["tco2_low"], japan["tco2_high"]) == (low, low + open_high)


def test_the_split_at_2021_names_its_sources() -> None:
    for lang, words in (
        ("en", "METI subcommittee of 19 December 2025"),
        ("ja", "経済産業省の小委員会（2025年12月19日）"),
    ):
        html = html_of(opened(PAGE, lang=lang))
        assert words in html
        assert "no source states" not in html


def test_first_transfers_tell_their_amount_and_what_of_it_is_reported() -> None:
    words = words_of(html_of(opened(PAGE, lang="en")))
    assert "7 first transfers under Article 6 are known, with 88,200 t, of which 86,564 t reported" in words
    words = words_of(html_of(opened(PAGE, lang="en", country="PLW")))
    assert "amount known of 6 of 10 issuance decisions, 4 of them in part (at least)" in words


def test_official_years_stand_beside_the_events_and_the_open_part_is_given_to_no_country(
    warehouse_dir: Path,
) -> None:
    whole, filtered = (
        tile_of(
            words_of(html_of(opened(PAGE, lang="en", **given))),
            "Credits issued by calendar year",
            "Known amounts of reductions",
        )
        for given in ({}, {"country": "THA"})
    )
    assert whole == filtered, "the filters do not apply"
    assert "Of 825,928 t stated as issued in 2016 to 2025 our events itemise 127,918 t exactly." in whole
    assert "Events known as a range or in part add 550,433 to 612,958 t." in whole
    assert re.search(r"2023\s+612,525 t\s+550,000 to 612,525 t\s+up to 62,525 t", whole)
    assert re.search(r"2024\s+16,077 t\s+amount not known\s+16,077 t", whole), "unknown is not 0"
    assert re.search(r"2021\s+486 t\s+974 t\s+none\s+488 t", whole), "more than stated"
    assert re.search(r"2026\s+nothing stated", whole)
    for row in current(warehouse_dir).run("official_years").to_pylist():
        if row["stated_tco2"] is not None:
            stated = row["itemised_low_tco2"] + row["open_high_tco2"] - row["more_than_stated_tco2"]
            assert stated == row["stated_tco2"]


def test_before_the_official_years_were_stated_none_is_told() -> None:
    words = words_of(html_of(opened(PAGE, lang="en", as_of="2019-03-31")))
    assert "Nothing is stated by calendar year on this day." in words


def test_what_was_stated_as_issued_is_compared_with_issued_alone(warehouse_dir: Path) -> None:
    day = date(2024, 10, 31)
    then = ladder(warehouse_dir, as_of=day)
    issued, decided = then["issued"], then["notified"]
    assert issued["tco2_low"] < decided["tco2_low"]
    words = words_of(html_of(opened(PAGE, lang="en"))).partition("Issued is compared with issued")[2]
    assert f"{issued['tco2_low']:,} to {issued['tco2_high']:,}" in words
    assert f"{decided['tco2_low']:,}" not in words
    assert "decisions alone not counted" in words


def test_a_selection_without_credits_says_so() -> None:
    assert "No decision on issuance is known in this selection." in answer_of(
        opened(PAGE, lang="en", country="IND")
    )


def test_choices_stand_in_the_address() -> None:
    app = opened(PAGE, lang="en", counted="period", by="technology", form="yearly")
    assert address_of(app) == {
        "counted": ["period"],
        "by": ["technology"],
        "form": ["yearly"],
        "lang": ["en"],
    }
    assert "Issuance decided, each year, by monitoring period (vintage)" in words_of(html_of(app))
