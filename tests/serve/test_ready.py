from pathlib import Path

import duckdb

from serve.draining import Standing
from serve.ready import measure_readiness

SERVING = Standing("serving")


def publish(folder: Path, version: str) -> None:
    file = folder / f"jcm-{version}.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("CREATE SCHEMA record")
        connection.execute(
            "CREATE TABLE record.build AS SELECT ? AS data_version, DATE '2026-11-23' AS data_as_of_on,"
            " DATE '2013-01-08' AS first_on",
            [version],
        )
    link = folder / "current.duckdb"
    link.unlink(missing_ok=True)
    link.symlink_to(file.name)


def test_without_a_warehouse_it_says_what_to_run(tmp_path: Path) -> None:
    status, body = measure_readiness(SERVING, tmp_path)
    assert status == 503
    assert body == {"status": "unready", "reason": "missing", "run": "python -m etl build"}


def test_with_a_damaged_warehouse_it_is_unready(tmp_path: Path) -> None:
    (tmp_path / "current.duckdb").write_bytes(b"not a database" * 1000)
    status, body = measure_readiness(SERVING, tmp_path)
    assert status == 503
    assert body["reason"] == "damaged"
    assert str(tmp_path) not in str(body)


def test_it_names_the_data_served_and_notices_a_new_version(tmp_path: Path) -> None:
    publish(tmp_path, "aaaaaaaaaaaa")
    assert measure_readiness(SERVING, tmp_path) == (
        200,
        {"status": "ready", "data_version": "aaaaaaaaaaaa", "data_as_of": "2026-11-23"},
    )
    publish(tmp_path, "bbbbbbbbbbbb")
    assert measure_readiness(SERVING, tmp_path)[1]["data_version"] == "bbbbbbbbbbbb"


def test_a_file_that_is_gone_makes_it_unready(tmp_path: Path) -> None:
    publish(tmp_path, "aaaaaaaaaaaa")
    assert measure_readiness(SERVING, tmp_path)[0] == 200
    (tmp_path / "jcm-aaaaaaaaaaaa.duckdb").unlink()
    assert measure_readiness(SERVING, tmp_path)[1]["reason"] == "missing"


def test_data_alone_make_no_process_ready(tmp_path: Path) -> None:
    publish(tmp_path, "aaaaaaaaaaaa")
    assert measure_readiness(Standing("starting"), tmp_path) == (
        503,
        {"status": "unready", "reason": "starting"},
    )
    assert measure_readiness(Standing("draining"), tmp_path) == (
        503,
        {"status": "unready", "reason": "draining"},
    )
