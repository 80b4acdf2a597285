"""One Spark session on this machine, with the tables and views of the warehouse under their own names."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession

from etl.contracts import TABLES, VIEWS
from queries.warehouse import Warehouse, current
from tests.spark.transpile import spark_sql

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


@pytest.fixture(scope="session")
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


@pytest.fixture(scope="session")
def spark(warehouse: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    folder = tmp_path_factory.mktemp("spark")
    builder = SparkSession.builder.master("local[2]").appName("jcm").config("spark.local.dir", str(folder))
    for name, value in {**SETTINGS, "spark.sql.warehouse.dir": str(folder / "warehouse")}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    _load(session, warehouse, folder)
    yield session
    session.stop()


def _load(session: SparkSession, warehouse: Warehouse, folder: Path) -> None:
    for schema in ("main", "history", "record"):
        session.sql(f"CREATE DATABASE {schema}")
    session.sql("USE main")
    for table in TABLES:
        rows = folder / table.qualified_name
        rows.mkdir()
        pq.write_table(warehouse.table(table.qualified_name), rows / "rows.parquet")
        session.sql(f"CREATE TABLE {table.place}.{table.name} USING parquet LOCATION '{rows}'")
    for view in VIEWS:
        day = f"DATE '{warehouse.data_as_of.isoformat()}'"
        session.sql(
            f"CREATE VIEW main.{view.name} AS {spark_sql(f'SELECT * FROM main.{view.name}_as_of({day})')}"
        )
