"""Readiness: what is known of each partner has date, source and reliability; what is not known is said to be so."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from queries.warehouse import current
from tests.pages.reading import answer_of, html_of, opened

PAGE = "pages/readiness.py"


@pytest.fixture
def rows(warehouse_dir: Path) -> list[dict[str, Any]]:
    return current(warehouse_dir).run("readiness_matrix").to_pylist()


def row_of(html: str, iso3: str) -> str:
    found = re.search(
        rf'<tr><th scope="row"><a class="jcm-link" href="country\?[^"]*iso3={iso3}".*?</tr>', html
    )
    assert found, iso3
    return found[0]


@pytest.mark.parametrize(
    ("lang", "unknown", "reported"), [("en", "not known", "reported"), ("ja", "不明", "報道等")]
)
def test_every_cell_is_known_with_its_source_or_said_to_be_unknown(
    lang: str, unknown: str, reported: str, rows: list[dict[str, Any]]
) -> None:
    html = html_of(opened(PAGE, lang=lang))
    for iso3 in {row["iso3"] for row in rows}:
        cells = re.findall("<td.*?</td>", row_of(html, iso3))
        items = [row for row in rows if row["iso3"] == iso3]
        assert len(cells) == len(items) == 8
        for cell, item in zip(cells, items, strict=True):
            assert (f"– {unknown}" in cell) == (item["state"] is None)
            assert ("<a class=" in cell) == (item["state"] is not None)
            assert item["reliability"] != "weak" or f">{reported}</a>" in cell


def test_what_is_not_stated_is_no_state_and_what_is_has_a_source(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        known = [row[key] is not None for key in ("state", "reliability", "url")]
        assert len(set(known)) == 1, row
        assert row["dated_on"] is None or row["state"], row


def test_the_record_itself_tells_of_decisions_and_transfers(
    warehouse_dir: Path, rows: list[dict[str, Any]]
) -> None:
    with current(warehouse_dir)._connection.cursor() as cursor:
        for item, table in (("first_decision", "issuance"), ("first_transfer", "history.article6_event")):
            found = cursor.execute(f"SELECT DISTINCT iso3 FROM {table}").fetchall()
            assert {iso3 for (iso3,) in found} == {
                r["iso3"] for r in rows if r["item"] == item and r["state"]
            }


def test_a_past_day_knows_only_what_was_known(warehouse_dir: Path) -> None:
    past = current(warehouse_dir).run("readiness_matrix", as_of=date(2025, 11, 10)).to_pylist()
    assert not [row for row in past if row["item"] == "first_transfer" and row["state"]]
    assert not [row for row in past if row["dated_on"] and row["dated_on"].isoformat() > "2025-11-10"]
    assert "OMN" not in {row["iso3"] for row in past}, "signed later"
    assert "0 a first transfer" in answer_of(opened(PAGE, lang="en", as_of="2025-11-10"))


def test_partners_are_sorted_by_how_far_they_are_or_by_name() -> None:
    def order(sort: str) -> list[str]:
        return re.findall(
            r'<th scope="row"><a class="jcm-link" href="country\?[^"]*">(.*?)</a>',
            html_of(opened(PAGE, lang="en", sort=sort)),
        )

    by_name = order("name")
    assert by_name == sorted(by_name)
    assert order("progress")[0] == "Mongolia"
    assert order("signature")[-1] == "Oman"


@pytest.mark.parametrize(("lang", "limit"), [("en", "90%"), ("ja", "90%")])
def test_a_country_shows_its_own_row_and_its_limit_of_transfers(lang: str, limit: str) -> None:
    html = html_of(opened("pages/country.py", lang=lang, iso3="VNM"))
    step = "First transfer" if lang == "en" else "最初の移転"
    assert re.search(rf'<th scope="row">{step}</th><td class="jcm-nowrap"><span class="jcm-none">', html)
    assert limit in html
