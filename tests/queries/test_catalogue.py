"""The headers of the queries hold what they promise; wrong parameters are told, not guessed."""

from datetime import date
from pathlib import Path

import pytest
import sqlglot

from queries import catalogue as module
from queries.catalogue import Query, QueryDefinitionError, QueryParameterError, catalogue
from queries.warehouse import current

QUERIES = sorted(catalogue())


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_returns_the_columns_of_its_header(name: str, warehouse_dir: Path) -> None:
    table = current(warehouse_dir).run(name)
    assert table.column_names == [c.name for c in catalogue()[name].columns]


@pytest.mark.parametrize("name", QUERIES)
def test_a_header_speaks_both_languages(name: str) -> None:
    query = catalogue()[name]
    for english, japanese in [
        (query.title_en, query.title_ja),
        *((p.en, p.ja) for p in query.parameters),
        *((c.en, c.ja) for c in query.columns),
    ]:
        assert english
        assert any(ord(c) > 0x2FFF for c in japanese), japanese


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_is_one_ordered_statement_that_a_cluster_can_run(name: str) -> None:
    (statement,) = sqlglot.parse(catalogue()[name].sql, read="duckdb")
    assert statement is not None
    assert statement.args.get("order") is not None, "no total order"
    translated = sqlglot.transpile(
        catalogue()[name].sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
    )
    assert len(translated) == 1


@pytest.mark.parametrize("name", QUERIES)
def test_a_result_comes_in_the_same_order_every_time(name: str, warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    query = catalogue()[name]
    values = query.bind({}, warehouse.data_as_of)
    first = warehouse._execute(query, values)
    assert all(warehouse._execute(query, values).equals(first) for _ in range(3))


def test_an_unknown_parameter_is_named(warehouse_dir: Path) -> None:
    with pytest.raises(QueryParameterError, match="no parameter 'countrys'; it has as_of, countries"):
        current(warehouse_dir).run("ladder", countrys=["MNG"])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"countries": "MNG"}, "countries takes a list, not 'MNG'"),
        ({"countries": [1]}, "countries takes str, not 1"),
        ({"until_fiscal_year": "2030"}, "until_fiscal_year takes int, not '2030'"),
        ({"as_of": "2020-01-01"}, "as_of takes date, not '2020-01-01'"),
    ],
)
def test_a_value_of_another_type_is_refused(
    given: dict[str, object], message: str, warehouse_dir: Path
) -> None:
    with pytest.raises(QueryParameterError, match=message):
        current(warehouse_dir).run("ladder", **given)


def test_a_hostile_value_is_only_a_value(warehouse_dir: Path) -> None:
    rows = current(warehouse_dir).run("ladder", countries=["MNG'); DROP TABLE project; --"]).to_pylist()
    assert {row["projects"] or 0 for row in rows} == {0}
    assert current(warehouse_dir).run("ladder", as_of=date(2025, 1, 1)).num_rows == 11


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("-- title: A\nSELECT 1 ORDER BY 1", "needs title, title_ja and returns"),
        ("-- titel: A\nSELECT 1", "header line not understood: -- titel: A"),
        ("-- param: a BLOB = null | a | あ\nSELECT 1", "header line not understood: -- param: a BLOB"),
        ("-- title: A\n-- title_ja: あ\n-- returns: x | x | あ\nSELECT $day AS x", "differ on"),
    ],
)
def test_a_faulty_query_file_is_refused(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "faulty.sql"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QueryDefinitionError, match=message):
        module._parse(path)


def test_defaults_come_from_the_header() -> None:
    query: Query = catalogue()["ladder"]
    bound = query.bind({}, date(2026, 11, 23))
    assert bound["as_of"] == date(2026, 11, 23)
    assert bound["until_fiscal_year"] == 2030
    assert bound["share"] == "total"
    assert bound["countries"] is None
