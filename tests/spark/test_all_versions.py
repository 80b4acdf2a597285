"""All data versions together on Spark: the query of docs/spark.md gives the rows that it gives on DuckDB."""

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession

from exports.versions.layout import only_writer, partition, write_version
from queries.warehouse import Warehouse
from tests.spark.all_versions import expected_by_version, functions_of_the_page
from tests.spark.test_same_rows import hold_equal

NUMBERS = "123456789012"
"""A version that could be taken for a number."""


@pytest.fixture
def folder(warehouse: Warehouse, tmp_path: Path) -> Path:
    with only_writer(tmp_path):
        write_version(tmp_path, warehouse)
    shutil.copytree(partition(tmp_path, warehouse.data_version), partition(tmp_path, NUMBERS))
    # Later code knows more columns.
    build = partition(tmp_path, NUMBERS) / "record.build.parquet"
    table = pq.read_table(build, partitioning=None)
    pq.write_table(table.append_column("later_column", [["new"]]), build)
    return tmp_path


def test_the_query_of_the_page_gives_the_same_rows(folder: Path, spark: SparkSession) -> None:
    page = functions_of_the_page()
    wanted = page["open_versions"](folder, "reduction", "record.build").sql(expected_by_version())
    session = spark.newSession()
    page["register_versions"](session, str(folder), "reduction", "record.build")
    on_spark = session.sql(expected_by_version()).toArrow()
    hold_equal(on_spark, wanted.to_arrow_table())
    assert on_spark.column("data_version").to_pylist().count(NUMBERS) == 3
    assert "later_column" in session.table("record_build").columns
