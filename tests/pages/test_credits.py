"""The credits page: amounts, shares and vintages agree with the ladder and with each other."""

import re
from datetime import date
from pathlib import Path

import pytest

from queries.warehouse import current
from tests.pages.reading import address_of, answer_of, html_of, opened

PAGE = "pages/credits.py"
PARTS = ("government_tco2", "company_tco2", "unsplit_tco2", "partner_tco2", "unknown_tco2")


def words_of(html: str) -> str:
    return re.sub("<.*?>", " ", re.sub("<style>.*?</style>", "", html, flags=re.DOTALL))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_speaks_its_language(lang: str) -> None:
    words = words_of(html_of(opened(PAGE, lang=lang)))
    japanese = re.findall("[ぁ-んァ-ヶ一-龠]", words)
    assert (len(japanese) > 600) == (lang == "ja")
    assert lang == "ja" or set(japanese) <= set("万億")


def test_the_answer_names_what_is_known_of_how_many() -> None:
    answer = answer_of(opened(PAGE, lang="en"))
    assert "0.16 Mt-CO₂ decided for issuance in 31 of 46 known decisions" in answer
    assert "0.16% of the 100 Mt target" in answer


@pytest.mark.parametrize("counted", ["decision", "issuance", "period"])
@pytest.mark.parametrize("by", ["country", "sector", "technology", "programme", "funding"])
@pytest.mark.parametrize("as_of", [date(2019, 3, 31), date(2026, 11, 23)])
def test_every_view_sums_to_the_rung_of_the_ladder(
    counted: str, by: str, as_of: date, warehouse_dir: Path
) -> None:
    warehouse = current(warehouse_dir)
    rows = warehouse.run("issuance_by_year", counted=counted, by=by, as_of=as_of).to_pylist()
    ladder = {
        r["rung"]: r
        for r in warehouse.run("ladder", as_of=as_of, until_fiscal_year=2040, dated_by="decision").to_pylist()
    }
    rung = ladder["issued" if counted == "issuance" else "notified"]
    assert sum(r["tco2"] or 0 for r in rows) == rung["tco2"]
    assert sum(r["events"] for r in rows) == rung["events"]
    assert sum(r["events_without_amount"] for r in rows) == rung["events_without_amount"]


@pytest.mark.parametrize("by", ["country", "year", "event"])
def test_the_parts_of_every_allocation_make_up_its_whole(by: str, warehouse_dir: Path) -> None:
    rows = current(warehouse_dir).run("allocation", by=by).to_pylist()
    for row in rows:
        assert sum(row[part] for part in PARTS) == (row["total_tco2"] or 0)
        assert all(row[part] >= 0 for part in PARTS)
        japan = row["government_tco2"] + row["company_tco2"] + row["unsplit_tco2"]
        assert row["japan_least_tco2"] == japan <= row["japan_most_tco2"]
    assert sum(r["total_tco2"] or 0 for r in rows) == 163_654


def test_mongolia_is_known_in_full(warehouse_dir: Path) -> None:
    (row,) = current(warehouse_dir).run("allocation", countries=["MNG"]).to_pylist()
    assert (row["total_tco2"], row["japan_least_tco2"], row["japan_most_tco2"]) == (129_320, 103_451, 103_451)
    assert row["events_without_amount"] == 0


def test_the_governments_part_alone_is_not_the_japanese_side(warehouse_dir: Path) -> None:
    rows = {r["value"]: r for r in current(warehouse_dir).run("allocation", by="event").to_pylist()}
    row = rows["TH001-1"]
    assert (row["government_tco2"], row["unknown_tco2"]) == (151, 149)
    assert (row["japan_least_tco2"], row["japan_most_tco2"]) == (151, 300)


def test_vintages_hold_every_event_and_tonne_of_the_ladder(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    rows = warehouse.run("vintages").to_pylist()
    for rung in warehouse.run("ladder", until_fiscal_year=2040).to_pylist():
        own = [r for r in rows if r["rung"] == rung["rung"]]
        if rung["events"] is None:
            assert not own
            continue
        assert sum(r["events"] for r in own) == rung["events"]
        assert sum(r["tco2"] or 0 for r in own) == (rung["tco2"] or 0)


def test_unknown_amounts_are_told_never_counted_as_zero() -> None:
    words = words_of(html_of(opened(PAGE, lang="en")))
    assert "2 first transfers under Article 6 are known; their amounts are not stated." in words
    assert "Reductions from 2021" in words
    assert "4 events, 4 without an amount" in words
    words = words_of(html_of(opened(PAGE, lang="en", country="MDV", as_of="2026-11-23")))
    assert "amount known of 1 of 2 issuance decisions" in words


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
