"""Feeds of a part of the record: by country, sector, participant and stage."""

import shutil
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import duckdb
import pytest

from exports.changes.feed import entries_of, feed_of, links_of_app
from exports.changes.selecting import NotThere, selection_of
from exports.changes.signatures import FOLDER
from queries.editions import difference_between, difference_within
from queries.warehouse import Warehouse, current
from tests.exports.changes.test_changes import ATOM, RECENT
from view.names import texts_of
from view.selection import Selection
from view.texts import Language

FIRST = date(2023, 3, 31)


@pytest.fixture(scope="module")
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


def filters_of(part: Selection) -> dict[str, object]:
    return {name: value for name, value in part.filters().items() if name != "as_of"}


def test_the_countries_share_out_every_change_of_a_project(warehouse: Warehouse) -> None:
    t = texts_of(warehouse, "en")
    whole = difference_between(warehouse, FIRST, warehouse, warehouse.data_as_of)
    seen: list[str] = []
    tonnes = 0
    for iso3 in {change.row["iso3"] for change in whole.changes["projects"]}:
        filters = filters_of(selection_of({"country": [iso3]}, warehouse, t))
        found = difference_within(warehouse, warehouse, whole, filters)
        seen += [change.key for change in found.changes["projects"]]
        tonnes += sum(found.moved.values())
        (registered,) = (e for e in found.near if e.code == "registered")
        own = [
            r for r in found.new.rows["projects"].values() if r["iso3"] == iso3 and r["stage"] == "registered"
        ]
        assert registered.after is None or registered.after[0] == sum(
            r["expected_first_tco2"] or 0 for r in own
        )
    assert sorted(seen) == sorted(change.key for change in whole.changes["projects"])
    assert tonnes == sum(whole.moved.values())


def test_a_project_is_seen_to_leave_its_stage(warehouse: Warehouse) -> None:
    t = texts_of(warehouse, "en")
    whole = difference_between(warehouse, FIRST, warehouse, warehouse.data_as_of)
    left = {
        change.key
        for change in whole.of("projects", "changed")
        if any(f.field == "stage" and f.old == "pipeline" for f in change.fields)
    }
    assert left
    filters = filters_of(selection_of({"stage": ["pipeline"]}, warehouse, t))
    found = difference_within(warehouse, warehouse, whole, filters)
    assert left <= {change.key for change in found.of("projects", "changed")}


def test_what_a_participant_has_no_part_in_is_not_in_its_feed(warehouse: Warehouse) -> None:
    t = texts_of(warehouse, "ja")
    part = selection_of({"participant": ["marubeni"]}, warehouse, t)
    own = set(
        warehouse.run("projects", participants=["marubeni"], rows_at_most=1000)
        .column("project_id")
        .to_pylist()
    )
    entries = entries_of(warehouse, t, part=part)
    assert entries
    for entry in entries:
        assert {change.key for change in entry.found.changes["projects"]} <= own
        assert not entry.found.changes["targets"]
        assert (
            entry.found.changes["projects"]
            or entry.found.changes["issuances"]
            or entry.found.changes["events"]
        )


def feed_under_links(warehouse: Warehouse, lang: Language, part: Selection) -> bytes:
    return feed_of(warehouse, lang, links_of_app("http://localhost:1", lang, part), part)


def test_a_feed_says_what_it_is_of_in_the_language_of_its_reader(warehouse: Warehouse) -> None:
    names = {}
    for lang, country in (("en", "Viet Nam"), ("ja", "ベトナム")):
        t = texts_of(warehouse, lang)
        asked = {"sector": ["3", "1"], "country": ["VNM"]}
        body = feed_under_links(warehouse, lang, selection_of(asked, warehouse, t))
        feed = ET.fromstring(body)  # noqa: S314 - our own feed
        title = str(feed.findtext(f"{ATOM}title"))
        assert country in title
        (own,) = (link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self")
        assert own == f"http://localhost:1/feed/changes.{lang}.atom?country=VNM&sector=1&sector=3"
        names[lang] = {str(e.findtext(f"{ATOM}id")) for e in feed.findall(f"{ATOM}entry")}
        assert all(name.endswith(f":{lang}?=country=VNM&sector=1&sector=3") for name in names[lang])
        again = selection_of({"country": ["VNM", "VNM"], "sector": ["1", "3"]}, warehouse, t)
        assert feed_under_links(warehouse, lang, again) == body, "the order of what is asked is nothing"
    assert names["en"]


@pytest.mark.parametrize(
    ("asked", "is_value", "near"),
    [
        ({"country": ["Vietnam"]}, True, "VNM"),
        ({"country": ["ベトナ"]}, True, "VNM"),
        ({"sector": ["99"]}, True, "13"),
        ({"participant": ["Marubeny"]}, True, "marubeni"),
        ({"stage": ["registerd"]}, True, "registered"),
        ({"contry": ["VNM"]}, False, "country"),
        ({"utm_source": ["x"]}, False, "country"),
    ],
)
def test_what_is_not_there_is_told_with_what_is_near(
    asked: dict[str, list[str]], is_value: bool, near: str, warehouse: Warehouse
) -> None:
    for lang in ("en", "ja"):
        with pytest.raises(NotThere) as caught:
            selection_of(asked, warehouse, texts_of(warehouse, lang))
        assert caught.value.is_value is is_value
        assert near in str(caught.value)


def test_a_kept_version_is_read_once_and_a_damaged_note_of_it_again(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    for code in ("0" * 12, warehouse.data_version):
        path = tmp_path / f"jcm-{code}.duckdb"
        shutil.copy(warehouse.path, path)
        with duckdb.connect(str(path)) as connection:
            connection.execute("UPDATE record.build SET data_version = ?", [code])
    (tmp_path / "current.duckdb").symlink_to(path.name)
    found = current(tmp_path)
    t = texts_of(warehouse, "en")
    entries = entries_of(found, t, RECENT)
    notes = sorted((tmp_path / FOLDER).iterdir())
    assert len(notes) == 2
    written = [note.read_bytes() for note in notes]
    assert written[0] == written[1], "both versions tell the same"
    assert entries_of(found, t, RECENT) == entries
    assert [note.read_bytes() for note in notes] == written
    notes[0].write_bytes(written[0][:40])
    assert entries_of(found, t, RECENT) == entries
    assert [note.read_bytes() for note in notes] == written
