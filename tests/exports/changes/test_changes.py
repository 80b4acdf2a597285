"""Editions of the real record, of two data folders that differ in known ways, the feed, and the command."""

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from exports.changes.feed import entries_of, feed_of, links_of_app, month_ends
from exports.changes.markdown import markdown_of
from model.editions import PARTS, difference
from model.ladder import EXPECTED_RUNGS
from queries.editions import edition_of
from queries.warehouse import OlderFile, Warehouse, WarehouseUnavailable, current, kept_versions, version
from view.names import filter_options, names_of, texts_of
from view.texts import LANGUAGES, Language, texts

ROOT = Path(__file__).parents[3]
RECENT = 5
"""Months of a short feed."""
BUILT = (datetime(2027, 1, 5, tzinfo=UTC), datetime(2027, 2, 7, tzinfo=UTC))
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


@pytest.mark.parametrize("day", [date(2014, 1, 1), date(2018, 3, 31), date(2023, 3, 31), date(2025, 3, 31)])
def test_the_tonnes_that_projects_move_are_the_difference_of_the_ladder(
    day: date, warehouse: Warehouse
) -> None:
    found = difference(edition_of(warehouse, day), edition_of(warehouse, warehouse.data_as_of))
    own = [e for e in found.near if e.code in EXPECTED_RUNGS]
    before, after = (sum(ends[0] for e in own if (ends := getattr(e, day))) for day in ("before", "after"))
    assert sum(found.moved.values()) == after - before
    assert not found.is_empty
    assert sum(found.timings.values()) == sum(map(len, found.changes.values()))


def test_a_rung_is_hidden_before_the_first_list_and_none_after_it_alone(warehouse: Warehouse) -> None:
    now = edition_of(warehouse, warehouse.data_as_of)
    first = min(now.copies)
    hidden = difference(edition_of(warehouse, first - timedelta(days=1)), now)
    assert hidden.not_visible == {"validation": first}
    (rung,) = (e for e in hidden.counts if e.code == "validation")
    assert (rung.before, rung.difference) == (None, None)
    assert rung.after
    listed = [c for c in hidden.changes["projects"] if c.row["stage"] == "validation"]
    assert {c.timing for c in listed} == {"not_visible"}
    assert not difference(edition_of(warehouse, first), now).not_visible


def test_what_happened_carries_a_date_between_the_days(warehouse: Warehouse) -> None:
    first, last = date(2025, 3, 31), warehouse.data_as_of
    found = difference(edition_of(warehouse, first), edition_of(warehouse, last))
    dated = [c for changes in found.changes.values() for c in changes if c.own]
    assert {c.timing for c in dated} == {"happened"}
    days = [c.row[c.own] for c in dated if c.own != "fy_selected"]
    assert len(days) > 20
    assert first < min(days) <= max(days) <= last
    signed = {c.row["iso3"] for c in found.changes["partners"]}
    partners = warehouse.run("partner_signatures").to_pylist()
    assert signed == {p["iso3"] for p in partners if p["signed_to_on"] > first}


def test_a_day_does_not_differ_from_itself(warehouse: Warehouse) -> None:
    one = edition_of(warehouse, date(2023, 3, 31))
    found = difference(one, one)
    assert found.is_empty
    assert all(not found.changes[part] for part in PARTS)


def test_two_versions_that_differ_in_known_ways_show_exactly_those(two_versions: Path) -> None:
    new, old = (version(code, two_versions) for code in kept_versions(two_versions))
    found = difference(edition_of(old, old.data_as_of), edition_of(new, new.data_as_of))
    projects = {(c.kind, c.key): {f.field for f in c.fields} for c in found.changes["projects"]}
    assert projects.pop(("added", "P-VNM-999")) == set()
    assert projects.pop(("removed", "P-IDN-003")) == set()
    assert projects.pop(("changed", "P-MNG-001")) == {"title_en"}
    assert projects.pop(("changed", "P-GEO-001")) == {"annual_tco2"}
    assert projects == {}
    timings = {c.key: c.timing for c in found.changes["projects"]}
    assert timings.pop("P-IDN-003") == "reckoned"
    assert set(timings.values()) == {"first_seen"}, (
        "both versions are of one day: nothing happened between them"
    )
    (issuance,) = found.changes["issuances"]
    assert (issuance.kind, issuance.key) == ("changed", "SA001-1")
    assert "amount" in {f.field for f in issuance.fields}
    t = texts("en")
    text = markdown_of(found, names_of(filter_options(new, t)), t)
    assert "A new project" in text
    assert "5,300 t → 5,301 t" in text


def test_a_project_that_was_never_listed_is_told_as_no_longer_counted(warehouse: Warehouse) -> None:
    found = difference(edition_of(warehouse, date(2025, 3, 31)), edition_of(warehouse, warehouse.data_as_of))
    assert found.became_dormant
    t = texts("en")
    text = markdown_of(found, names_of(filter_options(warehouse, t)), t)
    lines = [line for line in text.splitlines() if "No longer counted: selected long ago" in line]
    assert len(lines) == len(found.became_dormant)
    assert all(found.moved.get(key, 0) <= 0 for key in found.became_dormant)


def test_a_range_is_told_with_both_ends(warehouse: Warehouse) -> None:
    found = difference(edition_of(warehouse, date(2020, 1, 1)), edition_of(warehouse, warehouse.data_as_of))
    t = texts("ja")
    text = markdown_of(found, names_of(filter_options(warehouse, t)), t)
    assert "550,000～612,525" in text.replace(" ", "")


def test_a_version_that_is_not_kept_is_not_opened(two_versions: Path) -> None:
    with pytest.raises(WarehouseUnavailable):
        version("../../etc/passwd", two_versions)


@pytest.fixture
def with_older(warehouse: Warehouse, tmp_path: Path) -> Path:
    """A folder with the published version and one that older code wrote, before there were schemas."""
    shutil.copy(warehouse.path, tmp_path / warehouse.path.name)
    (tmp_path / "current.duckdb").symlink_to(warehouse.path.name)
    with duckdb.connect(str(tmp_path / "jcm-0123456789ab.duckdb")) as connection:
        connection.execute("CREATE TABLE build AS SELECT '0123456789ab' AS data_version")
    return tmp_path


def test_a_version_that_older_code_wrote_is_told_as_such(with_older: Path) -> None:
    with pytest.raises(OlderFile):
        version("0123456789ab", with_older)
    done = command("--from", "0123456789ab", warehouse_dir=with_older)
    assert done.returncode == 2
    assert "older code" in done.stderr
    older = current(with_older)
    assert entries_of(older, texts_of(older, "en"), 1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_feed_is_whole_and_its_names_stay(lang: Language, warehouse: Warehouse) -> None:
    body = feed_of(warehouse, lang, links_of_app("http://localhost:1", lang))
    feed = ET.fromstring(body)  # noqa: S314 - our own feed
    for name in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{name}") is not None
    entries = feed.findall(f"{ATOM}entry")
    names = [e.findtext(f"{ATOM}id") for e in entries]
    assert len(names) == len(set(names)) > 5
    for entry in entries:
        assert entry.findtext(f"{ATOM}summary")
        assert str(entry.findtext(f"{ATOM}updated")).endswith("+00:00")
    contents = [str(e.findtext(f"{ATOM}content")) for e in entries]
    assert any("→" in content for content in contents)
    assert not any(warehouse.data_version in content for content in contents), (
        "the entry of a month names no build"
    )
    days = [str(e.findtext(f"{ATOM}updated")) for e in entries]
    assert days == sorted(days, reverse=True)
    assert feed_of(warehouse, lang, links_of_app("http://localhost:1", lang)) == body


@pytest.fixture
def rewritten(warehouse: Warehouse, tmp_path: Path) -> tuple[Warehouse, date]:
    """A folder with the published version and an older one that words one milestone otherwise; the milestone's day."""
    months = month_ends(warehouse.data_as_of, RECENT)
    recent = [m for m in warehouse.run("milestones").to_pylist() if m["milestone_on"] > months[0]]
    one = max(recent, key=lambda m: m["milestone_on"])
    for version_of, built in (("0" * 12, BUILT[0]), (warehouse.data_version, BUILT[1])):
        path = tmp_path / f"jcm-{version_of}.duckdb"
        shutil.copy(warehouse.path, path)
        if version_of != warehouse.data_version:
            with duckdb.connect(str(path)) as connection:
                connection.execute("UPDATE record.build SET data_version = ?", [version_of])
                connection.execute(
                    "UPDATE milestone SET title_en = 'Worded otherwise' WHERE title_en = ?", [one["title_en"]]
                )
        os.utime(path, (built.timestamp(), built.timestamp()))
    (tmp_path / "current.duckdb").symlink_to(f"jcm-{warehouse.data_version}.duckdb")
    return current(tmp_path), one["milestone_on"]


def test_an_entry_that_a_build_changed_is_updated_by_it_and_every_other_keeps_its_day(
    rewritten: tuple[Warehouse, date], warehouse: Warehouse
) -> None:
    newer, day = rewritten
    t = texts_of(warehouse, "en")
    alone = {e.key: e for e in entries_of(warehouse, t, RECENT)}
    found = {e.key: e for e in entries_of(newer, t, RECENT)}
    changed = {key for key in alone if found[key].updated != alone[key].updated}
    assert changed == {f"month:{day:%Y-%m}"}
    assert {found[key].updated for key in changed} == {BUILT[1]}
    assert {key: e.content for key, e in alone.items()} == {key: found[key].content for key in alone}
    (between,) = found.keys() - alone.keys()
    assert between == f"version:{newer.data_version}"
    assert "Worded otherwise" in found[between].content


def test_an_entry_is_as_new_as_the_reading_of_its_latest_source(warehouse: Warehouse) -> None:
    read_on = {row["url"]: row["retrieved_on"] for row in warehouse.run("source_list").to_pylist()}
    for entry in entries_of(warehouse, texts_of(warehouse, "en"), RECENT):
        named = [day for url, day in read_on.items() if f"<{url}>" in entry.content]
        assert entry.updated.date() == max([entry.day, *named])


def test_months_end_with_their_last_day() -> None:
    assert month_ends(date(2024, 3, 15), 3) == [
        date(2023, 12, 31),
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 15),
    ]


def command(*arguments: str, warehouse_dir: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "exports", "changes", *arguments],
        cwd=ROOT,
        env={**os.environ, "JCM_WAREHOUSE_DIR": str(warehouse_dir)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_tells_what_the_page_tells(warehouse_dir: Path, warehouse: Warehouse) -> None:
    done = command("--from", "2025-03-31", "--lang", "ja", warehouse_dir=warehouse_dir)
    assert done.returncode == 0, done.stderr
    t = texts_of(warehouse, "ja")
    found = difference(edition_of(warehouse, date(2025, 3, 31)), edition_of(warehouse, warehouse.data_as_of))
    assert done.stdout == markdown_of(found, names_of(filter_options(warehouse, t)), t)
    printed = json.loads(
        command(
            "--from", "2025-03-31", "--lang", "ja", "--format", "json", warehouse_dir=warehouse_dir
        ).stdout
    )
    assert len(printed["projects"]) == len(found.changes["projects"])
    assert printed["changes"] == {timing: found.timings[timing] for timing in printed["changes"]}
    assert printed["summary"] in done.stdout


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (("--from", "nonsense"), 2, "is not kept here"),
        (("--from", "@2020-13-01"), 2, "yyyy-mm-dd"),
        (("--from", "2026-11-29"), 3, ""),
    ],
)
def test_the_command_refuses_in_words(
    given: tuple[str, ...], code: int, said: str, warehouse_dir: Path
) -> None:
    done = command(*given, warehouse_dir=warehouse_dir)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
