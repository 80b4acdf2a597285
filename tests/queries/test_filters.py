"""One entry in the list of filters is a whole filter: condition, values, counts, address, label."""

from pathlib import Path

import pytest

from model.filters import FILTERS, Filter
from queries.catalogue import catalogue
from queries.warehouse import Warehouse, current
from view.address_keys import CONTROL, SHARED_KEYS
from view.control_words import filter_labels
from view.selection import Selection
from view.texts import texts

EVERY = 100_000


@pytest.fixture(scope="module")
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


def projects(warehouse: Warehouse, selection: Selection) -> set[str]:
    rows = warehouse.run("projects", **selection.filters(), rows_at_most=EVERY).to_pylist()
    return {row["project_id"] for row in rows}


@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.key)
def test_a_value_narrows_the_list_to_the_projects_it_counts(one: Filter, warehouse: Warehouse) -> None:
    latest = Selection(as_of=warehouse.data_as_of)
    options = [r for r in warehouse.run("filter_options").to_pylist() if r["filter"] == one.key]
    facet = {r["value"]: r["projects"] for r in warehouse.run("project_facet", by=one.key).to_pylist()}
    assert options
    assert {r["value"]: r["projects"] for r in options if r["projects"]} == facet
    most = max(options, key=lambda r: r["projects"])
    found = projects(warehouse, latest.narrowed(**{one.key: [most["value"]]}))
    assert len(found) == most["projects"]
    assert found < projects(warehouse, latest)


@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.key)
def test_a_filter_has_its_key_its_label_and_its_parameter_everywhere(one: Filter) -> None:
    assert one.key in CONTROL
    assert one.key in SHARED_KEYS
    for lang in ("en", "ja"):
        everything, label = filter_labels(texts(lang))[one.key]
        assert everything
        assert label
    filtered = [q for q in catalogue().values() if any(p.name == "fundings" for p in q.parameters)]
    assert len(filtered) > 20
    for query in filtered:
        assert f"${one.parameter}" in query.sql, query.name


def test_a_participant_of_either_side_narrows_the_ladder(warehouse: Warehouse) -> None:
    names = {"participants": ["tokyo-century"]}
    whole, part = (
        {r["rung"]: r for r in warehouse.run("ladder", **given).to_pylist()} for given in ({}, names)
    )
    found = warehouse.run("projects", **names, rows_at_most=EVERY).to_pylist()
    counted = [r for r in found if r["in_target_scope"] and r["stage"] == "registered"]
    assert part["registered"]["projects"] == len(counted) > 0
    assert 0 < part["registered"]["tco2_low"] < whole["registered"]["tco2_low"]
