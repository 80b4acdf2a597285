"""The Data Package: valid for an independent validator, equal to the warehouse, the same bytes each time."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import polars as pl
import pytest
from frictionless import validate

from exports.package.archive import package_files, package_of
from exports.package.descriptor import csv_path, parquet_path
from model.ladder import EXPECTED_RUNGS
from queries.warehouse import Warehouse, current

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


@pytest.fixture(scope="module")
def files(warehouse: Warehouse) -> dict[str, bytes]:
    return package_files(warehouse)


def test_an_independent_validator_finds_no_fault(files: dict[str, bytes], tmp_path: Path) -> None:
    for name, body in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(body)
    report = validate(str(tmp_path / "datapackage.json"))
    assert report.valid, [e.message for task in report.tasks for e in task.errors][:5]
    assert len(report.tasks) == len([n for n in files if n.startswith("csv/")]) >= 30


def test_the_validator_would_find_a_fault(files: dict[str, bytes], tmp_path: Path) -> None:
    broken = dict(files)
    name = csv_path("issuance")
    broken[name] = files[name].replace(b"MNG", b"Mongolia", 1)
    for path, body in broken.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(body)
    assert not validate(str(tmp_path / "datapackage.json")).valid


def test_csv_and_parquet_hold_the_rows_of_the_warehouse(
    files: dict[str, bytes], warehouse: Warehouse
) -> None:
    tables = {r["table_name"]: r["table_rows"] for r in warehouse.run("columns").to_pylist()}
    for name, rows in tables.items():
        typed = pl.read_parquet(io.BytesIO(files[parquet_path(name)]))
        assert rows in {None, typed.height}, name
        assert typed.equals(pl.DataFrame(warehouse.table(name))), name
        read = list(csv.DictReader(io.StringIO(files[csv_path(name)].decode("utf-8"))))
        assert len(read) == typed.height, name
        numbers = [c for c, kind in typed.schema.items() if kind == pl.Int64]
        for column in numbers:
            assert sum(int(r[column]) for r in read if r[column]) == (typed[column].sum() or 0), (
                name,
                column,
            )


def test_every_column_is_told_in_both_languages_with_its_unit(files: dict[str, bytes]) -> None:
    described = json.loads(files["datapackage.json"])
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for resource in described["resources"]:
        for field in resource["schema"]["fields"]:
            english, _, japanese = field["description"].partition(" | ")
            assert english.strip(".")
            assert any(ord(c) > 0x2FFF for c in japanese), (resource["name"], field["name"])
            if field["name"].endswith("tco2"):
                assert field["unit"].startswith("tCO2")
    resources = {r["name"]: r for r in described["resources"]}
    assert {"project", "issuance", "reduction", "source", "history.expected"} <= set(resources)
    assert resources["reduction"]["jcm:isView"]
    assert resources["reduction"]["jcm:rows"] > 0
    assert not resources["source"]["jcm:isView"]


def test_the_readmes_say_what_the_data_mean_and_do_not_cover(
    files: dict[str, bytes], warehouse: Warehouse
) -> None:
    english, japanese = files["README.md"].decode(), files["README.ja.md"].decode()
    for text in (english, japanese):
        assert warehouse.data_version in text
        assert "GeoNames" in text
        assert "`notified`" in text
        assert "### reduction" in text
        assert "{" not in text.replace("{'", "")
    ladder = {row["rung"]: row for row in warehouse.run("ladder").to_pylist()}
    counted, with_estimate = (
        sum(ladder[code][key] for code in EXPECTED_RUNGS) for key in ("projects", "projects_with_estimate")
    )
    assert f"{with_estimate} of {counted} projects: expected totals are the sum" in english
    assert f"{ladder['dormant']['projects']} more projects were selected long ago" in english
    events = warehouse.run("issuances").to_pylist()
    exact = len([row for row in events if row["amount_basis"] == "exact"])
    assert (
        f"Of {len(events)} issuance events the amount is known exactly for {exact}, as a range for" in english
    )
    assert "Of the tonnes stated as issued by" in english
    assert f"発行{len(events)}件のうち、量が確定しているものは{exact}件" in japanese
    assert "公表された見込量のみの合計" in japanese


def test_the_same_version_gives_the_same_bytes(warehouse: Warehouse) -> None:
    first = package_of(warehouse)
    assert package_of(warehouse) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def package(*arguments: str, warehouse_dir: Path, limit: int = 0) -> subprocess.CompletedProcess[str]:
    program = "import sys; from exports.__main__ import app; sys.exit(app(['package', *sys.argv[1:]]))"
    if limit:
        program = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); {program}"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={**os.environ, "JCM_WAREHOUSE_DIR": str(warehouse_dir)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_writes_the_package_of_the_page(
    warehouse_dir: Path, warehouse: Warehouse, tmp_path: Path
) -> None:
    done = package("--to", str(tmp_path / "x.zip"), warehouse_dir=warehouse_dir)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x.zip").read_bytes() == package_of(warehouse)


def test_a_full_disk_leaves_no_half_package(warehouse_dir: Path, tmp_path: Path) -> None:
    done = package("--to", str(tmp_path), warehouse_dir=warehouse_dir, limit=50_000)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_data_the_command_says_what_to_run(tmp_path: Path) -> None:
    done = package(warehouse_dir=tmp_path)
    assert done.returncode == 2
    assert "python -m etl build" in done.stderr


def test_a_table_that_is_not_there_is_no_table(warehouse: Warehouse) -> None:
    with pytest.raises(KeyError):
        warehouse.table('project" WHERE 1=1 --')
