"""The folder of Spark SQL: every named query over the tables of the package. Spark itself runs in tests/spark."""

import json
import re
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from queries.__main__ import app
from queries.catalogue import catalogue
from queries.spark.transpile import view_name
from queries.warehouse import WAREHOUSE_DIR_VARIABLE, current
from tests.spark.equality_table import DIFFERENCES, DIFFERS, told


@pytest.fixture(scope="module")
def folder(warehouse_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(WAREHOUSE_DIR_VARIABLE, str(warehouse_dir))
        with pytest.raises(SystemExit) as ended:
            app(["transpile", "--to", "spark", "--out", str(to)])
    assert ended.value.code == 0
    return to


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_query_reads_only_tables_of_the_package(name: str, folder: Path, warehouse_dir: Path) -> None:
    tables = {view_name(row["table_name"]) for row in current(warehouse_dir).run("columns").to_pylist()}
    statement = sqlglot.parse_one((folder / f"{name}.sql").read_text(encoding="utf-8"), read="spark")
    made = {cte.alias for cte in statement.find_all(exp.CTE)}
    read = {table.sql(dialect="spark") for table in statement.find_all(exp.Table)}
    named = {re.split(r" AS ", table)[0].strip("`") for table in read}
    assert named <= tables | made
    assert not made & tables, "a part of the statement hides a table"


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_file_says_what_it_asks_takes_and_returns(name: str, folder: Path) -> None:
    query = catalogue()[name]
    text = (folder / f"{name}.sql").read_text(encoding="utf-8")
    header = [line for line in text.splitlines() if line.startswith("--")]
    body = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    for told_text in (query.title_en, query.title_ja, *(p.ja for p in query.parameters)):
        assert any(told_text in line for line in header)
    assert set(re.findall(r":([a-z_]+)", body)) == {p.name for p in query.parameters}
    assert "$" not in body


def test_defaults_are_those_of_the_queries(folder: Path, warehouse_dir: Path) -> None:
    defaults = json.loads((folder / "defaults.json").read_text(encoding="utf-8"))
    warehouse = current(warehouse_dir)
    assert set(defaults) == set(catalogue())
    assert defaults["ladder"]["until_fiscal_year"] == 2030
    assert defaults["ladder"]["as_of"] == warehouse.data_as_of.isoformat()
    assert defaults["ladder"]["countries"] is None


def test_queries_can_be_named_and_other_dialects_are_refused(
    warehouse_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(WAREHOUSE_DIR_VARIABLE, str(warehouse_dir))
    for arguments, code in (
        (["ladder", "targets", "--to", "spark"], 0),
        (["laddr", "--to", "spark"], 2),
        (["ladder", "--to", "trino"], 2),
        (["ladder"], 2),
    ):
        with pytest.raises(SystemExit) as ended:
            app(["transpile", *arguments, "--out", str(tmp_path)])
        assert ended.value.code == code, arguments
    assert "no query laddr; there are:" in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == {
        "ladder.sql",
        "targets.sql",
        "defaults.json",
        "README.md",
    }


def test_the_page_tells_of_every_query_whether_spark_answers_alike() -> None:
    said = told()
    assert set(said) == set(catalogue())
    assert {name for name, answer in said.items() if answer.startswith(DIFFERS)} == set(DIFFERENCES)
