"""Editions of the real record, of two data folders that differ in known ways, the feed, and the command."""

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import duckdb
import pytest

from etl.sources.limits import Limits
from etl.warehouse.build import build
from exports.changes.feed import feed_of, month_ends
from exports.changes.markdown import markdown_of
from model.editions import PARTS, difference
from model.ladder import EXPECTED_RUNGS
from queries.editions import edition_of
from queries.warehouse import OlderFile, Warehouse, WarehouseUnavailable, current, kept_versions, version
from tests.etl.data_folder import DataFolder
from view.names import filter_options, names_of, texts_of
from view.texts import LANGUAGES, Language, texts

ROOT = Path(__file__).parents[3]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


@pytest.mark.parametrize("day", [date(2014, 1, 1), date(2018, 3, 31), date(2023, 3, 31), date(2025, 3, 31)])
def test_the_tonnes_that_projects_move_are_the_difference_of_the_ladder(
    day: date, warehouse: Warehouse
) -> None:
    found = difference(edition_of(warehouse, day), edition_of(warehouse, warehouse.data_as_of))
    rungs = [(e.difference or (0, 0))[0] for e in found.near if e.code in EXPECTED_RUNGS]
    assert sum(found.moved.values()) == sum(rungs)
    assert not found.is_empty


def test_a_day_does_not_differ_from_itself(warehouse: Warehouse) -> None:
    one = edition_of(warehouse, date(2023, 3, 31))
    found = difference(one, one)
    assert found.is_empty
    assert all(not found.changes[part] for part in PARTS)


@pytest.fixture(scope="module")
def two_versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse folder with two versions that differ in five known ways."""
    base = tmp_path_factory.mktemp("two")
    shutil.copytree(ROOT / "data", base / "data", ignore=shutil.ignore_patterns("warehouse"))
    data = DataFolder(base / "data")
    build(data.path, base / "warehouse")
    data.set("snapshot/projects.csv", "P-GEO-001", est_annual_tco2="21502")
    data.set("snapshot/project_claims.csv", "P-GEO-001", value="21502")
    data.set("snapshot/projects.csv", "P-MNG-001", title_en="Another title of the Beverage Factory")
    data.remove("snapshot/projects.csv", "P-IDN-003")
    data.repeat(
        "snapshot/projects.csv",
        "P-VNM-001",
        project_id="P-VNM-999",
        title_en="A new project",
        technology="transformer/grid",
        est_annual_tco2="",
        est_annual_source_id="",
        est_annual_basis="",
    )
    data.set("snapshot/issuances.csv", "SA001-1", total_tco2="5301")
    build(data.path, base / "warehouse", limits=Limits())
    return base / "warehouse"


def test_two_versions_that_differ_in_known_ways_show_exactly_those(two_versions: Path) -> None:
    new, old = (version(code, two_versions) for code in kept_versions(two_versions))
    found = difference(edition_of(old, old.data_as_of), edition_of(new, new.data_as_of))
    projects = {(c.kind, c.key): {f.field for f in c.fields} for c in found.changes["projects"]}
    assert projects.pop(("added", "P-VNM-999")) == set()
    assert projects.pop(("removed", "P-IDN-003")) == set()
    assert projects.pop(("changed", "P-MNG-001")) == {"title_en"}
    assert projects.pop(("changed", "P-GEO-001")) == {"annual_tco2"}
    assert projects == {}
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
    assert feed_of(current(with_older), "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_feed_is_whole_and_its_names_stay(lang: Language, warehouse: Warehouse) -> None:
    body = feed_of(warehouse, lang, "http://localhost:1")
    feed = ET.fromstring(body)  # noqa: S314 - our own feed
    for name in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{name}") is not None
    entries = feed.findall(f"{ATOM}entry")
    names = [e.findtext(f"{ATOM}id") for e in entries]
    assert len(names) == len(set(names)) > 5
    for entry in entries:
        assert entry.findtext(f"{ATOM}summary")
        assert "→" in str(entry.findtext(f"{ATOM}content"))
        assert str(entry.findtext(f"{ATOM}updated")).endswith("+00:00")
    days = [str(e.findtext(f"{ATOM}updated")) for e in entries]
    assert days == sorted(days, reverse=True)
    assert feed_of(warehouse, lang, "http://localhost:1") == body


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
        command("--from", "2025-03-31", "--format", "json", warehouse_dir=warehouse_dir).stdout
    )
    assert len(printed["projects"]) == len(found.changes["projects"])


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
