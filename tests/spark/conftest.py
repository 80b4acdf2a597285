"""One Spark session on this machine, used as the README of the transpiled queries says, over the package of the data."""

import os
import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyspark.sql import SparkSession

from exports.package.archive import package_of
from queries.catalogue import catalogue
from queries.spark.command import spark_files
from queries.warehouse import Warehouse, current
from tests.spark.equality_table import Equality, write_table
from tests.spark.java_runtime import use_bundled_java

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.session.timeZone": "UTC",
    # Small tables: planning and compiling would take longer than the work.
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
UPDATE_VARIABLE = "JCM_UPDATE_SPARK"


@pytest.fixture(scope="session")
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


@pytest.fixture(scope="session")
def queries(warehouse: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder as `python -m queries transpile` writes it."""
    folder = tmp_path_factory.mktemp("queries")
    for name, text in spark_files(warehouse, tuple(catalogue())).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def readme(queries: Path) -> dict[str, Callable[..., Any]]:
    """Functions that the README defines."""
    defined: dict[str, Any] = {}
    code = re.findall(r"```python\n(.*?)```", (queries / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    exec(code[0], defined)  # noqa: S102 - as its reader does
    return defined


@pytest.fixture(scope="session")
def spark(
    warehouse: Warehouse, readme: dict[str, Callable[..., Any]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SparkSession]:
    folder = tmp_path_factory.mktemp("spark")
    use_bundled_java(folder / "java")
    builder = SparkSession.builder.master("local[2]").appName("jcm").config("spark.local.dir", str(folder))
    for name, value in {**SETTINGS, "spark.sql.warehouse.dir": str(folder / "warehouse")}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    zipfile.ZipFile(BytesIO(package_of(warehouse))).extractall(folder / "package")
    readme["register"](session, folder / "package" / "parquet")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def run_on_spark(
    spark: SparkSession, queries: Path, readme: dict[str, Callable[..., Any]]
) -> Callable[..., pa.Table]:
    """Rows of a named query with parameters."""
    return lambda name, **given: readme["run"](spark, queries, name, **given).toArrow()


@pytest.fixture(scope="session")
def compared(warehouse: Warehouse) -> Iterator[list[Equality]]:
    """What was compared; becomes the table of docs/spark.md where the environment asks for it."""
    found: list[Equality] = []
    yield found
    if os.environ.get(UPDATE_VARIABLE):
        assert {e.query for e in found} == set(catalogue()), "the table tells of every query: run them all"
        write_table(found, warehouse.data_version)
