"""Choices that leave nothing: which one of them to take back, and what is there then."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from queries.warehouse import Warehouse, current
from tests.pages.reading import address_of, html_of, opened

PAGES = {
    "target": ("projects", "project"),
    "countries": ("projects", "project"),
    "sectors": ("projects", "project"),
    "projects": ("projects", "project"),
    "map": ("projects", "project"),
    "compare": ("projects", "project"),
    "downloads": ("projects", "project"),
    "participants": ("participants", "participant"),
    "methodologies": ("methodologies", "methodolog"),
    "credits": ("issuances", "decision"),
    "article6": ("issuances", "decision"),
}


@pytest.fixture
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


def rows(warehouse: Warehouse, query: str, **filters: object) -> int:
    return warehouse.run(query, **filters, **({"rows_at_most": 9999} if query == "projects" else {})).num_rows


def ways(app: AppTest) -> dict[str, str]:
    return {b.key: b.label for b in app.button if b.key and b.key.startswith("loosen_")}


def emptied(warehouse: Warehouse, query: str) -> tuple[str, str]:
    """A country and a sector that both have rows, and together none."""
    options = warehouse.run("filter_options").to_pylist()
    countries, sectors = (
        [o["value"] for o in options if o["filter"] == key] for key in ("country", "sector")
    )
    return next(
        (country, sector)
        for country in countries
        if rows(warehouse, query, countries=[country])
        for sector in sectors
        if rows(warehouse, query, sectors=[int(sector)])
        and not rows(warehouse, query, countries=[country], sectors=[int(sector)])
    )


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_each_filter_that_alone_makes_the_difference_and_a_button_takes_it_back(
    page: str, warehouse: Warehouse
) -> None:
    query, word = PAGES[page]
    country, sector = emptied(warehouse, query)
    kind = {"compare": "technology"} if page == "compare" else {}
    app = opened(f"pages/{page}.py", lang="en", country=country, sector=sector, **kind)
    found = ways(app)
    assert set(found) == {"loosen_country", "loosen_sector"}
    without_country = rows(warehouse, query, sectors=[int(sector)])
    assert re.search(rf": {without_country} {word}", found["loosen_country"])
    assert re.search(rf": {rows(warehouse, query, countries=[country])} {word}", found["loosen_sector"])
    assert not re.search(r"\b0 of 0\b|\bnan\b", html_of(app))
    next(b for b in app.button if b.key == "loosen_country").click().run()
    assert not app.exception
    assert not ways(app)
    assert address_of(app)["sector"] == [sector]
    assert "country" not in address_of(app)


def test_where_no_single_one_helps_all_are_taken_back() -> None:
    app = opened(lang="ja", country="VNM", sector="14", technology="wind", as_of="2014-05-01")
    assert ways(app) == {"loosen_all": "全て外す"}
    app.button(key="loosen_all").click().run()
    assert address_of(app) == {"lang": ["ja"]}


def test_a_search_is_one_of_the_choices(warehouse: Warehouse) -> None:
    app = opened("pages/projects.py", lang="en", country="VNM", q="qqqq")
    n = rows(warehouse, "projects", countries=["VNM"])
    assert ways(app) == {"loosen_q": f"Without the search “qqqq”: {n} projects"}
    app.button(key="loosen_q").click().run()
    assert "q" not in address_of(app)
    assert f"{n} projects" in html_of(app)


@pytest.mark.parametrize(
    "page", [name for name in PAGES if name not in {"countries", "downloads", "article6"}]
)
def test_before_anything_was_known_the_day_is_what_is_taken_back(page: str, warehouse: Warehouse) -> None:
    app = opened(f"pages/{page}.py", lang="en", as_of=warehouse.first_on.isoformat())
    assert list(ways(app)) == ["loosen_as_of"]
    assert 'class="jcm-title"' not in html_of(app)
    app.button(key="loosen_as_of").click().run()
    assert "as_of" not in address_of(app)
    assert not ways(app)


def test_a_selection_with_something_in_it_is_left_alone() -> None:
    assert not ways(opened(lang="en", country="VNM"))
    assert not ways(opened("pages/country.py", lang="en", iso3="ARE"))
