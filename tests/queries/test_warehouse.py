"""The door to DuckDB: read-only, a cursor a run, a new version noticed without a restart, clear words without one."""

import shutil
import threading
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from queries.catalogue import catalogue
from queries.warehouse import Warehouse, WarehouseUnavailable, current, warehouse_dir


def publish(folder: Path, source: Path, name: str, version: str) -> None:
    """Publishes a copy of a warehouse under another version, as a build does: beside, then the link."""
    path = folder / name
    shutil.copy(source, path)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE record.build SET data_version = ?", [version])
    link = folder / "next"
    link.symlink_to(path.name)
    link.replace(folder / "current.duckdb")


def uncached(warehouse: Warehouse) -> pa.Table:
    query = catalogue()["ladder"]
    return warehouse._execute(query, query.bind({}, warehouse.data_as_of))


def test_nothing_can_be_written(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    with pytest.raises(duckdb.Error), warehouse._connection.cursor() as cursor:
        cursor.execute("CREATE TABLE x (y INTEGER)")


def test_a_new_version_is_noticed_without_a_restart(warehouse_dir: Path, tmp_path: Path) -> None:
    source = current(warehouse_dir).path
    publish(tmp_path, source, "jcm-one.duckdb", "one")
    first = current(tmp_path)
    assert first.data_version == "one"
    assert current(tmp_path) is first
    publish(tmp_path, source, "jcm-two.duckdb", "two")
    assert current(tmp_path).data_version == "two"
    assert first.run("ladder").num_rows == 11, "who still reads the old version keeps it"


def test_many_readers_while_versions_are_published(warehouse_dir: Path, tmp_path: Path) -> None:
    source = current(warehouse_dir).path
    publish(tmp_path, source, "jcm-0.duckdb", "0")
    wrong: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                warehouse = current(tmp_path)
                assert uncached(warehouse).num_rows == 11
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=read) for _ in range(20)]
    for thread in threads:
        thread.start()
    for n in range(1, 6):
        publish(tmp_path, source, f"jcm-{n}.duckdb", str(n))
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert current(tmp_path).data_version == "5"


def test_a_missing_warehouse_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(WarehouseUnavailable, match=r"missing.*Run: python -m etl build") as caught:
        current(tmp_path)
    assert caught.value.reason == "missing"


@pytest.mark.parametrize("content", [b"", b"not a database", b"\x00" * 100_000])
def test_a_damaged_warehouse_says_what_to_run(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "jcm-bad.duckdb").write_bytes(content)
    (tmp_path / "current.duckdb").symlink_to("jcm-bad.duckdb")
    with pytest.raises(WarehouseUnavailable, match=r"damaged.*Run: python -m etl build") as caught:
        current(tmp_path)
    assert caught.value.reason == "damaged"


def test_a_truncated_warehouse_is_not_served(warehouse_dir: Path, tmp_path: Path) -> None:
    whole = current(warehouse_dir).path.read_bytes()
    (tmp_path / "jcm-cut.duckdb").write_bytes(whole[: len(whole) // 3])
    (tmp_path / "current.duckdb").symlink_to("jcm-cut.duckdb")
    with pytest.raises(WarehouseUnavailable, match="damaged"):
        current(tmp_path)


def test_results_are_kept_and_shared(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    assert warehouse.run("ladder", countries=["MNG"]) is warehouse.run("ladder", countries=["MNG"])
    assert warehouse.run("ladder", countries=["MNG"]) is not warehouse.run("ladder", countries=["THA"])


def test_macros_are_those_of_the_file(warehouse_dir: Path) -> None:
    macros = current(warehouse_dir).macros()
    assert {"ladder_as_of", "reduction_as_of", "history.rung_tonnes_as_of"} <= set(macros)
    assert list(macros) == sorted(macros)
    parameters, statement = macros["ladder_as_of"]
    assert parameters == ["as_of", "until_fiscal_year"]
    assert "history.rung_tonnes_as_of(as_of)" in statement


def test_the_folder_is_the_project_s_own_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("JCM_WAREHOUSE_DIR", raising=False)
    assert warehouse_dir().parts[-2:] == ("data", "warehouse")
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(tmp_path))
    assert warehouse_dir() == tmp_path
