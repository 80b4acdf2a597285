"""All data versions in one folder: written once, whole or not at all, and queried together as the page says."""

import shutil
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from exports.__main__ import app
from exports.package.descriptor import parquet_name
from queries.warehouse import WAREHOUSE_DIR_VARIABLE, Warehouse, current
from tests.spark.all_versions import expected_by_version, functions_of_the_page

LATER = "123456789012"
"""A hash that could be taken for a number."""


def publish_another(folder: Path, *statements: str) -> None:
    """A further version beside the published one, and published in its place."""
    path = folder / f"jcm-{LATER}.duckdb"
    shutil.copyfile((folder / "current.duckdb").resolve(), path)
    with duckdb.connect(str(path)) as connection:
        for statement in (*statements, f"UPDATE record.build SET data_version = '{LATER}'"):
            connection.execute(statement)
    (folder / "current.duckdb").unlink()
    (folder / "current.duckdb").symlink_to(path.name)


@pytest.fixture
def kept(warehouse_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of DuckDB files with the published version alone."""
    folder = tmp_path / "warehouse"
    folder.mkdir()
    published = (warehouse_dir / "current.duckdb").resolve()
    shutil.copyfile(published, folder / published.name)
    (folder / "current.duckdb").symlink_to(published.name)
    monkeypatch.setenv(WAREHOUSE_DIR_VARIABLE, str(folder))
    return folder


def write(out: Path) -> int:
    with pytest.raises(SystemExit) as ended:
        app(["versions", "--out", str(out)])
    code: Any = ended.value.code
    return int(code)


def partitions(out: Path) -> list[str]:
    return sorted(p.name for p in out.iterdir() if not p.name.startswith("."))


def test_a_partition_holds_every_table_of_its_version(kept: Path, tmp_path: Path) -> None:
    out = tmp_path / "versions"
    assert write(out) == 0
    warehouse: Warehouse = current(kept)
    place = out / f"data_version={warehouse.data_version}"
    names = {row["table_name"] for row in warehouse.run("columns").to_pylist()}
    assert {path.name for path in place.iterdir()} == {parquet_name(name) for name in names}
    for name in ("reduction", "history.expected", "record.build"):
        assert pl.read_parquet(place / parquet_name(name), hive_partitioning=False).equals(
            pl.DataFrame(warehouse.table(name))
        )


def test_only_new_versions_are_written_and_all_are_queried_together(kept: Path, tmp_path: Path) -> None:
    out = tmp_path / "versions"
    first = current(kept)
    assert write(out) == 0
    before = {path: path.stat().st_mtime_ns for path in out.glob("data_version=*/*")}
    publish_another(
        kept,
        "UPDATE record.build SET data_as_of_on = data_as_of_on + 1",
        "ALTER TABLE record.build ADD COLUMN later_column VARCHAR",
        "UPDATE history.expected SET tco2 = 2 * tco2",
    )
    assert write(out) == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert partitions(out) == sorted([f"data_version={LATER}", f"data_version={first.data_version}"])

    rows = (
        functions_of_the_page()["open_versions"](out, "reduction", "record.build")
        .sql(expected_by_version())
        .fetchall()
    )
    ladder = {row["rung"]: row["tco2_low"] for row in first.run("ladder", until_fiscal_year=2030).to_pylist()}
    rungs = ("pipeline", "registered", "validation")
    old, new = ([(r[1], r[2], r[3]) for r in rows[n : n + 3]] for n in (0, 3))
    assert old == [(first.data_version, rung, ladder[rung]) for rung in rungs]
    assert new == [(LATER, rung, 2 * ladder[rung]) for rung in rungs]


def test_a_version_that_is_no_longer_kept_stays(kept: Path, tmp_path: Path) -> None:
    out = tmp_path / "versions"
    older = current(kept).path
    assert write(out) == 0
    publish_another(kept)
    older.unlink()
    assert write(out) == 0
    assert len(partitions(out)) == 2


def test_a_version_that_fails_leaves_nothing_and_the_next_run_makes_it_whole(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "versions"
    killed = out / ".unfinished-killed"
    killed.mkdir(parents=True)
    (killed / "reduction.parquet").write_bytes(b"half")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("exports.versions.layout.os.fsync", full)
        assert write(out) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert [path.name for path in out.iterdir()] == [".lock"]
    assert write(out) == 0
    assert partitions(out) == [f"data_version={current(kept).data_version}"]


def test_a_file_of_older_code_is_left_out_and_told(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published = current(kept).data_version
    older = kept / "jcm-0123456789ab.duckdb"
    shutil.copyfile(kept / f"jcm-{published}.duckdb", older)
    with duckdb.connect(str(older)) as connection:
        connection.execute("UPDATE record.build SET data_version = '0123456789ab'")
        connection.execute("ALTER TABLE record.column_meaning DROP COLUMN table_ja")
    assert write(tmp_path / "versions") == 1
    assert "0123456789ab is left out" in capsys.readouterr().err
    assert partitions(tmp_path / "versions") == [f"data_version={published}"]


def test_without_data_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WAREHOUSE_DIR_VARIABLE, str(tmp_path / "none"))
    assert write(tmp_path / "versions") == 2
    assert not (tmp_path / "versions").exists()
