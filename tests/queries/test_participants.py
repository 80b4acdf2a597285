"""What stands beside a participant is the sum of its projects, and no more than all projects come to."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.search_text import search_words
from queries.warehouse import Warehouse, current

EVERY = 1_000_000
SUMS = (
    "annual_tco2",
    "expected_first_tco2",
    "expected_last_tco2",
    "notified_low_tco2",
    "notified_high_tco2",
    "events",
)
DAYS = (date(2016, 6, 1), date(2019, 4, 1), date(2023, 3, 31), date(2026, 11, 29))

Row = Mapping[str, Any]


@pytest.fixture(scope="module")
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


def participants(warehouse: Warehouse, **given: object) -> dict[str, Row]:
    return {row["participant_id"]: row for row in warehouse.run("participants", **given).to_pylist()}


def summed(projects: list[Row], column: str) -> int | None:
    """What projects come to; annual estimates are those of projects that count."""
    counts = {"pipeline", "validation", "registered"}
    some = [p for p in projects if column != "annual_tco2" or (p["in_target_scope"] and p["stage"] in counts)]
    known = [p[column] for p in some if p[column] is not None]
    return sum(known) if known else 0 if column == "events" else None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_participant_comes_to_the_sum_of_its_projects(warehouse: Warehouse, data: st.DataObject) -> None:
    given_ = {
        "as_of": data.draw(st.sampled_from(DAYS)),
        "technologies": data.draw(st.sampled_from((None, ["solar PV"], ["boiler", "hydro"]))),
    }
    found = participants(warehouse, **given_)
    key = data.draw(st.sampled_from(sorted(found))) if found else None
    if key is None:
        return
    own = found[key]
    rows = warehouse.run("projects", **given_, participants=[key], rows_at_most=EVERY).to_pylist()
    assert own["projects"] == len(rows)
    assert set(own["iso3_codes"].split(";")) == {row["iso3"] for row in rows}
    for column in SUMS:
        assert own[column] == summed(rows, column), (key, column)


@pytest.mark.parametrize("day", DAYS)
def test_no_participant_and_not_all_together_come_to_more_than_all_projects(
    warehouse: Warehouse, day: date
) -> None:
    found = participants(warehouse, as_of=day)
    everything = warehouse.run("project_totals", as_of=day).to_pylist()[0]
    union = warehouse.run("project_totals", as_of=day, participants=sorted(found)).to_pylist()[0]
    for column in ("projects", "annual_tco2", "expected_first_tco2", "notified_high_tco2"):
        assert (union[column] or 0) <= (everything[column] or 0)
        assert all((row[column] or 0) <= (union[column] or 0) for row in found.values()), column


def test_a_group_comes_to_no_less_than_any_member_and_no_more_than_all(warehouse: Warehouse) -> None:
    groups = participants(warehouse, by="group")
    members: dict[str, list[Row]] = {}
    for row in participants(warehouse).values():
        members.setdefault(row["group_id"] or row["participant_id"], []).append(row)
    assert set(groups) == set(members)
    assert any(len(some) > 1 for some in members.values())
    for key, some in members.items():
        assert groups[key]["members"] == len(some)
        for column in ("projects", "expected_first_tco2", "notified_low_tco2"):
            values = [row[column] or 0 for row in some]
            assert max(values) <= (groups[key][column] or 0) <= sum(values), (key, column)


def test_who_works_with_whom_is_mutual(warehouse: Warehouse) -> None:
    with_marubeni = participants(warehouse, participants=["marubeni"])
    own = with_marubeni.pop("marubeni")
    assert own["projects"] == participants(warehouse)["marubeni"]["projects"]
    assert with_marubeni
    for key, row in with_marubeni.items():
        assert participants(warehouse, participants=[key])["marubeni"]["projects"] == row["projects"]


def test_sides_add_up_to_all_participants(warehouse: Warehouse) -> None:
    japan, partner = (participants(warehouse, side=side) for side in ("japan", "partner"))
    assert set(japan) | set(partner) == set(participants(warehouse))
    assert {row["side"] for row in japan.values()} == {"Japan"}


@pytest.mark.parametrize(
    ("search", "key"),
    [
        ("トヨタ自動車", "toyota-motor"),
        ("とよた", "siam-toyota-manufacturing"),  # by the name of its group
        ("sharp energy", "sharp-energy-solutions"),
        ("Hitachi Chemical Energy", "csb-energy-technology-vietnam"),  # by its former name
        ("los banos", "uplb"),
    ],
)
def test_a_search_finds_names_of_both_languages_groups_and_former_ones(
    warehouse: Warehouse, search: str, key: str
) -> None:
    found = participants(warehouse, words=search_words(search))
    assert key in found
    assert len(found) < 20


def test_projects_are_found_by_the_japanese_name_of_a_participant(warehouse: Warehouse) -> None:
    words = search_words("関西電力")
    found = {
        row["project_id"] for row in warehouse.run("projects", words=words, rows_at_most=EVERY).to_pylist()
    }
    own = warehouse.run("projects", participants=["kansai-electric-power"], rows_at_most=EVERY).to_pylist()
    assert {row["project_id"] for row in own} <= found


def test_a_share_is_only_given_where_one_is_stated(warehouse: Warehouse) -> None:
    shared = {k: row for k, row in participants(warehouse, side="japan").items() if row["events"]}
    assert any(row["japan_low_tco2"] is None for row in shared.values())
    for key, row in shared.items():
        events = warehouse.run("issuances", participants=[key]).to_pylist()
        is_stated = any(
            e["japan_low_tco2"] or (e["japan_high_tco2"] or 0) < (e["tco2_high"] or 0) for e in events
        )
        assert is_stated or row["japan_low_tco2"] is None, key
        if row["japan_low_tco2"] is not None:
            assert row["japan_low_tco2"] <= row["japan_high_tco2"] <= row["issued_high_tco2"]
